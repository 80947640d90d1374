package io.leat.config;

import io.leat.config.Node.Mapping;
import io.leat.name.ErrorCode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Several keys of which one may stand in a mapping, each another way to say the same kind of thing: a step is {@code
 * trim:} or {@code filter:} or …
 */
public final class Choice<T> extends Member<T> {

    /** What becomes of the chosen key, which may be absent. */
    private interface Reading<T> {
        Optional<T> of(Optional<Mapping> chosen, Problems problems);
    }

    private final List<Key<?>> keys;
    private final boolean required;
    private final Reading<T> reading;

    private Choice(List<Key<?>> keys, boolean required, Reading<T> reading) {
        this.keys = keys;
        this.required = required;
        this.reading = reading;
    }

    /** Exactly one of the keys must be there; each is a required one. */
    public static <T> Choice<T> exactlyOne(List<Key<? extends T>> keys) {
        return new Choice<>(
                List.copyOf(keys),
                true,
                (chosen, problems) -> chosen.flatMap(mapping -> chosen(keys, mapping, problems)));
    }

    /** One of the keys may be there, or none; each is a required one. */
    public static <T> Choice<Optional<T>> atMostOne(List<Key<? extends T>> keys) {
        return new Choice<Optional<T>>(List.copyOf(keys), false, (chosen, problems) -> {
            if (chosen.isEmpty()) {
                return Optional.of(Optional.empty());
            }
            Optional<T> value = chosen(keys, chosen.get(), problems);
            return value.isPresent() ? Optional.of(value) : Optional.empty();
        });
    }

    private static <T> Optional<T> chosen(List<Key<? extends T>> keys, Mapping mapping, Problems problems) {
        for (Key<? extends T> key : keys) {
            if (mapping.find(key.name()).isPresent()) {
                return key.read(mapping, "", List.of(), problems).map(value -> value);
            }
        }
        return Optional.empty();
    }

    @Override
    List<Key<?>> keys() {
        return keys;
    }

    @Override
    boolean required() {
        return required;
    }

    @Override
    Optional<T> read(Mapping mapping, String object, List<String> silent, Problems problems) {
        var written = keys.stream()
                .filter(key -> mapping.find(key.name()).isPresent())
                .toList();
        if (written.size() > 1) {
            var second = mapping.entry(written.get(1).name()).orElseThrow();
            problems.add(new Problem(
                            ErrorCode.WRONG_VALUE,
                            second.key().mark(),
                            "'" + written.get(0) + "' and '" + written.get(1) + "' cannot stand together in " + object)
                    .expecting("one of " + names()));
            return Optional.empty();
        }
        if (written.isEmpty() && required) {
            if (keys.stream().noneMatch(key -> silent.contains(key.name()))) {
                problems.add(new Problem(ErrorCode.MISSING_KEY, mapping.mark(), "a key is missing in " + object)
                        .expecting("one of " + names()));
            }
            return Optional.empty();
        }
        return reading.of(written.isEmpty() ? Optional.empty() : Optional.of(mapping), problems);
    }

    private String names() {
        return keys.stream().map(Key::name).collect(Collectors.joining(", "));
    }
}

package io.leat.config;

import io.leat.config.Node.Entry;
import io.leat.config.Node.Mapping;
import io.leat.config.Node.Scalar;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A mapping with known keys. Unknown keys are refused with the nearest known one. */
public final class ObjectShape<T> extends Shape<T> {

    private final String name;
    private final String doc;
    private final Function<Fields, ? extends T> build;
    private final List<Member<?>> members;
    private final Map<String, Key<?>> keys = new LinkedHashMap<>();

    ObjectShape(String name, String doc, Function<Fields, ? extends T> build, List<Member<?>> members) {
        this.name = name;
        this.doc = doc;
        this.build = build;
        this.members = members;
        for (Member<?> member : members) {
            for (Key<?> key : member.keys()) {
                if (keys.put(key.name(), key) != null) {
                    throw new IllegalArgumentException("the key '" + key + "' stands twice in the shape of " + name);
                }
            }
        }
    }

    /** What users call it. */
    public String name() {
        return name;
    }

    /** A sentence on what it is. */
    public String doc() {
        return doc;
    }

    /** The names of the keys, in the order of declaration. */
    public List<String> keyNames() {
        return List.copyOf(keys.keySet());
    }

    List<Member<?>> members() {
        return members;
    }

    Map<String, Key<?>> keys() {
        return keys;
    }

    @Override
    public Optional<T> read(Node node, Problems problems) {
        return read(node, List.of(), problems);
    }

    /** Like {@link #read(Node, Problems)} with keys that are read elsewhere. */
    Optional<T> read(Node node, List<String> elsewhere, Problems problems) {
        Mapping mapping;
        if (node instanceof Mapping written) {
            mapping = written;
        } else if (node instanceof Scalar scalar && scalar.isNull()) {
            mapping = new Mapping(scalar.mark(), List.of());
        } else {
            problems.add(new Problem(ErrorCode.WRONG_VALUE, node.mark(), node.found() + " cannot stand here")
                    .expecting(expectation()));
            return Optional.empty();
        }
        int before = problems.count();
        var silent = refuseUnknown(mapping, elsewhere, problems);
        var fields = new Fields(mapping, problems);
        boolean whole = true;
        for (Member<?> member : members) {
            whole &= readMember(member, mapping, silent, fields, problems);
        }
        return whole && problems.count() == before ? built(fields, before, problems) : Optional.empty();
    }

    private <M> boolean readMember(
            Member<M> member, Mapping mapping, List<String> silent, Fields fields, Problems problems) {
        Optional<M> value = member.read(mapping, name, silent, problems);
        value.ifPresent(read -> fields.put(member, read));
        return value.isPresent();
    }

    private Optional<T> built(Fields fields, int before, Problems problems) {
        try {
            T value = build.apply(fields);
            return problems.count() == before ? Optional.of(value) : Optional.empty();
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException wrong) {
            problems.add(ErrorCode.WRONG_VALUE, fields.mark(), name + ": " + wrong.getMessage());
        } catch (PipelineException wrong) {
            problems.add(new Problem(
                    wrong.code(),
                    fields.mark(),
                    wrong.message(),
                    null,
                    wrong.hint().orElse(null)));
        }
        return Optional.empty();
    }

    /** Adds a problem for each unknown key and returns the keys that were probably meant. */
    private List<String> refuseUnknown(Mapping mapping, List<String> elsewhere, Problems problems) {
        var meant = new ArrayList<String>();
        for (Entry entry : mapping.entries()) {
            String key = entry.key().text();
            if (!keys.containsKey(key) && !elsewhere.contains(key)) {
                List<String> free = free(mapping, entry);
                problems.add(new Problem(
                                ErrorCode.UNKNOWN_KEY,
                                entry.key().mark(),
                                "the key '" + key + "' is not known in " + name)
                        .expecting("one of " + String.join(", ", keys.keySet()))
                        .didYouMean(key, free));
                Suggestion.nearest(key, free).ifPresent(meant::add);
            }
        }
        return meant;
    }

    /** What an unknown key may have meant: a key that does not stand there yet. Other layers are written by others. */
    private List<String> free(Mapping mapping, Entry unknown) {
        var free = new ArrayList<>(keys.keySet());
        mapping.entries().stream()
                .filter(entry ->
                        entry.key().mark().source().equals(unknown.key().mark().source()))
                .forEach(entry -> free.remove(entry.key().text()));
        return free;
    }

    @Override
    public String expectation() {
        if (keys.isEmpty()) {
            return "an empty mapping";
        }
        return "a mapping with "
                + keys.values().stream().map(Key::name).limit(8).collect(Collectors.joining(", "))
                + (keys.size() > 8 ? " …" : "");
    }

    @Override
    boolean accepts(Node node) {
        return node instanceof Mapping;
    }

    @Override
    boolean acceptsNothing() {
        return members.stream().noneMatch(Member::required);
    }

    @Override
    Map<String, Object> schema(SchemaDefinitions definitions) {
        return definitions.refer(this, name, () -> JsonSchema.ofObject(this, Map.of(), definitions));
    }

    @Override
    List<Shape<?>> parts() {
        return keys.values().stream().<Shape<?>>map(Key::shape).toList();
    }
}

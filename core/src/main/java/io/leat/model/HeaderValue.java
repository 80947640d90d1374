package io.leat.model;

import io.leat.config.Mark;
import io.leat.config.Problem;
import io.leat.config.Problems;
import io.leat.name.ErrorCode;
import io.leat.name.TableName;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The value of one key in a header, read as what the key needs; what does not fit becomes a problem and is empty. */
record HeaderValue(Script script, Token key, List<Token> tokens, Problems problems) {

    HeaderValue {
        tokens = List.copyOf(tokens);
    }

    Mark mark() {
        return script.mark(start());
    }

    int start() {
        return tokens.isEmpty() ? key.end() : tokens.getFirst().start();
    }

    /** As written. */
    String slice() {
        return tokens.isEmpty()
                ? ""
                : script.slice(tokens.getFirst().start(), tokens.getLast().end());
    }

    /** A text in quotes, a word, a number, or several of these without a space between them. */
    Optional<String> text() {
        if (tokens.isEmpty() || tokens.getFirst().is("(") || tokens.getFirst().is("[")) {
            return expected("a text");
        }
        if (tokens.size() == 1) {
            var token = tokens.getFirst();
            return Optional.of(token.kind() == Token.Kind.MACRO ? token.text() : token.value());
        }
        for (int i = 1; i < tokens.size(); i++) {
            if (!tokens.get(i - 1).touches(tokens.get(i))) {
                return comma(tokens.get(i));
            }
        }
        return Optional.of(slice());
    }

    Optional<Boolean> flag() {
        return text().flatMap(text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> expected("true or false");
        });
    }

    Optional<Integer> count(int least) {
        return text().flatMap(text -> {
            boolean number = text.matches("[0-9]{1,6}") && Integer.parseInt(text) >= least;
            return number ? Optional.of(Integer.parseInt(text)) : expected("a whole number, at least " + least);
        });
    }

    /** {@code schema.name}; each part may stand in double quotes. */
    Optional<TableName> table() {
        if (tokens.size() > 1 && tokens.getFirst().isName() && tokens.get(1).isName()) {
            return comma(tokens.get(1));
        }
        if (tokens.size() > 3 && tokens.get(3).isName()) {
            return comma(tokens.get(3));
        }
        boolean catalog = tokens.size() == 5 && tokens.get(3).is(".");
        if (catalog) {
            problems.add(problem(ErrorCode.UNSUPPORTED, "a model's name has no catalog in front of its schema")
                    .hinting("write " + tokens.get(2).value() + "."
                            + tokens.get(4).value()));
            return Optional.empty();
        }
        boolean fits = tokens.size() == 3
                && tokens.get(0).isName()
                && tokens.get(1).is(".")
                && tokens.get(2).isName();
        if (!fits) {
            return expected("a name of the form schema.table, such as gold.sales");
        }
        return parsed(
                tokens.get(0).value().toLowerCase(Locale.ROOT) + "."
                        + tokens.get(2).value().toLowerCase(Locale.ROOT),
                TableName::parse);
    }

    /** {@code a}, {@code (a, b)}, {@code [a, b]} or {@code ARRAY[a, b]}: the parts, each read as a value of its own. */
    List<HeaderValue> items() {
        var inner = tokens;
        if (inner.size() > 1 && inner.getFirst().is("ARRAY")) {
            inner = inner.subList(1, inner.size());
        }
        boolean bracket = !inner.isEmpty()
                && (inner.getFirst().is("(") || inner.getFirst().is("["));
        if (!bracket || Brackets.closing(inner, 0) != inner.size() - 1) {
            return List.of(this);
        }
        var items = new ArrayList<HeaderValue>();
        for (List<Token> part : Brackets.parts(inner.subList(1, inner.size() - 1))) {
            items.add(new HeaderValue(script, key, part, problems));
        }
        return items;
    }

    List<String> texts() {
        return items().stream().flatMap(item -> item.text().stream()).toList();
    }

    /** Column names or expressions as written. */
    List<String> expressions() {
        return items().stream()
                .map(item -> item.tokens.size() == 1 ? item.tokens.getFirst().value() : item.slice())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.toList());
    }

    /** A date, a date with time, or milliseconds since 1970, in UTC unless it says otherwise. */
    Optional<Instant> instant() {
        return text().flatMap(text -> {
            try {
                if (text.matches("[0-9]{10,14}")) {
                    return Optional.of(Instant.ofEpochMilli(Long.parseLong(text)));
                }
                String iso = text.strip().replace(' ', 'T').replaceFirst("([+-][0-9]{2})([0-9]{2})$", "$1:$2");
                if (iso.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
                    return Optional.of(LocalDate.parse(iso).atStartOfDay().toInstant(ZoneOffset.UTC));
                }
                return Optional.of(
                        iso.matches(".*(Z|[+-][0-9]{2}:?[0-9]{2})")
                                ? OffsetDateTime.parse(iso).toInstant()
                                : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC));
            } catch (DateTimeException noTime) {
                return expected(
                        "a date such as '2024-01-31', or a date with a time; relative ones such as '1 year ago' are not supported");
            }
        });
    }

    /** What a parser makes of the text; its complaint becomes the problem. */
    <T> Optional<T> parsed(String text, Function<String, T> parser) {
        try {
            return Optional.of(parser.apply(text));
        } catch (IllegalArgumentException wrong) {
            problems.add(problem(ErrorCode.WRONG_VALUE, String.valueOf(wrong.getMessage())));
            return Optional.empty();
        }
    }

    <T> Optional<T> expected(String phrase) {
        String found = tokens.isEmpty() ? "nothing" : slice().length() > 60 ? slice().substring(0, 60) + " …" : slice();
        problems.add(problem(ErrorCode.WRONG_VALUE, "'" + key.value() + "' cannot be " + found)
                .expecting(phrase));
        return Optional.empty();
    }

    Problem problem(ErrorCode code, String message) {
        return script.problem(code, start(), message);
    }

    Problem keyProblem(ErrorCode code, String message) {
        return script.problem(code, key.start(), message);
    }

    private <T> Optional<T> comma(Token token) {
        problems.add(script.problem(ErrorCode.SQL_SYNTAX, token.start(), "a comma is missing before " + token.text())
                .expecting("','"));
        return Optional.empty();
    }
}

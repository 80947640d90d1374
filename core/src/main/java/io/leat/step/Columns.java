package io.leat.step;

import io.leat.config.Located;
import io.leat.config.Shape;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The section {@code columns} of a pipeline, in order. A key between slashes is a regular expression: it declares every column of
 * the source whose whole name matches and that no other key names.
 */
public record Columns(List<Declaration> declarations) {

    /** One key of the section. */
    public record Declaration(Located<String> key, ColumnRule rule) {

        boolean isPattern() {
            String text = key.value();
            return text.length() > 2 && text.startsWith("/") && text.endsWith("/");
        }

        boolean matches(String name) {
            return Pattern.matches(key.value().substring(1, key.value().length() - 1), name);
        }

        /** The name in the source. */
        String source() {
            return rule.from().orElse(key.value());
        }
    }

    public static final Columns NONE = new Columns(List.of());

    public static final Shape<Columns> SHAPE = Shape.map(
                    Shape.text().as(Columns::checkedKey).located(), ColumnRule.SHAPE)
            .as(Columns::of);

    public Columns {
        declarations = List.copyOf(declarations);
    }

    /** The names that the source is expected to have, those of patterns apart. */
    public List<String> sources() {
        return declarations.stream()
                .filter(declaration -> !declaration.isPattern())
                .map(Declaration::source)
                .toList();
    }

    public boolean isEmpty() {
        return declarations.isEmpty();
    }

    private static Columns of(Map<Located<String>, ColumnRule> entries) {
        return new Columns(entries.entrySet().stream()
                .map(entry -> new Declaration(entry.getKey(), entry.getValue()))
                .toList());
    }

    private static String checkedKey(String text) {
        if (text.startsWith("_leat_")) {
            throw new IllegalArgumentException("names that begin with _leat_ are Leat's own");
        }
        if (text.length() > 2 && text.startsWith("/") && text.endsWith("/")) {
            try {
                Pattern.compile(text.substring(1, text.length() - 1));
            } catch (PatternSyntaxException wrong) {
                throw new IllegalArgumentException(
                        text + " is not a regular expression: " + wrong.getDescription(), wrong);
            }
        }
        return text;
    }
}

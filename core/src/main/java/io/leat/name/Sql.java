package io.leat.name;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Quoting of names and texts for SQL statements: the only place where it is done. The results are right for DuckDB,
 * SQLite and PostgreSQL (with {@code standard_conforming_strings}, its default).
 */
public final class Sql {

    private Sql() {}

    /**
     * The name in double quotes.
     *
     * @throws IllegalArgumentException if the name is empty or holds a NUL character
     */
    public static String identifier(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("an SQL identifier cannot be empty");
        }
        return '"' + withoutNul(name).replace("\"", "\"\"") + '"';
    }

    /** Schema and name, each quoted. */
    public static String identifier(TableName table) {
        return identifier(table.schema()) + "." + identifier(table.name());
    }

    /** The names quoted and separated by commas; empty for no names. */
    public static String identifiers(Collection<String> names) {
        return names.stream().map(Sql::identifier).collect(Collectors.joining(", "));
    }

    /** The names quoted, each qualified by a table's alias, separated by commas. */
    public static String identifiers(String alias, Collection<String> names) {
        String prefix = identifier(alias) + ".";
        return names.stream().map(name -> prefix + identifier(name)).collect(Collectors.joining(", "));
    }

    /**
     * The text in single quotes.
     *
     * @throws IllegalArgumentException if the text holds a NUL character
     */
    public static String literal(String text) {
        return "'" + withoutNul(text).replace("'", "''") + "'";
    }

    /** The texts in single quotes, separated by commas; empty for no texts. */
    public static String literals(Collection<String> texts) {
        return texts.stream().map(Sql::literal).collect(Collectors.joining(", "));
    }

    private static String withoutNul(String text) {
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            throw new IllegalArgumentException("a NUL character at position " + nul + " cannot stand in SQL");
        }
        return text;
    }
}

package io.leat.schema;

/**
 * A column as a source gives it: its name there, and the SQL type in which it is read. Everything out of CSV and JSON is read as
 * {@code VARCHAR}.
 */
public record RawColumn(String name, String sqlType) {

    public static RawColumn text(String name) {
        return new RawColumn(name, "VARCHAR");
    }

    public boolean isText() {
        return sqlType.equals("VARCHAR");
    }
}

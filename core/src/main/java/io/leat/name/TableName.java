package io.leat.name;

/**
 * A table of the lake as {@code schema.name}, for example {@code bronze.flights}. Both parts are lower-case
 * identifiers of at most 63 characters.
 */
public record TableName(String schema, String name) implements Comparable<TableName> {

    public TableName {
        Identifiers.require("the schema of a table", schema);
        Identifiers.require("the name of a table", name);
    }

    /**
     * Reads {@code schema.name}.
     *
     * @throws IllegalArgumentException with a sentence for the user if the text is anything else
     */
    public static TableName parse(String text) {
        int dot = text.indexOf('.');
        if (dot < 0 || text.indexOf('.', dot + 1) >= 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a table name of the form schema.name, such as bronze.flights");
        }
        return new TableName(text.substring(0, dot), text.substring(dot + 1));
    }

    /**
     * The same table, if users may fill it.
     *
     * @throws IllegalArgumentException with a sentence for the user if it is in the schema that Leat keeps for itself
     */
    public TableName requireUsers() {
        if (schema.equals("leat")) {
            throw new IllegalArgumentException("the schema leat is Leat's own; choose another for the table " + name);
        }
        return this;
    }

    @Override
    public int compareTo(TableName other) {
        int bySchema = schema.compareTo(other.schema);
        return bySchema != 0 ? bySchema : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return schema + "." + name;
    }
}

package io.leat.name;

/**
 * The name of a pipeline: a lower-case identifier such as {@code flights}. A model acts as a pipeline under the name of
 * its table, so one dot is allowed: {@code gold.sales}.
 */
public record PipelineName(String value) implements Comparable<PipelineName> {

    public PipelineName {
        int dot = value.indexOf('.');
        if (dot < 0) {
            Identifiers.require("the name of a pipeline", value);
        } else {
            Identifiers.require("the schema in the name of a pipeline", value.substring(0, dot));
            Identifiers.require("the name of a pipeline", value.substring(dot + 1));
        }
    }

    /** The name under which the model that fills this table has its records. */
    public static PipelineName of(TableName table) {
        return new PipelineName(table.toString());
    }

    @Override
    public int compareTo(PipelineName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

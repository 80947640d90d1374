package io.leat.schema;

import java.util.List;

/**
 * The type of a column, as a project names it.
 *
 * <p>{@link #text()} is the form that a person writes and that {@link #parse} reads back; {@link #duckDb()} is the SQL type that
 * holds exactly the same values.
 */
public sealed interface LeatType {

    /** The types without arguments. */
    enum Simple implements LeatType {
        STRING("string", "VARCHAR"),
        INTEGER("integer", "BIGINT"),
        INT8("int8", "TINYINT"),
        INT16("int16", "SMALLINT"),
        INT32("int32", "INTEGER"),
        DOUBLE("double", "DOUBLE"),
        BOOLEAN("boolean", "BOOLEAN"),
        DATE("date", "DATE"),
        TIME("time", "TIME"),
        /** An instant. */
        TIMESTAMP("timestamp", "TIMESTAMP WITH TIME ZONE"),
        /** A reading of a wall clock, of no zone. */
        LOCAL_TIMESTAMP("local_timestamp", "TIMESTAMP"),
        UUID("uuid", "UUID"),
        BINARY("binary", "BLOB"),
        JSON("json", "JSON");

        private final String text;
        private final String duckDb;

        Simple(String text, String duckDb) {
            this.text = text;
            this.duckDb = duckDb;
        }

        @Override
        public String text() {
            return text;
        }

        @Override
        public String duckDb() {
            return duckDb;
        }

        /** The range of an integer type is a range of whole numbers; false for every other type. */
        public boolean isInteger() {
            return this == INTEGER || this == INT8 || this == INT16 || this == INT32;
        }

        @Override
        public boolean isExactNumber() {
            return isInteger();
        }

        @Override
        public boolean isNumber() {
            return isInteger() || this == DOUBLE;
        }
    }

    /** An exact number of {@code precision} digits, {@code scale} of them behind the point. */
    record Decimal(int precision, int scale) implements LeatType {
        public Decimal {
            if (precision < 1 || precision > 38 || scale < 0 || scale > precision) {
                throw new IllegalArgumentException("decimal(" + precision + "," + scale
                        + ") does not exist: decimal(p,s) has 1 to 38 digits p, and 0 to p of them behind the point");
            }
        }

        @Override
        public String text() {
            return "decimal(" + precision + "," + scale + ")";
        }

        @Override
        public String duckDb() {
            return "DECIMAL(" + precision + ", " + scale + ")";
        }

        @Override
        public boolean isExactNumber() {
            return true;
        }

        @Override
        public boolean isNumber() {
            return true;
        }
    }

    /** A list of values of one type. */
    record ListOf(LeatType element) implements LeatType {
        @Override
        public String text() {
            return "list<" + element.text() + ">";
        }

        @Override
        public String duckDb() {
            return element.duckDb() + "[]";
        }

        @Override
        public boolean isExactNumber() {
            return false;
        }

        @Override
        public boolean isNumber() {
            return false;
        }
    }

    /** Named fields, ordered; a name occurs once. */
    record Struct(List<Field> fields) implements LeatType {
        public Struct {
            fields = List.copyOf(fields);
            if (fields.isEmpty()) {
                throw new IllegalArgumentException("a struct needs at least one field: struct<name: type>");
            }
            Names.requireUnique(fields.stream().map(Field::name).toList(), "field");
        }

        @Override
        public String text() {
            return "struct<"
                    + String.join(
                            ", ",
                            fields.stream()
                                    .map(f -> f.name() + ": " + f.type().text())
                                    .toList())
                    + ">";
        }

        @Override
        public String duckDb() {
            return "STRUCT("
                    + String.join(
                            ", ",
                            fields.stream()
                                    .map(f -> Names.quoted(f.name()) + " "
                                            + f.type().duckDb())
                                    .toList())
                    + ")";
        }

        @Override
        public boolean isExactNumber() {
            return false;
        }

        @Override
        public boolean isNumber() {
            return false;
        }
    }

    /** One field of a struct. */
    record Field(String name, LeatType type) {}

    LeatType STRING = Simple.STRING;
    LeatType INTEGER = Simple.INTEGER;
    LeatType DOUBLE = Simple.DOUBLE;
    LeatType BOOLEAN = Simple.BOOLEAN;
    LeatType DATE = Simple.DATE;
    LeatType TIME = Simple.TIME;
    LeatType TIMESTAMP = Simple.TIMESTAMP;
    LeatType LOCAL_TIMESTAMP = Simple.LOCAL_TIMESTAMP;
    LeatType JSON = Simple.JSON;

    /** As a person writes it in a project, for example {@code decimal(10,2)} or {@code list<string>}. */
    String text();

    /** The SQL type, for example {@code DECIMAL(10, 2)}. */
    String duckDb();

    /** True for the types of which an exact sum can be made: integers and decimals. */
    boolean isExactNumber();

    /** True for {@code integer}, {@code int8}, {@code int16}, {@code int32}, decimals and {@code double}. */
    boolean isNumber();

    /**
     * Reads a type as {@link #text()} writes it; blanks and case do not matter.
     *
     * @throws IllegalArgumentException with a message for the author of the project, when it names no type
     */
    static LeatType parse(String text) {
        return new TypeText(text).parse();
    }

    /**
     * The Leat type of a column that DuckDB describes with this SQL type, as for a Parquet file or the result of a query.
     *
     * @throws IllegalArgumentException when no Leat type holds the values exactly (HUGEINT, INTERVAL, MAP …)
     */
    static LeatType ofDuckDb(String sqlType) {
        return new DuckDbTypeText(sqlType).parse();
    }
}

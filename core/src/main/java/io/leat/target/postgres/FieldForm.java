package io.leat.target.postgres;

import io.leat.name.Sql;
import io.leat.schema.JsonText;
import io.leat.schema.LeatType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.duckdb.DuckDBReadableVector;

/**
 * How the values of a column get from DuckDB's vectors into COPY's binary form.
 *
 * @param sql what DuckDB is asked for, NULL where the value is
 * @param writer writes a value that is not NULL
 */
record FieldForm(String sql, Writer writer) {
    /** Microseconds and days from 1970 to 2000, the beginning of PostgreSQL's time. */
    private static final long EPOCH_MICROS = 946_684_800_000_000L;

    private static final int GROUP = 10_000;
    private static final int DIGITS = 4;
    private static final int SAFE_DIGITS = 18;
    private static final BigInteger BIG_GROUP = BigInteger.valueOf(GROUP);

    /** Writes one value. */
    @FunctionalInterface
    interface Writer {
        void write(DuckDBReadableVector vector, long row, CopyBuffer out);
    }

    void write(DuckDBReadableVector vector, long row, CopyBuffer out) {
        if (vector.isNull(row)) {
            out.none();
        } else {
            writer.write(vector, row, out);
        }
    }

    /** The same text in every row. */
    static FieldForm ofConstant(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new FieldForm("true", (vector, row, out) -> out.ofBytes(bytes));
    }

    static FieldForm of(String column, LeatType type) {
        String name = Sql.identifier(column);
        return switch (type) {
            case LeatType.Decimal decimal ->
                new FieldForm(cast(name, type), (vector, row, out) -> numeric(vector.getBigDecimal(row), decimal, out));
            case LeatType.ListOf list -> text(JsonText.sql(name, list));
            case LeatType.Struct struct -> text(JsonText.sql(name, struct));
            case LeatType.Simple simple ->
                switch (simple) {
                    case BOOLEAN ->
                        new FieldForm(name, (vector, row, out) -> out.ofByte(vector.getBoolean(row) ? 1 : 0));
                    case INT8, INT16 ->
                        new FieldForm(
                                cast(name, LeatType.Simple.INT16),
                                (vector, row, out) -> out.ofShort(vector.getShort(row)));
                    case INT32 -> new FieldForm(cast(name, type), (vector, row, out) -> out.ofInt(vector.getInt(row)));
                    case INTEGER ->
                        new FieldForm(cast(name, type), (vector, row, out) -> out.ofLong(vector.getLong(row)));
                    case DOUBLE ->
                        new FieldForm(
                                cast(name, type),
                                (vector, row, out) -> out.ofLong(Double.doubleToRawLongBits(vector.getDouble(row))));
                    case DATE ->
                        new FieldForm(
                                finite(
                                        name,
                                        "CAST(" + name + " - DATE '2000-01-01' AS INTEGER)",
                                        Integer.MIN_VALUE,
                                        Integer.MAX_VALUE),
                                (vector, row, out) -> out.ofInt(vector.getInt(row)));
                    case TIMESTAMP, LOCAL_TIMESTAMP ->
                        new FieldForm(
                                finite(
                                        name,
                                        "epoch_us(" + name + ") - " + EPOCH_MICROS,
                                        Long.MIN_VALUE,
                                        Long.MAX_VALUE),
                                (vector, row, out) -> out.ofLong(vector.getLong(row)));
                    case TIME ->
                        new FieldForm("epoch_us(" + name + ")", (vector, row, out) -> out.ofLong(vector.getLong(row)));
                    case UUID -> hex("replace(CAST(" + name + " AS VARCHAR), '-', '')");
                    case BINARY -> hex("hex(" + name + ")");
                    case STRING, JSON -> text("CAST(" + name + " AS VARCHAR)");
                };
        };
    }

    private static String cast(String name, LeatType type) {
        return "CAST(" + name + " AS " + type.duckDb() + ")";
    }

    private static FieldForm text(String sql) {
        return new FieldForm(sql, (vector, row, out) -> out.ofText(vector.getString(row)));
    }

    private static FieldForm hex(String sql) {
        return new FieldForm(sql, (vector, row, out) -> out.ofHex(vector.getString(row)));
    }

    private static String finite(String name, String number, long least, long greatest) {
        return "CASE WHEN isfinite(" + name + ") THEN " + number + " WHEN " + name + " > DATE '2000-01-01' THEN "
                + greatest + " WHEN " + name + " < DATE '2000-01-01' THEN " + least + " END";
    }

    /** Groups of four digits, counted from the point. */
    private static void numeric(BigDecimal value, LeatType.Decimal type, CopyBuffer out) {
        int fractional = Math.ceilDiv(type.scale(), DIGITS);
        int padding = fractional * DIGITS - type.scale();
        int[] digits = new int[Math.ceilDiv(type.precision() - type.scale(), DIGITS) + fractional + 1];
        int first = digits.length;
        if (type.precision() + padding <= SAFE_DIGITS) {
            long rest = Math.abs(value.unscaledValue().longValue());
            for (int i = 0; i < padding; i++) {
                rest *= 10;
            }
            for (; rest > 0; rest /= GROUP) {
                digits[--first] = (int) (rest % GROUP);
            }
        } else {
            BigInteger rest = value.unscaledValue().abs().multiply(BigInteger.TEN.pow(padding));
            while (rest.signum() > 0) {
                BigInteger[] parts = rest.divideAndRemainder(BIG_GROUP);
                digits[--first] = parts[1].intValue();
                rest = parts[0];
            }
        }
        int count = digits.length - first;
        int weight = count - fractional - 1;
        System.arraycopy(digits, first, digits, 0, count);
        while (count > 0 && digits[count - 1] == 0) {
            count--;
        }
        out.ofNumeric(value.signum() < 0, type.scale(), count == 0 ? 0 : weight, digits, count);
    }
}

package io.leat.lake;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.Sql;
import io.leat.schema.LeatType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Which Iceberg type holds which type of a project, and the SQL type with which DuckDB writes and reads it. */
final class IcebergTypes {
    private IcebergTypes() {}

    /** The Iceberg type; fields of nested types take their ids from the supplier and may hold NULL. */
    static Type of(LeatType type, IntSupplier ids) {
        return switch (type) {
            case LeatType.Decimal decimal -> Types.DecimalType.of(decimal.precision(), decimal.scale());
            case LeatType.ListOf list -> {
                int id = ids.getAsInt();
                yield Types.ListType.ofOptional(id, of(list.element(), ids));
            }
            case LeatType.Struct struct -> {
                List<Types.NestedField> fields = new ArrayList<>();
                for (LeatType.Field field : struct.fields()) {
                    int id = ids.getAsInt();
                    fields.add(Types.NestedField.optional(id, field.name(), of(field.type(), ids)));
                }
                yield Types.StructType.of(fields);
            }
            case LeatType.Simple simple ->
                switch (simple) {
                    case STRING, JSON -> Types.StringType.get();
                    case INTEGER -> Types.LongType.get();
                    case INT8, INT16, INT32 -> Types.IntegerType.get();
                    case DOUBLE -> Types.DoubleType.get();
                    case BOOLEAN -> Types.BooleanType.get();
                    case DATE -> Types.DateType.get();
                    case TIME -> Types.TimeType.get();
                    case TIMESTAMP -> Types.TimestampType.withZone();
                    case LOCAL_TIMESTAMP -> Types.TimestampType.withoutZone();
                    case UUID -> Types.UUIDType.get();
                    case BINARY -> Types.BinaryType.get();
                };
        };
    }

    /**
     * The type of a project that an Iceberg column holds: the noted one as far as it fits (several types share an Iceberg
     * type), else the widest.
     */
    static LeatType leat(Type type, @Nullable String noted, String column) {
        if (noted != null) {
            LeatType wanted = LeatType.parse(noted);
            if (sameIgnoringIds(of(wanted, () -> 0), type)) {
                return wanted;
            }
        }
        return natural(type, column);
    }

    static LeatType natural(Type type, String column) {
        return switch (type.typeId()) {
            case BOOLEAN -> LeatType.BOOLEAN;
            case INTEGER -> LeatType.Simple.INT32;
            case LONG -> LeatType.INTEGER;
            case FLOAT, DOUBLE -> LeatType.DOUBLE;
            case DATE -> LeatType.DATE;
            case TIME -> LeatType.TIME;
            case STRING -> LeatType.STRING;
            case UUID -> LeatType.Simple.UUID;
            case FIXED, BINARY -> LeatType.Simple.BINARY;
            case DECIMAL -> {
                var decimal = (Types.DecimalType) type;
                yield new LeatType.Decimal(decimal.precision(), decimal.scale());
            }
            case TIMESTAMP ->
                ((Types.TimestampType) type).shouldAdjustToUTC() ? LeatType.TIMESTAMP : LeatType.LOCAL_TIMESTAMP;
            case LIST -> new LeatType.ListOf(natural(type.asListType().elementType(), column + ".element"));
            case STRUCT ->
                new LeatType.Struct(type.asStructType().fields().stream()
                        .map(field ->
                                new LeatType.Field(field.name(), natural(field.type(), column + "." + field.name())))
                        .toList());
            default ->
                throw new PipelineException(
                        ErrorCode.UNSUPPORTED_TABLE,
                        "the column " + column + " has the type " + type + ", which Leat cannot read");
        };
    }

    /** The SQL type of the values in the data files. */
    static String stored(Type type) {
        return switch (type.typeId()) {
            case BOOLEAN -> "BOOLEAN";
            case INTEGER -> "INTEGER";
            case LONG -> "BIGINT";
            case FLOAT -> "FLOAT";
            case DOUBLE -> "DOUBLE";
            case DATE -> "DATE";
            case TIME -> "TIME";
            case STRING -> "VARCHAR";
            case UUID -> "UUID";
            case FIXED, BINARY -> "BLOB";
            case DECIMAL -> {
                var decimal = (Types.DecimalType) type;
                yield "DECIMAL(" + decimal.precision() + ", " + decimal.scale() + ")";
            }
            case TIMESTAMP ->
                ((Types.TimestampType) type).shouldAdjustToUTC() ? "TIMESTAMP WITH TIME ZONE" : "TIMESTAMP";
            case LIST -> stored(type.asListType().elementType()) + "[]";
            case STRUCT ->
                type.asStructType().fields().stream()
                        .map(field -> Sql.identifier(field.name()) + " " + stored(field.type()))
                        .collect(Collectors.joining(", ", "STRUCT(", ")"));
            default -> throw new PipelineException(ErrorCode.UNSUPPORTED_TABLE, "Leat cannot read the type " + type);
        };
    }

    static boolean sameIgnoringIds(Type one, Type other) {
        if (one.typeId() != other.typeId()) {
            return false;
        }
        return switch (one.typeId()) {
            case LIST ->
                sameIgnoringIds(
                        one.asListType().elementType(), other.asListType().elementType());
            case STRUCT -> {
                var left = one.asStructType().fields();
                var right = other.asStructType().fields();
                boolean same = left.size() == right.size();
                for (int i = 0; same && i < left.size(); i++) {
                    same = left.get(i).name().equals(right.get(i).name())
                            && sameIgnoringIds(left.get(i).type(), right.get(i).type());
                }
                yield same;
            }
            default -> one.equals(other);
        };
    }
}

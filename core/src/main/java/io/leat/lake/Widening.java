package io.leat.lake;

import io.leat.schema.LeatType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a type of a column may become without losing a value that is there. */
public final class Widening {

    private Widening() {}

    /** Gathers what turns one type into another that holds all its values; else says why there is no such way. */
    public static @Nullable String of(String path, LeatType from, LeatType to, List<SchemaChange> into) {
        if (from.equals(to)) {
            return null;
        }
        if (from instanceof LeatType.ListOf(LeatType before) && to instanceof LeatType.ListOf(LeatType after)) {
            return of(path + ".element", before, after, into);
        }
        if (from instanceof LeatType.Struct before && to instanceof LeatType.Struct after) {
            return structs(path, before, after, into);
        }
        if (isWider(from, to)) {
            into.add(new SchemaChange.Widen(path, from, to));
            return null;
        }
        return path + " would lose values";
    }

    private static @Nullable String structs(
            String path, LeatType.Struct from, LeatType.Struct to, List<SchemaChange> into) {
        Map<String, LeatType> after = new HashMap<>();
        to.fields().forEach(field -> after.put(field.name(), field.type()));
        for (LeatType.Field field : from.fields()) {
            LeatType wanted = after.remove(field.name());
            if (wanted == null) {
                return "its field " + path + "." + field.name()
                        + " is missing (fields can be added, not renamed or removed)";
            }
            String problem = of(path + "." + field.name(), field.type(), wanted, into);
            if (problem != null) {
                return problem;
            }
        }
        for (LeatType.Field field : to.fields()) {
            if (after.containsKey(field.name())) {
                into.add(new SchemaChange.Add(path, field.name(), field.type(), null));
            }
        }
        return null;
    }

    private static boolean isWider(LeatType from, LeatType to) {
        if (from instanceof LeatType.Decimal(int p, int s) && to instanceof LeatType.Decimal(int q, int t)) {
            return s == t && q >= p;
        }
        return bits(from) > 0 && bits(to) >= bits(from) || from == LeatType.JSON && to == LeatType.STRING;
    }

    private static int bits(LeatType type) {
        return switch (type) {
            case LeatType.Simple simple ->
                switch (simple) {
                    case INT8 -> 8;
                    case INT16 -> 16;
                    case INT32 -> 32;
                    case INTEGER -> 64;
                    default -> 0;
                };
            default -> 0;
        };
    }
}

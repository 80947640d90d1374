package io.leat.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the name of a type as DuckDB describes it. */
final class DuckDbTypeText {

    private final String text;
    private int at;

    DuckDbTypeText(String text) {
        this.text = text.strip();
    }

    LeatType parse() {
        LeatType type = type();
        if (at != text.length()) {
            throw unknown();
        }
        return type;
    }

    private LeatType type() {
        LeatType type = plain();
        while (text.startsWith("[]", at)) {
            at += 2;
            type = new LeatType.ListOf(type);
        }
        return type;
    }

    private LeatType plain() {
        int start = at;
        while (at < text.length() && "()[],".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(start, at).strip().toUpperCase(Locale.ROOT);
        return switch (word) {
            case "VARCHAR" -> LeatType.STRING;
            case "BIGINT", "UINTEGER" -> LeatType.INTEGER;
            case "TINYINT" -> LeatType.Simple.INT8;
            case "SMALLINT", "UTINYINT" -> LeatType.Simple.INT16;
            case "INTEGER", "USMALLINT" -> LeatType.Simple.INT32;
            case "UBIGINT" -> new LeatType.Decimal(20, 0);
            case "DOUBLE", "FLOAT" -> LeatType.DOUBLE;
            case "BOOLEAN" -> LeatType.BOOLEAN;
            case "DATE" -> LeatType.DATE;
            case "TIME" -> LeatType.TIME;
            case "TIMESTAMP WITH TIME ZONE" -> LeatType.TIMESTAMP;
            case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" -> LeatType.LOCAL_TIMESTAMP;
            case "UUID" -> LeatType.Simple.UUID;
            case "BLOB" -> LeatType.Simple.BINARY;
            case "JSON" -> LeatType.JSON;
            case "ENUM" -> enumeration();
            case "DECIMAL" -> decimal();
            case "STRUCT" -> struct();
            default -> throw unknown();
        };
    }

    private LeatType enumeration() {
        at = text.indexOf(')', at) + 1;
        return LeatType.STRING;
    }

    private LeatType decimal() {
        int end = text.indexOf(')', at);
        String[] digits = text.substring(at + 1, end).split(",", -1);
        at = end + 1;
        return new LeatType.Decimal(Integer.parseInt(digits[0].strip()), Integer.parseInt(digits[1].strip()));
    }

    private LeatType struct() {
        List<LeatType.Field> fields = new ArrayList<>();
        do {
            at++;
            String name = fieldName();
            fields.add(new LeatType.Field(name, type()));
        } while (at < text.length() && text.charAt(at) == ',');
        at++;
        return new LeatType.Struct(fields);
    }

    private String fieldName() {
        while (text.charAt(at) == ' ') {
            at++;
        }
        var name = new StringBuilder();
        if (text.charAt(at) == '"') {
            at++;
            while (text.charAt(at) != '"' || text.startsWith("\"\"", at)) {
                at += text.charAt(at) == '"' ? 1 : 0;
                name.append(text.charAt(at++));
            }
            at++;
        } else {
            while (text.charAt(at) != ' ') {
                name.append(text.charAt(at++));
            }
        }
        at++;
        return name.toString();
    }

    private IllegalArgumentException unknown() {
        return new IllegalArgumentException("the type " + text + " has no counterpart here: cast it to one that has");
    }
}

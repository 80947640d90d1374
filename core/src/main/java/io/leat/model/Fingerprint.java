package io.leat.model;

import io.leat.name.Sha256;
import io.leat.name.TableName;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Equal for two versions of a model that give the same rows from the same tables. In it are: the table's name, the kind, the time
 * column and its format, the length of the windows (incremental models only), declared columns with types, the stamp, the query as
 * DuckDB's parser sees it with variables in place. Not in it:
 * formatting, comments, the case of names, audits, descriptions, owner, tags, grains, cron, lookback, batch size, dependencies that
 * only the header names.
 *
 * <p>It rests on the syntax tree of the DuckDB version in use.
 */
public record Fingerprint(String hex) {

    static Fingerprint of(ModelHeader header, Template query) {
        var text = new StringBuilder("leat-model-1\n");
        line(text, "name", header.name().toString());
        switch (header.kind()) {
            case ModelKind.Incremental incremental -> {
                line(text, "kind", incremental.text());
                line(text, "time", incremental.time().name().toLowerCase(Locale.ROOT));
                line(text, "format", String.valueOf(incremental.time().format()));
                line(text, "every", header.every().text());
            }
            case ModelKind.Full full -> line(text, "kind", full.text());
            case ModelKind.View view -> line(text, "kind", view.text());
        }
        line(text, "stamp", String.valueOf(header.stamp()));
        for (DeclaredColumn column : header.columns()) {
            line(
                    text,
                    "column",
                    column.name() + " " + column.type().replaceAll("\\s+", " ").toUpperCase(Locale.ROOT));
        }
        line(text, "query", query.canonical());
        return hashed(text);
    }

    /** The same together with the identities of the physical tables that it reads: the identity of a filled table. */
    public Fingerprint over(Map<TableName, String> upstream) {
        var text = new StringBuilder("leat-snapshot-1\n");
        line(text, "model", hex);
        new TreeMap<>(upstream).forEach((table, identity) -> line(text, table.toString(), identity));
        return hashed(text);
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append(key)
                .append('=')
                .append(value.length())
                .append(':')
                .append(value)
                .append('\n');
    }

    private static Fingerprint hashed(CharSequence text) {
        return new Fingerprint(Sha256.of(text));
    }

    @Override
    public String toString() {
        return hex;
    }
}

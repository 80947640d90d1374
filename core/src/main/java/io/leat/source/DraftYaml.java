package io.leat.source;

import io.leat.name.PipelineName;
import io.leat.name.TableName;
import io.leat.schema.LeatType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes a draft as a person would. */
final class DraftYaml {

    private static final int WIDEST_NAME = 28;

    private final PipelineName pipeline;
    private final TableName table;
    private final FileSource source;
    private final StringBuilder out = new StringBuilder();

    DraftYaml(PipelineName pipeline, TableName table, FileSource source) {
        this.pipeline = pipeline;
        this.table = table;
        this.source = source;
    }

    /**
     * @param title what was read, for the first line
     * @param notes sentences about the source, for comments before it
     * @param window lines of comment
     */
    String text(String title, List<String> notes, List<DraftColumn> columns, List<String> key, List<String> window) {
        line("# " + title);
        line("# It is yours now: change what is not right, and see `leat validate`.");
        line("pipeline: " + YamlText.of(pipeline.value()));
        notes.forEach(note -> line("# " + note));
        line("source:");
        line("  files: " + files());
        window.forEach(this::line);
        boolean required = columns.stream().anyMatch(DraftColumn::required);
        line("columns:   # each type holds for every row" + (required ? "; required: none lacks the value" : ""));
        columns(columns);
        if (!key.isEmpty()) {
            line("checks:");
            line("  - unique: " + YamlText.list(key)
                    + "   # no two rows are alike in this; take it away if that is chance");
        }
        line("target: { table: " + table + " }");
        return out.toString();
    }

    private String files() {
        CsvForm csv = source.csv();
        CsvForm plain = CsvForm.DEFAULT;
        List<String> entries = new ArrayList<>();
        source.format()
                .ifPresent(format -> entries.add("format: " + format.name().toLowerCase(Locale.ROOT)));
        source.compression()
                .ifPresent(packed -> entries.add("compression: " + packed.name().toLowerCase(Locale.ROOT)));
        if (!csv.encoding().equals(plain.encoding())) {
            entries.add("encoding: " + TextEncoding.name(csv.encoding()));
        }
        csv.delimiter().ifPresent(delimiter -> entries.add("delimiter: " + YamlText.quoted(delimiter)));
        if (!csv.quote().equals(plain.quote())) {
            entries.add("quote: " + YamlText.quoted(csv.quote()));
        }
        csv.escape().ifPresent(escape -> entries.add("escape: " + YamlText.quoted(escape)));
        if (!csv.header()) {
            entries.add("header: false");
        }
        if (!csv.nulls().equals(plain.nulls())) {
            entries.add("nulls: " + YamlText.list(csv.nulls()));
        }
        String path = YamlText.of(source.patterns().getFirst());
        return entries.isEmpty() ? path : "{ path: " + path + ", " + String.join(", ", entries) + " }";
    }

    private void columns(List<DraftColumn> columns) {
        boolean wide = isWide(columns);
        List<String> keys =
                columns.stream().map(column -> YamlText.of(column.name())).toList();
        int width = keys.stream()
                .mapToInt(String::length)
                .filter(length -> length <= WIDEST_NAME)
                .max()
                .orElse(0);
        boolean written = false;
        for (int place = 0; place < columns.size(); place++) {
            DraftColumn column = columns.get(place);
            if (!wide || !WideColumns.isYear(column.name())) {
                column(keys.get(place), column, width);
            } else if (!written) {
                written = true;
                line("  " + YamlText.quoted(WideColumns.PATTERN) + ": { type: " + typeText(column.type()) + " }");
            }
        }
        if (wide) {
            line("# A column for each year. To have a row for each year instead:");
            line("# steps:");
            line("#   - unpivot: { columns: " + YamlText.quoted(WideColumns.PATTERN) + ", name: year, value: value }");
        }
    }

    /** Whether columns of years are there, all of one type and nothing else to say of them. */
    private static boolean isWide(List<DraftColumn> columns) {
        List<DraftColumn> years = columns.stream()
                .filter(column -> WideColumns.isYear(column.name()))
                .toList();
        return !years.isEmpty()
                && years.stream().map(DraftColumn::type).distinct().count() == 1
                && years.stream().allMatch(column -> column.remark().isEmpty());
    }

    private void column(String key, DraftColumn column, int width) {
        List<String> entries = new ArrayList<>();
        if (!column.name().equals(column.source())) {
            entries.add("from: " + YamlText.of(column.source()));
        }
        entries.add("type: " + typeText(column.type()));
        column.format().ifPresent(format -> entries.add("format: " + YamlText.quoted(format)));
        if (column.required()) {
            entries.add("required: true");
        }
        String gap = " ".repeat(Math.max(0, width - key.length()) + 1);
        Optional<String> remark = column.remark();
        remark.filter(text -> text.length() > 60).ifPresent(text -> line("  # " + text));
        line("  " + key + ":" + gap + "{ " + String.join(", ", entries) + " }"
                + remark.filter(text -> text.length() <= 60)
                        .map(text -> "   # " + text)
                        .orElse(""));
    }

    private static String typeText(LeatType type) {
        return type.text().matches("[a-z0-9_]+") ? type.text() : YamlText.quoted(type.text());
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}

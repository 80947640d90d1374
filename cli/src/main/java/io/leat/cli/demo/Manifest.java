package io.leat.cli.demo;

import io.leat.cli.output.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Gathers every defect and the totals of every slice while the files are written. */
final class Manifest {
    private final List<String> defects = new ArrayList<>();
    private final Map<String, Map<String, Totals>> slices = new TreeMap<>();

    /** Takes account of the record with the given number, counted from 1 without the header. */
    void add(String pipeline, String file, int number, Entry entry) {
        String slice = entry.slice() == null ? file : entry.slice();
        slices.computeIfAbsent(pipeline, name -> new TreeMap<>())
                .merge(slice, Totals.NONE.plus(entry), (before, ignored) -> before.plus(entry));
        Defect defect = entry.defect();
        if (defect == null) {
            return;
        }
        var line = new LinkedHashMap<String, Object>();
        line.put("pipeline", pipeline);
        line.put("file", file);
        line.put("record", number);
        line.put("what", defect.what());
        line.put("fate", defect.fate().name().toLowerCase(Locale.ROOT));
        if (defect.code() != null) {
            line.put("code", defect.code());
        }
        line.put("raw", entry.text());
        defects.add(JsonText.of(line));
    }

    /** One JSON object a defect. */
    String defects() {
        return String.join("\n", defects) + "\n";
    }

    /** One JSON object a slice; records of no window stand under the name of their file. */
    String totals() {
        var text = new StringBuilder();
        slices.forEach((pipeline, bySlice) -> bySlice.forEach((slice, totals) -> text.append("{\"pipeline\":")
                .append(JsonText.of(pipeline))
                .append(",\"slice\":")
                .append(JsonText.of(slice))
                .append(',')
                .append(totals.json())
                .append("}\n")));
        return text.toString();
    }
}

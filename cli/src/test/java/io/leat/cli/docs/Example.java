package io.leat.cli.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One command of a document with the output that the document claims.
 *
 * <p>A fenced block of console text is an example if the line before it is the comment {@code <!-- run -->}, or {@code <!-- run
 * head=12 tail=4 -->} to show a part only. A line that begins with {@code "$ "} is a command, continued where it ends with a
 * backslash or opens a here-document; the lines up to the next command are its output.
 *
 * @param from index of the first line of output in the document
 * @param to index behind the last line of output
 */
record Example(Path document, int line, String command, int from, int to, int head, int tail) {
    private static final Pattern MARKER =
            Pattern.compile("<!-- run(?: head=(?<head>\\d+))?(?: tail=(?<tail>\\d+))? -->");
    private static final Pattern HERE = Pattern.compile(".*<<'?(?<word>[A-Z]+)'?.*");

    static List<Example> in(Path document, List<String> lines) {
        var examples = new ArrayList<Example>();
        for (int i = 0; i + 1 < lines.size(); i++) {
            Matcher marker = MARKER.matcher(lines.get(i));
            if (marker.matches()) {
                if (!lines.get(i + 1).startsWith("```")) {
                    throw new IllegalStateException(document + ":" + (i + 2) + ": expected a fenced block");
                }
                examples.addAll(inBlock(document, lines, i + 2, number(marker, "head"), number(marker, "tail")));
            }
        }
        return examples;
    }

    private static List<Example> inBlock(Path document, List<String> lines, int start, int head, int tail) {
        var examples = new ArrayList<Example>();
        int i = start;
        while (!lines.get(i).equals("```")) {
            if (!lines.get(i).startsWith("$ ")) {
                throw new IllegalStateException(document + ":" + (i + 1) + ": expected a command after '$ '");
            }
            int at = i + 1;
            var command = new StringBuilder(lines.get(i).substring(2));
            Matcher here = HERE.matcher(lines.get(i));
            boolean inHere = here.matches();
            while (inHere || lines.get(i).endsWith("\\")) {
                i++;
                command.append('\n').append(lines.get(i));
                inHere = inHere && !lines.get(i).equals(here.group("word"));
            }
            i++;
            int from = i;
            while (!lines.get(i).equals("```") && !lines.get(i).startsWith("$ ")) {
                i++;
            }
            examples.add(new Example(document, at, command.toString(), from, i, head, tail));
        }
        return examples;
    }

    private static int number(Matcher marker, String name) {
        String text = marker.group(name);
        return text == null ? 0 : Integer.parseInt(text);
    }

    List<String> claimed(List<String> lines) {
        return lines.subList(from, to);
    }

    /** The part of an output that the document shows. */
    List<String> shown(List<String> output) {
        if (head == 0 && tail == 0 || output.size() <= head + tail + 1) {
            return output;
        }
        var part = new ArrayList<>(output.subList(0, head));
        part.add("…");
        part.addAll(output.subList(output.size() - tail, output.size()));
        return part;
    }
}

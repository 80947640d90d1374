package io.leat.cli.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One command of a document with the output that the document claims.
 *
 * <p>A line that begins with {@code "$ "} is a command, continued where it ends with a backslash or opens a here-document; the
 * lines up to the next command are its output. A line of output that is only {@code …} stands for lines that are left out.
 *
 * @param line of the command in the document, from 1
 * @param from index of the first line of output in the document
 * @param to index behind the last line of output
 */
record Example(int line, String command, int from, int to) {
    private static final String GAP = "…";
    private static final Pattern HERE = Pattern.compile(".*<<'?(?<word>[A-Z]+)'?.*");

    static List<Example> in(Block block, List<String> lines) {
        var examples = new ArrayList<Example>();
        int i = block.from();
        while (i < block.to()) {
            if (!lines.get(i).startsWith("$ ")) {
                throw new IllegalStateException("line " + (i + 1) + ": expected a command after '$ '");
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
            while (i < block.to() && !lines.get(i).startsWith("$ ")) {
                i++;
            }
            examples.add(new Example(at, command.toString(), from, i));
        }
        return examples;
    }

    List<String> claimed(List<String> lines) {
        return lines.subList(from, to);
    }

    /** What was printed, without the lines that the document leaves out. */
    List<String> shown(List<String> claimed, List<String> printed) {
        if (!claimed.contains(GAP)) {
            return printed;
        }
        var shown = new ArrayList<String>();
        int at = 0;
        int i = 0;
        while (i < claimed.size()) {
            if (claimed.get(i).equals(GAP)) {
                shown.add(GAP);
                i++;
                continue;
            }
            int end = i;
            while (end < claimed.size() && !claimed.get(end).equals(GAP)) {
                end++;
            }
            List<String> part = claimed.subList(i, end);
            int begin = i == 0 ? 0 : end == claimed.size() ? printed.size() - part.size() : find(part, printed, at);
            shown.addAll(printed.subList(Math.max(at, begin), Math.clamp(begin + part.size(), at, printed.size())));
            at = Math.clamp(begin + part.size(), at, printed.size());
            i = end;
        }
        return shown;
    }

    /** Where a part begins: at the first line that is the same; else at the first with the same first word. */
    private static int find(List<String> part, List<String> printed, int at) {
        String wanted = Varying.without(part.getFirst());
        for (int i = at; i < printed.size(); i++) {
            if (Varying.without(printed.get(i)).equals(wanted)) {
                return i;
            }
        }
        for (int i = at; i < printed.size(); i++) {
            if (firstWord(printed.get(i)).equals(firstWord(part.getFirst()))) {
                return i;
            }
        }
        return at;
    }

    private static String firstWord(String line) {
        return line.strip().split(" ", 2)[0];
    }
}

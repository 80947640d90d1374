package io.leat.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Descriptions of columns out of the comments of a query, as SQLMesh takes them: a comment on the line of a column, behind it or behind
 * its comma.
 */
final class ColumnComments {

    private static final Pattern COMMENT =
            Pattern.compile("[ \\t]*(?:--[ \\t]*([^\\r\\n]*)|/\\*(.*?)\\*/).*", Pattern.DOTALL);

    private final Script script;
    private final List<Token> query;
    private final Map<String, String> descriptions = new LinkedHashMap<>();

    private ColumnComments(Script script, List<Token> query) {
        this.script = script;
        this.query = query;
    }

    /** By the name of the column in lower case. */
    static Map<String, String> of(Script script, List<Token> query) {
        var comments = new ColumnComments(script, query);
        comments.read();
        return comments.descriptions;
    }

    /** Goes through the columns of the first SELECT that stands in no bracket. */
    private void read() {
        int at = 0;
        int depth = 0;
        while (at < query.size() && !(depth == 0 && query.get(at).is("SELECT"))) {
            depth += Brackets.change(query.get(at++));
        }
        int start = ++at;
        for (; at <= query.size() && depth == 0 || at < query.size(); at++) {
            boolean end = at >= query.size() || depth == 0 && query.get(at).is("FROM");
            if (at < query.size()) {
                depth += Brackets.change(query.get(at));
            }
            if (end || depth == 0 && query.get(at).is(",")) {
                column(start, at, end);
                start = at + 1;
            }
            if (end) {
                return;
            }
        }
    }

    private void column(int start, int end, boolean last) {
        if (end <= start) {
            return;
        }
        var comment = comment(end - 1).or(() -> last ? Optional.empty() : comment(end));
        var name = name(query.subList(start, end));
        if (comment.isPresent() && name.isPresent()) {
            descriptions.putIfAbsent(name.get().toLowerCase(Locale.ROOT), comment.get());
        }
    }

    private static Optional<String> name(List<Token> column) {
        int cast = 0;
        while (cast < column.size() && !column.get(cast).is("::")) {
            cast++;
        }
        boolean aliased = column.size() > 1 && column.get(column.size() - 2).is("AS");
        var name = aliased || cast == column.size() || cast == 0 ? column.getLast() : column.get(cast - 1);
        return name.isName() ? Optional.of(name.value()) : Optional.empty();
    }

    /** The comment on the same line behind a token. */
    private Optional<String> comment(int token) {
        int from = query.get(token).end();
        int to = token + 1 < query.size()
                ? query.get(token + 1).start()
                : script.text().length();
        var match = COMMENT.matcher(script.slice(from, to));
        if (!match.matches()) {
            return Optional.empty();
        }
        String text = match.group(1) == null ? match.group(2) : match.group(1);
        return Optional.of(text.strip().replaceAll("\\s+", " ")).filter(found -> !found.isEmpty());
    }
}

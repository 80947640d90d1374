package io.leat.cli;

import io.leat.Leat;
import io.leat.cli.output.Human;
import io.leat.config.Suggestion;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.Sql;
import io.leat.schema.RejectCode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "rejects",
        description = {
            "The rows that were refused by the loads that readers see now: file, record, column, value, reason.",
            "Codes: TYPE, REQUIRED, RANGE, PATTERN, VALUES, MALFORMED, ENCODING, NEW_COLUMN, MISSING_COLUMN, TARGET, EXPRESSION,",
            "LOOKUP, NO_KEY, NO_ORDER, LATE, NO_TIME, BAD_TIME, BEFORE_START, AFTER_END, AMBIGUOUS_TIME, GAP_TIME."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  leat rejects",
            "  leat rejects trips --code LOOKUP --limit 20",
            "  leat rejects --count                how many of each code",
            "  leat rejects -o csv > rejects.csv"
        })
final class RejectsCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    final SelectionOptions selected = new SelectionOptions();

    @Option(names = "--code", paramLabel = "CODE", split = ",", description = "Only rejects with these codes.")
    List<String> codes = List.of();

    @Option(names = "--count", description = "Counts by pipeline, code and column instead of rows.")
    boolean count;

    @Option(
            names = "--limit",
            paramLabel = "ROWS",
            description = "At most so many rows; 0 for all. Tables show 100 if nothing is said, other forms all.")
    @Nullable
    Integer limit;

    RejectsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (var leat = session.leat()) {
            if (count) {
                long groups = print(leat, """
                        SELECT pipeline, code, "column", count(*) AS rejected
                        FROM leat.rejects
                        %s
                        GROUP BY ALL
                        ORDER BY pipeline, rejected DESC, code, "column"
                        """.formatted(where(leat)));
                tellIfNone(groups);
                return 0;
            }
            int most = limit();
            long shown = print(leat, """
                    SELECT %s
                    FROM leat.rejects
                    %s
                    ORDER BY pipeline, file, record
                    %s
                    """.formatted(columns(), where(leat), most == 0 ? "" : "LIMIT " + most));
            tellIfNone(shown);
            if (shown == most && most > 0) {
                session.output().say("the first " + Human.count(most) + "; --limit 0 shows all, --count sums them up");
            }
        }
        return 0;
    }

    private void tellIfNone(long rows) {
        if (rows == 0) {
            session.output().say("no rejects in what readers see now");
        }
    }

    private String columns() {
        String some = "pipeline, file, record, code, \"column\", value, reason";
        return session.options().form.forPrograms() ? some + ", step, slice, load_id, \"window\", raw" : some;
    }

    private int limit() {
        Integer wanted = limit;
        return wanted != null
                ? AtLeast.zero("--limit", wanted)
                : session.options().form.forPrograms() ? 0 : 100;
    }

    private long print(Leat leat, String sql) {
        try (var console = leat.query(sql)) {
            return QueryOutput.print(console, session.output());
        }
    }

    private static void requireKnown(String code) {
        List<String> known =
                Arrays.stream(RejectCode.values()).map(RejectCode::name).toList();
        if (!known.contains(code.toUpperCase(Locale.ROOT))) {
            var unknown = new PipelineException(ErrorCode.BAD_ARGUMENT, "there is no code '" + code + "' of rejects");
            throw unknown.withHint(Suggestion.nearest(code, known)
                    .map(near -> "did you mean " + near + "?")
                    .orElse("one of " + String.join(", ", known)));
        }
    }

    private String where(Leat leat) {
        codes.forEach(RejectsCommand::requireKnown);
        String names = selected.selection().of(leat.project().dag()).stream()
                .map(node -> Sql.literal(node.name().value()))
                .collect(Collectors.joining(", "));
        String some = codes.isEmpty()
                ? ""
                : codes.stream()
                        .map(code -> Sql.literal(code.toUpperCase(Locale.ROOT)))
                        .collect(Collectors.joining(", ", " AND code IN (", ")"));
        return "WHERE pipeline IN (" + names + ")" + some;
    }
}

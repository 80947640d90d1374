package io.leat.cli;

import io.leat.cli.output.Human;
import io.leat.config.ProblemsException;
import io.leat.config.UnreadablePath;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "query",
        description = {
            "Runs a SQL query (DuckDB's) over the tables of the environment. It can read them and nothing else, and change nothing.",
            "Tables are named as the project names them, such as bronze.trips; rejected rows are in leat.rejects."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  leat query \"SELECT district, count(*) FROM bronze.trips GROUP BY ALL\"",
            "  leat query \"FROM gold.trips_by_day\" -o csv > days.csv",
            "  leat query --file report.sql -o json",
            "  echo 'FROM leat.rejects' | leat query -"
        })
final class QueryCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "SQL", description = "The query; - reads it from standard input.")
    @Nullable
    String sql;

    @Option(names = "--file", paramLabel = "FILE", description = "Reads the query from a file.")
    @Nullable
    Path file;

    QueryCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        String text = text();
        var output = session.output();
        try (var leat = session.leat();
                var console = leat.query(text);
                var interruption = Interruption.watch(session, console::interrupt)) {
            long begun = System.nanoTime();
            long rows;
            try {
                rows = QueryOutput.print(console, output);
            } catch (PipelineException failure) {
                if (interruption.requested()) {
                    output.warn("the query was stopped");
                    return 0;
                }
                throw failure;
            }
            if (output.terminal().progress()) {
                output.say(Human.count(rows, "row", "rows") + " in "
                        + Human.duration(Duration.ofNanos(System.nanoTime() - begun)));
            }
        }
        return 0;
    }

    private String text() throws IOException {
        Path named = file;
        String given = sql;
        if ((named == null) == (given == null)) {
            throw new PipelineException(ErrorCode.BAD_ARGUMENT, "give either a query or --file")
                    .withHint("see `leat query --help`");
        }
        if (named != null) {
            Path path = session.resolve(named);
            try {
                return Files.readString(path);
            } catch (IOException unreadable) {
                throw new ProblemsException(List.of(UnreadablePath.problem(path, named, unreadable)));
            }
        }
        return "-".equals(given) ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8) : String.valueOf(given);
    }
}

package io.leat.cli;

import io.leat.Leat;
import io.leat.cli.output.Kind;
import io.leat.cli.output.Listing;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.run.Loading;
import io.leat.state.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "logs",
        description = {
            "The runs of the environment, newest first; of a named one its log: a JSON object a line for each step.",
        },
        footerHeading = "%nExamples:%n",
        footer = {"  leat logs", "  leat logs --last 5 -o json", "  leat logs last", "  leat logs 0r4x7k | grep failed"
        })
final class LogsCommand implements Callable<Integer> {
    private static final Listing<Run> RUNS = Listing.<Run>empty()
            .with("run_id", "run", Kind.TEXT, Run::id)
            .with(
                    "started_at",
                    "started",
                    Kind.INSTANT,
                    run -> Instant.ofEpochSecond(run.started().getEpochSecond()))
            .with("took_ms", "time", Kind.MILLIS, run -> {
                Instant ended = run.ended();
                return ended == null
                        ? null
                        : Duration.between(run.started(), ended).toMillis();
            })
            .with("exit_code", "exit", Kind.PLAIN_NUMBER, Run::exitCode)
            .with("outcome", Kind.TEXT, LogsCommand::outcome)
            .with("command", Kind.TEXT, Run::command)
            .with("arguments", Kind.TEXT, run -> String.join(" ", run.arguments()))
            .withDetail("owner", Run::owner)
            .withDetail("ended_at", Run::ended);

    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "The beginning of a run's name, or last.")
    @Nullable
    String run;

    @Option(names = "--last", paramLabel = "RUNS", description = "How many runs to list; 20 if nothing is said.")
    int last = 20;

    LogsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        try (var leat = session.leat()) {
            String named = run;
            if (named == null) {
                session.output().print(RUNS, runs(leat, AtLeast.one("--last", last)));
                return 0;
            }
            Path log = Loading.logFile(leat.project(), find(leat, named).id());
            if (!Files.exists(log)) {
                throw new PipelineException(ErrorCode.BAD_ARGUMENT, "the log of that run is gone: " + log);
            }
            try (var lines = Files.lines(log)) {
                lines.forEach(session.data()::println);
            }
        }
        return 0;
    }

    private static Run find(Leat leat, String named) {
        return runs(leat, 10_000).stream()
                .filter(each -> named.equals("last") || each.id().value().startsWith(named))
                .findFirst()
                .orElseThrow(() -> new PipelineException(ErrorCode.BAD_ARGUMENT, "there is no run '" + named + "'")
                        .withHint("`leat logs` lists runs"));
    }

    private static List<Run> runs(Leat leat, int limit) {
        return leat.state().runs(leat.project().environment(), limit, 0);
    }

    private static String outcome(Run run) {
        String outcome = run.outcome();
        return outcome != null ? outcome : run.owner().isDeadHere() ? "was killed" : "runs";
    }
}

package io.leat.cli;

import io.leat.cli.output.Human;
import io.leat.cli.output.Kind;
import io.leat.cli.output.Listing;
import io.leat.lake.Upkeep;
import io.leat.lake.Upkeep.TableReport;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.time.TimeSpan;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "maintain",
        description = {
            "Joins small files, forgets old versions of the tables, and deletes files that nothing refers to any more.",
            "Others may load and read meanwhile."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  leat lake maintain", "  leat lake maintain --margin 7d"})
final class LakeMaintainCommand implements Callable<Integer> {
    private static final Listing<TableReport> TABLES = Listing.<TableReport>empty()
            .with("table", Kind.TEXT, TableReport::table)
            .with("joined_files", "files joined", Kind.NUMBER, TableReport::joinedFiles)
            .with("into_files", "into", Kind.NUMBER, TableReport::intoFiles)
            .with("forgotten_snapshots", "versions forgotten", Kind.NUMBER, TableReport::forgottenSnapshots);

    private final Session session;

    @Option(
            names = "--margin",
            paramLabel = "TIME",
            description = "No younger file is deleted: others may be about to publish it. 1d if nothing is said.")
    @Nullable
    String margin;

    LakeMaintainCommand(Session session) {
        this.session = session;
    }

    private static Duration span(String text) {
        try {
            return TimeSpan.parse(text).length();
        } catch (IllegalArgumentException failure) {
            throw new PipelineException(
                    ErrorCode.BAD_ARGUMENT, "--margin " + text + ": " + failure.getMessage(), failure);
        }
    }

    @Override
    public Integer call() {
        var usual = Upkeep.DEFAULT;
        String asked = margin;
        var upkeep = asked == null
                ? usual
                : new Upkeep(
                        span(asked), usual.leastSnapshots(), usual.keepFor(), usual.smallBytes(), usual.fewestFiles());
        var output = session.output();
        try (var leat = session.leat()) {
            var report = leat.chores().maintain(upkeep);
            output.print(TABLES, report.tables());
            report.unknownFolders().forEach(folder -> output.say("left alone, no table of the catalog: " + folder));
            output.say("deleted " + Human.count(report.deletedFiles(), "file", "files") + ", "
                    + Human.bytes(report.deletedBytes()));
        }
        return 0;
    }
}

package io.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.cli.output.Form;
import io.leat.cli.output.Terminal;
import io.leat.config.Mark;
import io.leat.config.Problem;
import io.leat.config.ProblemsException;
import io.leat.config.SourceText;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ProgramTest {
    @TempDir
    Path folder;

    @Test
    void suggestsTheCommandThatWasMeant() {
        var run = CommandRun.in(folder, "explan");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.data()).isEmpty();
        assertThat(run.messages()).contains("did you mean explain").contains("leat --help");
    }

    @Test
    void reportsWrongUsageAsJsonIfJsonWasAskedFor() {
        var run = CommandRun.in(folder, "explain", "--fo", "-o", "json");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.messages()).startsWith("{\"error\":{\"code\":\"E503\"").hasLineCount(1);
    }

    @Test
    void refusesAFormThatDoesNotExist() {
        var run = CommandRun.in(folder, "explain", "-o", "xml");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.messages()).contains("xml").contains("ndjson");
    }

    @Test
    void takesGlobalOptionsBeforeAndAfterTheCommand() {
        assertThat(CommandRun.in(folder, "-o", "json", "version").data()).startsWith("[");
        assertThat(CommandRun.in(folder, "version", "-o", "json").data()).startsWith("[");
        assertThat(CommandRun.in(folder, "version", "--output=NDJSON").data()).startsWith("{");
    }

    @Test
    void showsItsHelpWithExamplesForEveryCommand() {
        var session = new Session(
                new GlobalOptions(),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                Map.of(),
                folder,
                List.of());
        assertThat(everyCommand(Program.commandLine(session))).allSatisfy(command -> {
            var usage = command.getCommandSpec().usageMessage();
            assertThat(usage.description()).isNotEmpty();
            assertThat(usage.footerHeading()).contains("Examples");
            assertThat(usage.footer()).anyMatch(line -> line.contains("leat "));
        });
    }

    private static List<CommandLine> everyCommand(CommandLine top) {
        return top.getSubcommands().values().stream()
                .flatMap(command ->
                        command.getSubcommands().isEmpty() ? Stream.of(command) : everyCommand(command).stream())
                .toList();
    }

    @Test
    void printsUsageOnStandardErrorWithoutACommand() {
        var run = CommandRun.in(folder);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.messages()).startsWith("Usage: leat");
    }

    @Test
    void listsEveryErrorCode() {
        var run = CommandRun.in(folder, "explain", "-o", "csv", "-q");
        assertThat(run.data().lines()).hasSize(ErrorCode.values().length + 1);
        assertThat(run.messages()).isEmpty();
    }

    @Test
    void completesEveryCommandInTheShell() {
        var run = CommandRun.in(folder, "completion", "bash");
        assertThat(run.exitCode()).isZero();
        assertThat(run.data()).contains("explain").contains("--no-input");
        assertThat(CommandRun.in(folder, "completion", "zsh").data()).startsWith("autoload");
    }

    @Test
    void reportsAProblemWithPlaceExpectationAndNextStep() {
        var mark = new Mark(SourceText.ofText("leat.yaml", "project: x\nstoage: .leat\n"), 2, 1);
        var problem = new Problem(ErrorCode.UNKNOWN_KEY, mark, "unknown key 'stoage'")
                .expecting("one of project, storage")
                .hinting("did you mean 'storage'?");
        var failure = new ProblemsException(List.of(problem));
        var text = report(Form.TABLE, failure, 3);
        assertThat(text).contains("E102").contains(":2:1").contains("^").contains("expected: one of");
        assertThat(text).contains("leat explain E102").doesNotContain("\tat ");
        assertThat(report(Form.JSON, failure, 3))
                .contains("\"line\":2")
                .contains("\"hint\":")
                .hasLineCount(1);
    }

    @Test
    void keepsTheStackTraceOfAnUnforeseenFailureInAFile() throws IOException {
        var text = report(Form.TABLE, new IllegalStateException("cogs"), 1);
        assertThat(text).contains("E901").contains("cogs").doesNotContain("\tat ");
        try (var files = Files.list(folder.resolve("logs"))) {
            assertThat(files.toList())
                    .singleElement()
                    .satisfies(file -> assertThat(Files.readString(file)).contains("\tat "));
        }
    }

    @Test
    void endsWithTheExitCodeOfTheError() {
        report(Form.TABLE, new PipelineException(ErrorCode.RECORD_LOCKED, "locked"), 5);
        report(Form.TABLE, new PipelineException(ErrorCode.STATE_BUSY, "busy"), 75);
        report(Form.TABLE, new PipelineException(ErrorCode.CHECK_FAILED, "failed"), 4);
    }

    private String report(Form form, Exception failure, int exitCode) {
        var bytes = new ByteArrayOutputStream();
        var stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        var report = new FailureReport(stream, form, Terminal.none(), false, folder.resolve("logs"));
        assertThat(report.failure(failure)).isEqualTo(exitCode);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}

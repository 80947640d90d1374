package io.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.cli.docs.Documents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;

/** Commands that texts only mention: the program understands them, with their options. */
class CommandsInTextTest {
    private static final Pattern MENTIONED = Pattern.compile("`(?:\\./)?leat ([^`]+)`");
    private static final Pattern EXAMPLE =
            Pattern.compile("^ {2}(?:.*\\| |.*&& )?leat (\\S.*?)(?: {2,}.*| [>&|] .*)?$");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    static Stream<Arguments> mentionedInDocuments() throws IOException {
        return Documents.all().stream()
                .flatMap(document -> Documents.lines(document).stream()
                        .flatMap(line -> MENTIONED.matcher(line).results())
                        .map(found -> Arguments.of(Documents.name(document), found.group(1))))
                .distinct();
    }

    static Stream<Arguments> examplesOfHelp() {
        return everyCommand(Program.commandLine(session()))
                .flatMap(command -> Stream.of(
                                command.getCommandSpec().usageMessage().footer())
                        .flatMap(line -> EXAMPLE.matcher(line).results())
                        .map(found -> Arguments.of(command.getCommandName(), found.group(1))));
    }

    @ParameterizedTest(name = "{0}: leat {1}")
    @MethodSource({"mentionedInDocuments", "examplesOfHelp"})
    void isUnderstood(String place, String command) {
        var words = words(command);
        try {
            var parsed = Program.commandLine(session()).parseArgs(words.toArray(String[]::new));
            assertThat(parsed.hasSubcommand() || parsed.isUsageHelpRequested() || command.endsWith("…"))
                    .as("%s: leat %s", place, command)
                    .isTrue();
        } catch (MissingParameterException onlyNamed) {
            assertThat(words).as("%s: leat %s", place, command).allMatch(word -> word.matches("[a-z]+"));
        }
    }

    private static List<String> words(String command) {
        var words = new ArrayList<String>();
        WORD.matcher(command).results().forEach(found -> {
            String quoted = found.group(1) != null ? found.group(1) : found.group(2);
            words.add(quoted != null ? quoted : found.group(3));
        });
        words.removeIf("…"::equals);
        return words;
    }

    private static Stream<CommandLine> everyCommand(CommandLine top) {
        return Stream.concat(
                Stream.of(top), top.getSubcommands().values().stream().flatMap(CommandsInTextTest::everyCommand));
    }

    private static Session session() {
        var nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return new Session(new GlobalOptions(), nowhere, nowhere, Map.of(), Path.of(""), List.of());
    }
}

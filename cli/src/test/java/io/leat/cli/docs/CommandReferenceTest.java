package io.leat.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.cli.Program;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reference of commands is what {@code --help} prints. With {@code -Dleat.rewrite=true} it is written anew. */
class CommandReferenceTest {
    private static final Path REFERENCE = Path.of("../docs/reference/commands.md");

    @Test
    void theReferenceHoldsTheHelpOfEveryCommand() throws IOException {
        String expected = reference();
        if (Boolean.getBoolean("leat.rewrite")) {
            Files.writeString(REFERENCE, expected);
        }
        assertThat(REFERENCE).hasContent(expected);
    }

    private static String reference() {
        return """
                # Commands

                What `--help` prints. Data goes to standard output, messages to standard error.

                | exit code | means |
                | --- | --- |
                | 0 | done (also: nothing to do) |
                | 1 | failed |
                | 2 | wrong usage |
                | 3 | configuration invalid |
                | 4 | data failed a check or an audit |
                | 5 | what was explicitly named is locked by another run |
                | 75 | temporary failure: try again |
                | 130, 143 | interrupted, terminated |

                Of several, 1 comes before 4, before 5, before 75. Nothing to do, and skipped because another run has it, are 0 with the
                reason.

                """
                + Stream.concat(Stream.of(List.<String>of()), commands(List.of()).stream())
                        .map(CommandReferenceTest::section)
                        .collect(Collectors.joining("\n"));
    }

    private static String section(List<String> command) {
        String name = command.isEmpty() ? "leat" : "leat " + String.join(" ", command);
        return "## " + name + "\n\n```\n" + help(command) + "\n```\n";
    }

    private static List<List<String>> commands(List<String> parent) {
        var found = new ArrayList<List<String>>();
        boolean listing = false;
        for (String line : help(parent).lines().toList()) {
            listing = line.equals("Commands:") || listing && line.startsWith("  ");
            if (listing && line.matches("  [a-z].*")) {
                var command = new ArrayList<>(parent);
                command.add(line.strip().split(" ", 2)[0]);
                found.add(command);
                found.addAll(commands(command));
            }
        }
        return found;
    }

    private static String help(List<String> command) {
        var bytes = new ByteArrayOutputStream();
        var stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        var arguments = Stream.concat(command.stream(), Stream.of("--help")).toArray(String[]::new);
        new Program(stream, stream, Map.of("TERM", "dumb", "COLUMNS", "80"), Path.of("")).run(arguments);
        return Arrays.stream(bytes.toString(StandardCharsets.UTF_8).split("\n"))
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n"));
    }
}

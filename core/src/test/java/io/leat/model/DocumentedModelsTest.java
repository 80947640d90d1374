package io.leat.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the reference lists of models is so; its examples are run by the tests of the command line. */
class DocumentedModelsTest {

    private static final Path REFERENCE = Path.of("../docs/reference/models.md");

    private static List<String> found(String regex) throws IOException {
        return Pattern.compile(regex, Pattern.DOTALL)
                .matcher(Files.readString(REFERENCE))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    @Test
    void namesEveryTimeMacroAndNoOther() throws IOException {
        var documented = new TreeSet<>(found("`@((?:start|end)_[a-z]+)`"));
        var known = new TreeSet<>(TimeMacro.names());
        known.removeIf(name -> name.startsWith("execution"));
        assertThat(documented).isEqualTo(known);
    }

    @Test
    void namesEveryAudit() throws IOException {
        String text = Files.readString(REFERENCE);
        assertThat(BuiltInAudit.names()).allMatch(name -> text.contains("`" + name));
    }

    @Test
    void acceptsWhatItCallsWithoutEffect() throws IOException {
        var keys = found("Accepted without effect(.*?)and in the kind").getFirst();
        for (var match : Pattern.compile("`([a-z_]+)`").matcher(keys).results().toList()) {
            var reading = Reading.of(
                    Map.of(
                            "models/m.sql",
                            "MODEL (name gold.m, kind FULL, " + match.group(1) + " (x = 1)); SELECT 1 AS one"),
                    Variables.NONE);
            assertThat(reading.only().ignored()).containsExactly(match.group(1));
        }
    }
}

package io.leat.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DotEnvTest {

    @Test
    void readsQuotesCommentsAndExports() {
        var problems = new Problems();

        assertThat(read("""
                # a comment
                A=plain value  # with a comment
                export B = 'single # $x \\n'
                C="double \\"quoted\\"\\n" # comment
                D=
                E=a#b
                F="last" \s
                F=wins
                G=#none
                """, problems))
                .containsOnly(
                        Map.entry("A", "plain value"),
                        Map.entry("B", "single # $x \\n"),
                        Map.entry("C", "double \"quoted\"\n"),
                        Map.entry("D", ""),
                        Map.entry("E", "a#b"),
                        Map.entry("F", "wins"),
                        Map.entry("G", ""));
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void locatesLinesThatAreWrongWithoutShowingThem() {
        var problems = new Problems();

        read("A=1\nhunter2\nB=\"hunter2\nC='hunter2' x\n", problems);

        assertThat(problems.sorted())
                .extracting(problem -> problem.mark().line())
                .containsExactly(2, 3, 4);
        assertThat(problems.sorted())
                .allSatisfy(problem ->
                        assertThat(problem.render()).startsWith("E001 .env:").doesNotContain("hunter2"));
    }

    @Test
    void aFileThatDoesNotExistHasNoVariables() {
        var problems = new Problems();

        assertThat(DotEnv.read(Path.of("/nowhere/.env"), Path.of(".env"), problems))
                .isEmpty();
        assertThat(problems.isEmpty()).isTrue();
    }

    private static Map<String, String> read(String text, Problems problems) {
        var plain = new TreeMap<String, String>();
        DotEnv.parse(text, SourceText.ofFile(Path.of(".env")), problems)
                .forEach((name, value) -> plain.put(name, value.value()));
        return plain;
    }
}

package io.leat.name;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Run with {@code -Dleat.rewrite=true} to write {@code docs/reference/errors.md} anew. */
class ErrorPagesTest {

    private static final Path PAGES = Path.of("src/main/resources/io/leat/errors");
    private static final Path INDEX = Path.of("../docs/reference/errors.md");
    private static final Pattern COMMAND = Pattern.compile("`leat ([a-z]+)");
    private static final Path COMMANDS = Path.of("../docs/reference/commands.md");

    @ParameterizedTest
    @EnumSource
    void eachCodeHasAPage(ErrorCode code) {
        String text = ErrorPage.of(code).text();

        assertThat(text).startsWith("# " + code + " " + code.title() + "\n\n");
        assertThat(text).contains("\n**Why**\n", "\n**What to do**\n", "\n**Example**\n", "\n```\nE");
        assertThat(text.lines().filter(line -> !line.isBlank()).count()).isBetween(8L, 22L);
    }

    @ParameterizedTest
    @EnumSource
    void pagesNameOnlyCommandsThatExist(ErrorCode code) throws IOException {
        List<String> known = Files.readAllLines(COMMANDS);

        assertThat(COMMAND.matcher(ErrorPage.of(code).text()).results().map(match -> "## leat " + match.group(1)))
                .isSubsetOf(known);
    }

    @Test
    void eachPageHasACode() throws IOException {
        try (var files = Files.list(PAGES)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".md", "")))
                    .allSatisfy(name -> assertThat(ErrorCode.parse(name)).isPresent());
        }
    }

    @Test
    void codesAreUniqueAndFollowTheExitCodes() {
        assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::code)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::exitCode)).containsOnly(1, 2, 3, 4, 5, 75);
        assertThat(ErrorCode.parse(" e003 ")).contains(ErrorCode.SCHEMA_VALIDATION);
        assertThat(ErrorCode.parse("E999")).isEmpty();
    }

    @Test
    void theReferenceHoldsAllPages() throws IOException {
        String expected = index();
        if (Boolean.getBoolean("leat.rewrite")) {
            Files.createDirectories(INDEX.getParent());
            Files.writeString(INDEX, expected);
        }
        assertThat(INDEX).hasContent(expected);
    }

    private static String index() {
        String rows = Arrays.stream(ErrorCode.values())
                .map(code -> String.format(
                        "| [%s](#%s) | %s | %s | %s | %d |",
                        code,
                        anchor(code),
                        code.title(),
                        code.actor().name().toLowerCase(Locale.ROOT),
                        code.retryable() ? "yes" : "no",
                        code.exitCode()))
                .collect(Collectors.joining("\n"));
        String pages = Arrays.stream(ErrorCode.values())
                .map(code -> "#" + ErrorPage.of(code).text())
                .collect(Collectors.joining("\n"));
        return """
                # Errors

                Every error has a code. `leat explain E003` prints the page of a code; all of them follow the table.

                | code | what happened | who must act | a retry can help | exit code |
                | --- | --- | --- | --- | --- |
                """ + rows + "\n\n" + pages;
    }

    private static String anchor(ErrorCode code) {
        return (code + " " + code.title())
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9 -]", "")
                .replace(' ', '-');
    }
}

package io.leat.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.cli.docs.Reader.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opentest4j.TestAbortedException;

/** A document that is wrong is found out, and one that is right is not. */
class ReaderTest {
    @TempDir
    Path folder;

    private SharedProgram program;

    @BeforeEach
    void startsTheProgram() throws IOException {
        program = SharedProgram.in(Files.createDirectories(folder.resolve("program")));
    }

    @AfterEach
    void stopsTheProgram() throws IOException {
        program.close();
    }

    @Test
    void seesWhatCommandsPrintAndKeepsTheFolderTheFilesAndTheExitCode() throws Exception {
        follow("""
                <!-- run -->
                ```console
                $ mkdir shop && cd shop
                ```

                <!-- file: data/a.txt -->
                ```
                one
                ```

                <!-- append: data/a.txt -->
                ```
                two
                ```

                <!-- run -->
                ```console
                $ cat data/a.txt
                one
                two
                $ pwd
                /home/you/shop
                $ sh -c "exit 4"
                $ echo $?
                4
                $ leat version | head -1
                part  version
                ```
                """);
    }

    @Test
    void passesOverLinesThatAreLeftOut() throws Exception {
        follow("""
                <!-- run -->
                ```console
                $ seq 9
                1
                …
                4
                5
                …
                9
                ```
                """);
    }

    @ParameterizedTest
    @CsvSource({"echo one,two", "seq 9,1 … 5 4 … 9", "seq 9,1 … 8", "seq 9,2 … 9", "echo 'in 1.5 s',in 1.5 km"})
    void refusesWhatIsNotPrinted(String command, String claimed) {
        assertThatThrownBy(() ->
                        follow("<!-- run -->\n```console\n$ " + command + "\n" + claimed.replace(' ', '\n') + "\n```"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("page.md:3 $ " + command);
    }

    @Test
    void refusesABlockThatIsNeitherRunNorSaysWhyNot() {
        assertThatThrownBy(() -> follow("```sh\nrm -rf /\n```"))
                .hasMessageContaining("page.md:1: this block is neither");
        assertThatThrownBy(() -> follow("<!-- not run: -->\n```sh\nrm\n```")).hasMessageContaining("page.md:2");
    }

    @Test
    void refusesPartsOfFilesThatAreNotValid() throws Exception {
        follow("<!-- pipeline -->\n```yaml\nchecks: [{ rows: { min: 1 } }]\n```");
        follow("<!-- settings -->\n```yaml\ndefaults: { timezone: Europe/Berlin }\n```");
        assertThatThrownBy(() -> follow("<!-- pipeline -->\n```yaml\nchecks: [{ rowz: { min: 1 } }]\n```"))
                .hasMessageContaining("did you mean");
        assertThatThrownBy(() -> follow("<!-- settings -->\n```yaml\ndefaults: { timezone: Mars }\n```"))
                .hasMessageContaining("page.md:2");
    }

    @Test
    void leavesOutWhatCannotBeRunHereAndGoesOn() throws IOException {
        var reader = reader("""
                <!-- run if: false -->
                ```console
                $ echo one
                two
                ```

                <!-- run -->
                ```console
                $ echo one
                two
                ```
                """);
        assertThatThrownBy(() -> reader.take(reader.blocks().getFirst())).isInstanceOf(TestAbortedException.class);
        assertThatThrownBy(() -> reader.take(reader.blocks().getLast())).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> reader.take(reader.blocks().getLast())).isInstanceOf(TestAbortedException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    begun 2026-11-25 15:56:13Z                  | begun 2027-01-01 00:00Z                | true
                    begun 2026-11-25 07:30:20 PST (15:30:20Z)   | begun 2026-06-01 17:30 PDT (2026-06-02 00:30Z) | true
                    2024-03-10 00:00 PST (08:00Z)               | 2024-03-10 00:00 PST (09:00Z)          | false
                    2024-05-01T08:12:09Z                        | 2024-05-01T08:12:10Z                   | false
                    loaded  4  217 ms                           | loaded 4  3 m 2 s                      | true
                    4 rows in 217 ms                            | 5 rows in 217 ms                       | false
                    trips@e1ab0fce5e46                          | trips@e1ab0fce5e47                     | false
                    (run d22dnw54jxtr)                          | (run d22dnw54jxts)                     | true
                    process 12 on vm, token 2                   | process 9 on host, token 2             | true
                    process 12 on vm, token 2                   | process 12 on vm, token 3              | false
                    12.50                                       | 12.51                                  | false
                    """)
    void onlyWhatHasToVaryMay(String one, String other, boolean same) {
        assertThat(Varying.without(one).equals(Varying.without(other))).isEqualTo(same);
    }

    private void follow(String text) throws IOException, InterruptedException {
        var reader = reader(text);
        for (Block block : reader.blocks()) {
            reader.take(block);
        }
        assertThat(reader.blocks()).isNotEmpty();
    }

    private Reader reader(String text) {
        var lines = new ArrayList<>(List.of(text.split("\n")));
        return new Reader(Purpose.COMPARE, "page.md", lines, folder, program.script());
    }
}

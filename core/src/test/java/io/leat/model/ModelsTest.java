package io.leat.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.config.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsTest {

    @TempDir
    Path project;

    private final Problems problems = new Problems();

    private void write(String file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private void write(String file, byte[] bytes) throws IOException {
        Path path = project.resolve(file);
        Files.createDirectories(path.getParent());
        Files.write(path, bytes);
    }

    private List<String> read() {
        return Models.read(project, Variables.NONE, Reading.ANALYZER, problems).stream()
                .map(Model::toString)
                .toList();
    }

    private List<String> found() {
        return problems.sorted().stream().map(Reading::line).toList();
    }

    @Test
    void areReadFromAllFoldersByName() throws IOException {
        write("models/z/first.sql", "MODEL (name gold.b, kind FULL, audits (positive)); SELECT 1 AS v");
        write("models/second.sql", "MODEL (name gold.a); SELECT * FROM gold.b");
        write("audits/positive.sql", "AUDIT (name positive); SELECT * FROM @this_model WHERE v <= 0");
        write("models/readme.md", "no model");
        write("models/macros/__init__.py", "");
        write("other/third.sql", "no model either");
        assertThat(read()).containsExactly("gold.a", "gold.b");
        assertThat(found()).isEmpty();
    }

    @Test
    void areNoneWhereThereIsNoFolder() {
        assertThat(read()).isEmpty();
        assertThat(found()).isEmpty();
    }

    @Test
    void sayWhichFilesCannotBeRead() throws IOException {
        write("models/a.py", "@model('gold.a')");
        write("models/b.sql", "MODEL (name gold.b); SELECT 'é' AS v".getBytes(StandardCharsets.ISO_8859_1));
        write("models/c.sql", "MODEL (name gold.c); SELECT 1 AS v");
        assertThat(read()).containsExactly("gold.c");
        assertThat(found())
                .containsExactly(
                        "E114 models/a.py models in Python are not supported yet",
                        "E109 models/b.sql the file is not in UTF-8");
    }

    @Test
    void gatherTheProblemsOfAllFiles() throws IOException {
        write("models/a.sql", "MODEL (name gold.a, kind FUL); SELECT 1 AS v");
        write("models/b.sql", "MODEL (name gold.b, tag x); SELECT 1 AS v FORM gold.a");
        write("audits/c.sql", "AUDIT (name twice); SELECT 1 AS v");
        write("audits/d.sql", "AUDIT (name Twice); SELECT 1 AS v; AUDIT (name not_null); SELECT 1 AS v");
        assertThat(read()).isEmpty();
        assertThat(found())
                .containsExactly(
                        "E107 audits/d.sql:1:1 the audit 'twice' is also defined at audits/c.sql:1:1",
                        "E107 audits/d.sql:1:36 the audit 'not_null' exists already: it is one of SQLMesh's own",
                        "E104 models/a.sql:1:26 there is no kind FUL",
                        "E102 models/b.sql:1:21 the key 'tag' is not known here",
                        "E112 models/b.sql:1:43 syntax error at or near \"FORM\"");
    }
}

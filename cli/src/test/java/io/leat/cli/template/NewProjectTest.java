package io.leat.cli.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewProjectTest {
    @TempDir
    Path folder;

    @Test
    void writesAProjectNamedAfterItsFolder() throws IOException {
        Path project = folder.resolve("My Sales-2024");
        assertThat(NewProject.write(project)).contains("leat.yaml", ".gitignore", ".env.example");
        assertThat(project.resolve("leat.yaml")).content().contains("project: my_sales_2024");
        assertThat(project.resolve("pipelines")).isDirectory();
        assertThat(project.resolve(".gitignore")).content().contains(".env").contains(".leat/");
    }

    @Test
    void namesAProjectByAnIdentifier() {
        assertThat(NewProject.name(Path.of("/x/2024"))).isEqualTo("p_2024");
        assertThat(NewProject.name(Path.of("/x/---"))).isEqualTo("project");
    }

    @Test
    void refusesAFolderThatHoldsSomethingElseAndWritesNothing() throws IOException {
        Files.writeString(folder.resolve("thesis.txt"), "mine");
        assertThatThrownBy(() -> NewProject.write(folder)).hasMessageContaining("thesis.txt");
        try (var files = Files.list(folder)) {
            assertThat(files.toList()).hasSize(1);
        }
    }

    @Test
    void acceptsAFolderThatHoldsARepositoryOnly() throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        assertThat(NewProject.write(folder)).isNotEmpty();
    }
}

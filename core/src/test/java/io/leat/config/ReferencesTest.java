package io.leat.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferencesTest {

    private static final Map<String, String> VARIABLES = Map.of("HOST", "db.example.org", "PORT", "5432");
    private static final References REFERENCES = new References(
            VARIABLES,
            SecretProvider.variables(Map.of("LEAT_SECRET_KEY", "first", "KEY", "second", "TOKEN", "hunter2")));

    @Test
    void fillsInVariables() {
        assertThat(read(Shape.text(), "http://${env:HOST}:${env:PORT}/")).isEqualTo("http://db.example.org:5432/");
        assertThat(read(Shape.integer(), "'${env:PORT}'")).isEqualTo(5432);
        assertThat(read(Shape.text(), "'${env:PORT}'")).isEqualTo("5432");
        assertThat(read(Shape.text(), "a $${env:X} $ {b} $5")).isEqualTo("a ${env:X} $ {b} $5");
    }

    @Test
    void aVariableThatIsNotSetIsAProblemAtItsPlace() {
        assertThat(problem(Shape.text(), "http://${env:HOST}/${env:NONE}")).isEqualTo("""
                E105 test.yaml:1:20: the environment variable NONE is not set
                  1 | http://${env:HOST}/${env:NONE}
                    |                    ^
                  hint: set it in the environment or in .env""");
    }

    @Test
    void refusesWhatLooksLikeAReference() {
        assertThat(problem(Shape.text(), "${HOST}")).contains("hint: did you mean '${env:HOST}'?");
        assertThat(problem(Shape.text(), "${vault:X}")).contains("expected: ${env:NAME} or ${secret:NAME}");
        assertThat(problem(Shape.text(), "'${env:X'")).contains("is not a reference");
    }

    @Test
    void aSecretCannotBePrinted() throws IOException {
        Secret secret = read(Shape.secret(), "Bearer ${secret:TOKEN}");

        assertThat(secret.reveal()).isEqualTo("Bearer hunter2");
        assertThat(secret).hasToString("***");
        assertThat(List.of(secret)).hasToString("[***]");
        try (var stream = new ObjectOutputStream(new ByteArrayOutputStream())) {
            assertThatThrownBy(() -> stream.writeObject(secret)).isInstanceOf(NotSerializableException.class);
        }
    }

    @Test
    void aSecretIsRefusedWhereItCouldBePrinted() {
        assertThat(problem(Shape.text(), "${secret:TOKEN}"))
                .contains("a secret cannot stand here")
                .doesNotContain("hunter2");
        assertThat(problem(Shape.oneOf(List.of("a")), "${secret:TOKEN}")).doesNotContain("hunter2");
        assertThat(problem(Shape.list(Shape.text()), "${secret:TOKEN}")).doesNotContain("hunter2");
        assertThat(problem(Shape.scalar(), "${secret:TOKEN}")).doesNotContain("hunter2");
    }

    @Test
    void aSecretIsMissedOnlyWhenItIsUsed() {
        Secret secret = read(Shape.secret(), "${secret:NONE}");

        assertThat(secret.isSet()).isFalse();
        assertThat(secret.problem().orElseThrow().code()).isEqualTo(ErrorCode.UNSET_REFERENCE);
        assertThatThrownBy(secret::reveal).isInstanceOfSatisfying(PipelineException.class, missing -> {
            assertThat(missing.code()).isEqualTo(ErrorCode.UNSET_REFERENCE);
            assertThat(missing.hint().orElseThrow()).contains("LEAT_SECRET_NONE");
            assertThat(missing.context()).containsEntry("at", "test.yaml:1:1");
        });
    }

    @Test
    void theLongNameOfASecretWins() {
        assertThat(read(Shape.secret(), "${secret:KEY}").reveal()).isEqualTo("first");
    }

    @Test
    void readsSecretsFromFiles(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("TOKEN"), "from a file\n");
        var provider = SecretProvider.first(List.of(name -> Optional.empty(), SecretProvider.folder(folder)));

        assertThat(provider.find("TOKEN")).contains("from a file");
        assertThat(provider.find("OTHER")).isEmpty();
    }

    private static <T> T read(Shape<T> shape, String text) {
        var problems = new Problems();
        var value = fill(text, problems).flatMap(node -> shape.read(node, problems));
        problems.throwIfAny();
        return value.orElseThrow();
    }

    private static String problem(Shape<?> shape, String text) {
        var problems = new Problems();
        fill(text, problems).ifPresent(node -> {
            if (problems.isEmpty()) {
                shape.read(node, problems);
            }
        });
        assertThat(problems.sorted()).hasSize(1);
        return problems.sorted().getFirst().render();
    }

    private static Optional<Node> fill(String text, Problems problems) {
        return Yaml.parse(text, SourceText.ofFile(Path.of("test.yaml"), text), problems)
                .map(node -> REFERENCES.fill(node, problems));
    }
}

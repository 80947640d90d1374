package io.leat.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.config.Problem;
import io.leat.config.Problems;
import io.leat.config.ProblemsException;
import io.leat.config.SourceText;
import io.leat.config.Yaml;
import io.leat.connection.PostgresConnection;
import io.leat.connection.Tls;
import io.leat.name.ErrorCode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsTest {

    private static Settings read(String yaml) {
        var problems = new Problems();
        var settings = Yaml.parse(yaml, SourceText.ofFile(Path.of("leat.yaml"), yaml), problems)
                .flatMap(node -> Settings.SHAPE.read(node, problems));
        problems.throwIfAny();
        return settings.orElseThrow();
    }

    private static List<Problem> problemsOf(String yaml) {
        try {
            read(yaml);
            return List.of();
        } catch (ProblemsException refused) {
            return refused.problems();
        }
    }

    @Test
    void keepStateInAFileOfTheProjectIfNothingIsSaid() {
        assertThat(read("project: sales").state()).isEqualTo(new StatePlace.InFile(Path.of(".leat/state.db")));
        assertThat(read("{project: sales, state: /var/lib/leat.db}").state())
                .isEqualTo(new StatePlace.InFile(Path.of("/var/lib/leat.db")));
    }

    @Test
    void keepStateOnAServerThatAConnectionNames() {
        var settings = read("""
                project: sales
                state: { connection: shared }
                connections:
                  shared: { type: postgresql, host: db.example.org, database: leat, user: loader, password: hidden }
                """);

        assertThat(settings.state()).isInstanceOfSatisfying(StatePlace.InPostgres.class, place -> {
            PostgresConnection connection = place.connection();
            assertThat(connection.port()).isEqualTo(5432);
            assertThat(connection.schema()).isEqualTo("leat");
            assertThat(connection.tls()).isEqualTo(Tls.PREFER);
            assertThat(connection.password().orElseThrow().reveal()).isEqualTo("hidden");
            assertThat(place).hasToString("postgresql://db.example.org:5432/leat, schema leat");
        });
        assertThat(settings.toString()).doesNotContain("hidden");
    }

    @Test
    void refuseAConnectionThatNobodyDescribesWhereItIsNamed() {
        var problems = problemsOf("""
                project: sales
                state: { connection: shard }
                connections:
                  shared: { type: postgresql, host: db.example.org, database: leat, user: loader }
                """);

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(ErrorCode.UNKNOWN_NAME);
            assertThat(problem.mark()).hasToString("leat.yaml:2:22");
            assertThat(problem.message()).isEqualTo("there is no connection 'shard'");
            assertThat(problem.hint()).isEqualTo("did you mean 'shared'?");
        });
        assertThat(problemsOf("{project: sales, state: {connection: shared}}"))
                .extracting(Problem::expected)
                .containsExactly("an entry of connections, which is empty");
    }

    @Test
    void takeNothingThatAUrlCouldHide() {
        assertThat(problemsOf("""
                project: sales
                connections:
                  one: { type: postgresql, host: "db?sslmode=disable", database: leat, user: loader }
                  two: { type: postgresql, host: db, database: leat, user: loader, schema: pg_catalog }
                  three: { type: postgresql, host: db, database: leat, user: loader, url: "jdbc:postgresql:x" }
                """))
                .extracting(Problem::message)
                .containsExactly(
                        "'db?sslmode=disable' is not a host",
                        "postgresql: the schema pg_catalog is PostgreSQL's own",
                        "the key 'url' is not known in postgresql");
    }
}

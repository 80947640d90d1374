package io.leat.cli.broken;

import static io.leat.cli.broken.Breakage.breakage;
import static org.assertj.core.api.Assertions.assertThat;

import io.leat.cli.CommandRun;
import io.leat.name.EnvironmentName;
import io.leat.name.PipelineName;
import io.leat.state.Cause;
import io.leat.state.Claimant;
import io.leat.state.Owner;
import io.leat.state.SliceRequest;
import io.leat.state.SqliteState;
import io.leat.state.StateStore;
import io.leat.time.Slice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** State stores and lakes that are damaged, gone, somebody else's or in use. */
class BrokenStoresTest {
    private static final String STATE = ".leat/state.db";
    private static final String CHANGED = "id,country,amount\n3,DE,30\n";

    @TempDir
    static Path folder;

    private static SoundProject project;

    @BeforeAll
    static void load() {
        project = SoundProject.in(folder);
    }

    @AfterEach
    void isPatientAgain() {
        System.clearProperty(SqliteState.PATIENCE);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"states", "lakes"})
    void isToldAndChangesNothing(Breakage breakage) throws IOException {
        breakage.requireOn(project);
    }

    static List<Breakage> states() {
        return List.of(
                breakage("a state store that is newer than the program")
                        .by(broken -> changeState(broken, "UPDATE leat_migrations SET version = '999'"))
                        .withoutState()
                        .fails(1, "E202")
                        .saying("the state store has version 999", "Use the newer program"),
                breakage("a state store that is no SQLite database")
                        .by(broken -> withoutWal(broken).file(STATE, "nothing that SQLite knows\n".repeat(100)))
                        .withoutState()
                        .fails(1, "E203")
                        .saying("is not a state store, nor any SQLite database", STATE),
                breakage("a state store of another program")
                        .by(broken -> {
                            Files.delete(withoutWal(broken).root().resolve(STATE));
                            changeState(broken, "CREATE TABLE theirs (x)");
                        })
                        .withoutState()
                        .fails(1, "E203")
                        .saying("holds tables that are not Leat's", "Set `state:`"),
                breakage("a state store that is cut off")
                        .by(broken -> {
                            Path file = withoutWal(broken).root().resolve(STATE);
                            Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), 20_000));
                        })
                        .withoutState()
                        .fails(1, "E203")
                        .saying("the state store is damaged", "Restore it from a backup"),
                breakage("a folder in place of the state store")
                        .by(broken -> {
                            Files.delete(withoutWal(broken).root().resolve(STATE));
                            Files.createDirectory(broken.root().resolve(STATE));
                        })
                        .withoutState()
                        .fails(1, "E207")
                        .saying("there is a folder in place of the state store"),
                breakage("a state store that is gone, its lake left behind")
                        .by(broken -> Files.delete(withoutWal(broken).root().resolve(STATE)))
                        .withoutState()
                        .fails(1, "E401")
                        .saying("the lake belongs to the state store", "`leat lake recover`"),
                breakage("a state store in a folder that is a file")
                        .file("here", "x")
                        .adding("leat.yaml", "state: here/state.db")
                        .fails(1, "E207")
                        .saying("the folder of the state store cannot be made", "Set `state:`"));
    }

    static List<Breakage> lakes() {
        return List.of(
                breakage("a lake that belongs to another store")
                        .by(broken -> Files.writeString(
                                broken.root().resolve(".leat/.leat-owner"), "{\"store_id\":\"somebody\"}"))
                        .withoutState()
                        .fails(1, "E401")
                        .saying("the lake belongs to the state store somebody", "`leat lake recover`"),
                breakage("a file of the lake's owner that cannot be read")
                        .file(".leat/.leat-owner", "nobody")
                        .withoutState()
                        .fails(1, "E408")
                        .saying(".leat-owner", "`leat lake recover`"),
                breakage("a lake in place of which there is a file")
                        .file("here", "x")
                        .adding("leat.yaml", "storage: here\nstate: other.db")
                        .fails(1, "E002")
                        .saying("here is a file, where a folder is needed"),
                breakage("a lake whose metadata is gone")
                        .by(broken -> Files.delete(broken.lakeFile("sales", ".metadata.json")))
                        .file("data/sales.csv", CHANGED)
                        .fails(1, "E404")
                        .saying("of bronze.sales is missing", "`leat lake relocate`"),
                breakage("a lake whose metadata is damaged")
                        .by(broken -> Breakage.damaged(broken.lakeFile("sales", ".metadata.json")))
                        .file("data/sales.csv", CHANGED)
                        .fails(1, "E408")
                        .saying("of bronze.sales cannot be read", "backup"),
                breakage("a lake whose metadata is gone, where it is asked")
                        .by(broken -> Files.delete(broken.lakeFile("sales", ".metadata.json")))
                        .running("query", "FROM bronze.sales")
                        .fails(1, "E404")
                        .saying("of bronze.sales is missing", "`leat lake relocate`"),
                breakage("a file of data that is gone")
                        .by(broken -> Files.delete(broken.lakeFile("sales", ".parquet")))
                        .fails(1, "E404")
                        .saying("of bronze.sales is missing", "leat explain E404"),
                breakage("a file of data that is gone, where it is asked")
                        .by(broken -> Files.delete(broken.lakeFile("sales", ".parquet")))
                        .running("query", "FROM bronze.sales")
                        .fails(1, "E404")
                        .saying("the data file", "of bronze.sales is missing"),
                breakage("a file of data that is gone, where a model reads it")
                        .by(broken -> Files.delete(broken.lakeFile("sales", ".parquet")))
                        .replacing("models/gold/totals.sql", "sum(amount)", "max(amount)")
                        .running("run", "gold.totals")
                        .fails(1, "E404")
                        .saying("the data file", "of bronze.sales is missing"),
                breakage("a file of data that is damaged")
                        .by(broken -> Breakage.damaged(broken.lakeFile("sales", ".parquet")))
                        .fails(1, "E408")
                        .saying("the data file", "of bronze.sales", "damaged"),
                breakage("a file of data that is damaged, where it is asked")
                        .by(broken -> Breakage.damaged(broken.lakeFile("sales", ".parquet")))
                        .running("query", "FROM bronze.sales")
                        .fails(1, "E408")
                        .saying("the data file", "of bronze.sales", "damaged"),
                breakage("a file of data that is damaged, where a model reads it")
                        .by(broken -> Breakage.damaged(broken.lakeFile("sales", ".parquet")))
                        .replacing("models/gold/totals.sql", "sum(amount)", "max(amount)")
                        .running("run", "gold.totals")
                        .fails(1, "E408")
                        .saying("the data file", "of bronze.sales", "damaged"));
    }

    @Test
    void aStoreThatStaysLockedByAnotherProcessIsTemporary() throws Exception {
        System.setProperty(SqliteState.PATIENCE, "1");
        Breakage.breakage("a state store that another process has locked")
                .file("data/sales.csv", CHANGED)
                .fails(75, "E201")
                .saying("the state store stayed locked by another process", "Try again")
                .requireOn(project, words -> {
                    try (var holder = connection(project)) {
                        execute(holder, "BEGIN EXCLUSIVE");
                        return project.run(words);
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    @Test
    void whatIsNamedAndLockedByALivingRunIsLeftToIt() {
        project.restore();
        project.file("data/sales.csv", CHANGED);
        Evidence before = project.evidence();
        var environment = new EnvironmentName("dev_" + System.getProperty("user.name"));
        try (var state = SqliteState.open(project.root().resolve(STATE))) {
            claimSales(state, environment);
        }

        CommandRun named = project.run("run", "sales");
        CommandRun all = project.run("run");

        assertThat(named.exitCode()).as(named.messages()).isEqualTo(5);
        assertThat(named.messages())
                .contains("sales@all held: locked by run", "lease ends")
                .doesNotContain("\tat ");
        assertThat(all.exitCode())
                .as("what nobody named is skipped: " + all.messages())
                .isZero();
        assertThat(project.evidence().ledger()).isEqualTo(before.ledger());
    }

    /** As a run of this living process would. */
    private static void claimSales(StateStore state, EnvironmentName environment) {
        var sales = new PipelineName("sales");
        var slice = new Slice.All();
        int newest = state.record(environment, sales, slice).orElseThrow().generation();
        var request =
                new SliceRequest(slice, "all", "data/sales*.csv", "bronze.sales", null, "{}", Cause.CHANGED, newest);
        var run = state.startRun(environment, "run", List.of(), Owner.current());
        var claimant = new Claimant(Owner.current(), run, Duration.ofMinutes(5));
        assertThat(state.claim(environment, sales, List.of(request), claimant).won())
                .hasSize(1);
    }

    private static SoundProject withoutWal(SoundProject broken) throws IOException {
        Files.deleteIfExists(broken.root().resolve(STATE + "-wal"));
        Files.deleteIfExists(broken.root().resolve(STATE + "-shm"));
        return broken;
    }

    private static Connection connection(SoundProject broken) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + broken.root().resolve(STATE));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void changeState(SoundProject broken, String sql) {
        try (var connection = connection(broken)) {
            execute(connection, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

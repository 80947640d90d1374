package io.leat.cli.broken;

import static io.leat.cli.broken.Breakage.breakage;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people write wrong in {@code leat.yaml}, pipelines and models. */
class BrokenProjectFilesTest {
    private static final String SALES = "pipelines/sales.yaml";
    private static final String TRIPS = "pipelines/trips.yaml";
    private static final String MODEL = "models/gold/more.sql";

    @TempDir
    static Path folder;

    private static SoundProject project;

    @BeforeAll
    static void load() {
        project = SoundProject.in(folder);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"yaml", "settings", "names", "windows", "steps", "models"})
    void isToldOnceWithItsPlaceAndChangesNothing(Breakage breakage) throws IOException {
        breakage.requireOn(project);
    }

    static List<Breakage> yaml() {
        return List.of(
                breakage("a quote that is not closed")
                        .replacing(SALES, "pipeline: sales", "pipeline: \"sales")
                        .fails(3, "E101")
                        .saying(SALES + ":1:11", "is not closed", "close it"),
                breakage("a single quote that is not closed")
                        .file(SALES, "pipeline: sales\nsource: 'x\n")
                        .fails(3, "E101")
                        .saying(SALES + ":2:9", "is not closed"),
                breakage("indented by a tab")
                        .adding(SALES, "checks:\n\t- rows: { min: 1 }")
                        .fails(3, "E101")
                        .saying(SALES + ":9:1", "a tab stands", "indent with spaces"),
                breakage("a key twice")
                        .adding(SALES, "pipeline: other")
                        .fails(3, "E101")
                        .saying(SALES + ":8:1", "stands twice", "the first is in line 1"),
                breakage("brackets that are not closed")
                        .replacing(SALES, "sales*.csv }", "sales*.csv")
                        .fails(3, "E101")
                        .saying("brackets that open in line 2"),
                breakage("a colon in a text")
                        .adding(SALES, "description: Sales: all of them")
                        .fails(3, "E101")
                        .saying(SALES + ":8:19", "a ':' cannot stand here", "needs quotes"),
                breakage("not UTF-8")
                        .by(broken -> Files.write(
                                broken.root().resolve(SALES),
                                "pipeline: sales\ndescription: caf\u00e9\n".getBytes(ISO_8859_1)))
                        .fails(3, "E101")
                        .saying(SALES + ":2:17", "save it as UTF-8"),
                breakage("a list instead of keys")
                        .file(SALES, "- pipeline: sales\n")
                        .fails(3, "E104")
                        .saying(SALES + ":1:1", "a list cannot stand here", "expected: a mapping with pipeline"),
                breakage("two documents")
                        .adding(SALES, "---\npipeline: other")
                        .fails(3, "E101")
                        .saying(SALES + ":8:1", "remove the '---'"),
                breakage("an unknown key")
                        .replacing(SALES, "source:", "sorce:")
                        .fails(3, "E102")
                        .saying(SALES + ":2:1", "did you mean 'source'?"),
                breakage("a value of the wrong type")
                        .replacing(SALES, "required: true", "required: perhaps")
                        .fails(3, "E104")
                        .saying(SALES + ":4:34", "expected: true or false"),
                breakage("an unknown type of a column")
                        .replacing(SALES, "type: integer", "type: int")
                        .fails(3, "E104")
                        .saying(SALES + ":4:15", "there is no type int", "did you mean integer?"),
                breakage("a missing key")
                        .replacing(SALES, "target: { table: bronze.sales }\n", "")
                        .fails(3, "E103")
                        .saying(SALES + ":1:1", "the key 'target' is missing", "expected: target:"),
                breakage("an empty pipeline")
                        .file(SALES, "")
                        .fails(3, "E103", "E103", "E103")
                        .saying("3 problems; nothing was started"),
                breakage("a table name without a schema")
                        .replacing(SALES, "bronze.sales", "sales")
                        .fails(3, "E104")
                        .saying(SALES + ":7:18", "a table such as bronze.flights"),
                breakage("a table of Leat's own")
                        .replacing(TRIPS, "bronze.trips", "leat.rejects")
                        .fails(3, "E104")
                        .saying(TRIPS + ":7:18", "the schema leat is Leat's own", "choose another"),
                breakage("a pattern of files that is none")
                        .replacing(SALES, "data/sales*.csv", "\"data/[sales*.csv\"")
                        .fails(3, "E104")
                        .saying(SALES + ":2:18", "data/[sales*.csv", "[[]"),
                breakage("a regular expression that is none")
                        .replacing(SALES, "type: string", "type: string, pattern: \"[A-\"")
                        .fails(3, "E104")
                        .saying(SALES + ":5:37", "is not a regular expression"));
    }

    static List<Breakage> settings() {
        return List.of(
                breakage("an empty leat.yaml")
                        .file("leat.yaml", "")
                        .fails(3, "E103")
                        .saying("leat.yaml:1:1", "the key 'project' is missing", "expected: project: a text"),
                breakage("no leat.yaml").without("leat.yaml").fails(3, "E110").saying("holds leat.yaml", "`leat init`"),
                breakage("no leat.yaml in the named folder")
                        .running("run", "--project", "data")
                        .fails(3, "E110")
                        .saying("data holds no leat.yaml", "`leat init`"),
                breakage("a project that is a file")
                        .running("run", "--project", "leat.yaml")
                        .fails(3, "E110")
                        .saying("leat.yaml is a file, not a folder"),
                breakage("a project that does not exist")
                        .running("run", "--project", "nowhere")
                        .fails(3, "E110")
                        .saying("there is no folder", "nowhere"),
                breakage("a wrong value in leat.yaml")
                        .replacing("leat.yaml", "threads: 2", "threads: many")
                        .fails(3, "E104")
                        .saying("leat.yaml:2:37", "a whole number from 0 to 1024"),
                breakage("problems in leat.yaml, a pipeline and a model")
                        .adding("leat.yaml", "stoage: elsewhere")
                        .replacing(TRIPS, "source:", "sorce:")
                        .file(MODEL, "SELECT 1 AS x\n")
                        .fails(3, "E102", "E112", "E102")
                        .saying("did you mean 'storage'?", "did you mean 'source'?", "3 problems; nothing was started"),
                breakage("problems as JSON")
                        .adding("leat.yaml", "stoage: elsewhere")
                        .running("run", "-o", "json")
                        .fails(3)
                        .saying("\"code\":\"E102\"", "\"line\":3", "\"column\":1", "did you mean 'storage'?"),
                breakage("an unknown environment")
                        .adding("leat.yaml", "environments: { qa: {}, prod: {} }")
                        .running("run", "--env", "prd")
                        .fails(3, "E106")
                        .saying("leat.yaml:3:1", "there is no environment 'prd'", "did you mean 'prod'?"),
                breakage("an environment that cannot be one")
                        .running("run", "--env", "a b")
                        .fails(2, "E503")
                        .saying("'a b'", "lower-case letters"),
                breakage("an environment variable that is not set")
                        .adding("leat.yaml", "storage: \"${env:NOWHERE}\"")
                        .fails(3, "E105")
                        .saying("leat.yaml:3:11", "NOWHERE is not set", "or in .env"),
                breakage("a secret where it would be shown")
                        .adding("leat.yaml", "storage: \"${secret:NOWHERE}\"")
                        .fails(3, "E104")
                        .saying("leat.yaml:3:10", "a secret cannot stand here"),
                breakage("a reference of an unknown kind")
                        .adding("leat.yaml", "storage: \"${emv:HOME}\"")
                        .fails(3, "E104")
                        .saying("leat.yaml:3:1", "env"),
                breakage("a line in .env that is no assignment")
                        .file(".env", "A=1\nthis is nothing\n")
                        .fails(3, "E001")
                        .saying(".env:2:1", "expected: NAME=value"),
                breakage("a slip in the file of an environment")
                        .file("config/dev.yaml", "defaults: { memroy: 1GB }\n")
                        .fails(3, "E102")
                        .saying("config/dev.yaml:1:13", "did you mean 'memory'?"),
                breakage("a slip in an option of the command line")
                        .running("run", "--set", "defaults.memroy=1GB")
                        .fails(3, "E102")
                        .saying("command line", "did you mean 'memory'?"));
    }

    static List<Breakage> names() {
        return List.of(
                breakage("two pipelines of one name")
                        .by(broken -> broken.file("pipelines/again.yaml", SoundProject.SALES))
                        .fails(3, "E107")
                        .saying("pipelines/sales.yaml:1:11", "is used twice", "pipelines/again.yaml:1:11"),
                breakage("two files for one model")
                        .by(broken -> broken.file(MODEL, SoundProject.TOTALS))
                        .fails(3, "E107")
                        .saying("models/gold/totals.sql:1:13", "is filled twice", "models/gold/more.sql:1:13"),
                breakage("a model for the table of a pipeline")
                        .file(MODEL, "MODEL (name bronze.trips, kind FULL);\nSELECT 1 AS x\n")
                        .fails(3, "E107")
                        .saying(MODEL + ":1:13", "pipelines/trips.yaml:1:11"),
                breakage("a lookup in a table that nothing fills")
                        .adding(SALES, "steps: [ { enrich: { with: bronze.trip, match: { id: metres }, add: [at] } } ]")
                        .fails(3, "E106")
                        .saying(SALES + ":8:28", "nothing fills the table", "did you mean 'bronze.trips'?"),
                breakage("a pipeline whose link leads nowhere")
                        .without(TRIPS)
                        .by(broken -> Files.createSymbolicLink(broken.root().resolve(TRIPS), Path.of("nowhere.yaml")))
                        .fails(3, "E109")
                        .saying(TRIPS, "the link leads nowhere"),
                breakage("a model whose link leads nowhere")
                        .by(broken -> Files.createSymbolicLink(broken.root().resolve(MODEL), Path.of("nowhere.sql")))
                        .fails(3, "E109")
                        .saying(MODEL, "the link leads nowhere"));
    }

    static List<Breakage> windows() {
        return List.of(
                breakage("a window over a column that is not declared")
                        .replacing(TRIPS, "column: at", "column: att")
                        .fails(3, "E106")
                        .saying(TRIPS + ":3:19", "is not declared", "did you mean 'at'?"),
                breakage("a window over a column that is no time")
                        .replacing(TRIPS, "column: at", "column: metres")
                        .fails(3, "E104")
                        .saying(TRIPS + ":3:19", "of type integer"),
                breakage("an end before the start")
                        .replacing(TRIPS, "end: 2024-01-04", "end: 2023-01-04")
                        .fails(3, "E104")
                        .saying(TRIPS + ":3:58", "the end is not after the start"),
                breakage("a start that is no day")
                        .replacing(TRIPS, "start: 2024-01-01", "start: 2024-13-01")
                        .fails(3, "E104")
                        .saying(TRIPS + ":3:41", "2024-13-01", "such as 2001-01-31"),
                breakage("windows that do not divide a day")
                        .replacing(TRIPS, "every: 1d", "every: 7h")
                        .fails(3, "E104")
                        .saying(TRIPS + ":3:30", "use for example 15m, 30m, 1h, 2h"),
                breakage("an unknown zone")
                        .replacing(TRIPS, "every: 1d", "every: 1d, timezone: Europe/Berln")
                        .fails(3, "E104")
                        .saying(TRIPS + ":3:44", "did you mean Europe/Berlin?"));
    }

    static List<Breakage> steps() {
        return List.of(
                breakage("a step with an error of syntax")
                        .adding(SALES, "steps: [ { filter: amount > } ]")
                        .fails(3, "E112")
                        .saying(SALES + ":8:28", "syntax error", "^"),
                breakage("a step with an unknown function")
                        .adding(SALES, "steps: [ { derive: { name: uper(country) } } ]")
                        .fails(3, "E112")
                        .saying(SALES + ":8:28", "did you mean 'upper'?"),
                breakage("a step with arguments of a wrong type")
                        .adding(SALES, "steps: [ { derive: { name: upper(amount) } } ]")
                        .fails(3, "E112")
                        .saying(SALES + ":8:28", "no function matches"),
                breakage("a step with an unknown column, where no other may come")
                        .adding(SALES, "schema_contract: { new_columns: fail }")
                        .adding(SALES, "steps: [ { filter: amount > 1 AND contry = 'NL' } ]")
                        .fails(3, "E112")
                        .saying(SALES + ":9:35", "did you mean 'country'?"),
                breakage("a step that gives another result each time")
                        .adding(SALES, "steps: [ { derive: { loaded: now() } } ]")
                        .fails(3, "E115")
                        .saying(SALES + ":8:30", "now gives another result each time"),
                breakage("a check of an unknown column, where no other may come")
                        .adding(SALES, "schema_contract: { new_columns: ignore }")
                        .adding(SALES, "checks: [ { not_null: contry } ]")
                        .fails(3, "E106")
                        .saying(SALES + ":9:23", "did you mean 'country'?"),
                breakage("a check whose query reads another table")
                        .adding(SALES, "checks: [ { sql: SELECT * FROM bronze.trips } ]")
                        .fails(3, "E112")
                        .saying(SALES + ":8:32", "does not exist"),
                breakage("a rule of a column that is not of its type")
                        .replacing(SALES, "required: true", "required: true, min: one")
                        .fails(3, "E104")
                        .saying(SALES + ":4:45", "'one' is not a whole number"));
    }

    static List<Breakage> models() {
        return List.of(
                breakage("models in a circle")
                        .file("models/gold/a.sql", "MODEL (name gold.a, kind FULL);\nSELECT * FROM gold.b\n")
                        .file("models/gold/b.sql", "MODEL (name gold.b, kind FULL);\nSELECT * FROM gold.a\n")
                        .fails(3, "E108")
                        .saying("models/gold/a.sql:2:15", "gold.a reads gold.b reads gold.a"),
                breakage("a model that reads itself")
                        .file(MODEL, "MODEL (name gold.more, kind FULL);\nSELECT * FROM gold.more\n")
                        .fails(3, "E108")
                        .saying(MODEL + ":2:15", "reads itself"),
                breakage("a model that reads an unknown table")
                        .file(MODEL, "MODEL (name gold.more, kind FULL);\nSELECT * FROM bronze.sale\n")
                        .fails(3, "E106")
                        .saying(MODEL + ":2:15", "did you mean 'bronze.sales'?"),
                breakage("a model with an error of syntax")
                        .file(MODEL, "MODEL (name gold.more, kind FULL);\nSELECT country, FROM WHERE x\n")
                        .fails(3, "E112")
                        .saying(MODEL + ":2:22", "syntax error at or near \"WHERE\""),
                breakage("a model without a header")
                        .file(MODEL, "SELECT 1 AS x\n")
                        .fails(3, "E112")
                        .saying(MODEL + ":1:1", "the MODEL block is missing", "MODEL ( name schema.table"),
                breakage("a model of an unknown kind")
                        .file(MODEL, "MODEL (name gold.more, kind FUL);\nSELECT 1 AS x\n")
                        .fails(3, "E104")
                        .saying(MODEL + ":1:29", "did you mean 'FULL'?"),
                breakage("an unknown audit")
                        .file(
                                MODEL,
                                "MODEL (name gold.more, kind FULL, audits (not_nul(columns := (x))));\nSELECT 1 AS x\n")
                        .fails(3, "E106")
                        .saying(MODEL + ":1:43", "did you mean 'not_null'?"),
                breakage("an unknown variable")
                        .file(MODEL, "MODEL (name gold.more, kind FULL);\nSELECT @start_dat AS x\n")
                        .fails(3, "E106")
                        .saying(MODEL + ":2:8", "did you mean 'start_dt'?"),
                breakage("a model of Leat's own schema")
                        .file(MODEL, "MODEL (name leat.more, kind FULL);\nSELECT 1 AS x\n")
                        .fails(3, "E104")
                        .saying(MODEL + ":1:13", "the schema leat is Leat's own"));
    }
}

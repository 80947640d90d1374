package io.leat.cli.broken;

import static io.leat.cli.broken.Breakage.breakage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that are not there, not what they should be, or hold what they should not; and SQL that fails on what they hold. */
class BrokenSourcesTest {
    private static final String SALES = "pipelines/sales.yaml";
    private static final String CSV = "data/sales.csv";
    private static final String MODEL = "models/gold/totals.sql";

    @TempDir
    static Path folder;

    private static SoundProject project;

    @BeforeAll
    static void load() {
        project = SoundProject.in(folder);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"missing", "malformed", "contracts", "data", "queries"})
    void failsWithItsReasonAndChangesNothing(Breakage breakage) throws IOException {
        breakage.requireOn(project);
    }

    static List<Breakage> missing() {
        return List.of(
                breakage("a pattern that matches nothing")
                        .without(CSV)
                        .fails(1, "E310")
                        .saying("no file matches data/sales*.csv", "put a file there", "leat explain E310"),
                breakage("a file that is not there")
                        .replacing(SALES, "data/sales*.csv", "data/sale.csv")
                        .fails(1, "E310")
                        .saying("no file matches data/sale.csv", "did you mean data/sales.csv?"),
                breakage("a folder that is not there")
                        .replacing(SALES, "data/sales*.csv", "dat/sales*.csv")
                        .fails(1, "E310")
                        .saying("no file matches dat/sales*.csv", "there is no folder dat"),
                breakage("a source that is a folder")
                        .replacing(SALES, "data/sales*.csv", "data")
                        .fails(1, "E310")
                        .saying("data is a folder, not a file", "data/*"),
                breakage("a file that is a link to nowhere")
                        .without(CSV)
                        .by(broken -> Files.createSymbolicLink(broken.root().resolve(CSV), Path.of("nowhere.csv")))
                        .fails(1, "E310")
                        .saying(CSV, "the link leads nowhere"),
                breakage("a lookup in a file that is not there")
                        .adding(
                                SALES,
                                "steps: [ { enrich: { with: data/lands.csv, match: { country: code }, add: [name] } } ]")
                        .fails(1, "E310")
                        .saying("no file matches data/lands.csv", "enrich"));
    }

    static List<Breakage> malformed() {
        return List.of(
                breakage("a file of another format than declared")
                        .replacing(SALES, "data/sales*.csv", "{ path: data/sales*.csv, format: parquet }")
                        .fails(4, "E305")
                        .saying(CSV + " is no Parquet file", "format"),
                breakage("a CSV file that is read as JSON")
                        .replacing(SALES, "data/sales*.csv", "{ path: data/sales*.csv, format: json }")
                        .fails(4, "E306")
                        .saying("has no column 'id'"),
                breakage("a file whose name tells no format")
                        .by(broken -> Files.move(
                                broken.root().resolve(CSV), broken.root().resolve("data/sales.xlsx")))
                        .replacing(SALES, "data/sales*.csv", "data/sales.xlsx")
                        .fails(4, "E305")
                        .saying("data/sales.xlsx", "format: csv"),
                breakage("a packed file that is cut off")
                        .by(broken -> Files.write(
                                broken.root().resolve("data/sales.csv.gz"),
                                java.util.Arrays.copyOf(packed("id,country,amount\n3,DE,30\n"), 20)))
                        .replacing(SALES, "data/sales*.csv", "data/sales.csv.gz")
                        .fails(4, "E305")
                        .saying("data/sales.csv.gz is cut off or damaged", "gzip -t"),
                breakage("a packed file that is cut off after its header")
                        .by(broken -> {
                            byte[] whole =
                                    packed("id,country,amount\n" + "3,DE,30\n4,FR,11\n9,NL,1234\n".repeat(90_000));
                            Files.write(
                                    broken.root().resolve("data/sales.csv.gz"),
                                    java.util.Arrays.copyOf(whole, whole.length - 9));
                        })
                        .replacing(SALES, "data/sales*.csv", "data/sales.csv.gz")
                        .fails(4, "E305")
                        .saying("data/sales.csv.gz is cut off or damaged", "gzip -t"),
                breakage("a file that is not packed as its name says")
                        .by(broken -> broken.file("data/sales.csv.gz", "id,country,amount\n3,DE,30\n"))
                        .replacing(SALES, "data/sales*.csv", "data/sales.csv.gz")
                        .fails(4, "E305")
                        .saying("data/sales.csv.gz", "not packed as its name says"),
                breakage("a CSV file of bytes that are no text")
                        .by(broken -> Files.write(
                                broken.root().resolve(CSV), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 7, 10}))
                        .fails(4, "E305")
                        .saying(CSV, "encoding"),
                breakage("a Parquet file that is cut off")
                        .by(broken -> Breakage.damaged(Files.copy(
                                broken.lakeFile("sales", ".parquet"),
                                broken.root().resolve("data/sales.parquet"))))
                        .replacing(SALES, "data/sales*.csv", "data/sales.parquet")
                        .fails(4, "E305")
                        .saying("data/sales.parquet is no Parquet file"),
                breakage("JSON that is broken")
                        .by(broken ->
                                broken.file("data/sales.json", "[{\"id\": 1, \"country\": \"NL\" \"amount\": 3}]"))
                        .replacing(SALES, "data/sales*.csv", "data/sales.json")
                        .fails(4, "E305")
                        .saying("data/sales.json"));
    }

    static List<Breakage> contracts() {
        return List.of(
                breakage("a header that has changed")
                        .file(CSV, "id,land,amount\n3,DE,30\n")
                        .fails(4, "E306")
                        .saying(
                                "has no column 'country'",
                                "it has id, land, amount",
                                "missing_columns: ignore",
                                "from:"),
                breakage("a file without a byte")
                        .file(CSV, "")
                        .fails(4, "E306")
                        .saying("has no column 'id'", "no columns at all, as if its files were empty"),
                breakage("a new column that the contract does not let in")
                        .file(CSV, "id,country,amount,extra\n3,DE,30,x\n")
                        .adding(SALES, "schema_contract: { new_columns: fail }")
                        .fails(4, "E306")
                        .saying("has a column 'extra' that is not declared", "new_columns: evolve"),
                breakage("a column with a name of Leat's own")
                        .file(CSV, "id,country,amount,_LEAT_WINDOW\n3,DE,30,x\n")
                        .fails(4, "E306")
                        .saying("has a column '_LEAT_WINDOW'", "Leat's own", "from: _LEAT_WINDOW"),
                breakage("a type that a table's column cannot become")
                        .replacing(SALES, "type: string", "type: integer")
                        .fails(4, "E306")
                        .saying("the column country of bronze.sales is string and cannot become integer"),
                breakage("a value that is not of its type, where the contract says fail")
                        .adding(CSV, "3,DE,much")
                        .adding(SALES, "schema_contract: { types: fail }")
                        .fails(4, "E003")
                        .saying("data/sales.csv record 3: column amount", "much", "types: reject"));
    }

    static List<Breakage> data() {
        return List.of(
                breakage("a check that fails")
                        .adding(CSV, "2,DE,30")
                        .adding(SALES, "checks: [ { unique: id } ]")
                        .fails(4, "E301")
                        .saying("unique_id: 1 row that is wrong", "for example (2)", "`leat why sales@all`"),
                breakage("an audit of a model that fails")
                        .replacing(
                                MODEL,
                                "kind FULL",
                                "kind FULL, audits (accepted_values(column := country, is_in := ('NL')))")
                        .replacing(MODEL, "sum(amount)", "max(amount)")
                        .fails(4, "E301")
                        .saying("gold.totals@all", "accepted_values", "1 row that is wrong"),
                breakage("a lookup whose key is not unique")
                        .file("data/lands.csv", "code,name\nNL,a\nNL,b\n")
                        .adding(
                                SALES,
                                "steps: [ { enrich: { with: data/lands.csv, match: { country: code }, add: [name] } } ]")
                        .fails(4, "E308")
                        .saying(
                                "rows of data/lands.csv are not told apart by code: NL (2 times)",
                                "match by more columns"),
                breakage("a memory limit that is too small")
                        .adding(CSV, "3,DE,30")
                        .running("run", "sales", "--set", "defaults.memory=1MB")
                        .fails(1, "E410")
                        .saying("memory"));
    }

    static List<Breakage> queries() {
        return List.of(
                breakage("a step with a column that the files do not have")
                        .adding(SALES, "steps: [ { derive: { double: amont * 2 } } ]")
                        .fails(1, "E112")
                        .saying("sales@all", SALES + ":8:30", "did you mean 'amount'?"),
                breakage("a check of a column that the files do not have")
                        .adding(CSV, "3,DE,30")
                        .adding(SALES, "checks: [ { not_null: contry } ]")
                        .fails(1, "E004")
                        .saying("sales@all", "contry", "did you mean 'country'?"),
                breakage("a check whose query fails on a value")
                        .adding(CSV, "3,DE,30")
                        .adding(
                                SALES,
                                "checks: [ { name: odd, sql: SELECT * FROM this WHERE CAST(country AS INT) = 1 } ]")
                        .fails(1, "E004")
                        .saying("the query of the check odd failed: could not convert string"),
                breakage("a model with an unknown column")
                        .replacing(MODEL, "SELECT country", "SELECT contry")
                        .fails(1, "E004")
                        .saying(MODEL + ":3:8", "did you mean 'country'?"),
                breakage("a model with an unknown function")
                        .replacing(MODEL, "sum(", "summ(")
                        .fails(1, "E004")
                        .saying(MODEL + ":3:17", "did you mean 'sum'?"),
                breakage("a model that fails on a value")
                        .replacing(MODEL, "sum(amount)", "sum(CAST(country AS INT))")
                        .fails(1, "E004")
                        .saying("gold.totals@all", "could not convert string 'NL' to INT32", MODEL));
    }

    private static byte[] packed(String text) throws IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        try (var packing = new GZIPOutputStream(bytes)) {
            packing.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}

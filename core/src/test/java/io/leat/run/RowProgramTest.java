package io.leat.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.schema.LeatType;
import io.leat.step.Lookup;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowProgramTest {

    private static final String AB = """
            files: "*.csv"
            columns: { a: { type: integer, required: true }, b: string }
            """;

    @TempDir
    Path folder;

    private RowBench bench;

    @BeforeEach
    void open() {
        bench = new RowBench(folder);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void everyRuleHasItsCode() {
        bench.file("x.csv", """
                id,day,kind,amount,code
                1,2020-01-01,a,5,ABC
                x,2020-01-01,a,5,ABC
                ,2020-01-01,a,5,ABC
                2,2020-02-30,a,5,ABC
                3,2020-01-01,z,5,ABC
                4,2020-01-01,a,-1,ABC
                5,2020-01-01,a,101,ABC
                6,2020-01-01,a,5,abc
                7,,,,
                8,2020-01-01,a
                9,2020-01-01,a,5,ABC,more
                """);
        var judgement = bench.judge("""
                files: x.csv
                columns:
                  id: { type: integer, required: true }
                  day: date
                  kind: { type: string, values: [a, b] }
                  amount: { type: "decimal(5,2)", min: 0, max: 100 }
                  code: { type: string, pattern: "[A-Z]{3}" }
                """);
        assertThat(bench.rejects(judgement))
                .containsExactly(
                        "2 TYPE id x",
                        "3 REQUIRED id",
                        "4 TYPE day 2020-02-30",
                        "5 VALUES kind z",
                        "6 RANGE amount -1.00",
                        "7 RANGE amount 101.00",
                        "8 PATTERN code abc",
                        "10 MALFORMED",
                        "11 MALFORMED");
        assertThat(bench.good(judgement))
                .containsExactly(
                        "{'id': 1, 'day': 2020-01-01, 'kind': a, 'amount': 5.00, 'code': ABC}",
                        "{'id': 7, 'day': NULL, 'kind': NULL, 'amount': NULL, 'code': NULL}");
        assertThat(judgement.total().read()).isEqualTo(11);
        assertThat(judgement.total().rejected()).isEqualTo(9);
        assertThat(judgement.rejectedByCode()).containsEntry("MALFORMED", 2L).containsEntry("RANGE", 2L);
        assertThat(bench.duckDb.query(
                        "SELECT raw FROM (" + judgement.rejects() + ") WHERE record IN (2, 10) ORDER BY record",
                        row -> row.getString(1)))
                .containsExactly(
                        "{\"id\":\"x\",\"day\":\"2020-01-01\",\"kind\":\"a\",\"amount\":\"5\",\"code\":\"ABC\"}",
                        "8,2020-01-01,a");
    }

    @Test
    void readsWithMarkAndQuotedLinesAndCarriageReturns() {
        bench.file("x.csv", "\uFEFFa,b\r\n1,\"x\r\ny\"\r\n\"2\",\"say \"\"hi\"\"\"\r\n3,\r\nx,1\r\n");
        var judgement = bench.judge(AB);
        assertThat(bench.good(judgement)).hasSize(3).contains("{'a': 2, 'b': 'say \"hi\"'}", "{'a': 3, 'b': NULL}");
        assertThat(bench.rejects(judgement)).containsExactly("4 TYPE a x");
    }

    @Test
    void readsLinesThatEndInSeveralWays() {
        bench.file("x.csv", "a,b\n1,2\n3,\"x\r\ny\"\r\n4,5\n\"6\",7\r\nx,8\r\n");
        var judgement = bench.judge(AB);
        assertThat(bench.good(judgement)).hasSize(4);
        assertThat(bench.rejects(judgement)).containsExactly("5 TYPE a x");
    }

    @Test
    void bytesThatAreNoTextAreRejectsUnlessTheirEncodingIsDeclared() {
        byte[] latin = "a,b\n1,café\n2,x\n".getBytes(StandardCharsets.ISO_8859_1);
        bench.file("x.csv", latin);
        var undeclared = bench.judge(AB);
        assertThat(bench.rejects(undeclared)).containsExactly("1 ENCODING");
        assertThat(bench.good(undeclared)).hasSize(1);
        var declared = bench.judge(AB.replace("\"*.csv\"", "{ path: x.csv, encoding: latin-1 }"));
        assertThat(bench.good(declared)).containsExactly("{'a': 1, 'b': café}", "{'a': 2, 'b': x}");
        bench.file("x.csv", "a,b\n1,€\n".getBytes(java.nio.charset.Charset.forName("windows-1252")));
        assertThat(bench.good(bench.judge(AB.replace("\"*.csv\"", "{ path: x.csv, encoding: windows-1252 }"))))
                .containsExactly("{'a': 1, 'b': €}");
    }

    @Test
    void numbersRecordsAcrossFilesAndBrokenRecords() {
        bench.file("a.csv", "a,b\n1,2\n1\n2,2\nx,2\n1\n1\n3,3\ny,2\n");
        bench.file("b.csv", "a,b\nx,2\n1,2,3\n5,5\n");
        bench.file("c.csv", "a,b\n");
        bench.file("d.csv", "");
        var judgement = bench.judge(AB);
        assertThat(bench.duckDb.query(
                        "SELECT file || ' ' || record || ' ' || code FROM (" + judgement.rejects()
                                + ") ORDER BY file, record",
                        row -> row.getString(1)))
                .containsExactly(
                        "a.csv 2 MALFORMED",
                        "a.csv 4 TYPE",
                        "a.csv 5 MALFORMED",
                        "a.csv 6 MALFORMED",
                        "a.csv 8 TYPE",
                        "b.csv 1 TYPE",
                        "b.csv 2 MALFORMED");
        assertThat(judgement.byFile().get("a.csv").read()).isEqualTo(8);
        assertThat(judgement.byFile().get("a.csv").rejected()).isEqualTo(5);
        assertThat(judgement.byFile().get("c.csv").read()).isZero();
        assertThat(judgement.total().loaded()).isEqualTo(4);
    }

    @Test
    void columnsMayBeMissingInSomeFiles() {
        bench.file("a.csv", "a,b\n1,2\n").file("b.csv", "b,a,c\n3,4,5\n").file("c.csv", "a\n6\n");
        assertThatThrownBy(() -> bench.judge(AB))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONTRACT))
                .hasMessageContaining("c.csv");
        assertThat(bench.good(bench.judge(AB + "schema_contract: { missing_columns: ignore }")))
                .containsExactly(
                        "{'a': 1, 'b': 2, 'c': NULL}", "{'a': 4, 'b': 3, 'c': 5}", "{'a': 6, 'b': NULL, 'c': NULL}");
        var refused = bench.judge(AB + "schema_contract: { missing_columns: reject, new_columns: reject }");
        assertThat(bench.rejects(refused)).containsExactly("1 NEW_COLUMN c 5", "1 MISSING_COLUMN b");
        assertThat(bench.good(bench.judge(AB + "schema_contract: { missing_columns: ignore, new_columns: ignore }")))
                .contains("{'a': 4, 'b': 3}");
        assertThatThrownBy(() -> bench.judge(AB + "schema_contract: { missing_columns: ignore, new_columns: fail }"))
                .hasMessageContaining("'c'");
    }

    @Test
    void headersMayBeAbsentOrTwice() {
        bench.file("x.csv", "1;2\n3;4\n");
        assertThat(
                        bench.good(
                                bench.judge(
                                        "files: { path: x.csv, header: false, delimiter: ';' }\ncolumns: { n: { from: column1, type: integer } }")))
                .containsExactly("{'n': 1, 'column2': 2}", "{'n': 3, 'column2': 4}");
        bench.file("x.csv", "a,A,\"\",\"b\nc\"\n1,2,3,4\n");
        assertThat(bench.good(bench.judge("files: x.csv")))
                .containsExactly("{'a': 1, 'A_2': 2, 'column3': 3, 'b\nc': 4}");
    }

    @Test
    void readsLinesAndListsOfJson() {
        bench.file("x.ndjson", """
                {"a":1,"b":"x","n":{"k":[1,2]}}
                not json
                {"a":"7","b":null}

                [1]
                {"a":1.5,"b":true}
                {"b":2.50}
                """);
        var judgement = bench.judge(
                "files: x.ndjson\ncolumns: { a: integer, b: string, k: { from: n, type: 'struct<k: list<integer>>' } }");
        assertThat(bench.good(judgement))
                .containsExactlyInAnyOrder(
                        "{'a': 1, 'b': x, 'k': {'k': [1, 2]}}",
                        "{'a': 7, 'b': NULL, 'k': NULL}",
                        "{'a': NULL, 'b': 2.5, 'k': NULL}");
        assertThat(bench.rejects(judgement)).containsExactly("2 MALFORMED", "4 MALFORMED", "5 TYPE a 1.5");
        assertThat(bench.duckDb.query(
                        "SELECT raw FROM (" + judgement.rejects() + ") ORDER BY record", row -> row.getString(1)))
                .containsExactly("not json", "[1]", "{\"a\":1.5,\"b\":true}");
        bench.file("y.json", "  [{\"a\":1},\n{\"a\":\"x\"}, 5]");
        var list = bench.judge("files: y.json\ncolumns: { a: integer }");
        assertThat(bench.rejects(list)).containsExactly("2 TYPE a x", "3 MALFORMED");
        bench.file("z.json", "[{\"a\":1},{\"a\":");
        assertThatThrownBy(() -> bench.judge("files: z.json"))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_FILE));
    }

    @Test
    void readsParquetWithItsOwnTypes() {
        bench.duckDb.execute(
                "COPY (SELECT 1::INTEGER AS a, DATE '2020-01-01' AS d, 1.5::DOUBLE AS x UNION ALL SELECT 2, NULL, 2.0) TO '"
                        + folder.resolve("x.parquet") + "' (FORMAT parquet)");
        var own = bench.program("files: x.parquet");
        assertThat(own.contract().columns())
                .extracting(column -> column.type().text())
                .containsExactly("int32", "date", "double");
        var judgement = bench.judge("files: x.parquet\ncolumns: { x: integer, a: integer, d: date }");
        assertThat(bench.rejects(judgement)).containsExactly("1 TYPE x 1.5");
        bench.file("y.parquet", "no parquet at all");
        assertThatThrownBy(() -> bench.judge("files: y.parquet"))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_FILE));
    }

    @Test
    void unpacksAndTellsWhatIsCutOff() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
        }
        bench.file("x.csv.gz", packed.toByteArray());
        assertThat(bench.good(bench.judge(AB.replace("*.csv", "*.csv.gz")))).hasSize(1);
        bench.file("x.csv.gz", java.util.Arrays.copyOf(packed.toByteArray(), packed.size() - 10));
        assertThatThrownBy(() -> bench.judge(AB.replace("*.csv", "*.csv.gz")))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_FILE))
                .hasMessageContaining("cut off");
    }

    @Test
    void aContractMayLetTheSliceFail() {
        bench.file("x.csv", "a,b\n1,x\nq,y\n");
        assertThatThrownBy(() -> bench.judge(AB + "schema_contract: { types: fail }"))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SCHEMA_VALIDATION))
                .hasMessageContaining("x.csv record 2: column a");
        assertThatThrownBy(() -> bench.judge(
                        "files: x.csv\ncolumns: { '/z.*/': string }\nschema_contract: { new_columns: ignore }"))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONTRACT));
    }

    @Test
    void noFileIsSaidSo() {
        assertThatThrownBy(() -> bench.judge(AB))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_MISSING));
    }

    @Test
    void stepsAreCountedInAChain() {
        bench.file("x.csv", """
                k,v,w
                a, 1 ,x
                a,2,x
                b,3,
                c,nine,x
                d,-4,x
                d,-5,x
                """);
        var judgement = bench.judge("""
                files: x.csv
                columns: { k: string, v: string, w: string }
                steps:
                  - trim: [v]
                  - fill: { w: none }
                  - rename: { w: note }
                  - cast: { v: integer }
                  - derive: { twice: "v * 2", k: "upper(k)" }
                  - filter: "v > -5"
                  - deduplicate: { key: k, keep: { order: "v DESC" } }
                """);
        assertThat(bench.good(judgement))
                .containsExactly(
                        "{'k': A, 'v': 2, 'note': x, 'twice': 4}",
                        "{'k': B, 'v': 3, 'note': none, 'twice': 6}",
                        "{'k': D, 'v': -4, 'note': x, 'twice': -8}");
        assertThat(bench.rejects(judgement)).containsExactly("4 TYPE v nine");
        var total = judgement.total();
        assertThat(total.read()).isEqualTo(6);
        assertThat(total.rejected()).isEqualTo(1);
        assertThat(total.filtered()).isEqualTo(1);
        assertThat(total.deduplicated()).isEqualTo(1);
        assertThat(total.steps())
                .extracting(step -> step.step())
                .containsExactly(
                        "read",
                        "columns",
                        "1 trim",
                        "2 fill",
                        "3 rename",
                        "4 cast",
                        "5 derive",
                        "6 filter",
                        "7 deduplicate");
    }

    @Test
    void trimTakesOffBlanksAndNothingElse() {
        bench.file("x.csv", "a,b\nAustria,u00A0\n\u00a0 USA\t,\u00a00\u00a0\n\" \n\",A\n");
        var judgement = bench.judge("files: x.csv\nsteps: [ { trim: a }, { derive: { c: b } }, { trim: b } ]");
        assertThat(bench.good(judgement))
                .containsExactly(
                        "{'a': '', 'b': A, 'c': A}",
                        "{'a': Austria, 'b': u00A0, 'c': u00A0}",
                        "{'a': USA, 'b': 0, 'c': \u00a00\u00a0}");
    }

    @Test
    void anExpressionThatFailsRejectsItsRowAlone() {
        bench.file("x.csv", "a\n1\nx\n3\n");
        var judgement =
                bench.judge("files: x.csv\nsteps: [ { derive: { n: 'CAST(a AS INTEGER)' } }, { filter: 'n > 1' } ]");
        assertThat(bench.rejects(judgement)).containsExactly("2 EXPRESSION n");
        assertThat(bench.good(judgement)).containsExactly("{'a': 3, 'n': 3}");
    }

    @Test
    void aWideFileBecomesLong() {
        bench.file("x.csv", "code,1960,1961,1962\nABW,1,,3\nAFG,,,\nALB,4,x,6\n");
        var wide = """
                files: x.csv
                columns: { code: string, "/[0-9]{4}/": %s }
                steps:
                  - unpivot: { columns: "/[0-9]{4}/", name: year, value: value }
                  - cast: { year: int16, value: integer }
                """;
        var late = bench.judge(wide.formatted("string"));
        assertThat(bench.good(late))
                .containsExactly("{'code': ABW, 'year': 1960, 'value': 1}", "{'code': ABW, 'year': 1962, 'value': 3}");
        assertThat(bench.rejects(late)).containsExactly("3 TYPE value x");
        assertThat(late.total().read()).isEqualTo(3);
        assertThat(late.total().filtered()).isEqualTo(1);
        assertThat(late.total().rejected()).isEqualTo(1);
        assertThat(late.total().expansion()).isEqualTo(1);
        assertThat(bench.duckDb.query("SELECT raw FROM (" + late.rejects() + ")", row -> row.getString(1)))
                .containsExactly("{\"code\":\"ALB\",\"1960\":\"4\",\"1961\":\"x\",\"1962\":\"6\"}");
        var early = bench.judge(wide.formatted("integer"));
        assertThat(bench.good(early)).hasSize(2);
    }

    @Test
    void enrichesByAKeyThatIsUnique() {
        bench.duckDb.execute(
                "CREATE TABLE airports AS SELECT * FROM (VALUES ('AAA', 'Ada'), ('BBB', 'Bea')) t(code, city)");
        Map<String, LeatType> columns = new LinkedHashMap<>(Map.of("code", LeatType.STRING));
        columns.put("city", LeatType.STRING);
        bench.with(with -> with.equals("reference.airports")
                ? Optional.of(new Lookup("SELECT * FROM airports", columns))
                : Optional.empty());
        bench.file("x.csv", "origin\nAAA\nCCC\n");
        var yaml = """
                files: x.csv
                steps: [ { enrich: { with: reference.airports, match: { origin: code }, add: %s, missing: %s } } ]
                """;
        var refused = bench.judge(yaml.formatted("[city]", "reject"));
        assertThat(bench.rejects(refused)).containsExactly("2 LOOKUP origin CCC");
        assertThat(bench.good(bench.judge(yaml.formatted("{ origin_city: city }", "null"))))
                .containsExactly("{'origin': AAA, 'origin_city': Ada}", "{'origin': CCC, 'origin_city': NULL}");
        bench.duckDb.execute("INSERT INTO airports VALUES ('AAA', 'Other')");
        assertThatThrownBy(() -> bench.judge(yaml.formatted("[city]", "reject")))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.AMBIGUOUS_LOOKUP))
                .hasMessageContaining("AAA (2 times)");
    }

    @Test
    void theFastWayGivesTheSameRowsOrStops() {
        bench.file("x.csv", "a,b\n1,2\n 3,\"4\"\n,\n");
        var yaml = """
                files: x.csv
                columns: { a: { type: integer, min: 0 }, b: "decimal(5,2)" }
                steps: [ { derive: { c: "a + 1" } }, { rename: { b: d } } ]
                """;
        var program = bench.program(yaml);
        assertThat(bench.rows(program.fast().orElseThrow())).isEqualTo(bench.good(bench.judge(yaml)));
        bench.file("x.csv", "a,b\n1,2\n-3,4\n");
        assertThatThrownBy(() -> bench.rows(bench.program(yaml).fast().orElseThrow()))
                .isInstanceOfSatisfying(
                        PipelineException.class,
                        e -> assertThat(RowProgram.isRefusal(e)).isTrue());
        assertThat(bench.program(yaml + "schema_contract: {}").fast()).isPresent();
        assertThat(bench.program(yaml.replace("{ rename: { b: d } }", "{ filter: 'a > 0' }"))
                        .fast())
                .isEmpty();
    }

    @Test
    void refusesExpressionsThatAreNotOneOfARow() {
        bench.file("x.csv", "a\n1\n");
        for (var wrong : List.of(
                "now()",
                "random() > a::DOUBLE",
                "current_date",
                "uuid()",
                "(SELECT 1)",
                "sum(a::INT)",
                "row_number() OVER ()",
                "nothing + 1",
                "nofunction(a)",
                "a) FROM x; --",
                "1, 2",
                "current_timestamp",
                "_leat_row")) {
            assertThatThrownBy(() -> bench.judge("files: x.csv\nsteps: [ { derive: { b: '" + wrong + "' } } ]"))
                    .as(wrong)
                    .isInstanceOf(io.leat.config.ProblemsException.class);
        }
        assertThat(bench.good(bench.judge("files: x.csv\nsteps: [ { derive: { b: 'a || 1 -- comment' } } ]")))
                .hasSize(1);
    }
}

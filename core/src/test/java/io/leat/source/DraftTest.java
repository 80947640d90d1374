package io.leat.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.lake.DuckDb;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.PipelineName;
import io.leat.name.TableName;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DraftTest {

    @TempDir
    private Path root;

    private DuckDb duckDb;

    @BeforeEach
    void opens() {
        duckDb = DuckDb.open(new DuckDb.Limits(1L << 30, 2, root.resolve("temp"), 1L << 32));
    }

    @AfterEach
    void closes() {
        duckDb.close();
    }

    @Test
    void writesWhatAPersonWouldWrite() throws IOException {
        file("Orders 2024.csv", """
                Order ID;Größe;Kunden-Nr.;Datum;Betrag;bezahlt
                A1;1.5;007;31.01.2024;12.50;true
                A2;2.5;008;01.02.2024;3;false
                """, StandardCharsets.ISO_8859_1);

        assertThat(draft("Orders 2024.csv").yaml()).isEqualTo("""
                # Drafted by leat add from Orders 2024.csv: 2 rows.
                # It is yours now: change what is not right, and see `leat validate`.
                pipeline: orders_2024
                source:
                  files: { path: Orders 2024.csv, encoding: latin-1, delimiter: ";" }
                columns:   # each type holds for every row; required: none lacks the value
                  order_id:  { from: Order ID, type: string, required: true }
                  grosse:    { from: Größe, type: "decimal(18,1)", required: true }
                  kunden_nr: { from: Kunden-Nr., type: string, required: true }
                  datum:     { from: Datum, type: date, format: "%d.%m.%Y", required: true }
                  betrag:    { from: Betrag, type: "decimal(18,2)", required: true }
                  bezahlt:   { type: boolean, required: true }
                checks:
                  - unique: [order_id]   # no two rows are alike in this; take it away if that is chance
                target: { table: bronze.orders_2024 }
                """);
    }

    @Test
    void suggestsAWindowInCommentsWhereThereIsATime() throws IOException {
        file(
                "events.ndjson",
                IntStream.range(0, 400)
                        .mapToObj(i ->
                                "{\"id\":%d,\"at\":\"2024-03-%02dT%02d:00:00+02:00\",\"tags\":[\"a\"],\"pos\":{\"lat\":%d.5,\"lon\":1},\"more\":{\"k%d\":1}}\n"
                                        .formatted(i, i % 4 + 1, i % 24, i, i))
                        .collect(Collectors.joining()));

        assertThat(draft("events.ndjson").yaml()).isEqualTo("""
                # Drafted by leat add from events.ndjson: 400 rows.
                # It is yours now: change what is not right, and see `leat validate`.
                pipeline: events
                source:
                  files: events.ndjson
                # To load window by window, so that new rows bring only their own windows (times here: 2024-02-29 22:00:00+00
                # to 2024-03-04 21:00:00+00):
                # window:
                #   column: at
                #   every: 1d
                #   timezone: Europe/Paris   # the zone whose days you mean
                #   start: 2024-02-29
                columns:   # each type holds for every row; required: none lacks the value
                  id:   { type: integer, required: true }
                  at:   { type: timestamp, required: true }
                  tags: { type: "list<string>", required: true }
                  pos:  { type: "struct<lat: double, lon: integer>", required: true }
                  more: { type: json, required: true }
                checks:
                  - unique: [id]   # no two rows are alike in this; take it away if that is chance
                target: { table: bronze.events }
                """);
    }

    @Test
    void declaresColumnsOfYearsByAPattern() throws IOException {
        file("wide.csv", "country,code,1990,1991,1992,1993\nA,AA,1.5,2,,4.25\nB,BB,,,,\nC,CC,10,20.125,30,40\n");

        assertThat(draft("wide.csv").yaml()).contains("""
                  country: { type: string, required: true }
                  code:    { type: string, required: true }
                  "/[0-9]{4}/": { type: "decimal(18,3)" }
                # A column for each year. To have a row for each year instead:
                # steps:
                #   - unpivot: { columns: "/[0-9]{4}/", name: year, value: value }
                """);
    }

    @Test
    void draftsTheRealFiles() {
        String folder = System.getenv("LEAT_REAL_DATA");
        Assumptions.assumeTrue(folder != null, "LEAT_REAL_DATA is not set: there are no real files to draft from");
        Path data = Path.of(folder);

        assertThat(columns(drafts(data.resolve("gdp.csv"), data.resolve("population.csv"))
                        .getFirst()))
                .containsExactly("country_name string", "country_code string", "year integer", "value double");
        Draft population =
                drafts(data.resolve("gdp.csv"), data.resolve("population.csv")).get(1);
        assertThat(population.rows()).isEqualTo(17_195);
        assertThat(population.key()).containsExactly("country_code", "year");
        assertThat(columns(population)).endsWith("value integer");
        Draft flights = drafts(data.resolve("flights.json")).getFirst();
        assertThat(flights.rows()).isEqualTo(20_000);
        assertThat(flights.key())
                .as("two flights are alike in all that could be a key")
                .isEmpty();
        assertThat(flights.yaml())
                .contains(
                        "date:        { type: local_timestamp, format: \"%Y/%m/%d %H:%M\", required: true }",
                        "#   every: 1d\n", "#   start: 2001-01-01\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "007 012 100            | string",
                "+1 +2 3                | string",
                "1 2 -3                 | integer",
                "9223372036854775807 1  | integer",
                "9223372036854775808 1  | decimal(38,0)",
                "1.50 20.25 3           | decimal(18,2)",
                "1e3 2.5 3              | double",
                "0.1234567890123456 1.5 | double",
                "123456789012345678901234567890123456789012 1 | string",
                "true FALSE true        | boolean",
                "Y N Y                  | boolean",
                "F F F                  | string",
                "1 0 1                  | integer",
                "2020-01-31 2020-02-29  | date",
                "2020-01-31 2020-02-30  | string",
                "31/01/2020 01/02/2020  | date %d/%m/%Y",
                "01/31/2020 01/02/2020  | date %m/%d/%Y",
                "02/01/2020 01/02/2020  | string",
                "20200131 20200201 20200301 | date %Y%m%d",
                "20200131 20200231 20200301 | integer",
                "2020-01-31T10:00 2020-01-31T10:00:01.5 | local_timestamp",
                "2020-01-31T10:00Z 2020-01-31T10:00+01:00 | timestamp",
                "2020-01-31T10:00Z 2020-01-31T10:00 | string",
                "2020/01/31T10:00 2020/02/01T11:30 | local_timestamp %Y/%m/%dT%H:%M",
                "10:30 23:59:59.5       | time",
                "10:30 24:30            | string",
                "2f1acc6c-3b2b-4d3e-8f57-3f1f9d6a7b10 2F1ACC6C-3B2B-4D3E-8F57-3F1F9D6A7B11 | uuid",
                "NaN nothing            | string",
            })
    void choosesATypeThatHoldsForEveryRow(String values, String type) throws IOException {
        file(
                "x.csv",
                "n,v\n"
                        + Arrays.stream(values.strip().split(" +"))
                                .map(value -> "x," + value + "\n")
                                .collect(Collectors.joining()));

        DraftColumn column = draft("x.csv").columns().get(1);

        assertThat(column.type().text()
                        + column.format().map(format -> " " + format).orElse(""))
                .isEqualTo(type);
    }

    @Test
    void asksWhetherDayOrMonthComesFirst() throws IOException {
        file("x.csv", "id,d\n1,01/02/2020\n2,03/04/2020\n");

        assertThat(draft("x.csv").yaml()).contains("""
                  # day or month first? Both %d/%m/%Y and %m/%d/%Y fit: choose one as format, and type: date
                  d:  { type: string, required: true }
                """);
    }

    @Test
    void looksBeyondTheFirstRows() throws IOException {
        String many = "1,1,\n".repeat(5000);
        file("x.csv", "a,b,c\n" + many + "2,x,2024-01-31\n");

        assertThat(columns(draft("x.csv"))).containsExactly("a integer", "b string", "c date");
    }

    @Test
    void takesWordsForNoValueOnlyWhereTheyHideAType() throws IOException {
        file("x.csv", "code,amount,remark\nA,1,-\nB,N/A,NULL\nC,3,x\n");
        Draft draft = draft("x.csv");

        assertThat(draft.yaml()).contains("files: { path: x.csv, nulls: [\"\", N/A] }");
        assertThat(draft.yaml())
                .contains("# \"N/A\" stands for no value, in every column; else amount would be text\n");
        assertThat(columns(draft)).containsExactly("code string", "amount integer", "remark string");
        assertThat(draft.columns().get(1).required()).isFalse();
        assertThat(draft.columns().get(2).required()).isTrue();
    }

    @Test
    void leavesTheCodeOfNamibiaAlone() throws IOException {
        file("x.csv", "country,amount\nDE,1\nNA,NA\nFR,3\n");
        Draft draft = draft("x.csv");

        assertThat(draft.yaml()).contains("files: x.csv\n").contains("# would be integer but for NA");
        assertThat(draft.columns().getFirst().required()).isTrue();
    }

    @Test
    void findsTheSmallestKey() throws IOException {
        String rows = IntStream.range(0, 60)
                .mapToObj(i -> "C%d,%d,%d,%d.5\n".formatted(i % 6, 2000 + i / 6, i * 7919 % 1000, i))
                .collect(Collectors.joining());
        file("x.csv", "country,year,price,share\n" + rows);
        file(
                "y.csv",
                "price,order_id\n"
                        + IntStream.range(0, 60)
                                .mapToObj(i -> i / 2 + "," + i + "\n")
                                .collect(Collectors.joining()));

        assertThat(draft("x.csv").key()).containsExactly("country", "year");
        assertThat(draft("y.csv").key()).containsExactly("order_id");
    }

    @Test
    void makesIdentifiersOfNames() {
        assertThat(DraftNames.ofColumns(List.of(
                        "Order ID",
                        "orderId",
                        "order_id",
                        "Straße Nr.",
                        "2020 total",
                        "日本",
                        "_leat_x",
                        "GDPPerCapita")))
                .containsExactly(
                        "order_id_2",
                        "order_id_3",
                        "order_id",
                        "strasse_nr",
                        "_2020_total",
                        "column_6",
                        "leat_x",
                        "gdp_per_capita");
        assertThat(DraftNames.ofFile("2023-Sales Report.csv.gz")).isEqualTo("sales_report_2023");
        assertThat(DraftNames.ofFile("2023.csv")).isEqualTo("file_2023");
        assertThat(DraftNames.ofFile("日本.csv")).isEqualTo("file");
        assertThat(DraftNames.ofFile("x".repeat(80) + ".csv")).hasSize(63);
    }

    @Test
    void readsHowTheFileIsWritten() throws IOException {
        file("tabs.txt", "1\tAnn\t2020-01-01\n2\tBob\t2020-01-02\n");
        file("quote.csv", "a,b\n1,5\" disk\n2,x\n3,\"q\n4,y\n");
        file("utf16.csv", "name,v\nMünchen,1\nKöln,2\n", StandardCharsets.UTF_16LE);
        file("windows.csv", "name,v\n“x”,1\nKöln,2\n", Charset.forName("windows-1252"));
        file("no_ending", "{\"a\":1}\n{\"a\":2}\n");

        assertThat(source("tabs.txt")).isEqualTo("{ path: tabs.txt, delimiter: \"\\t\", header: false }");
        assertThat(source("quote.csv")).isEqualTo("{ path: quote.csv, quote: \"\" }");
        assertThat(source("utf16.csv")).isEqualTo("{ path: utf16.csv, encoding: utf-16le }");
        assertThat(source("windows.csv")).isEqualTo("{ path: windows.csv, encoding: windows-1252 }");
        assertThat(source("no_ending")).isEqualTo("{ path: no_ending, format: ndjson }");
    }

    @Test
    void saysWhichRecordsWillBeRejected() throws IOException {
        file("x.csv", "a,b,c\n" + "1,x,2\n".repeat(20) + "9,9\n1,2,3,4\n");
        Draft draft = draft("x.csv");

        assertThat(draft.broken()).isEqualTo(2);
        assertThat(draft.rows()).isEqualTo(20);
        assertThat(columns(draft)).containsExactly("a integer", "b string", "c integer");
        assertThat(draft.notes())
                .containsExactly("2 records do not have the form of the others and will be rejected: see leat rejects");
    }

    @Test
    void putsFilesOfOneShapeTogetherWhereAPatternFindsJustThem() throws IOException {
        Files.createDirectories(root.resolve("data"));
        for (String name : List.of("sales-2023.csv", "sales-2024.csv", "gdp.csv", "trade.csv")) {
            file("data/" + name, "id,amount\n1,2\n2,3\n");
        }
        file("data/sales-old.csv", "id,amount\n1,2\n");

        assertThat(drafts(Path.of("data/sales-2023.csv"), Path.of("data/sales-2024.csv")))
                .singleElement()
                .satisfies(draft -> assertThat(draft.yaml())
                        .contains("pipeline: sales\n", "files: \"data/sales-[0-9]*.csv\"", "4 rows"));
        assertThat(drafts(Path.of("data/sales-2023.csv"), Path.of("data/sales-old.csv")))
                .hasSize(2);
        assertThat(drafts(Path.of("data/gdp.csv"), Path.of("data/trade.csv"))).hasSize(2);
    }

    @Test
    void refusesANameThatIsTaken() throws IOException {
        file("a.csv", "x,y\n1,2\n");
        Files.createDirectories(root.resolve("sub"));
        file("sub/a.csv", "x,z\n1,2\n");

        assertThatThrownBy(() -> drafts(Path.of("a.csv"), Path.of("sub/a.csv")))
                .isInstanceOfSatisfying(PipelineException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.DUPLICATE_NAME);
                    assertThat(failure.hint()).contains("choose another name: leat add --name NAME sub/a.csv");
                });
        assertThatThrownBy(() -> new Drafts(duckDb, place(Set.of(new PipelineName("a")))).of(List.of(Path.of("a.csv"))))
                .hasMessage("there is a pipeline a already");
        Drafts other = new Drafts(duckDb, place(Set.of(new PipelineName("a"))));
        assertThat(other.of(List.of(Path.of("a.csv")), Optional.of(new PipelineName("b")))
                        .getFirst()
                        .table())
                .isEqualTo(new TableName("bronze", "b"));
    }

    @Test
    void keepsAFileThatIsThere() throws IOException {
        file("a.csv", "x,y\n1,2\n");
        Draft draft = draft("a.csv");
        draft.writeTo(root);

        assertThat(root.resolve("pipelines/a.yaml")).hasContent(draft.yaml());
        assertThatThrownBy(() -> draft.writeTo(root)).hasMessage("there is a file pipelines/a.yaml already");
    }

    @Test
    void saysWhyAFileCannotBeAdded() throws IOException {
        file("empty.csv", "");
        file("header.csv", "a,b\n");
        file("prose.txt", "Hello, this is a text.\nIt goes on and on, and then, well, ends.\nYes\n");
        file("preamble.csv", "Report\n\nid,name,x\n" + "1,n,2\n".repeat(9));
        file("pretty.json", "{\n  \"a\": 1\n}\n");
        file("text.parquet", "abc");
        file("sheet.xlsx", "PK\003\004abc");
        Files.write(root.resolve("binary.csv"), new byte[] {1, 2, 0, 3, 0, 0, 5});
        Files.write(root.resolve("cut.csv.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0, 0});

        assertThat(failure("empty.csv")).isEqualTo("E305 the file is empty");
        assertThat(failure("header.csv")).isEqualTo("E305 the file has no rows");
        assertThat(failure("prose.txt")).startsWith("E305 the file is text, but no table");
        assertThat(failure("preamble.csv"))
                .startsWith("E305 the table does not begin with the file: the first line, 'Report',");
        assertThat(failure("pretty.json"))
                .isEqualTo("E305 the file holds neither a list of objects nor an object in each line");
        assertThat(failure("text.parquet")).isEqualTo("E305 the file is no Parquet file, whatever its name says");
        assertThat(failure("sheet.xlsx")).startsWith("E305 the file is a ZIP archive or a workbook");
        assertThat(failure("binary.csv")).isEqualTo("E305 the file holds bytes that are no text");
        assertThat(failure("cut.csv.gz")).startsWith("E305 the file cannot be read");
        assertThat(failure("missing.csv")).isEqualTo("E109 there is no file missing.csv");
        assertThat(failure(".")).isEqualTo("E109 . is a folder");
    }

    private String failure(String name) {
        try {
            return draft(name).yaml();
        } catch (PipelineException failure) {
            assertThat(failure.hint()).isPresent();
            return failure.code() + " " + failure.message();
        }
    }

    private String source(String name) {
        return draft(name)
                .yaml()
                .lines()
                .filter(line -> line.startsWith("  files: "))
                .findFirst()
                .orElse("")
                .substring(9);
    }

    private static List<String> columns(Draft draft) {
        return draft.columns().stream()
                .map(column -> column.name() + " " + column.type().text())
                .toList();
    }

    private Draft draft(String name) {
        return drafts(Path.of(name)).getFirst();
    }

    private List<Draft> drafts(Path... files) {
        return new Drafts(duckDb, place(Set.of())).of(List.of(files));
    }

    private Drafts.Place place(Set<PipelineName> taken) {
        return new Drafts.Place(root, new Copies(root.resolve("copies")), ZoneId.of("Europe/Paris"), taken, Set.of());
    }

    private void file(String name, String text) throws IOException {
        file(name, text, StandardCharsets.UTF_8);
    }

    private void file(String name, String text, Charset encoding) throws IOException {
        Files.write(root.resolve(name), text.getBytes(encoding));
    }
}

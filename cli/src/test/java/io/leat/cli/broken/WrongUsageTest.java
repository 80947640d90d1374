package io.leat.cli.broken;

import static io.leat.cli.broken.Breakage.breakage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Words of a command that mean nothing: exit code 2, and nothing is begun. */
class WrongUsageTest {
    @TempDir
    static Path folder;

    private static SoundProject project;

    @BeforeAll
    static void load() {
        project = SoundProject.in(folder);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"selections", "bounds", "queries", "work", "names"})
    void isRefusedBeforeAnythingIsBegun(Breakage breakage) throws IOException {
        breakage.requireOn(project);
    }

    static List<Breakage> selections() {
        return List.of(
                breakage("an unknown pipeline")
                        .running("run", "sale")
                        .fails(2, "E501")
                        .saying("'sale' matches no pipeline and no model", "did you mean sales?"),
                breakage("an unknown tag")
                        .running("run", "tag:daily")
                        .fails(2, "E501")
                        .saying("'tag:daily'", "`leat ls`"),
                breakage("a selection that a script left empty")
                        .running("run", "")
                        .fails(2, "E501")
                        .saying("the selection is empty", "or leave it out"),
                breakage("an unknown pipeline that is excluded")
                        .running("run", "--exclude", "sale")
                        .fails(2, "E501")
                        .saying("did you mean sales?"),
                breakage("an exclusion that a script left empty")
                        .running("run", "--exclude", "")
                        .fails(2, "E501")
                        .saying("the selection is empty"),
                breakage("a part that there is not")
                        .running("run", "--only", "ingst")
                        .fails(2)
                        .saying("--only", "expected one of ingest, transform", "'ingst'"),
                breakage("an unknown option")
                        .running("run", "--strat", "2024-01-01")
                        .fails(2)
                        .saying("--strat", "did you mean", "--start"),
                breakage("an unknown command").running("rnu").fails(2).saying("did you mean run"));
    }

    static List<Breakage> bounds() {
        return List.of(
                breakage("a bound that is no day")
                        .running("run", "--start", "2024-99-01")
                        .fails(2, "E502")
                        .saying("--start 2024-99-01", "such as 2001-01-31"),
                breakage("a bound that is a word")
                        .running("run", "trips", "--end", "yesterday")
                        .fails(2, "E502")
                        .saying("--end yesterday", "such as 2001-01-31"),
                breakage("a bound for what has no windows")
                        .running("run", "sales", "--start", "soon")
                        .fails(2, "E502")
                        .saying("--start soon"),
                breakage("a start that is not before the end")
                        .running("run", "--start", "2024-01-03", "--end", "2024-01-03")
                        .fails(2, "E502")
                        .saying("--start 2024-01-03 is not before --end 2024-01-03", "the end is not included"));
    }

    static List<Breakage> queries() {
        return List.of(
                breakage("a query that changes data")
                        .running("query", "DELETE FROM bronze.sales")
                        .fails(2, "E505")
                        .saying("only queries can be run here"),
                breakage("a query that writes a file")
                        .running("query", "COPY bronze.sales TO 'out.csv'")
                        .fails(2, "E505")
                        .saying("only queries can be run here"),
                breakage("two queries")
                        .running("query", "SELECT 1; SELECT 2")
                        .fails(2, "E505")
                        .saying("one query expected, found 2"),
                breakage("no query").running("query", "  ").fails(2, "E505").saying("one query expected, found 0"),
                breakage("a query with an error of syntax")
                        .running("query", "SELECT country\nFROM bronze.sales WHERE WHERE")
                        .fails(2, "E505")
                        .saying("query:2:25", "syntax error", "  2 | FROM bronze.sales WHERE WHERE"),
                breakage("a query of an unknown table")
                        .running("query", "SELECT * FROM bronze.sale")
                        .fails(2, "E505")
                        .saying("query:1:15", "there is no table bronze.sale", "did you mean 'bronze.sales'?"),
                breakage("a query of a table of an unknown schema")
                        .running("query", "SELECT * FROM bronz.sales")
                        .fails(2, "E505")
                        .saying("there is no table bronz.sales", "did you mean 'bronze.sales'?"),
                breakage("a query of an unknown column")
                        .running("query", "SELECT contry FROM bronze.sales")
                        .fails(2, "E505")
                        .saying("query:1:8", "did you mean 'country'?"),
                breakage("a query of an unknown function")
                        .running("query", "SELECT coutn(*) FROM bronze.sales")
                        .fails(2, "E505")
                        .saying("query:1:8", "did you mean 'count'?"),
                breakage("a query that fails on a value")
                        .running("query", "SELECT CAST(country AS INT) FROM bronze.sales")
                        .fails(2, "E505")
                        .saying("could not convert string 'NL' to INT32"),
                breakage("a query of a file")
                        .running("query", "SELECT * FROM read_text('/etc/hostname')")
                        .fails(2, "E505")
                        .saying("/etc/hostname", "tables of the environment"),
                breakage("a query of a table that is a file")
                        .running("query", "SELECT * FROM 'data/sales.csv'")
                        .fails(2, "E505")
                        .saying("data/sales.csv"),
                breakage("a query and a file with one")
                        .running("query", "SELECT 1", "--file", "q.sql")
                        .fails(2, "E503")
                        .saying("either a query or --file"),
                breakage("a file with a query that is not there")
                        .running("query", "--file", "q.sql")
                        .fails(3, "E109")
                        .saying("q.sql", "there is no such file"));
    }

    static List<Breakage> work() {
        return List.of(
                breakage("a backfill of nothing")
                        .running("backfill")
                        .fails(2, "E503")
                        .saying("`leat backfill trips`"),
                breakage("a backfill of an unknown pipeline")
                        .running("backfill", "trip")
                        .fails(2, "E501")
                        .saying("did you mean trips?"),
                breakage("a backfill from a day that is none")
                        .running("backfill", "trips", "--start", "soon")
                        .fails(2, "E502")
                        .saying("--start soon"),
                breakage("a backfill to a day before its first")
                        .running("backfill", "trips", "--start", "2024-01-02", "--end", "2024-01-01")
                        .fails(2, "E502")
                        .saying("--start 2024-01-02 is not before --end 2024-01-01"),
                breakage("a backfill of too few claims")
                        .running("backfill", "trips", "--reprocess", "completed", "--max-active", "0")
                        .fails(2, "E503")
                        .saying("--max-active 0", "from 1 on"),
                breakage("a backfill without slots")
                        .running("backfill", "trips", "--reprocess", "completed", "--slots", "0")
                        .fails(2, "E503")
                        .saying("--slots 0", "from 1 to 256"),
                breakage("a backfill of a kind that there is not")
                        .running("backfill", "trips", "--reprocess", "some")
                        .fails(2)
                        .saying("expected one of missing, failed, completed"),
                breakage("a restatement of an unknown pipeline")
                        .running("restate", "trip")
                        .fails(2, "E501")
                        .saying("did you mean trips?"),
                breakage("a backfill that there is not")
                        .running("backfills", "resume", "b0")
                        .fails(2, "E503")
                        .saying("there is no backfill 'b0'", "`leat backfills` lists them"),
                breakage("too few backfills")
                        .running("backfills", "-n", "0")
                        .fails(2, "E503")
                        .saying("-n 0", "from 1 on"),
                breakage("a record to try again that there is not")
                        .running("retry", "trips@2024-09-09")
                        .fails(2, "E504")
                        .saying("there is no record 'trips@2024-09-09'", "`leat windows trips`"),
                breakage("a record to cancel of no pipeline")
                        .running("cancel", "nothing@all")
                        .fails(2, "E504")
                        .saying("`leat ls`"),
                breakage("a record to release that there is not")
                        .running("release", "sales@x")
                        .fails(2, "E504")
                        .saying("there is no record 'sales@x'"),
                breakage("a slice to restore that there is not")
                        .running("restore-slice", "sales@x")
                        .fails(2, "E504")
                        .saying("there is no record 'sales@x'"),
                breakage("a report since when")
                        .running("report", "--since", "soon")
                        .fails(2, "E503")
                        .saying("--since soon", "1d"),
                breakage("a report into a folder that is not there")
                        .running("report", "--html", "nowhere/report.html")
                        .fails(1, "E002")
                        .saying("nowhere/report.html", "there is no such file or folder"),
                breakage("too few windows ahead")
                        .running("next", "-n", "0")
                        .fails(2, "E503")
                        .saying("-n 0", "from 1 on"),
                breakage("a worker that looks never")
                        .running("worker", "--poll", "soon")
                        .fails(2, "E503")
                        .saying("--poll soon"),
                breakage("a run without slots")
                        .running("run", "--slots", "0")
                        .fails(2, "E503")
                        .saying("--slots 0"),
                breakage("too few runs")
                        .running("logs", "--last", "0")
                        .fails(2, "E503")
                        .saying("--last 0", "from 1 on"),
                breakage("fewer rejects than none")
                        .running("rejects", "--limit", "-1")
                        .fails(2, "E503")
                        .saying("--limit -1", "from 0 on"),
                breakage("a margin that is none")
                        .running("lake", "maintain", "--margin", "some")
                        .fails(2, "E503")
                        .saying("--margin some"));
    }

    static List<Breakage> names() {
        return List.of(
                breakage("a record of no pipeline")
                        .running("why", "sale@all")
                        .fails(2, "E504")
                        .saying("there is no record 'sale@all'", "did you mean sales@all?"),
                breakage("a pipeline instead of a record")
                        .running("why", "sales")
                        .fails(2, "E504")
                        .saying("there is no record 'sales'", "did you mean sales@all?"),
                breakage("a pipeline with windows instead of a record")
                        .running("why", "trips")
                        .fails(2, "E504")
                        .saying("`leat windows trips`"),
                breakage("a window of a pipeline that has none")
                        .running("why", "sales@2024-01-01")
                        .fails(2, "E504")
                        .saying("its only slice is sales@all"),
                breakage("a window that is none")
                        .running("why", "trips@2024-01")
                        .fails(2, "E504")
                        .saying("expected one like 2024-01-01"),
                breakage("an unknown run")
                        .running("logs", "xyz")
                        .fails(2, "E503")
                        .saying("there is no run 'xyz'", "`leat logs`"),
                breakage("an unknown table in the catalog")
                        .running("catalog", "bronze.sale")
                        .fails(2, "E503")
                        .saying("did you mean bronze.sales?"),
                breakage("windows of an unknown pipeline")
                        .running("windows", "trip")
                        .fails(2, "E501")
                        .saying("did you mean trips?"),
                breakage("rejects of an unknown pipeline")
                        .running("rejects", "sale")
                        .fails(2, "E501")
                        .saying("did you mean sales?"),
                breakage("windows from a day that is none")
                        .running("windows", "trips", "--start", "soon")
                        .fails(2, "E502")
                        .saying("--start soon"),
                breakage("windows to a day before the first")
                        .running("windows", "trips", "--start", "2024-01-02", "--end", "2024-01-01")
                        .fails(2, "E502")
                        .saying("--start 2024-01-02 is not before --end 2024-01-01"),
                breakage("bounds for what has no windows")
                        .running("windows", "sales", "--start", "2024-01-02")
                        .fails(2, "E502")
                        .saying("it has no windows"),
                breakage("windows of a status that there is not")
                        .running("windows", "trips", "--status", "broken")
                        .fails(2)
                        .saying("pending, in_progress, completed", "'broken'"),
                breakage("rejects of a code that there is not")
                        .running("rejects", "--code", "TYP")
                        .fails(2, "E503")
                        .saying("there is no code 'TYP'", "did you mean TYPE?"),
                breakage("an unknown error")
                        .running("explain", "E999")
                        .fails(2, "E503")
                        .saying("`leat explain` lists"),
                breakage("a schema of an unknown file")
                        .running("schema", "pipline")
                        .fails(2)
                        .saying("expected one of project, pipeline", "'pipline'"),
                breakage("a form that there is not")
                        .running("ls", "-o", "xml")
                        .fails(2)
                        .saying("xml", "ndjson"),
                breakage("a file to add that is not there")
                        .running("add", "data/sale.csv")
                        .fails(3, "E109")
                        .saying("there is no file data/sale.csv"),
                breakage("a folder to add")
                        .running("add", "data")
                        .fails(3, "E109")
                        .saying("data is a folder", "leat add data/*"),
                breakage("a file to add that has a pipeline")
                        .running("add", "data/sales.csv")
                        .fails(3, "E107")
                        .saying("there is a pipeline sales already", "--name"),
                breakage("a new project where one is")
                        .running("init", ".")
                        .fails(3, "E111")
                        .saying("is not empty", "leat.yaml"));
    }
}

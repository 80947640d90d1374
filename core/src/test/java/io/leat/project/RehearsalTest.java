package io.leat.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.config.Problem;
import io.leat.config.ProblemsException;
import io.leat.model.Analyzer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps, checks and the SQL in them are judged before any file is read, as far as what is declared allows. */
class RehearsalTest {
    private static final String DECLARED = """
            pipeline: sales
            source: { files: sales.csv }
            columns:
              id: { type: integer }
              country: { type: string }
              amount: { type: "decimal(10,2)" }
              bought: { type: local_timestamp }
              tags: { type: "list<string>" }
              place: { type: "struct<city: string, zip: string>" }
            target: { table: bronze.sales }
            """;
    private static final String CLOSED = DECLARED + "schema_contract: { new_columns: ignore }\n";

    @TempDir
    static Path temp;

    @TempDir
    Path folder;

    private static Analyzer analyzer;

    @BeforeAll
    static void open() {
        analyzer = Analyzer.open(temp);
    }

    @AfterAll
    static void close() {
        analyzer.close();
    }

    private List<Problem> problems() {
        try {
            ProjectLoader.load(new Place(folder, "dev", Map.of(), Map.of()), analyzer);
            return List.of();
        } catch (ProblemsException found) {
            return found.problems();
        }
    }

    private void file(String path, String text) throws IOException {
        Files.createDirectories(folder.resolve(path).getParent());
        Files.writeString(folder.resolve(path), text);
    }

    private List<Problem> problems(String pipeline) throws IOException {
        file("leat.yaml", "project: shop\n");
        file("pipelines/sales.yaml", pipeline);
        return problems();
    }

    private List<Problem> ofSteps(String declared, String steps) throws IOException {
        return problems(declared + "steps:\n" + steps.indent(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "amount * 2",
                "upper(country) || '-' || id",
                "CASE WHEN amount > 10 THEN 'much' ELSE country END",
                "date_trunc('month', bought)",
                "strftime(bought, '%Y')",
                "list_filter(tags, lambda tag: tag <> country)",
                "list_transform(tags, lambda t: t || id)",
                "place.city",
                "this.amount + 1",
                "coalesce(amount, 0) BETWEEN 1 AND 2",
                "amount::DOUBLE / 3",
                "\"amount\" IS NULL",
                "-- what it is worth\namount * 2",
                "struct_pack(a := id, b := country)",
                "[id, 2]",
                "(id)",
                "AMOUNT"
            })
    void takesWhatIsRight(String expression) throws IOException {
        String step = "- derive:\n    x: |\n" + expression.indent(6);
        assertThat(ofSteps(DECLARED, step)).isEmpty();
        assertThat(ofSteps(CLOSED, step)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- derive: { x: other * 2 }",
                "- derive: { x: other || country, y: x + 1 }",
                "- derive: { x: \"date_trunc('day', other)\" }",
                "- derive: { x: other.part }",
                "- derive: { x: \"list_sum(other)\" }",
                "- filter: other > 3",
                "- filter: other",
                "- filter: user = 'me'",
                "- trim: other",
                "- fill: { other: x }",
                "- rename: { other: another }\n- derive: { y: another + id }",
                "- cast: { other: date }\n- derive: { y: other + 1 }",
                "- deduplicate: { key: other, keep: { order: other DESC } }",
                "- unpivot: { columns: [other, another] }\n- derive: { x: value * 2 }",
                "- unpivot: { columns: '/[0-9]{4}/' }\n- derive: { x: value * 2, y: upper(name) }",
                "- enrich: { with: lands.csv, match: { other: code }, add: [name] }\n- derive: { y: upper(name) }"
            })
    void doesNotBlameColumnsThatTheContractLetsIn(String steps) throws IOException {
        assertThat(ofSteps(DECLARED, steps)).isEmpty();
        assertThat(problems("""
                pipeline: sales
                source: { files: sales.csv }
                target: { table: bronze.sales }
                steps:
                """ + steps.indent(2))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "==", quoteCharacter = '`', textBlock = """
            - derive: { x: amount *§ } == syntax error
            - derive: { x: §amont + 1 } == did you mean 'amount'?
            - derive: { x: id + §amont } == did you mean 'amount'?
            - derive: { x: §uper(country) } == did you mean 'upper'?
            - derive: { x: §upper(amount) } == no function matches
            - derive: { x: "country §+ 1" } == no function matches
            - derive: { x: §bought * 2 } == no function matches
            - derive: { x: §now() } == another result each time
            - derive: { x: §sum(amount) } == one row at a time
            - derive: { x: §(SELECT 1) } == one row at a time
            - derive: { x: §"1, 2" } == no table can hold
            - derive: { x: id::§WORD } == type with name
            - filter: §amont > 2 == did you mean 'amount'?
            - filter: §amount == a condition is true or false
            - deduplicate: { keep: { order: §amont } } == did you mean 'amount'?
            - deduplicate: { key: [id, §amont] } == did you mean 'amount'?
            - trim: [§contry] == did you mean 'country'?
            - trim: §amount == only texts can be trimmed
            - fill: { amount: §much } == is not a number
            - rename: { §amont: sum } == did you mean 'amount'?
            - cast: { §amont: date } == did you mean 'amount'?
            - unpivot: { columns: [id, §amont] } == did you mean 'amount'?
            - enrich: { with: x.csv, match: { §contry: code }, add: [name] } == did you mean 'country'?
            """)
    void findsWhatIsWrongWhereNothingElseMayCome(String step, String message) throws IOException {
        requireTold(CLOSED + "steps:\n  " + step + "\n", message);
    }

    /** One problem, at the sign {@code §} in the file. */
    private void requireTold(String file, String message) throws IOException {
        String before = file.substring(0, file.indexOf('§'));
        long line = 1 + before.chars().filter(sign -> sign == '\n').count();
        int column = before.length() - before.lastIndexOf('\n');
        assertThat(problems(file.replace("§", ""))).singleElement().satisfies(problem -> {
            assertThat(problem.mark().toString())
                    .as(problem.render())
                    .isEqualTo("pipelines/sales.yaml:" + line + ":" + column);
            assertThat(problem.render()).containsIgnoringCase(message).contains("^");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "==", quoteCharacter = '`', textBlock = """
            - derive: { x: other *§ } == syntax error
            - derive: { x: §uper(other) } == did you mean 'upper'?
            - derive: { x: "other || §uper(id)" } == did you mean 'upper'?
            - derive: { x: §upper(amount) } == no function matches
            - derive: { x: other::§WORD } == type with name
            - derive: { x: §other || now() } == another result each time
            - filter: §amount == a condition is true or false
            - trim: §amount == only texts can be trimmed
            """)
    void findsWhatIsCertainlyWrongWhateverColumnsCome(String step, String message) throws IOException {
        requireTold(DECLARED + "steps:\n  " + step + "\n", message);
    }

    @Test
    void eachStepSeesWhatThoseBeforeItMade() throws IOException {
        assertThat(ofSteps(CLOSED, """
                - rename: { amount: price }
                - derive: { double: price * 2, name: upper(country) }
                - cast: { id: string }
                - filter: length(id) > 1 AND double > 3
                - trim: [name, id]
                - unpivot: { columns: [price, double], name: kind, value: euros }
                - filter: kind = 'price' AND euros > 1
                """)).isEmpty();
        assertThat(ofSteps(CLOSED, """
                - rename: { amount: price }
                - filter: §amount > 1
                - unpivot: { columns: [price], name: kind, value: euros }
                - filter: price > 1
                """))
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem.message()).contains("not found"));
    }

    @Test
    void showsThePlaceInABlockOfSeveralLines() throws IOException {
        assertThat(ofSteps(CLOSED, """
                - derive:
                    x: |
                      CASE WHEN amount > 10
                           THEN contry
                      END
                """))
                .singleElement()
                .satisfies(problem -> assertThat(problem.render()).isEqualTo("""
                        E112 pipelines/sales.yaml:16:19: the SQL cannot be understood: referenced column "contry" not found in FROM clause!
                          16 |              THEN contry
                             |                   ^
                          hint: did you mean 'country'?"""));
    }

    @Test
    void rulesOfColumnsMustBeOfTheColumnsType() throws IOException {
        assertThat(problems(
                        DECLARED.replace("id: { type: integer }", "id: { type: integer, min: few, values: [1, x] }")))
                .extracting(problem -> problem.mark() + " " + problem.message())
                .allSatisfy(text -> assertThat(text).contains("is not a"))
                .hasSize(2);
    }

    @Test
    void aLookupInATableOfTheProjectIsJudgedByItsPipeline() throws IOException {
        file("pipelines/lands.yaml", """
                pipeline: lands
                source: { files: lands.csv }
                columns: { code: { type: string }, name: { type: string }, people: { type: integer } }
                schema_contract: { new_columns: ignore }
                target: { table: reference.lands }
                """);
        assertThat(ofSteps(CLOSED, """
                - enrich: { with: reference.lands, match: { country: cod }, add: [nam] }
                """))
                .extracting(Problem::message)
                .containsExactly("reference.lands has no column 'cod'", "reference.lands has no column 'nam'");
        assertThat(ofSteps(CLOSED, """
                - enrich: { with: reference.lands, match: { country: code }, add: [name, people] }
                - derive: { x: upper(people) }
                """))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("no function matches"));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "==", quoteCharacter = '`', textBlock = """
            not_null: §contry == did you mean 'country'?
            unique: §[id, contry] == did you mean 'country'?
            range: §{ column: amont, min: 1 } == did you mean 'amount'?
            pattern: §{ column: contry, matches: x } == did you mean 'country'?
            set: §{ column: contry, values: [x] } == did you mean 'country'?
            sql: SELECT * FROM this WHERE §amont > 3 == did you mean 'amount'?
            sql: SELECT * FRO §this == syntax error
            sql: SELECT * FROM §other == other does not exist
            sql: §"DELETE FROM this" == by a query
            sql: §"SELECT 1; SELECT 2" == one query, found 2
            sql: SELECT * FROM this WHERE §uper(country) = 'X' == did you mean 'upper'?
            sql: §SELECT * FROM this GROUP BY country == GROUP BY
            """)
    void findsWhatIsWrongInChecks(String check, String message) throws IOException {
        requireTold(CLOSED + "checks:\n  - { " + check + " }\n", message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not_null: other",
                "range: { column: other, min: 1 }",
                "sql: SELECT * FROM this WHERE other > 3",
                "sql: SELECT t.other FROM this AS t WHERE t.amount > t.other",
                "sql: \"SELECT other, count(*) AS n FROM this GROUP BY other HAVING n > 1\"",
                "sql: \"SELECT * EXCLUDE (other) FROM this\"",
                "sql: \"WITH few AS (SELECT id AS x FROM this) SELECT x FROM few JOIN this ON x = other\"",
                "sql: \"SELECT a.id FROM this AS a JOIN this AS b USING (id)\"",
                "sql: \"SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY other) AS r FROM this) WHERE r > 1\""
            })
    void doesNotBlameChecksForColumnsThatTheContractLetsIn(String check) throws IOException {
        assertThat(problems(DECLARED + "checks:\n  - { " + check + " }\n")).isEmpty();
    }

    @Test
    void everythingIsToldAtOnce() throws IOException {
        assertThat(problems(CLOSED + """
                steps:
                  - derive: { x: amont, y: contry }
                  - filter: idd = 1
                checks:
                  - not_null: z
                  - sql: SELECT nothing FROM this
                """)).hasSize(5);
    }

    @Test
    void keysAndOrdersOfChangesAreColumnsOfTheRowsAndAHistoryHasMore() throws IOException {
        String history = """
                pipeline: people
                source: { files: people.csv }
                columns: { id: { type: integer }, name: { type: string }, at: { type: local_timestamp } }
                schema_contract: { new_columns: ignore }
                target: { table: bronze.people, write: history, key: [id], order: [at] }
                """;
        file("pipelines/people.yaml", history);
        String enrich = """
                - enrich: { with: bronze.people, match: { id: id }, add: { since: %s } }
                """;

        assertThat(ofSteps(CLOSED, enrich.formatted("valid_from"))).isEmpty();
        assertThat(ofSteps(CLOSED, enrich.formatted("valid_form")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.hint()).isEqualTo("did you mean 'valid_from'?"));
        file("pipelines/people.yaml", history.replace("key: [id]", "key: [ids]").replace("[at]", "[att]"));
        assertThat(ofSteps(CLOSED, enrich.formatted("valid_from")))
                .extracting(Problem::message)
                .contains("the rows have no column 'ids'", "the rows have no column 'att'");
    }
}

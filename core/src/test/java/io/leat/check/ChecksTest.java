package io.leat.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.config.Problems;
import io.leat.config.SourceText;
import io.leat.config.Yaml;
import io.leat.lake.DuckDb;
import io.leat.name.PipelineException;
import io.leat.state.Verdict;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksTest {

    private static final Instant ONE = Instant.parse("2024-03-10T08:00:00Z");
    private static final Instant TWO = Instant.parse("2024-03-10T10:00:00Z");
    private static final String RELATION = """
            (VALUES (1, 'a', 10, TIMESTAMPTZ '2024-03-10 08:00:00+00'),
                    (1, 'b', 20, TIMESTAMPTZ '2024-03-10 08:00:00+00'),
                    (NULL, 'c', 30, TIMESTAMPTZ '2024-03-10 08:00:00+00'),
                    (2, 'a', 40, TIMESTAMPTZ '2024-03-10 10:00:00+00')) AS t(id, word, n, _leat_window)
            """;
    private static final List<Checks.Subject> BOTH =
            List.of(new Checks.Subject(ONE, 3, 4, 1), new Checks.Subject(TWO, 1, 1, 0));

    @TempDir
    Path temp;

    private DuckDb duck;

    @BeforeEach
    void open() {
        duck = DuckDb.open(new DuckDb.Limits(100_000_000, 1, temp, 1_000_000));
    }

    @AfterEach
    void close() {
        duck.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {not_null: id}                                          | FAIL | PASS
                    {not_null: [word, n]}                                   | PASS | PASS
                    {unique: id}                                            | FAIL | PASS
                    {unique: [id, word]}                                    | PASS | PASS
                    {range: {column: n, max: 30}}                           | PASS | FAIL
                    {range: {column: n, min: 20, max: 30}}                  | FAIL | FAIL
                    {pattern: {column: word, matches: '[ab]'}}              | FAIL | PASS
                    {set: {column: word, values: [a, b, c]}}                | PASS | PASS
                    {set: {column: word, values: [b, c]}}                   | FAIL | FAIL
                    {rows: {min: 2}}                                        | PASS | FAIL
                    {rows: {max: 2}, severity: warn}                        | WARN | PASS
                    {rejects: {max: 0}}                                     | FAIL | PASS
                    {rejects: {max: 25%}}                                   | PASS | PASS
                    {rejects: {max: 24.9%}}                                 | FAIL | PASS
                    {sql: 'SELECT * FROM this WHERE n > 15'}                | FAIL | FAIL
                    {sql: 'SELECT * FROM this WHERE n > 25', warn_if: '> 0', error_if: '> 50%'} | WARN | FAIL
                    {sql: 'WITH x AS (FROM this) SELECT * FROM x WHERE n = 10'} | FAIL | PASS
                    {not_null: id, warn_if: '> 0'}                          | WARN | PASS
                    {not_null: id, error_if: '> 1'}                         | PASS | PASS
                    """)
    void judgesEachWindowByItself(String yaml, Verdict first, Verdict second) {
        List<List<Answer>> answers = new Checks(duck, List.of(check(yaml))).ask(RELATION, BOTH);
        assertThat(answers.get(0).getFirst().verdict()).isEqualTo(first);
        assertThat(answers.get(1).getFirst().verdict()).isEqualTo(second);
    }

    @Test
    void saysWhatWasWrongWithAFewOfTheValues() {
        Answer answer = only("{name: few, range: {column: n, min: 25}}", BOTH.getFirst());
        assertThat(answer)
                .isEqualTo(new Answer(
                        "few",
                        Verdict.FAIL,
                        "2",
                        "none",
                        "2 rows that are wrong, allowed: none, for example (10), (20)"));
    }

    @Test
    void passesASliceWithoutRowsIfTheCheckSaysSo() {
        var nothing = new Checks.Subject(ONE, 0, 0, 0);
        assertThat(only("{rows: {min: 1}, empty_window: ok}", nothing).verdict())
                .isEqualTo(Verdict.PASS);
        assertThat(only("{rows: {min: 1}}", nothing).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(only("{sql: 'SELECT 1 WHERE (SELECT count(*) FROM this) = 0'}", nothing)
                        .verdict())
                .isEqualTo(Verdict.FAIL);
        assertThat(only("{not_null: id}", nothing).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void namesTheCheckWhoseQueryCannotRun() {
        assertThatThrownBy(() -> only("{name: broken, sql: 'SELECT nothing FROM this'}", BOTH.getFirst()))
                .isInstanceOfSatisfying(
                        PipelineException.class,
                        failure -> assertThat(failure.context()).containsEntry("check", "broken"));
    }

    private Answer only(String yaml, Checks.Subject subject) {
        String relation = subject.rows() == 0 ? "(SELECT * FROM " + RELATION + " WHERE false)" : RELATION;
        return new Checks(duck, List.of(check(yaml)))
                .ask(relation, List.of(subject))
                .getFirst()
                .getFirst();
    }

    private static Check check(String yaml) {
        var problems = new Problems();
        Optional<Check> check = Yaml.parse(yaml, SourceText.ofText("check", yaml), problems)
                .flatMap(node -> Check.SHAPE.read(node, problems));
        problems.throwIfAny();
        return check.orElseThrow();
    }
}

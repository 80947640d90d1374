package io.leat.model;

import io.leat.config.Problems;
import io.leat.model.Edited.Edit;
import io.leat.model.MacroScan.Moment;
import io.leat.name.ErrorCode;
import io.leat.name.Sql;
import io.leat.name.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One query of a script, understood: where its tables and time macros stand. The text stays as it was written but for these places,
 * so nothing of it can be lost.
 */
final class Template {

    /** A table at a place of the script; the alias is the one that must be added to keep the columns' names, if any. */
    record Table(
            int start, int end, TableName name, @Nullable String alias) {}

    /** The time that DuckDB takes to refuse unclosed brackets grows with their square: seconds for 1000. */
    private static final int DEEPEST = 200;

    private final Script script;
    private final int start;
    private final int end;
    private final List<Edit> fixed;
    private final List<Moment> moments;
    private final List<Table> tables;
    private final String canonical;

    private Template(
            Script script,
            int start,
            int end,
            List<Edit> fixed,
            List<Moment> moments,
            TreeReader reader,
            String canonical) {
        this.script = script;
        this.start = start;
        this.end = end;
        this.fixed = new ArrayList<>(fixed);
        this.fixed.addAll(reader.edits());
        this.moments = moments;
        this.tables = reader.tables();
        this.canonical = canonical;
    }

    /** Understands the query that these tokens of the script are, or adds problems. */
    static Optional<Template> of(
            Script script, List<Token> tokens, MacroScope scope, Analyzer analyzer, Problems problems) {
        int before = problems.count();
        Brackets.deeperThan(DEEPEST, tokens)
                .ifPresent(token -> problems.add(script.problem(
                        ErrorCode.SQL_SYNTAX, token.start(), "more than " + DEEPEST + " brackets are open here")));
        var macros = new MacroScan(script, tokens, scope, problems);
        if (problems.count() > before) {
            return Optional.empty();
        }
        int start = tokens.getFirst().start();
        int end = tokens.getLast().end();
        var edits = new ArrayList<>(macros.edits());
        for (Moment moment : macros.moments()) {
            edits.add(new Edit(
                    moment.start(), moment.end(), String.valueOf(moment.macro().sql(TimeMacro.SAMPLE))));
        }
        var sample = Edited.of(script.text(), start, end, edits);
        return switch (analyzer.parse(sample.text())) {
            case Analyzer.Outcome.Bad<?> bad -> {
                problems.add(Messages.problem(
                        ErrorCode.SQL_SYNTAX,
                        script.mark(placeOf(sample, bad.fault().place())),
                        bad.fault()));
                yield Optional.empty();
            }
            case Analyzer.Outcome.Ok<List<JsonNode>>(var statements) -> {
                if (statements.size() != 1) {
                    problems.add(script.problem(
                            ErrorCode.SQL_SYNTAX, start, "one query is needed here, found " + statements.size()));
                    yield Optional.empty();
                }
                var reader = new TreeReader(script, sample, analyzer, problems);
                reader.read(statements.getFirst());
                yield problems.count() > before
                        ? Optional.empty()
                        : Optional.of(new Template(
                                script,
                                start,
                                end,
                                macros.edits(),
                                macros.moments(),
                                reader,
                                CanonicalTree.text(statements.getFirst(), sample, macros.moments())));
            }
        };
    }

    /** Every place where a table is read, in the order of the text. */
    List<TableReference> references() {
        return tables.stream()
                .map(table -> new TableReference(table.name(), script.mark(table.start())))
                .toList();
    }

    List<Moment> moments() {
        return moments;
    }

    /** A text that is equal for queries that differ in formatting, comments, or the case of names only. */
    String canonical() {
        return canonical;
    }

    Script script() {
        return script;
    }

    int start() {
        return start;
    }

    /** The query with something in place of each time macro and each table: a query, or the text of a FROM item. */
    Edited fill(Function<TimeMacro, String> moment, Function<TableName, String> relation) {
        var edits = new ArrayList<Edit>();
        for (Table table : tables) {
            String alias = table.alias() == null ? "" : " AS " + Sql.identifier(table.alias());
            edits.add(new Edit(table.start(), table.end(), asFromItem(relation.apply(table.name())) + alias));
        }
        edits.addAll(fixed);
        for (Moment at : moments) {
            edits.add(new Edit(at.start(), at.end(), moment.apply(at.macro())));
        }
        return Edited.of(script.text(), start, end, edits);
    }

    /** The place in the script of a byte of an edited text, or the beginning of the query. */
    static int placeOf(Edited edited, long bytes) {
        return edited.origin(bytes < 0 ? 0 : edited.fromBytes(bytes));
    }

    private static String asFromItem(String relation) {
        String text = relation.strip();
        if (text.startsWith("(") && text.endsWith(")")) {
            return "(FROM " + text + ")";
        }
        boolean query = text.matches("(?is)(SELECT|WITH|FROM|VALUES|TABLE)\\b.*");
        return (query ? "(" : "(FROM ") + text + "\n)";
    }
}

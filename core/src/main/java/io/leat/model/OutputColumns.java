package io.leat.model;

import io.leat.config.Mark;
import io.leat.config.Problem;
import io.leat.config.Problems;
import io.leat.model.Analyzer.Described;
import io.leat.model.Analyzer.Outcome;
import io.leat.name.ErrorCode;
import io.leat.name.Sql;
import io.leat.name.TableName;
import io.leat.schema.Column;
import io.leat.schema.Contract;
import io.leat.schema.LeatType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the columns that a model gives, by binding its query in DuckDB over empty tables. A sum of integers, HUGEINT there, becomes
 * {@code decimal(38,0)}; a type that no table of Leat's can hold is a problem, and so is an untyped NULL.
 */
final class OutputColumns {

    private final Model model;
    private final Map<TableName, String> relations;
    private final Analyzer analyzer;
    private final Problems problems;

    OutputColumns(Model model, Map<TableName, Contract> upstream, Analyzer analyzer, Problems problems) {
        this.model = model;
        this.analyzer = analyzer;
        this.problems = problems;
        this.relations = new HashMap<>();
        upstream.forEach((table, contract) -> relations.put(table, empty(contract)));
    }

    /** The contract; empty, with problems, if the query cannot be bound or its columns cannot be stored. */
    Optional<Contract> find() {
        int before = problems.count();
        var filled = model.filled(TimeMacro.SAMPLE, relations);
        var found = describe(filled, model.query(), null).flatMap(this::columns).flatMap(this::contract);
        found.ifPresent(this::judgeTimeColumn);
        found.ifPresent(contract -> judgeAudits(contract));
        return problems.count() > before ? Optional.empty() : found;
    }

    private Optional<List<Described>> describe(Edited filled, Template template, @Nullable Mark instead) {
        return switch (analyzer.describe(filled.text())) {
            case Outcome.Ok<List<Described>>(var columns) -> Optional.of(columns);
            case Outcome.Bad<List<Described>> bad -> {
                var mark = instead == null
                        ? template.script()
                                .mark(Template.placeOf(filled, bad.fault().place()))
                        : instead;
                problems.add(Messages.problem(ErrorCode.TRANSFORMATION, mark, bad.fault()));
                yield Optional.empty();
            }
        };
    }

    private Optional<List<Column>> columns(List<Described> described) {
        return model.header().columns().isEmpty() ? inferred(described) : declared(described);
    }

    private Optional<List<Column>> inferred(List<Described> described) {
        int before = problems.count();
        var columns = new ArrayList<Column>();
        for (Described column : described) {
            type(column.type())
                    .ifPresentOrElse(
                            type -> columns.add(column(column.name(), type)),
                            () -> problems.add(new Problem(
                                            ErrorCode.SCHEMA_VALIDATION,
                                            queryMark(),
                                            "the column '" + column.name() + "' is "
                                                    + column.type().replace("\"", "") + ", which a table cannot hold")
                                    .hinting("cast it: CAST(… AS VARCHAR) AS " + column.name())));
        }
        return problems.count() > before ? Optional.empty() : Optional.of(columns);
    }

    private Optional<List<Column>> declared(List<Described> described) {
        int before = problems.count();
        var given = described.stream().map(column -> lower(column.name())).toList();
        var columns = new ArrayList<Column>();
        for (DeclaredColumn declared : model.header().columns()) {
            if (!given.contains(lower(declared.name()))) {
                problems.add(new Problem(
                                ErrorCode.UNKNOWN_NAME,
                                declared.mark(),
                                "the query gives no column '" + declared.name() + "'")
                        .didYouMean(declared.name(), given));
            } else {
                declaredType(declared).ifPresent(type -> columns.add(column(declared.name(), type)));
            }
        }
        var names = model.header().columns().stream()
                .map(column -> lower(column.name()))
                .toList();
        described.stream()
                .filter(column -> !names.contains(lower(column.name())))
                .forEach(column -> problems.add(new Problem(
                        ErrorCode.UNKNOWN_NAME,
                        queryMark(),
                        "the query gives a column '" + column.name() + "' that the header does not declare")));
        return problems.count() > before ? Optional.empty() : Optional.of(columns);
    }

    private Optional<LeatType> declaredType(DeclaredColumn declared) {
        var type = switch (analyzer.describe("SELECT CAST(NULL AS " + declared.type() + ") AS declared")) {
            case Outcome.Ok<List<Described>>(var columns)
            when columns.size() == 1 -> type(columns.getFirst().type());
            default -> Optional.<LeatType>empty();
        };
        if (type.isEmpty()) {
            problems.add(new Problem(
                            ErrorCode.WRONG_VALUE,
                            declared.mark(),
                            "the column '" + declared.name() + "' is declared as " + declared.type()
                                    + ", which a table cannot hold")
                    .expecting("a type of DuckDB's such as INTEGER, VARCHAR, DECIMAL(18, 2), TIMESTAMP"));
        }
        return type;
    }

    private Optional<Contract> contract(List<Column> columns) {
        try {
            var contract = new Contract(columns);
            var known = contract.names();
            for (String described : model.header().about().columns().keySet()) {
                if (contract.column(described).isEmpty()) {
                    problems.add(new Problem(
                                    ErrorCode.UNKNOWN_NAME,
                                    model.mark(),
                                    "column_descriptions names '" + described + "', which is no column")
                            .didYouMean(described, known));
                }
            }
            return Optional.of(contract);
        } catch (IllegalArgumentException wrong) {
            problems.add(new Problem(ErrorCode.SCHEMA_VALIDATION, queryMark(), String.valueOf(wrong.getMessage()))
                    .hinting("give each column a name of its own: expression AS name"));
            return Optional.empty();
        }
    }

    private void judgeTimeColumn(Contract contract) {
        if (!(model.kind() instanceof ModelKind.Incremental incremental)) {
            return;
        }
        var time = incremental.time();
        var column = contract.column(time.name());
        if (column.isEmpty()) {
            problems.add(
                    new Problem(ErrorCode.UNKNOWN_NAME, time.mark(), "the query gives no column '" + time.name() + "'")
                            .didYouMean(time.name(), contract.names()));
        } else {
            TimeGuard.objection(time, column.get().type())
                    .ifPresent(objection -> problems.add(new Problem(
                            ErrorCode.WRONG_VALUE, time.mark(), "the time column '" + time.name() + "' " + objection)));
        }
    }

    private void judgeAudits(Contract contract) {
        var all = new HashMap<>(relations);
        all.put(model.name(), empty(contract));
        for (Audit audit : model.audits()) {
            if (all.keySet()
                    .containsAll(audit.references().stream()
                            .map(TableReference::table)
                            .toList())) {
                var filled = audit.filled(empty(contract), TimeMacro.SAMPLE, all);
                boolean builtIn = BuiltInAudit.named(audit.name()).isPresent();
                describe(filled, audit.template(), builtIn ? audit.mark() : null);
            }
        }
    }

    private Column column(String name, LeatType type) {
        return new Column(name, type, false, model.about().columns().get(lower(name)));
    }

    private Mark queryMark() {
        return model.query().script().mark(model.query().start());
    }

    private static Optional<LeatType> type(String duckDb) {
        String known = duckDb.replaceFirst("^U?HUGEINT(?=(\\[\\])*$)", "DECIMAL(38,0)");
        try {
            return Optional.of(LeatType.ofDuckDb(known));
        } catch (IllegalArgumentException noCounterpart) {
            return Optional.empty();
        }
    }

    private static String empty(Contract contract) {
        return contract.columns().stream()
                .map(column -> "CAST(NULL AS " + column.type().duckDb() + ") AS " + Sql.identifier(column.name()))
                .collect(Collectors.joining(", ", "SELECT ", " WHERE FALSE"));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}

package io.leat.target.postgres;

import io.leat.lake.Widening;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.Sql;
import io.leat.name.TableName;
import io.leat.schema.Column;
import io.leat.schema.Contract;
import io.leat.schema.Fold;
import io.leat.schema.LeatType;
import io.leat.schema.Provenance;
import io.leat.target.postgres.TableState.Format;
import io.leat.target.postgres.TableState.Owner;
import io.leat.target.postgres.TableState.Registration;
import io.leat.target.postgres.TableState.Way;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What has to be done so that a table can take the rows of a contract: it is made, or gets columns, wider types, other names and
 * comments. Columns that the contract does not have stay.
 *
 * @param statements in order; none if nothing has to be done
 * @param registration what is noted of the table afterwards
 */
record TableChanges(TableName table, List<String> statements, Registration registration) {
    private static final int LONGEST_NAME = 63;
    /** Names that PostgreSQL gives to columns of its own. */
    private static final Set<String> SYSTEM = Set.of("tableoid", "xmin", "cmin", "xmax", "cmax", "ctid");

    /** Small ranges, each summed up by up to 32 windows: next to nothing to maintain while rows pour in, unlike a B-tree. */
    private static final String INDEX = "CREATE INDEX ON %s USING brin (" + Provenance.WINDOW
            + " timestamptz_minmax_multi_ops, " + Provenance.PIPELINE
            + ") WITH (pages_per_range = 32, autosummarize = on)";

    /**
     * What a table has to be like.
     *
     * @param own columns of Leat's behind those of the contract, besides those of {@link Provenance}
     * @param way how rows come into it
     */
    record Form(TableName table, Contract contract, List<Column> own, Way way) {
        Form {
            own = List.copyOf(own);
        }
    }

    TableChanges {
        statements = List.copyOf(statements);
    }

    /**
     * Works out the changes.
     *
     * @param renamed new names of columns to those by which the table knows them
     * @throws PipelineException E406 if the table is not Leat's, E411 if it is another store's, E306 if its columns cannot become
     *     those of the contract
     */
    static TableChanges of(Form form, TableState now, Map<String, String> renamed, Owner owner) {
        TableName table = form.table();
        Contract contract = form.contract();
        contract.columns().forEach(column -> requireName(table, column.name()));
        now.registration().ifPresent(known -> requireOwner(table, known.owner(), owner));
        if (!now.exists()) {
            return creation(form, now, owner);
        }
        requireTable(table, now);
        if (now.registration().isEmpty() || !now.hasProvenance()) {
            throw new PipelineException(
                            ErrorCode.NOT_LEATS_TABLE,
                            table + " was there before, and Leat does not know which rows are its own")
                    .withHint(
                            "choose another name for the target, or let Leat use the table as it is with `leat adopt`");
        }
        Way way = now.registration().get().way();
        requireWay(table, way, form.way());
        var evolution = new Evolving(table, now, renamed);
        contract.columns().forEach(evolution::fit);
        return new TableChanges(table, evolution.statements, new Registration(owner, evolution.columns, way));
    }

    private static void requireWay(TableName table, Way there, Way wanted) {
        if (there.equals(wanted) || there.isMadeOfChanges() && wanted.isMadeOfChanges()) {
            return;
        }
        String what = there.isMadeOfChanges()
                ? "is made of the changes in " + Fold.changesOf(table) + ", and can only be merged into"
                : there.equals(Way.CHANGES)
                        ? "holds the changes of another table"
                        : "was filled without its changes being kept, and cannot be merged into";
        throw new PipelineException(ErrorCode.UNSUPPORTED, "the table " + table + " " + what)
                .withHint("give the target another table, or write as the table was written before");
    }

    /** What makes a table Leat's that is there already; its rows are nobody's, and stay. */
    static TableChanges adoption(TableName table, TableState now, Owner owner) {
        requireTable(table, now);
        List<String> statements = new ArrayList<>();
        for (Column column : Provenance.columns()) {
            Format there = now.columns().get(column.name());
            if (there == null) {
                statements.add("ALTER TABLE " + Sql.identifier(table) + " ADD COLUMN " + definition(column));
            } else if (!there.type().equals(ColumnTypes.of(column.type()))) {
                throw new PipelineException(
                        ErrorCode.NOT_LEATS_TABLE,
                        table + " has a column " + column.name() + " of type " + there.type()
                                + ", which is not Leat's");
            }
        }
        if (!statements.isEmpty()) {
            statements.add(INDEX.formatted(Sql.identifier(table)));
        }
        return new TableChanges(
                table,
                statements,
                new Registration(
                        owner,
                        now.registration().map(Registration::columns).orElse(Map.of()),
                        now.registration().map(Registration::way).orElse(Way.LOADED)));
    }

    /** Whether nothing has to be done with the table as it is now, not even to be noted. */
    boolean nothing(TableState now) {
        return statements.isEmpty()
                && now.registration().filter(registration::equals).isPresent();
    }

    /** The columns afterwards, those among them that the contract does not have. */
    Contract columns() {
        return contract(registration.columns());
    }

    static Contract contract(Map<String, LeatType> columns) {
        return new Contract(columns.entrySet().stream()
                .map(column -> Column.of(column.getKey(), column.getValue()))
                .toList());
    }

    static void requireOwner(TableName table, Owner known, Owner owner) {
        if (!known.storeId().equals(owner.storeId())) {
            throw new PipelineException(
                            ErrorCode.FOREIGN_TABLE,
                            table + " belongs to the state store " + known.storeId() + ", this is " + owner.storeId())
                    .withHint("choose another table, or take it over with `leat adopt`");
        }
        if (!known.environment().equals(owner.environment())) {
            throw new PipelineException(
                            ErrorCode.FOREIGN_TABLE,
                            table + " belongs to the environment " + known.environment() + ", this is "
                                    + owner.environment())
                    .withHint("give the environment a database of its own in config/" + owner.environment()
                            + ".yaml, or take the table over with `leat adopt`");
        }
    }

    private static void requireTable(TableName table, TableState now) {
        if (!now.isTable()) {
            throw new PipelineException(
                    ErrorCode.UNSUPPORTED_TABLE,
                    table + (now.exists() ? " is no table but a view or something else" : " is not there"));
        }
    }

    private static void requireName(TableName table, String column) {
        if (column.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw new PipelineException(
                            ErrorCode.CONTRACT,
                            "the name of the column " + column + " is too long for PostgreSQL: it has more than "
                                    + LONGEST_NAME + " bytes")
                    .withHint("give it another name, with `from:` or a `rename` step");
        }
        if (SYSTEM.contains(column)) {
            throw new PipelineException(
                            ErrorCode.CONTRACT,
                            table + " cannot have a column " + column + ": PostgreSQL has one of its own")
                    .withHint("give it another name, with `from:` or a `rename` step");
        }
    }

    private static TableChanges creation(Form form, TableState now, Owner owner) {
        TableName table = form.table();
        List<String> statements = new ArrayList<>();
        if (!now.hasSchema()) {
            statements.add("CREATE SCHEMA IF NOT EXISTS " + Sql.identifier(table.schema()));
        }
        List<Column> all = new ArrayList<>(form.contract().columns());
        all.addAll(form.own());
        all.addAll(Provenance.columns());
        statements.add(all.stream()
                .map(TableChanges::definition)
                .collect(Collectors.joining(", ", "CREATE TABLE " + Sql.identifier(table) + " (", ")")));
        if (!form.way().isMadeOfChanges()) {
            statements.add(INDEX.formatted(Sql.identifier(table)));
        }
        all.stream()
                .filter(column -> column.description() != null)
                .forEach(column -> statements.add(comment(table, column)));
        Map<String, LeatType> columns = new LinkedHashMap<>();
        form.contract().columns().forEach(column -> columns.put(column.name(), column.type()));
        return new TableChanges(table, statements, new Registration(owner, columns, form.way()));
    }

    /** The same, and all rows are to be made anew of changes. */
    TableChanges unmade() {
        return new TableChanges(
                table, statements, new Registration(registration.owner(), registration.columns(), Way.UNMADE));
    }

    private static String definition(Column column) {
        return Sql.identifier(column.name()) + " " + ColumnTypes.of(column.type());
    }

    private static String comment(TableName table, Column column) {
        return "COMMENT ON COLUMN " + Sql.identifier(table) + "." + Sql.identifier(column.name()) + " IS "
                + Sql.literal(Objects.requireNonNull(column.description()));
    }

    /** Gathers the changes of a table that is there, column by column. */
    private static final class Evolving {
        private final TableName table;
        private final TableState now;
        private final Map<String, String> renamed;
        private final Map<String, LeatType> columns;
        private final List<String> statements = new ArrayList<>();

        Evolving(TableName table, TableState now, Map<String, String> renamed) {
            this.table = table;
            this.now = now;
            this.renamed = renamed;
            this.columns = new LinkedHashMap<>(
                    now.registration().map(Registration::columns).orElse(Map.of()));
        }

        void fit(Column column) {
            Optional<String> there = find(column.name());
            if (there.isEmpty()) {
                alter("ADD COLUMN " + definition(column));
                columns.put(column.name(), column.type());
                describe(column, null);
                return;
            }
            String name = there.get();
            Format format = Objects.requireNonNull(now.columns().get(name));
            LeatType noted = columns.getOrDefault(name, column.type());
            if (!format.type().equals(ColumnTypes.of(noted))) {
                throw new PipelineException(
                                ErrorCode.CONTRACT,
                                "the column " + name + " of " + table + " is " + format.type() + ", but " + noted.text()
                                        + " needs " + ColumnTypes.of(noted))
                        .withHint("change it back with ALTER TABLE, or give the column another name");
            }
            String problem = Widening.of(name, noted, column.type(), new ArrayList<>());
            if (problem != null) {
                throw new PipelineException(
                                ErrorCode.CONTRACT,
                                "the column " + name + " of " + table + " is " + noted.text() + " and cannot become "
                                        + column.type().text() + ": " + problem)
                        .withHint("keep the type " + noted.text() + ", or give the new one another column name");
            }
            if (!name.equals(column.name())) {
                alter("RENAME COLUMN " + Sql.identifier(name) + " TO " + Sql.identifier(column.name()));
                columns.remove(name);
            }
            String type = ColumnTypes.of(column.type());
            if (!type.equals(format.type())) {
                String quoted = Sql.identifier(column.name());
                alter("ALTER COLUMN " + quoted + " TYPE " + type + " USING CAST(" + quoted + " AS " + type + ")");
            }
            columns.put(column.name(), column.type());
            describe(column, format.comment());
        }

        private Optional<String> find(String name) {
            if (now.columns().containsKey(name)) {
                return Optional.of(name);
            }
            String old = renamed.getOrDefault(name, name);
            return now.columns().keySet().stream()
                    .filter(column -> column.equalsIgnoreCase(old))
                    .findFirst();
        }

        /** A comment that somebody else has made stays where the contract has none. */
        private void describe(Column column, @Nullable String comment) {
            if (column.description() != null && !column.description().equals(comment)) {
                statements.add(comment(table, column));
            }
        }

        private void alter(String change) {
            statements.add("ALTER TABLE " + Sql.identifier(table) + " " + change);
        }
    }
}

package io.leat.model;

import io.leat.config.Mark;
import io.leat.config.Problem;
import io.leat.config.Problems;
import io.leat.name.ErrorCode;
import io.leat.name.TableName;
import io.leat.schema.Contract;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which model reads which tables: those of other models, those that pipelines fill, and {@link MetadataTable}. Immutable. Every set is
 * in the order of the names, so the same project always gives the same order.
 */
public final class ModelGraph {

    private final SortedMap<TableName, Model> models;
    private final List<Model> order;
    private final Map<TableName, SortedSet<TableName>> readers;

    private ModelGraph(
            SortedMap<TableName, Model> models, List<Model> order, Map<TableName, SortedSet<TableName>> readers) {
        this.models = models;
        this.order = List.copyOf(order);
        this.readers = readers;
    }

    /**
     * Connects the models. Problems: two models, or a model and a pipeline, fill one table (E107); a table that nothing fills (E106); a ring
     * (E108). A graph with problems must not be used further. Where the project has other problems already, tables that nothing fills are
     * not told: what fills them may be among what could not be read.
     *
     * @param pipelines the tables that pipelines fill, and where each says so
     */
    public static ModelGraph of(Collection<Model> given, Map<TableName, Mark> pipelines, Problems problems) {
        boolean whole = problems.isEmpty();
        var models = new TreeMap<TableName, Model>();
        for (Model model : given) {
            var other = models.putIfAbsent(model.name(), model);
            if (other != null) {
                twice(model, "the model at " + other.mark(), problems);
            } else if (pipelines.containsKey(model.name())) {
                twice(model, "the pipeline at " + pipelines.get(model.name()), problems);
            } else if (model.name().equals(MetadataTable.NAME)) {
                twice(model, "Leat itself", problems);
            }
        }
        var readers = new HashMap<TableName, SortedSet<TableName>>();
        for (Model model : models.values()) {
            if (whole) {
                judgeReferences(model, models, pipelines, problems);
            }
            for (TableName table : model.dependencies()) {
                readers.computeIfAbsent(table, any -> new TreeSet<>()).add(model.name());
            }
        }
        var order = ordered(models, readers);
        if (order.size() < models.size()) {
            Rings.report(models, order, problems);
        }
        return new ModelGraph(models, order, readers);
    }

    private static void twice(Model model, String other, Problems problems) {
        problems.add(new Problem(
                ErrorCode.DUPLICATE_NAME,
                model.mark(),
                "the table " + model.name() + " is filled twice: here and by " + other));
    }

    private static void judgeReferences(
            Model model, Map<TableName, Model> models, Map<TableName, Mark> pipelines, Problems problems) {
        var known = new TreeSet<TableName>(models.keySet());
        known.addAll(pipelines.keySet());
        known.add(MetadataTable.NAME);
        var references = new ArrayList<>(model.references());
        model.audits().forEach(audit -> references.addAll(audit.references()));
        for (TableReference reference : references) {
            if (!known.contains(reference.table())) {
                problems.add(new Problem(
                                ErrorCode.UNKNOWN_NAME,
                                reference.mark(),
                                "nothing fills the table " + reference.table() + ": no pipeline and no model")
                        .didYouMean(
                                reference.table().toString(),
                                known.stream().map(TableName::toString).toList()));
            }
        }
    }

    /** As many models as can be ordered: each after those it reads, otherwise by name. */
    private static List<Model> ordered(
            SortedMap<TableName, Model> models, Map<TableName, SortedSet<TableName>> readers) {
        var waitingFor = new HashMap<TableName, Integer>();
        var ready = new TreeSet<TableName>();
        models.forEach((name, model) -> {
            int count = (int)
                    model.dependencies().stream().filter(models::containsKey).count();
            waitingFor.put(name, count);
            if (count == 0) {
                ready.add(name);
            }
        });
        var order = new ArrayList<Model>();
        while (!ready.isEmpty()) {
            var name = ready.removeFirst();
            order.add(models.get(name));
            for (TableName reader : readers.getOrDefault(name, Collections.emptySortedSet())) {
                if (waitingFor.merge(reader, -1, Integer::sum) == 0) {
                    ready.add(reader);
                }
            }
        }
        return order;
    }

    /** All models, each after those it reads. */
    public List<Model> order() {
        return order;
    }

    public Optional<Model> model(TableName name) {
        return Optional.ofNullable(models.get(name));
    }

    /** The tables that a model reads itself; none for a table that no model fills. */
    public SortedSet<TableName> reads(TableName table) {
        var model = models.get(table);
        return model == null ? Collections.emptySortedSet() : Collections.unmodifiableSortedSet(model.dependencies());
    }

    /** The models that read a table themselves. */
    public SortedSet<TableName> readers(TableName table) {
        return Collections.unmodifiableSortedSet(readers.getOrDefault(table, Collections.emptySortedSet()));
    }

    /** All that a table comes from, the tables of pipelines included, itself excluded: {@code +table} of a selection. */
    public SortedSet<TableName> upstream(TableName table) {
        return closure(table, Direction.UP);
    }

    /** All models that come from a table, itself excluded: {@code table+} of a selection. */
    public SortedSet<TableName> downstream(TableName table) {
        return closure(table, Direction.DOWN);
    }

    private enum Direction {
        UP,
        DOWN
    }

    private SortedSet<TableName> closure(TableName from, Direction direction) {
        var found = new TreeSet<TableName>();
        var open = new ArrayDeque<TableName>(List.of(from));
        while (!open.isEmpty()) {
            var table = open.remove();
            for (TableName next : direction == Direction.UP ? reads(table) : readers(table)) {
                if (found.add(next)) {
                    open.add(next);
                }
            }
        }
        found.remove(from);
        return found;
    }

    /**
     * The contracts of all models, found by binding each query over those of the tables that it reads. A model whose upstream has no
     * contract, because of a problem or because it is not known yet, is left out without a problem of its own.
     *
     * @param known the contracts of the tables that pipelines fill
     */
    public Map<TableName, Contract> contracts(Map<TableName, Contract> known, Analyzer analyzer, Problems problems) {
        var all = new HashMap<>(known);
        all.put(MetadataTable.NAME, MetadataTable.CONTRACT);
        var found = new TreeMap<TableName, Contract>();
        for (Model model : order) {
            var read = model.query().references().stream()
                    .map(TableReference::table)
                    .collect(Collectors.toSet());
            if (all.keySet().containsAll(read)) {
                contract(model, all, analyzer, problems).ifPresent(contract -> {
                    all.put(model.name(), contract);
                    found.put(model.name(), contract);
                });
            }
        }
        return Collections.unmodifiableMap(found);
    }

    /** The contract of one model over those of all tables that it reads; empty, with problems, if there is none. */
    public static Optional<Contract> contract(
            Model model, Map<TableName, Contract> upstream, Analyzer analyzer, Problems problems) {
        return new OutputColumns(model, upstream, analyzer, problems).find();
    }
}

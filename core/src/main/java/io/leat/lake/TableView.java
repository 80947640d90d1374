package io.leat.lake;

import io.leat.lake.SchemaPlan.TableColumn;
import io.leat.name.Sql;
import io.leat.schema.Contract;
import io.leat.schema.Provenance;
import io.leat.time.Window;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One version of a table for readers: it does not change when the table does. Its files stay readable at least as long as
 * the margin of the sweep.
 */
public final class TableView {
    private final LakeTable table;
    private final boolean provenance;
    private final @Nullable List<Window> windows;

    private TableView(LakeTable table, boolean provenance, @Nullable List<Window> windows) {
        this.table = table;
        this.provenance = provenance;
        this.windows = windows;
    }

    static TableView of(LakeTable table) {
        return new TableView(table, false, null);
    }

    /** With the columns {@code _leat_pipeline} and {@code _leat_window} after the user's. */
    public TableView withProvenance() {
        return new TableView(table, true, windows);
    }

    /** Only the rows whose {@code _leat_window} lies in one of these; files without such rows are not opened. */
    public TableView within(Collection<Window> wanted) {
        List<Window> merged = new ArrayList<>();
        for (Window window : wanted.stream().sorted().toList()) {
            Window last = merged.isEmpty() ? null : merged.getLast();
            if (last != null && !window.start().isAfter(last.end())) {
                merged.set(merged.size() - 1, new Window(last.start(), later(last.end(), window.end())));
            } else {
                merged.add(window);
            }
        }
        return new TableView(table, provenance, List.copyOf(merged));
    }

    /** The user's columns, with their types as the project names them. */
    public Contract contract() {
        return table.contract();
    }

    /** The metadata file of this version: a name for it. */
    public String metadataLocation() {
        return table.metadataLocation();
    }

    /** The files that the query reads. */
    public List<Path> files() {
        return filesToRead().stream().map(file -> LocalFileIO.path(file.path())).toList();
    }

    /** Rows in those files; all of them belong to the view unless it is limited to windows. */
    public long rows() {
        return filesToRead().stream().mapToLong(LakeFile::rows).sum();
    }

    public long bytes() {
        return filesToRead().stream().mapToLong(LakeFile::bytes).sum();
    }

    /** A query of the rows, to stand in parentheses wherever a table may. */
    public String sql() {
        List<TableColumn> columns = table.columns().stream()
                .filter(column -> provenance || !Provenance.isReserved(column.name()))
                .toList();
        List<String> paths = filesToRead().stream()
                .map(file -> LocalFileIO.path(file.path()).toString())
                .toList();
        if (windows == null || paths.isEmpty()) {
            return Relation.of(columns, paths);
        }
        String names = Sql.identifiers(columns.stream().map(TableColumn::name).toList());
        return "SELECT " + names + " FROM (" + Relation.of(table.columns(), paths) + ") WHERE " + condition(windows);
    }

    private static String condition(List<Window> windows) {
        String column = Sql.identifier(Provenance.WINDOW);
        return windows.stream()
                .map(window -> column + " >= make_timestamptz(" + micros(window.start()) + ") AND " + column
                        + " < make_timestamptz(" + micros(window.end()) + ")")
                .collect(Collectors.joining(" OR ", "(", ")"));
    }

    private List<LakeFile> filesToRead() {
        if (windows == null) {
            return table.files();
        }
        return table.files().stream()
                .filter(file -> windows.stream()
                        .anyMatch(window -> file.mayHold(micros(window.start()), micros(window.end()) - 1)))
                .toList();
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}

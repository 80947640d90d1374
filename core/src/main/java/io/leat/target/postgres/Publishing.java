package io.leat.target.postgres;

import io.leat.lake.DuckDb;
import io.leat.lake.SliceLoad;
import io.leat.lake.StagedFile;
import io.leat.lake.WriteMode;
import io.leat.name.EnvironmentName;
import io.leat.name.ErrorCode;
import io.leat.name.LoadId;
import io.leat.name.PipelineException;
import io.leat.name.PipelineName;
import io.leat.name.TableName;
import io.leat.schema.AuditLevel;
import io.leat.schema.Column;
import io.leat.schema.Contract;
import io.leat.schema.Sums;
import io.leat.state.Record;
import io.leat.state.Retirement;
import io.leat.state.StateReader;
import io.leat.target.postgres.TableState.Owner;
import io.leat.time.Slice;
import io.leat.time.Window;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What one transaction of the target's database does to publish loads of one pipeline: it locks the fences and leaves out what was
 * lost, takes away what the slices had, copies, counts again, and writes the ledger.
 */
final class Publishing {
    private final StateReader state;
    private final Place place;
    private final DuckDb duckDb;
    private final List<SliceLoad> loads;
    private final Retirement retired;
    private final Patience patience;

    /**
     * Where the rows go.
     *
     * @param name of the target, for the ledger
     * @param contract the user's columns of the staged files; the table has them
     * @param own those that the files have behind them, but for provenance
     * @param made the table that readers see if this one holds changes
     * @param kept where replaced rows are kept, and its columns; empty: they are not
     */
    record Place(
            String name,
            TableName table,
            Owner owner,
            WriteMode write,
            Contract contract,
            List<Column> own,
            Optional<Refolding.Made> made,
            Optional<Previous> kept) {
        List<Column> columns() {
            List<Column> columns = new ArrayList<>(contract.columns());
            columns.addAll(own);
            return columns;
        }
    }

    /** A table for replaced rows. */
    record Previous(TableName table, Contract columns) {}

    /** What became of the loads. */
    record Outcome(List<SliceLoad> published, List<Record> lost) {}

    Publishing(
            StateReader state,
            Place place,
            DuckDb duckDb,
            List<SliceLoad> loads,
            Retirement retired,
            Patience patience) {
        this.state = state;
        this.place = place;
        this.duckDb = duckDb;
        this.loads = loads;
        this.retired = retired;
        this.patience = patience;
    }

    /** The records whose fences are locked. */
    List<Record> records() {
        List<Record> records = new ArrayList<>(retired.records());
        loads.forEach(load -> records.add(load.record()));
        return records;
    }

    private EnvironmentName environment() {
        return loads.getFirst().record().environment();
    }

    private PipelineName pipeline() {
        return loads.getFirst().record().pipeline();
    }

    /**
     * Everything but the commit.
     *
     * @param lost those of the records that others have taken over: their fences are raised
     */
    Outcome run(DatabaseSession session, List<Record> lost) throws SQLException {
        Set<Long> lostIds = new HashSet<>();
        lost.forEach(record -> lostIds.add(record.id()));
        List<SliceLoad> held = loads.stream()
                .filter(load -> !lostIds.contains(load.record().id()))
                .toList();
        if (held.isEmpty() || !lost.isEmpty() && !retired.records().isEmpty()) {
            return new Outcome(List.of(), lost);
        }
        Owner owner = new TableCatalog(session)
                .lockOwner(place.table())
                .orElseThrow(() -> new PipelineException(
                        ErrorCode.COMMIT_CONFLICT, place.table() + " is not known any more as a table of Leat's"));
        TableChanges.requireOwner(place.table(), owner, place.owner());
        var ledger = new TargetLedger(session, place.owner().storeId());
        Set<LoadId> known = ledger.known(held.stream().map(SliceLoad::loadId).toList());
        List<SliceLoad> fresh =
                held.stream().filter(load -> !known.contains(load.loadId())).toList();
        if (!fresh.isEmpty()) {
            session.lasting();
            write(session, ledger, fresh);
        }
        return new Outcome(held, lost);
    }

    private void write(DatabaseSession session, TargetLedger ledger, List<SliceLoad> fresh) throws SQLException {
        var rows = new TableRows(session, place.table(), pipeline());
        Set<Slice> slices = slices(fresh);
        Set<Slice> leaving = leaving(ledger, slices);
        boolean replaces = place.write().replaces();
        Set<Slice> replaced = new LinkedHashSet<>(leaving);
        if (replaces) {
            replaced.addAll(slices);
        }
        Refolding refolding =
                place.made().isPresent() ? new Refolding(session, place.made().get(), patience) : null;
        if (refolding != null) {
            refolding.touch(rows, replaced);
        }
        takeAway(rows, replaced);
        AuditLevel level = level(fresh);
        Map<Slice, Sums> before = replaces ? Map.of() : rows.sums(slices, place.contract(), level);
        copy(session, fresh);
        // triggers that wait for the commit would change rows after they were compared
        session.run("SET CONSTRAINTS ALL IMMEDIATE");
        compare(fresh, before, rows.sums(slices, place.contract(), level));
        if (refolding != null) {
            refolding.touch(rows, slices);
            refolding.make();
        }
        ledger.enter(fresh, place.name());
        for (Slice slice : leaving) {
            ledger.retire(environment(), pipeline(), slice, fresh.getFirst().loadId());
        }
    }

    private static Set<Slice> slices(List<SliceLoad> some) {
        Set<Slice> slices = new LinkedHashSet<>();
        some.forEach(load -> slices.add(load.record().slice()));
        return slices;
    }

    /**
     * The windows that make room. Those that were published here but are not in the state store are among them where they overlap
     * with what is published now: the state store never learnt of windows of another length, and so those that it has come back.
     */
    private Set<Slice> leaving(TargetLedger ledger, Set<Slice> coming) throws SQLException {
        Set<Slice> leaving = new LinkedHashSet<>();
        retired.records().forEach(record -> leaving.add(record.slice()));
        List<Window> windows = windows(coming);
        if (windows.isEmpty()) {
            return leaving;
        }
        Instant from =
                windows.stream().map(Window::start).min(Instant::compareTo).orElseThrow();
        Instant to = windows.stream().map(Window::end).max(Instant::compareTo).orElseThrow();
        for (TargetLedger.Entry entry : ledger.publishedWithin(environment(), pipeline(), from, to)) {
            boolean overlaps = windows(Set.of(entry.slice())).stream()
                    .anyMatch(there -> windows.stream().anyMatch(window -> overlap(window, there)));
            if (overlaps && !coming.contains(entry.slice()) && leaving.add(entry.slice())) {
                requireUnknown(entry);
            }
        }
        return leaving;
    }

    private static List<Window> windows(Collection<Slice> slices) {
        return slices.stream()
                .flatMap(slice -> slice instanceof Slice.OfWindow(Window window) ? Optional.of(window).stream() : null)
                .toList();
    }

    private static boolean overlap(Window one, Window other) {
        return one.start().isBefore(other.end()) && other.start().isBefore(one.end());
    }

    private void requireUnknown(TargetLedger.Entry entry) {
        boolean known = state.load(environment(), pipeline(), entry.slice())
                .filter(load -> load.loadId().equals(entry.loadId()))
                .isPresent();
        if (known) {
            throw new PipelineException(
                    ErrorCode.INTERNAL,
                    "the window " + entry.slice().text() + " is published and overlaps with one that is to be");
        }
    }

    private void takeAway(TableRows rows, Set<Slice> slices) throws SQLException {
        if (slices.isEmpty()) {
            return;
        }
        if (place.kept().isPresent()) {
            Previous previous = place.kept().get();
            rows.moveTo(previous.table(), previous.columns(), slices);
        } else {
            rows.remove(slices);
        }
    }

    private void copy(DatabaseSession session, List<SliceLoad> fresh) throws SQLException {
        List<String> files = fresh.stream()
                .flatMap(load -> load.files().stream())
                .map(StagedFile::path)
                .toList();
        if (files.isEmpty()) {
            return;
        }
        long rows = fresh.stream().mapToLong(SliceLoad::rows).sum();
        long copied = new BinaryCopy(place.columns(), pipeline()).into(place.table(), session, duckDb, files, rows);
        if (copied != rows) {
            throw refused("%,d rows were sent, the server entered %,d".formatted(rows, copied));
        }
    }

    /** As exactly as it was staged. */
    private static AuditLevel level(List<SliceLoad> fresh) {
        boolean content =
                fresh.stream().flatMap(load -> staged(load).stream()).anyMatch(sums -> sums.content() != null);
        return content ? AuditLevel.CONTENT : AuditLevel.SUMS;
    }

    private static Optional<Sums> staged(SliceLoad load) {
        return Optional.ofNullable(load.sums()).map(Sums::parse);
    }

    private void compare(List<SliceLoad> fresh, Map<Slice, Sums> before, Map<Slice, Sums> found) {
        for (SliceLoad load : fresh) {
            Sums now = Objects.requireNonNull(found.get(load.record().slice()));
            Sums there = before.get(load.record().slice());
            long rows = load.rows() + (there == null ? 0 : there.rows());
            if (now.rows() != rows) {
                throw refused("%s would have %,d rows instead of %,d"
                        .formatted(load.record().name(), now.rows(), rows));
            }
            staged(load)
                    .filter(sums -> sums.rows() > 0)
                    .map(sums -> there == null || there.rows() == 0 ? sums : there.plus(sums))
                    .flatMap(sums -> sums.difference(now))
                    .ifPresent(difference -> {
                        throw refused("what was staged of %s and what would be published differ, %s"
                                .formatted(load.record().name(), difference));
                    });
        }
    }

    private PipelineException refused(String what) {
        return new PipelineException(ErrorCode.INTEGRITY, place.table() + ": " + what + "; nothing was published")
                .withHint("look for triggers and rules of the table that change or hide rows");
    }
}

package io.leat.state;

import io.leat.name.ErrorCode;
import io.leat.name.LoadId;
import io.leat.name.PipelineException;
import io.leat.name.PipelineName;
import io.leat.state.PublishResult.LostFences;
import io.leat.state.PublishResult.PointerMoved;
import io.leat.state.PublishResult.Published;
import io.leat.state.PublishResult.Unknown;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes a publication visible: fences, pointers, ledger and records in one transaction. */
final class Publisher {
    private final Database database;
    private final String storeId;

    Publisher(Database database, String storeId) {
        this.database = database;
        this.storeId = storeId;
    }

    PublishResult publish(Publication publication) {
        try {
            return database.write(Effect.PUBLISH, session -> new Attempt(session, publication).run());
        } catch (Refusal refusal) {
            return refusal.result;
        } catch (UnknownOutcomeException unknown) {
            return new Unknown(unknown);
        }
    }

    /** Rolls the transaction back and carries the answer out of it. */
    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient PublishResult result;

        Refusal(PublishResult result) {
            super(null, null, false, false);
            this.result = result;
        }
    }

    private final class Attempt {
        private final Publication publication;
        private final FenceTable fences;
        private final RecordSelect records;
        private final RecordChange changes;
        private final LoadTable loads;
        private final CatalogRows catalog;
        private final GridTable grids;
        private final Instant now;

        Attempt(Session session, Publication publication) throws SQLException {
            this.publication = publication;
            this.fences = new FenceTable(session, storeId);
            this.records = new RecordSelect(session);
            this.changes = new RecordChange(session);
            this.loads = new LoadTable(session);
            this.catalog = new CatalogRows(session);
            this.grids = new GridTable(session);
            this.now = session.now();
        }

        PublishResult run() throws SQLException {
            lock();
            // read after the lock: a commit whose answer was lost may have been on its way until now
            var earlier = loads.byIds(
                    publication.loads().stream().map(NewLoad::loadId).toList());
            if (!earlier.isEmpty()) {
                return publishedEarlier(earlier);
            }
            requireFences();
            requireGrid();
            swapPointers();
            PublishResult entered = enterLoads();
            retire();
            return entered;
        }

        /** All at once and in one order, so that two publications never wait for one another. */
        private void lock() throws SQLException {
            if (publication.retired().grids() != null) {
                grids.lock(publication.environment(), pipeline());
            }
            var all = new ArrayList<>(publication.guards());
            publication.loads().forEach(load -> all.add(load.record()));
            all.addAll(publication.retired().records());
            records.lock(all);
        }

        private PipelineName pipeline() {
            return publication.loads().getFirst().record().pipeline();
        }

        /** A publication whose answer was lost may be sent again. */
        private PublishResult publishedEarlier(List<Load> earlier) throws SQLException {
            var current = new ArrayList<Record>();
            for (var load : publication.loads()) {
                records.byId(load.record().id()).ifPresent(current::add);
            }
            if (earlier.size() != publication.loads().size()) {
                throw new PipelineException(
                        ErrorCode.INTERNAL, "some loads of a publication were published before and some were not");
            }
            return new Published(earlier, current);
        }

        private void requireFences() throws SQLException {
            var lost = new ArrayList<Record>();
            for (var load : publication.loads()) {
                if (!held(load.record())) {
                    lost.add(load.record());
                }
            }
            for (var retired : publication.retired().records()) {
                if (!held(retired)) {
                    lost.add(retired);
                }
            }
            for (var guard : publication.guards()) {
                if (!held(guard)) {
                    lost.add(guard);
                }
            }
            if (!lost.isEmpty()) {
                throw new Refusal(new LostFences(lost));
            }
        }

        private boolean held(Record record) throws SQLException {
            // the record first: whoever does not hold it has no business with the fence
            return records.held(record) && fences.holds(record);
        }

        /** Whoever changed the grid meanwhile has fenced the windows, too; so this is a fault of the caller's. */
        private void requireGrid() throws SQLException {
            var change = publication.retired().grids();
            if (change != null
                    && !grids.replace(publication.environment(), pipeline(), change.expected(), change.wanted(), now)) {
                throw new PipelineException(
                        ErrorCode.COMMIT_CONFLICT,
                        "the windows of the pipeline were changed by somebody else meanwhile");
            }
        }

        private void retire() throws SQLException {
            if (publication.retired().records().isEmpty()) {
                return;
            }
            LoadId by = publication.loads().getFirst().loadId();
            for (var record : publication.retired().records()) {
                loads.retire(record, by, now);
                if (changes.retired(record, "made room for windows of another length")
                        .isEmpty()) {
                    throw new Refusal(new LostFences(List.of(record)));
                }
            }
        }

        private void swapPointers() throws SQLException {
            // in one order, so that two publications of the same tables do not wait for one another
            var swaps = publication.swaps().stream()
                    .sorted(Comparator.comparing(swap -> swap.table().toString()))
                    .toList();
            for (var swap : swaps) {
                if (!catalog.swap(publication.environment(), swap)) {
                    var current = catalog.table(publication.environment(), swap.table());
                    throw new Refusal(new PointerMoved(
                            swap.table(),
                            current.map(CatalogTable::metadataLocation).orElse(null)));
                }
            }
        }

        private PublishResult enterLoads() throws SQLException {
            var entered = new ArrayList<Load>();
            var current = new ArrayList<Record>();
            for (var load : publication.loads()) {
                var record = changes.published(load);
                if (record.isEmpty()) {
                    throw new Refusal(new LostFences(List.of(load.record())));
                }
                current.add(record.get());
                entered.add(loads.add(load, storeId, now));
            }
            return new Published(entered, current);
        }
    }
}

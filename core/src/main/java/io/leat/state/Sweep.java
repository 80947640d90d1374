package io.leat.state;

import io.leat.name.EnvironmentName;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Frees what nobody living holds, within one transaction. */
final class Sweep {
    private final Session session;
    private final String storeId;

    Sweep(Session session, String storeId) {
        this.session = session;
        this.storeId = storeId;
    }

    /** Frees what the dead hold, and what nobody has renewed. */
    List<Record> run(EnvironmentName environment, List<String> deadOwners) throws SQLException {
        Instant now = session.now();
        var swept = new ArrayList<Record>();
        for (var record : abandoned(environment, deadOwners, now)) {
            free(record, reason(record, now), now).ifPresent(swept::add);
        }
        return swept;
    }

    /** Frees records whoever holds them. */
    List<Record> takeAway(List<Record> records, String reason) throws SQLException {
        Instant now = session.now();
        var select = new RecordSelect(session);
        var freed = new ArrayList<Record>();
        for (var record :
                records.stream().sorted(Comparator.comparingLong(Record::id)).toList()) {
            var held = select.byId(record.id()).filter(current -> current.status() == Status.IN_PROGRESS);
            if (held.isPresent()) {
                free(held.get(), reason, now).ifPresent(freed::add);
            }
        }
        return freed;
    }

    private Optional<Record> free(Record record, String reason, Instant now) throws SQLException {
        long token = session.dialect().drawTokens(session, 1)[0];
        var pending = new RecordChange(session).swept(record, token, reason);
        if (pending.isPresent()) {
            new FenceTable(session, storeId).raise(pending.get(), token, now);
        }
        return pending;
    }

    private List<Record> abandoned(EnvironmentName environment, List<String> deadOwners, Instant now)
            throws SQLException {
        var values = new ArrayList<@Nullable Object>(List.of(environment, now));
        values.addAll(Session.filled(deadOwners));
        return session.list(
                "SELECT " + RecordRow.COLUMNS + """
                        FROM pipeline_records
                        WHERE environment = ? AND pipeline_status = 'IN_PROGRESS' AND (lease_until <= ? OR owner IN (%s))
                          AND pipeline_status IN ('PENDING', 'IN_PROGRESS') -- names the index that knows only these
                        ORDER BY id
                        """.formatted(Session.places(deadOwners.size())),
                RecordRow::read,
                values.toArray());
    }

    private static String reason(Record record, Instant now) {
        Lease lease = record.lease();
        if (lease == null || lease.until() == null) {
            return "nobody held it";
        }
        return lease.until().isAfter(now)
                ? "its owner, " + lease.owner() + ", has died"
                : "the lease of its owner, " + lease.owner() + ", ran out at " + lease.until();
    }
}

package io.leat.state;

import io.leat.name.EnvironmentName;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Frees what nobody living holds, within one transaction. */
final class Sweep {
    private final Session session;
    private final String storeId;
    private final EnvironmentName environment;
    private final List<String> deadOwners;

    Sweep(Session session, String storeId, EnvironmentName environment, List<String> deadOwners) {
        this.session = session;
        this.storeId = storeId;
        this.environment = environment;
        this.deadOwners = deadOwners;
    }

    List<Record> run() throws SQLException {
        Instant now = session.now();
        var changes = new RecordChange(session);
        var fences = new FenceTable(session, storeId);
        var swept = new ArrayList<Record>();
        for (var record : abandoned(now)) {
            long token = new TokenCounter(session).draw(1);
            var pending = changes.swept(record, token, reason(record, now));
            if (pending.isPresent()) {
                fences.raise(pending.get(), token, now);
                swept.add(pending.get());
            }
        }
        return swept;
    }

    private List<Record> abandoned(Instant now) throws SQLException {
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

package io.leat.state;

import io.leat.name.EnvironmentName;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineName;
import io.leat.name.RunId;
import io.leat.state.ClaimResult.Lost;
import io.leat.state.ClaimResult.Why;
import io.leat.time.Window;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Opens generations and claims them, within one transaction. */
final class Claims {
    private final Session session;
    private final RecordSelect records;
    private final FenceTable fences;
    private final EventTable events;
    private final Set<String> deadOwners;
    private final Instant now;

    /** @param deadOwners texts of owners that are known to be dead on this machine */
    Claims(Session session, String storeId, Set<String> deadOwners) throws SQLException {
        this.session = session;
        this.records = new RecordSelect(session);
        this.fences = new FenceTable(session, storeId);
        this.events = new EventTable(session);
        this.deadOwners = deadOwners;
        this.now = session.now();
    }

    /** Who claims, and for how long. */
    record Claimant(Owner owner, RunId run, Duration lease) {}

    ClaimResult claim(
            EnvironmentName environment, PipelineName pipeline, List<SliceRequest> candidates, Claimant claimant)
            throws SQLException {
        var won = new ArrayList<Record>();
        var lost = new ArrayList<Lost>();
        if (candidates.isEmpty()) {
            return new ClaimResult(won, lost);
        }
        long token = new TokenCounter(session).draw(candidates.size());
        var newest = records.latest(
                environment,
                pipeline,
                candidates.stream().map(SliceRequest::slice).toList());
        for (var candidate : candidates) {
            Record latest = newest.get(candidate.slice());
            Why obstacle = obstacle(candidate, latest);
            Optional<Record> claimed = obstacle == null
                    ? taken(environment, pipeline, candidate, latest, token, claimant)
                    : Optional.empty();
            if (claimed.isPresent()) {
                fences.raise(claimed.get(), token, now);
                won.add(claimed.get());
                newest.put(candidate.slice(), claimed.get());
            } else {
                lost.add(new Lost(candidate.slice(), obstacle == null ? Why.CHANGED : obstacle, latest));
            }
            token++;
        }
        return new ClaimResult(won, lost);
    }

    private @Nullable Why obstacle(SliceRequest candidate, @Nullable Record latest) {
        if (latest == null) {
            return candidate.after() == 0 ? null : Why.CHANGED;
        }
        return switch (latest.status()) {
            case PENDING -> latest.notBefore() != null && latest.notBefore().isAfter(now) ? Why.NOT_YET : null;
            case IN_PROGRESS -> free(latest) ? null : Why.HELD;
            case COMPLETED, SKIPPED, FAILED, CANCELLED, SUPERSEDED -> {
                int ahead = Integer.compare(latest.generation(), candidate.after());
                yield ahead == 0 ? null : ahead > 0 ? Why.DONE : Why.CHANGED;
            }
        };
    }

    private boolean free(Record held) {
        Lease lease = held.lease();
        return lease == null
                || lease.until() == null
                || !lease.until().isAfter(now)
                || deadOwners.contains(lease.owner().text());
    }

    private Optional<Record> taken(
            EnvironmentName environment,
            PipelineName pipeline,
            SliceRequest candidate,
            @Nullable Record latest,
            long token,
            Claimant claimant)
            throws SQLException {
        if (latest != null && latest.status().live()) {
            return takeLive(latest, token, claimant);
        }
        if (latest != null
                && session.change("UPDATE pipeline_records SET latest = 0 WHERE id = ? AND latest = 1", latest.id())
                        != 1) {
            return Optional.empty();
        }
        return insert(environment, pipeline, candidate, token, claimant);
    }

    /** Compares what stood in the row when it was judged: status and token. */
    private Optional<Record> takeLive(Record live, long token, Claimant claimant) throws SQLException {
        boolean takeover = live.status() == Status.IN_PROGRESS;
        if (takeover) {
            Lease lease = live.lease();
            events.add(live, RecordEvent.Kind.TAKEN_OVER, now, "from " + (lease == null ? "nobody" : lease.owner()));
        }
        return session.one(
                """
                UPDATE pipeline_records
                SET pipeline_status = 'IN_PROGRESS', token = ?, run_id = ?, owner = ?, pipeline_locked_at = given.at,
                  lease_until = ?, retry_attempt = retry_attempt + ?, not_before = NULL, reason = NULL, error_code = NULL,
                  audit_result = NULL,
                  pipeline_start_time = coalesce(pipeline_start_time, given.at), record_last_updated_time = given.at,
                  source_to_stage_ingestion_start_time =
                    CASE WHEN phase_completed IS NULL THEN given.at ELSE source_to_stage_ingestion_start_time END,
                  source_to_stage_ingestion_status =
                    CASE WHEN phase_completed IS NULL THEN 'IN_PROGRESS' ELSE source_to_stage_ingestion_status END,
                  stage_to_target_ingestion_start_time =
                    CASE WHEN phase_completed = 'SOURCE_TO_STAGE' THEN given.at ELSE stage_to_target_ingestion_start_time END,
                  stage_to_target_ingestion_status =
                    CASE WHEN phase_completed = 'SOURCE_TO_STAGE' THEN 'IN_PROGRESS' ELSE stage_to_target_ingestion_status END,
                  audit_start_time = CASE WHEN phase_completed = 'STAGE_TO_TARGET' THEN given.at ELSE audit_start_time END,
                  audit_status = CASE WHEN phase_completed = 'STAGE_TO_TARGET' THEN 'IN_PROGRESS' ELSE audit_status END
                FROM (SELECT CAST(? AS BIGINT) AS at) AS given
                WHERE id = ? AND pipeline_status = ? AND coalesce(token, 0) = ?
                RETURNING
                """ + RecordRow.COLUMNS,
                RecordRow::read,
                token,
                claimant.run(),
                claimant.owner().text(),
                now.plus(claimant.lease()),
                takeover ? 1 : 0,
                now,
                live.id(),
                live.status(),
                live.lease() == null ? 0 : live.token());
    }

    private Optional<Record> insert(
            EnvironmentName environment, PipelineName pipeline, SliceRequest candidate, long token, Claimant claimant)
            throws SQLException {
        return session.one(
                """
                INSERT INTO pipeline_records (
                  environment, pipeline, slice, generation, latest, cause, label, source, target,
                  target_day, window_start_time, window_end_time, time_interval, record_keys,
                  pipeline_status, token, run_id, owner, pipeline_locked_at, lease_until,
                  source_to_stage_ingestion_start_time, source_to_stage_ingestion_status,
                  pipeline_start_time, record_first_created_time, record_last_updated_time)
                VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                  'IN_PROGRESS', ?, ?, ?, ?, ?, ?, 'IN_PROGRESS', ?, ?, ?)
                ON CONFLICT DO NOTHING
                RETURNING
                """ + RecordRow.COLUMNS,
                RecordRow::read,
                environment,
                pipeline,
                candidate.slice().text(),
                candidate.after() + 1,
                candidate.cause(),
                candidate.label(),
                candidate.source(),
                candidate.target(),
                day(candidate),
                candidate.window().map(Window::start).orElse(null),
                candidate.window().map(Window::end).orElse(null),
                candidate.calendar() == null ? null : candidate.calendar().interval(),
                candidate.recordKeys(),
                token,
                claimant.run(),
                claimant.owner().text(),
                now,
                now.plus(claimant.lease()),
                now,
                now,
                now,
                now);
    }

    /** A claim that ends at once as FAILED; the fence is raised as with any claim. */
    Record refuse(
            EnvironmentName environment,
            PipelineName pipeline,
            SliceRequest request,
            Claimant claimant,
            ErrorCode code,
            String reason)
            throws SQLException {
        var claim = claim(environment, pipeline, List.of(request), claimant);
        if (claim.won().isEmpty()) {
            Record inTheWay = claim.lost().getFirst().record();
            if (inTheWay == null) {
                throw new SQLException("the record of " + request.slice() + " vanished");
            }
            return inTheWay;
        }
        return new RecordChange(session)
                .failed(new Failure(claim.won().getFirst(), code, reason, null))
                .orElseThrow();
    }

    private static @Nullable Object day(SliceRequest candidate) {
        return candidate.calendar() == null ? null : candidate.calendar().targetDay();
    }
}

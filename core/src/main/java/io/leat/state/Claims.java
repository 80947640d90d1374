package io.leat.state;

import io.leat.name.EnvironmentName;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineName;
import io.leat.state.ClaimResult.Lost;
import io.leat.state.ClaimResult.Why;
import io.leat.time.Window;
import java.sql.SQLException;
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

    ClaimResult claim(
            EnvironmentName environment, PipelineName pipeline, List<SliceRequest> candidates, Claimant claimant)
            throws SQLException {
        var won = new ArrayList<Record>();
        var lost = new ArrayList<Lost>();
        if (candidates.isEmpty()) {
            return new ClaimResult(won, lost);
        }
        session.dialect().lockPipeline(session, environment, pipeline);
        if (claimant.maxActive() < Integer.MAX_VALUE && active(environment, pipeline) >= claimant.maxActive()) {
            candidates.forEach(candidate -> lost.add(new Lost(candidate.slice(), Why.LIMIT, null)));
            return new ClaimResult(won, lost);
        }
        var newest = records.latestLocked(
                environment,
                pipeline,
                candidates.stream().map(SliceRequest::slice).toList());
        long[] tokens = session.dialect().drawTokens(session, candidates.size());
        long claim = tokens[0];
        for (int i = 0; i < candidates.size(); i++) {
            var candidate = candidates.get(i);
            long token = tokens[i];
            Record latest = newest.get(candidate.slice());
            Why obstacle = obstacle(candidate, latest);
            Optional<Record> claimed = obstacle == null
                    ? taken(
                            environment,
                            pipeline,
                            candidate,
                            latest,
                            new Taking(token, claim, candidate.backfill(), claimant))
                    : Optional.empty();
            if (claimed.isPresent()) {
                fences.raise(claimed.get(), token, now);
                won.add(claimed.get());
                newest.put(candidate.slice(), claimed.get());
            } else {
                lost.add(new Lost(candidate.slice(), obstacle == null ? Why.CHANGED : obstacle, latest));
            }
        }
        return new ClaimResult(won, lost);
    }

    /** Claims of the pipeline that somebody living holds. */
    private long active(EnvironmentName environment, PipelineName pipeline) throws SQLException {
        var values = new ArrayList<@Nullable Object>(List.of(environment, pipeline, now));
        values.addAll(Session.filled(List.copyOf(deadOwners)));
        return session.one("""
                        SELECT count(DISTINCT claim) FROM pipeline_records
                        WHERE environment = ? AND pipeline = ? AND pipeline_status = 'IN_PROGRESS' AND lease_until > ?
                          AND pipeline_status IN ('PENDING', 'IN_PROGRESS') -- names the index that knows only these
                          AND coalesce(owner NOT IN (%s), TRUE)
                        """.formatted(Session.places(deadOwners.size())), Row::number, values.toArray())
                .orElse(0L);
    }

    /** The token for one record, and the first token of the claim that it is part of. */
    private record Taking(long token, long claim, @Nullable String backfill, Claimant claimant) {}

    private @Nullable Why obstacle(SliceRequest candidate, @Nullable Record latest) {
        if (latest == null) {
            return candidate.after() == 0 ? null : Why.CHANGED;
        }
        return switch (latest.status()) {
            case PENDING -> latest.notBefore() != null && latest.notBefore().isAfter(now) ? Why.NOT_YET : null;
            case IN_PROGRESS -> free(latest) ? null : Why.HELD;
            case FAILED, CANCELLED -> reopens(candidate, latest) ? null : ended(candidate, latest);
            case COMPLETED, SKIPPED, SUPERSEDED -> ended(candidate, latest);
        };
    }

    /** A retry: the same generation goes on. */
    private static boolean reopens(SliceRequest candidate, Record latest) {
        return candidate.cause() == Cause.RETRY && candidate.after() == latest.generation() - 1;
    }

    private static @Nullable Why ended(SliceRequest candidate, Record latest) {
        int ahead = Integer.compare(latest.generation(), candidate.after());
        return ahead == 0 ? null : ahead > 0 ? Why.DONE : Why.CHANGED;
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
            Taking taking)
            throws SQLException {
        if (latest != null && (latest.status().live() || reopens(candidate, latest))) {
            return take(latest, taking);
        }
        if (latest != null
                && session.change("UPDATE pipeline_records SET latest = 0 WHERE id = ? AND latest = 1", latest.id())
                        != 1) {
            return Optional.empty();
        }
        return insert(environment, pipeline, candidate, taking);
    }

    /** Compares what stood in the row when it was judged: status and token. */
    private Optional<Record> take(Record existing, Taking taking) throws SQLException {
        boolean anew = existing.status() != Status.PENDING;
        if (existing.status() == Status.IN_PROGRESS) {
            Lease lease = existing.lease();
            events.add(
                    existing, RecordEvent.Kind.TAKEN_OVER, now, "from " + (lease == null ? "nobody" : lease.owner()));
        } else if (anew) {
            events.add(existing, RecordEvent.Kind.REOPENED, now, existing.reason());
        }
        return session.one(
                """
                UPDATE pipeline_records
                SET pipeline_status = 'IN_PROGRESS', token = ?, claim = ?, backfill = coalesce(?, backfill), run_id = ?, owner = ?, pipeline_locked_at = given.at,
                  lease_until = ?, retry_attempt = retry_attempt + ?, not_before = NULL, reason = NULL, error_code = NULL,
                  audit_result = NULL, pipeline_end_time = NULL,
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
                taking.token(),
                taking.claim(),
                taking.backfill(),
                taking.claimant().run(),
                taking.claimant().owner().text(),
                now.plus(taking.claimant().lease()),
                anew ? 1 : 0,
                now,
                existing.id(),
                existing.status(),
                existing.lease() == null ? 0 : existing.token());
    }

    private Optional<Record> insert(
            EnvironmentName environment, PipelineName pipeline, SliceRequest candidate, Taking taking)
            throws SQLException {
        return session.one(
                """
                INSERT INTO pipeline_records (
                  environment, pipeline, slice, generation, latest, cause, label, source, target,
                  target_day, window_start_time, window_end_time, time_interval, record_keys, backfill,
                  pipeline_status, token, claim, run_id, owner, pipeline_locked_at, lease_until,
                  source_to_stage_ingestion_start_time, source_to_stage_ingestion_status,
                  pipeline_start_time, record_first_created_time, record_last_updated_time)
                VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                  'IN_PROGRESS', ?, ?, ?, ?, ?, ?, ?, 'IN_PROGRESS', ?, ?, ?)
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
                taking.backfill(),
                taking.token(),
                taking.claim(),
                taking.claimant().run(),
                taking.claimant().owner().text(),
                now,
                now.plus(taking.claimant().lease()),
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

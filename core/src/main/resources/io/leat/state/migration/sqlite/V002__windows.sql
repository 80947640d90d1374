-- Windows that change: what files hold of each window, by content; the grids of a pipeline; requests of people.

-- Which change of a pipeline's source a row of the index belongs to; counted by source_changes.
CREATE TABLE source_changes (
  environment  TEXT    NOT NULL,
  pipeline     TEXT    NOT NULL,
  change_no    BIGINT  NOT NULL,
  PRIMARY KEY (environment, pipeline)
) WITHOUT ROWID;

-- Records that belong to no window, or came too late for theirs: they are rejected on the file's own account.
ALTER TABLE source_files ADD COLUMN rows_outside BIGINT NOT NULL DEFAULT 0;
UPDATE source_files SET rows_outside = "rows" -
  (SELECT coalesce(sum(w."rows"), 0) FROM source_windows AS w WHERE w.file_id = source_files.id);

-- A window's rows in a file: their content, and the change that brought them. Rows of a closed window stay those of the
-- version that was there when it closed: then sha256 and fingerprint name that version's scan.
ALTER TABLE source_windows ADD COLUMN content TEXT NOT NULL DEFAULT '';
ALTER TABLE source_windows ADD COLUMN change_no BIGINT NOT NULL DEFAULT 0;
ALTER TABLE source_windows ADD COLUMN sha256 TEXT;
ALTER TABLE source_windows ADD COLUMN fingerprint TEXT;
CREATE INDEX source_windows_by_start ON source_windows (window_start_time, file_id);

-- Rows that came too late: their windows were closed when the file was scanned.
CREATE TABLE source_late_windows (
  file_id            BIGINT NOT NULL,
  window_start_time  BIGINT NOT NULL,
  "rows"             BIGINT NOT NULL,
  PRIMARY KEY (file_id, window_start_time)
) WITHOUT ROWID;

-- The last change of the source that a load has seen; NULL for loads that are not of windows.
ALTER TABLE leat_loads ADD COLUMN source_seen BIGINT;
UPDATE leat_loads SET source_seen = 0 WHERE window_start_time IS NOT NULL;
CREATE INDEX leat_loads_fingerprint ON leat_loads (environment, pipeline, fingerprint, window_start_time, window_end_time)
  WHERE replaced_by IS NULL AND window_start_time IS NOT NULL;

CREATE INDEX leat_loads_quarantined ON leat_loads (environment, pipeline)
  WHERE quarantined_at IS NOT NULL AND replaced_by IS NULL;

-- From when on a pipeline has windows of which length in which zone. The first begins where its file says.
CREATE TABLE pipeline_grids (
  environment  TEXT    NOT NULL,
  pipeline     TEXT    NOT NULL,
  starts       BIGINT  NOT NULL,
  every        TEXT    NOT NULL,
  zone         TEXT    NOT NULL,
  tzdb         TEXT    NOT NULL,
  created_at   BIGINT  NOT NULL,
  PRIMARY KEY (environment, pipeline, starts)
) WITHOUT ROWID;

-- Which claim a record was taken with: records that were claimed together are loaded together.
ALTER TABLE pipeline_records ADD COLUMN claim BIGINT;
CREATE INDEX pipeline_records_claim ON pipeline_records (claim) WHERE pipeline_status IN ('PENDING', 'IN_PROGRESS');
-- Of what a failed record was made: as long as that stays, trying again is left to people.
ALTER TABLE pipeline_records ADD COLUMN failed_on TEXT;
-- The backfill or restatement that opened this generation.
ALTER TABLE pipeline_records ADD COLUMN backfill TEXT;
CREATE INDEX pipeline_records_backfill ON pipeline_records (backfill, pipeline, pipeline_status) WHERE backfill IS NOT NULL;

-- What people asked to be loaded: ranges of time of pipelines and models.
CREATE TABLE backfills (
  backfill_id  TEXT    NOT NULL PRIMARY KEY,
  environment  TEXT    NOT NULL,
  kind         TEXT    NOT NULL CHECK (kind IN ('BACKFILL', 'RESTATE')),
  reprocess    TEXT    NOT NULL CHECK (reprocess IN ('MISSING', 'FAILED', 'COMPLETED')),
  status       TEXT    NOT NULL CHECK (status IN ('RUNNING', 'PAUSED', 'CANCELLED', 'DONE')),
  newest_first INTEGER NOT NULL CHECK (newest_first IN (0, 1)),
  max_active   INTEGER,
  who          TEXT    NOT NULL,
  created_at   BIGINT  NOT NULL,
  ended_at     BIGINT
);

CREATE INDEX backfills_by_time ON backfills (environment, status, created_at);

-- The part of a backfill that is of one pipeline or model; without bounds it is the whole source.
CREATE TABLE backfill_ranges (
  backfill_id  TEXT    NOT NULL,
  position     INTEGER NOT NULL,
  pipeline     TEXT    NOT NULL,
  range_start  BIGINT,
  range_end    BIGINT,
  slices       BIGINT  NOT NULL,
  PRIMARY KEY (backfill_id, position)
) WITHOUT ROWID;

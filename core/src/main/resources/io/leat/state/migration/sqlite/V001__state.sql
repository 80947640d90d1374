-- The state of Leat, first version. Instants are milliseconds since 1970-01-01T00:00:00Z by the store's clock;
-- booleans are 0 and 1; JSON is text.

CREATE TABLE store (
  id          INTEGER PRIMARY KEY CHECK (id = 1),
  store_id    TEXT    NOT NULL,
  created_at  BIGINT  NOT NULL
);

INSERT INTO store (id, store_id, created_at)
VALUES (1, lower(hex(randomblob(16))), CAST(round(unixepoch('subsec') * 1000) AS INTEGER));

-- One counter for every token of every pipeline, so that a later claim always has the greater token.
CREATE TABLE tokens (
  id     INTEGER PRIMARY KEY CHECK (id = 1),
  value  BIGINT  NOT NULL
);

INSERT INTO tokens (id, value) VALUES (1, 0);

CREATE TABLE runs (
  run_id       TEXT    NOT NULL PRIMARY KEY,
  environment  TEXT    NOT NULL,
  command      TEXT    NOT NULL,
  arguments    TEXT    NOT NULL,
  owner        TEXT    NOT NULL,
  started_at   BIGINT  NOT NULL,
  ended_at     BIGINT,
  outcome      TEXT,
  exit_code    INTEGER
);

CREATE INDEX runs_by_time ON runs (environment, started_at);

CREATE TABLE pipeline_records (
  id                                    INTEGER PRIMARY KEY AUTOINCREMENT,
  environment                           TEXT    NOT NULL,
  pipeline                              TEXT    NOT NULL,
  slice                                 TEXT    NOT NULL,
  generation                            INTEGER NOT NULL CHECK (generation >= 1),
  latest                                INTEGER NOT NULL CHECK (latest IN (0, 1)),
  cause                                 TEXT    NOT NULL,
  label                                 TEXT    NOT NULL,
  source                                TEXT    NOT NULL,
  target                                TEXT    NOT NULL,

  target_day                            TEXT,
  window_start_time                     BIGINT,
  window_end_time                       BIGINT,
  time_interval                         TEXT,

  pipeline_status                       TEXT    NOT NULL CHECK (pipeline_status IN
    ('PENDING', 'IN_PROGRESS', 'COMPLETED', 'SKIPPED', 'FAILED', 'CANCELLED', 'SUPERSEDED')),
  phase_completed                       TEXT    CHECK (phase_completed IN
    ('SOURCE_TO_STAGE', 'STAGE_TO_TARGET', 'AUDIT')),
  not_before                            BIGINT,
  retry_attempt                         INTEGER NOT NULL DEFAULT 0,
  reason                                TEXT,
  error_code                            TEXT,

  token                                 BIGINT,
  run_id                                TEXT,
  owner                                 TEXT,
  pipeline_locked_at                    BIGINT,
  lease_until                           BIGINT,

  source_to_stage_ingestion_start_time  BIGINT,
  source_to_stage_ingestion_end_time    BIGINT,
  source_to_stage_ingestion_status      TEXT    NOT NULL DEFAULT 'PENDING',
  stage_to_target_ingestion_start_time  BIGINT,
  stage_to_target_ingestion_end_time    BIGINT,
  stage_to_target_ingestion_status      TEXT    NOT NULL DEFAULT 'PENDING',
  audit_start_time                      BIGINT,
  audit_end_time                        BIGINT,
  audit_status                          TEXT    NOT NULL DEFAULT 'PENDING',
  audit_result                          TEXT    CHECK (audit_result IN ('PASS', 'FAIL')),

  source_count                          BIGINT,
  staged_count                          BIGINT,
  rejected_count                        BIGINT,
  filtered_count                        BIGINT,
  deduplicated_count                    BIGINT,
  expansion_count                       BIGINT,
  target_count                          BIGINT,
  -- rows found in the target that the accounting does not explain: target_count - staged_count
  count_difference                      BIGINT,
  -- the same in percent of staged_count; NULL where nothing was expected
  percentage_difference                 DOUBLE PRECISION,

  load_id                               TEXT,
  accounting                            TEXT,
  sums                                  TEXT,
  manifest                              TEXT,
  fingerprint                           TEXT,
  source_token                          TEXT,
  record_keys                           TEXT    NOT NULL DEFAULT '{}',

  pipeline_start_time                   BIGINT,
  pipeline_end_time                     BIGINT,
  record_first_created_time             BIGINT  NOT NULL,
  record_last_updated_time              BIGINT  NOT NULL,

  UNIQUE (environment, pipeline, slice, generation),
  CHECK (latest = 1 OR pipeline_status NOT IN ('PENDING', 'IN_PROGRESS'))
);

-- At most one generation of a slice is the latest, and only the latest may be live: so at most one is live.
CREATE UNIQUE INDEX pipeline_records_one_latest ON pipeline_records (environment, pipeline, slice) WHERE latest = 1;
-- Covers what status and window screens add up and page through.
CREATE INDEX pipeline_records_window ON pipeline_records (environment, pipeline, window_start_time, window_end_time,
  pipeline_status, source_count, staged_count, rejected_count, record_last_updated_time) WHERE latest = 1;
CREATE INDEX pipeline_records_live ON pipeline_records (environment, pipeline_status, owner, pipeline, pipeline_locked_at)
  WHERE pipeline_status IN ('PENDING', 'IN_PROGRESS');
CREATE INDEX pipeline_records_updated ON pipeline_records (environment, pipeline, record_last_updated_time)
  WHERE latest = 1;
CREATE INDEX pipeline_records_label ON pipeline_records (environment, pipeline, label) WHERE latest = 1;
CREATE INDEX pipeline_records_run ON pipeline_records (run_id);

-- The columns by the names that people know from elsewhere: keys apart, times readable, the lock by its run.
CREATE VIEW pipeline_records_readable AS
SELECT id, environment, pipeline, slice, generation, label, cause, source, target,
  target_day,
  strftime('%Y-%m-%dT%H:%M:%SZ', window_start_time / 1000.0, 'unixepoch') AS window_start_time,
  strftime('%Y-%m-%dT%H:%M:%SZ', window_end_time / 1000.0, 'unixepoch') AS window_end_time,
  time_interval,
  run_id AS dag_run_id,
  pipeline_status,
  strftime('%Y-%m-%dT%H:%M:%fZ', pipeline_locked_at / 1000.0, 'unixepoch') AS pipeline_locked_at,
  strftime('%Y-%m-%dT%H:%M:%fZ', lease_until / 1000.0, 'unixepoch') AS lease_until,
  phase_completed, retry_attempt, reason, error_code, load_id, token,
  strftime('%Y-%m-%dT%H:%M:%fZ', source_to_stage_ingestion_start_time / 1000.0, 'unixepoch') AS source_to_stage_ingestion_start_time,
  strftime('%Y-%m-%dT%H:%M:%fZ', source_to_stage_ingestion_end_time / 1000.0, 'unixepoch') AS source_to_stage_ingestion_end_time,
  source_to_stage_ingestion_status,
  strftime('%Y-%m-%dT%H:%M:%fZ', stage_to_target_ingestion_start_time / 1000.0, 'unixepoch') AS stage_to_target_ingestion_start_time,
  strftime('%Y-%m-%dT%H:%M:%fZ', stage_to_target_ingestion_end_time / 1000.0, 'unixepoch') AS stage_to_target_ingestion_end_time,
  stage_to_target_ingestion_status,
  strftime('%Y-%m-%dT%H:%M:%fZ', audit_start_time / 1000.0, 'unixepoch') AS audit_start_time,
  strftime('%Y-%m-%dT%H:%M:%fZ', audit_end_time / 1000.0, 'unixepoch') AS audit_end_time,
  audit_status, audit_result,
  source_count, staged_count, rejected_count, filtered_count, deduplicated_count, expansion_count, target_count,
  count_difference, percentage_difference,
  strftime('%Y-%m-%dT%H:%M:%fZ', pipeline_start_time / 1000.0, 'unixepoch') AS pipeline_start_time,
  strftime('%Y-%m-%dT%H:%M:%fZ', pipeline_end_time / 1000.0, 'unixepoch') AS pipeline_end_time,
  strftime('%Y-%m-%dT%H:%M:%fZ', record_first_created_time / 1000.0, 'unixepoch') AS record_first_created_time,
  strftime('%Y-%m-%dT%H:%M:%fZ', record_last_updated_time / 1000.0, 'unixepoch') AS record_last_updated_time,
  json_extract(record_keys, '$.key_x') AS key_x,
  json_extract(record_keys, '$.key_y') AS key_y,
  json_extract(record_keys, '$.key_z') AS key_z,
  record_keys
FROM pipeline_records;

-- What a record's row forgets when it goes on: failures before a retry, takeovers, cancellations.
CREATE TABLE record_events (
  id         INTEGER PRIMARY KEY,
  record_id  BIGINT  NOT NULL,
  at         BIGINT  NOT NULL,
  event      TEXT    NOT NULL,
  attempt    INTEGER NOT NULL,
  phase      TEXT,
  token      BIGINT,
  run_id     TEXT,
  error_code TEXT,
  reason     TEXT
);

CREATE INDEX record_events_by_record ON record_events (record_id);

-- Who may publish a slice: the last token that was drawn for it. Raising it touches no published row.
CREATE TABLE leat_fences (
  environment  TEXT    NOT NULL,
  pipeline     TEXT    NOT NULL,
  slice        TEXT    NOT NULL,
  store_id     TEXT    NOT NULL,
  token        BIGINT  NOT NULL,
  raised_at    BIGINT  NOT NULL,
  PRIMARY KEY (environment, pipeline, slice)
) WITHOUT ROWID;

-- The ledger: every load that was published; replaced_by is NULL for the one that readers see.
CREATE TABLE leat_loads (
  load_id           TEXT    NOT NULL PRIMARY KEY,
  environment       TEXT    NOT NULL,
  pipeline          TEXT    NOT NULL,
  slice             TEXT    NOT NULL,
  generation        INTEGER NOT NULL,
  target            TEXT    NOT NULL,
  store_id          TEXT    NOT NULL,
  token             BIGINT  NOT NULL,
  "rows"            BIGINT  NOT NULL,
  rejected          BIGINT  NOT NULL,
  sums              TEXT,
  source_token      TEXT,
  fingerprint       TEXT,
  inputs            TEXT,
  window_start_time BIGINT,
  window_end_time   BIGINT,
  committed_at      BIGINT  NOT NULL,
  replaced_by       TEXT,
  replaced_at       BIGINT,
  quarantined_at    BIGINT,
  quarantine        TEXT
);

CREATE UNIQUE INDEX leat_loads_published ON leat_loads (environment, pipeline, slice) WHERE replaced_by IS NULL;
CREATE INDEX leat_loads_replaced ON leat_loads (environment, pipeline, slice) WHERE replaced_by IS NOT NULL;
CREATE INDEX leat_loads_by_target ON leat_loads (environment, target, window_start_time, window_end_time)
  WHERE replaced_by IS NULL;
CREATE UNIQUE INDEX leat_loads_token ON leat_loads (token);

-- Exactly the layout of Iceberg's JdbcCatalog (V1): Spark and PyIceberg read it.
CREATE TABLE iceberg_tables (
  catalog_name                VARCHAR(255) NOT NULL,
  table_namespace             VARCHAR(255) NOT NULL,
  table_name                  VARCHAR(255) NOT NULL,
  metadata_location           VARCHAR(1000),
  previous_metadata_location  VARCHAR(1000),
  iceberg_type                VARCHAR(5),
  PRIMARY KEY (catalog_name, table_namespace, table_name)
);

CREATE TABLE iceberg_namespace_properties (
  catalog_name    VARCHAR(255) NOT NULL,
  namespace       VARCHAR(255) NOT NULL,
  property_key    VARCHAR(255),
  property_value  VARCHAR(1000),
  PRIMARY KEY (catalog_name, namespace, property_key)
);

-- The source index: the version of each file that was scanned last, and its rows per window.
CREATE TABLE source_files (
  id           INTEGER PRIMARY KEY,
  environment  TEXT    NOT NULL,
  pipeline     TEXT    NOT NULL,
  path         TEXT    NOT NULL,
  size         BIGINT  NOT NULL,
  modified_ns  BIGINT  NOT NULL,
  sha256       TEXT    NOT NULL,
  "rows"       BIGINT  NOT NULL,
  fingerprint  TEXT    NOT NULL,
  scanned_at   BIGINT  NOT NULL,
  UNIQUE (environment, pipeline, path)
);

CREATE TABLE source_windows (
  file_id            BIGINT NOT NULL,
  window_start_time  BIGINT NOT NULL,
  "rows"             BIGINT NOT NULL,
  PRIMARY KEY (file_id, window_start_time)
) WITHOUT ROWID;

CREATE TABLE check_results (
  id           INTEGER PRIMARY KEY,
  environment  TEXT    NOT NULL,
  record_id    BIGINT  NOT NULL,
  attempt      INTEGER NOT NULL,
  name         TEXT    NOT NULL,
  verdict      TEXT    NOT NULL CHECK (verdict IN ('PASS', 'WARN', 'FAIL')),
  value        TEXT,
  threshold    TEXT,
  message      TEXT    NOT NULL,
  checked_at   BIGINT  NOT NULL
);

CREATE INDEX check_results_by_record ON check_results (record_id);
CREATE INDEX check_results_bad ON check_results (environment, checked_at) WHERE verdict <> 'PASS';

CREATE TABLE audit_log (
  id           INTEGER PRIMARY KEY,
  at           BIGINT  NOT NULL,
  who          TEXT    NOT NULL,
  run_id       TEXT,
  environment  TEXT    NOT NULL,
  action       TEXT    NOT NULL,
  object       TEXT    NOT NULL,
  before_value TEXT,
  after_value  TEXT
);

CREATE INDEX audit_log_by_time ON audit_log (environment, at);

package io.leat.target.postgres;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.sql.SQLException;

/**
 * Leat's own tables in a target's database. They stand in a schema of their own, apart from that of a state store which may be in
 * the same database.
 */
final class LedgerSchema {
    static final String NAME = "leat_target";

    /** Of the tables; a program that knows only an older one leaves them alone. */
    private static final int VERSION = 1;

    private static final String TABLES = """
            CREATE SCHEMA IF NOT EXISTS leat_target;
            COMMENT ON SCHEMA leat_target IS 'What Leat has published in this database: do not change';
            CREATE TABLE leat_target.tables (
              schema_name text NOT NULL,
              table_name text NOT NULL,
              store_id text NOT NULL,
              environment text NOT NULL,
              columns json NOT NULL,
              way text NOT NULL,
              adopted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
              PRIMARY KEY (schema_name, table_name));
            CREATE TABLE leat_target.fences (
              store_id text NOT NULL,
              environment text NOT NULL,
              pipeline text NOT NULL,
              slice text COLLATE "C" NOT NULL,
              token bigint NOT NULL,
              session text NOT NULL,
              raised_at timestamptz NOT NULL,
              PRIMARY KEY (store_id, environment, pipeline, slice));
            CREATE TABLE leat_target.loads (
              load_id text PRIMARY KEY,
              store_id text NOT NULL,
              environment text NOT NULL,
              pipeline text NOT NULL,
              slice text COLLATE "C" NOT NULL,
              generation integer NOT NULL,
              token bigint NOT NULL,
              target text NOT NULL,
              "rows" bigint NOT NULL,
              rejected bigint NOT NULL,
              sums text,
              source_token text,
              fingerprint text,
              inputs text,
              source_seen bigint,
              window_start timestamptz,
              window_end timestamptz,
              committed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
              replaced_by text,
              UNIQUE (store_id, token));
            CREATE UNIQUE INDEX ON leat_target.loads (store_id, environment, pipeline, slice) WHERE replaced_by IS NULL;
            CREATE INDEX ON leat_target.loads (store_id, environment, pipeline, slice, token);
            CREATE INDEX ON leat_target.loads (store_id, environment, pipeline, window_start) WHERE replaced_by IS NULL;
            CREATE TABLE leat_target.version (version integer NOT NULL);
            INSERT INTO leat_target.version VALUES (1);
            """;

    private LedgerSchema() {}

    /**
     * Makes the tables if they are not there; of several who find them missing one does.
     *
     * @throws PipelineException E202 if a newer program has made them
     */
    static void require(DatabaseSession session) throws SQLException {
        if (isMissing(session)) {
            session.list("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", row -> true, NAME);
            if (isMissing(session)) {
                String encoding = session.one("SHOW server_encoding", row -> row.getString(1))
                        .orElse("");
                if (!encoding.equals("UTF8")) {
                    throw new PipelineException(
                                    ErrorCode.UNSUPPORTED,
                                    "the database has the encoding " + encoding + ", which cannot hold every text")
                            .withHint("use a database with the encoding UTF8");
                }
                session.run(TABLES);
            }
        }
        int version = session.one("SELECT version FROM leat_target.version", row -> row.getInt(1))
                .orElse(0);
        if (version != VERSION) {
            throw new PipelineException(
                            ErrorCode.STATE_NEWER,
                            "the schema " + NAME + " has version " + version + ", this program knows " + VERSION)
                    .withHint("use the newer program that wrote it");
        }
    }

    /** Whether nothing was ever published here. */
    static boolean isMissing(DatabaseSession session) throws SQLException {
        return session.one("SELECT to_regclass('leat_target.version') IS NULL", row -> row.getBoolean(1))
                .orElse(true);
    }
}

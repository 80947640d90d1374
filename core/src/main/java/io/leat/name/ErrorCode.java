package io.leat.name;

import static io.leat.name.ErrorCode.Actor.LEAT;
import static io.leat.name.ErrorCode.Actor.OPERATOR;
import static io.leat.name.ErrorCode.Actor.USER;
import static io.leat.name.ErrorCode.Retry.HELPS;
import static io.leat.name.ErrorCode.Retry.USELESS;

import java.util.Locale;
import java.util.Optional;

/**
 * What can go wrong, as a user meets it. A code says who must act, whether a retry without any change can help, and with
 * which exit code a command ends; {@link ErrorPage} explains it at length. Codes are stable: a retired one is not used
 * again.
 */
public enum ErrorCode {
    CONFIGURATION("E001", "Configuration is missing or wrong", USER, USELESS, 3),
    STORAGE_ACCESS("E002", "Storage cannot be accessed", OPERATOR, USELESS, 1),
    SCHEMA_VALIDATION("E003", "Data does not match its declared schema", USER, USELESS, 4),
    TRANSFORMATION("E004", "A transformation failed", USER, USELESS, 1),
    PROMOTION("E005", "A promotion is not allowed", USER, USELESS, 1),
    DUCKDB("E006", "The query engine failed", OPERATOR, USELESS, 1),
    NETWORK("E007", "A network connection failed", OPERATOR, HELPS, 75),
    TIMEOUT("E008", "An operation took too long", OPERATOR, HELPS, 75),

    YAML_SYNTAX("E101", "A file is not valid YAML", USER, USELESS, 3),
    UNKNOWN_KEY("E102", "A key is not known", USER, USELESS, 3),
    MISSING_KEY("E103", "A key is missing", USER, USELESS, 3),
    WRONG_VALUE("E104", "A value is wrong", USER, USELESS, 3),
    UNSET_REFERENCE("E105", "A variable or secret is not set", USER, USELESS, 3),
    UNKNOWN_NAME("E106", "A name refers to nothing", USER, USELESS, 3),
    DUPLICATE_NAME("E107", "A name is used twice", USER, USELESS, 3),
    CIRCULAR_MODELS("E108", "Models depend on each other in a circle", USER, USELESS, 3),
    UNREADABLE_FILE("E109", "A file is missing or cannot be read", USER, USELESS, 3),
    NO_PROJECT("E110", "There is no project here", USER, USELESS, 3),
    FOLDER_NOT_EMPTY("E111", "The folder holds something else", USER, USELESS, 3),
    SQL_SYNTAX("E112", "SQL in the project cannot be understood", USER, USELESS, 3),
    PLUGIN("E113", "A plugin cannot be loaded", USER, USELESS, 3),
    UNSUPPORTED("E114", "Something is asked for that is not supported", USER, USELESS, 3),
    NOT_DETERMINISTIC("E115", "An expression gives another result each time", USER, USELESS, 3),

    STATE_BUSY("E201", "The state store is busy", OPERATOR, HELPS, 75),
    STATE_NEWER("E202", "The state store is newer than the program", OPERATOR, USELESS, 1),
    STATE_CORRUPT("E203", "The state store is damaged", OPERATOR, USELESS, 1),
    LEASE_LOST("E204", "Another worker has taken over", LEAT, HELPS, 75),
    FOREIGN_STATE("E205", "The state store belongs to another project", OPERATOR, USELESS, 1),
    RECORD_LOCKED("E206", "A record is locked by another run", OPERATOR, HELPS, 5),
    STATE_UNREACHABLE("E207", "The state store cannot be opened", OPERATOR, USELESS, 1),
    STATE_MOVED("E208", "The state store has moved", OPERATOR, USELESS, 1),

    CHECK_FAILED("E301", "A check failed", USER, USELESS, 4),
    GATE_MISMATCH("E302", "Staged data does not equal what was read", LEAT, HELPS, 4),
    INTEGRITY("E303", "Published data does not equal the ledger", OPERATOR, USELESS, 4),
    SOURCE_CHANGED("E304", "The source changed while it was read", OPERATOR, HELPS, 75),
    MALFORMED_FILE("E305", "A source file cannot be understood", USER, USELESS, 4),
    CONTRACT("E306", "The columns of the source break the contract", USER, USELESS, 4),
    ACCOUNTING("E307", "Rows are not all accounted for", LEAT, USELESS, 4),
    AMBIGUOUS_LOOKUP("E308", "A lookup would multiply rows", USER, USELESS, 4),
    EMPTY_RECORD_KEY("E309", "A required record key is empty", USER, USELESS, 4),
    SOURCE_MISSING("E310", "The source has nothing to read", USER, USELESS, 1),

    FOREIGN_LAKE("E401", "The lake belongs to another state store", OPERATOR, USELESS, 1),
    DISK_FULL("E402", "There is no space left", OPERATOR, USELESS, 1),
    PERMISSION("E403", "Permission is denied", OPERATOR, USELESS, 1),
    MISSING_DATA_FILE("E404", "A data file of the lake is missing", OPERATOR, USELESS, 1),
    COMMIT_UNKNOWN("E405", "It is unknown whether a commit took place", LEAT, HELPS, 75),
    NOT_LEATS_TABLE("E406", "The table was not made by Leat", OPERATOR, USELESS, 1),
    COMMIT_CONFLICT("E407", "The table was changed by another commit", LEAT, HELPS, 75),
    LAKE_CORRUPT("E408", "A file of the lake is damaged", OPERATOR, USELESS, 1),
    UNSUPPORTED_TABLE("E409", "The table uses a feature that is not supported", USER, USELESS, 1),
    OUT_OF_MEMORY("E410", "The memory limit is too small for the work", OPERATOR, USELESS, 1),
    FOREIGN_TABLE("E411", "The table belongs to another state store", OPERATOR, USELESS, 1),

    BAD_SELECTION("E501", "The selection matches nothing or is wrong", USER, USELESS, 2),
    BAD_BOUND("E502", "A bound of time is wrong", USER, USELESS, 2),
    BAD_ARGUMENT("E503", "An argument is wrong", USER, USELESS, 2),
    UNKNOWN_RECORD("E504", "There is no such record", USER, USELESS, 2),
    BAD_QUERY("E505", "The query cannot be run", USER, USELESS, 2),
    CONFIRMATION_NEEDED("E506", "The command needs to be confirmed", USER, USELESS, 2),

    INTERNAL("E901", "Leat itself went wrong", LEAT, USELESS, 1);

    /** Who must act before it can work. */
    public enum Actor {
        /** Whoever writes the project or typed the command. */
        USER,
        /** Whoever runs the machine, the storage or the databases. */
        OPERATOR,
        /** Nobody else: Leat retries, or has a bug. */
        LEAT
    }

    enum Retry {
        HELPS,
        USELESS
    }

    private final String code;
    private final String title;
    private final Actor actor;
    private final Retry retry;
    private final int exitCode;

    ErrorCode(String code, String title, Actor actor, Retry retry, int exitCode) {
        this.code = code;
        this.title = title;
        this.actor = actor;
        this.retry = retry;
        this.exitCode = exitCode;
    }

    /** The code as users read and type it, for example {@code E003}. */
    public String code() {
        return code;
    }

    /** What happened, in a few words. */
    public String title() {
        return title;
    }

    /** Who must act. */
    public Actor actor() {
        return actor;
    }

    /** Whether the same call can succeed later without any change. */
    public boolean retryable() {
        return retry == HELPS;
    }

    /** The exit code of a command that ends with this error. */
    public int exitCode() {
        return exitCode;
    }

    /** The code that a user typed, in upper or lower case. */
    public static Optional<ErrorCode> parse(String text) {
        String wanted = text.strip().toUpperCase(Locale.ROOT);
        for (ErrorCode candidate : values()) {
            if (candidate.code.equals(wanted)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return code;
    }
}

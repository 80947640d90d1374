package io.leat.model;

import io.leat.name.ErrorCode;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What functions a model may call: those that give the same rows for the same input, and that read nothing but tables. */
final class Functions {

    static final String PIPELINE_HINT = "make it a pipeline, so that its rows are accounted for: leat add FILE";

    /** Why a call is refused. */
    record Refusal(ErrorCode code, String message, String hint) {}

    private static final String TIME_HINT =
            "use @execution_ts or @execution_date: the time of the run, the same in every retry";
    private static final String RANDOM_HINT = "derive the value from a key of the row, for example md5(id)";
    private static final Set<String> TIME_WORDS = Set.of(
            "current_date", "current_time", "current_timestamp", "localtime", "localtimestamp", "get_current_date");
    private static final Set<String> TIME_FUNCTIONS = Set.of(
            "now",
            "today",
            "get_current_time",
            "get_current_timestamp",
            "transaction_timestamp",
            "ago",
            "current_date");
    private static final Set<String> OTHER_CHANGING =
            Set.of("ago", "current_query", "uuidv4", "uuidv7", "pg_postmaster_start_time");
    /** Changing by DuckDB's book, and harmless: it only ends the query. */
    private static final String ERROR = "error";

    private static final Set<String> ROW_SOURCES = Set.of(
            "unnest",
            "generate_series",
            "range",
            "generate_subscripts",
            "json_each",
            "json_tree",
            "repeat",
            "repeat_row");

    private final Analyzer analyzer;

    Functions(Analyzer analyzer) {
        this.analyzer = analyzer;
    }

    /** Judges a call in an expression; other nodes are fine. */
    Optional<Refusal> judge(JsonNode node) {
        String name = node.path("function_name").asString("").toLowerCase(Locale.ROOT);
        if (name.isEmpty() || name.equals(ERROR)) {
            return Optional.empty();
        }
        boolean ageOfNow = name.equals("age") && node.path("arguments").size() == 1;
        if (TIME_FUNCTIONS.contains(name) || ageOfNow) {
            return Optional.of(changing(name + "(…)", TIME_HINT));
        }
        return analyzer.isChanging(name) || OTHER_CHANGING.contains(name)
                ? Optional.of(changing(name + "(…)", RANDOM_HINT))
                : Optional.empty();
    }

    /** Judges a name that is a function's when no column has it. */
    Optional<Refusal> judgeWord(String word) {
        return TIME_WORDS.contains(word) ? Optional.of(changing(word, TIME_HINT)) : Optional.empty();
    }

    /** Judges a function in a FROM clause. */
    Optional<Refusal> judgeTable(String function) {
        String name = function.toLowerCase(Locale.ROOT);
        if (ROW_SOURCES.contains(name)) {
            return Optional.empty();
        }
        boolean reads =
                name.matches("(read|parquet|sniff|arrow|sqlite|postgres|mysql|iceberg|delta|st_read).*|glob|.*_scan");
        return Optional.of(
                reads
                        ? new Refusal(
                                ErrorCode.UNSUPPORTED, "a model cannot read files with " + name + "(…)", PIPELINE_HINT)
                        : new Refusal(
                                ErrorCode.UNSUPPORTED,
                                "the table function " + name + "(…) is not supported in models",
                                "name the tables that the query reads"));
    }

    private static Refusal changing(String what, String hint) {
        return new Refusal(ErrorCode.NOT_DETERMINISTIC, what + " gives another result each time", hint);
    }
}

package io.leat.cli;

import io.leat.cli.output.Form;
import io.leat.cli.output.JsonText;
import io.leat.cli.output.Terminal;
import io.leat.config.Problem;
import io.leat.config.ProblemsException;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.storage.LocalStore;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells a user what went wrong: code, sentence, place, facts, what to do next. Never a stack trace, unless asked for; that of a
 * failure which Leat did not foresee goes to a file.
 */
final class FailureReport {
    private final PrintStream messages;
    private final Form form;
    private final Terminal terminal;
    private final boolean debug;
    private final Path logs;

    /**
     * @param logs folder for the stack traces of unforeseen failures
     */
    FailureReport(PrintStream messages, Form form, Terminal terminal, boolean debug, Path logs) {
        this.messages = messages;
        this.form = form;
        this.terminal = terminal;
        this.debug = debug;
        this.logs = logs;
    }

    /** Reports the failure and returns the exit code of a program that ends with it. */
    int failure(Throwable failure) {
        PipelineException known = switch (failure) {
            case PipelineException expected -> expected;
            case FileSystemException of
            when of.getFile() != null -> LocalStore.failed("access", Path.of(of.getFile()), of);
            default -> unforeseen(failure);
        };
        if (form == Form.JSON || form == Form.NDJSON) {
            messages.println(JsonText.of(Map.of("error", fields(known))));
        } else {
            text(known);
        }
        if (debug) {
            failure.printStackTrace(messages);
        }
        messages.flush();
        return known.code().exitCode();
    }

    /** Reports arguments that cannot be understood. */
    int usage(String message, String suggestion, String command) {
        String help = "see `" + command + " --help`";
        if (form == Form.JSON || form == Form.NDJSON) {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("code", ErrorCode.BAD_ARGUMENT.code());
            fields.put("title", ErrorCode.BAD_ARGUMENT.title());
            fields.put("message", message);
            fields.put("hint", suggestion.isEmpty() ? help : "did you mean " + suggestion + "?");
            messages.println(JsonText.of(Map.of("error", fields)));
        } else {
            messages.println(terminal.error("error:") + " " + message);
            if (!suggestion.isEmpty()) {
                messages.println("  did you mean " + suggestion + "?");
            }
            messages.println("  " + help);
        }
        messages.flush();
        return ErrorCode.BAD_ARGUMENT.exitCode();
    }

    private void text(PipelineException failure) {
        if (failure instanceof ProblemsException many) {
            many.problems()
                    .forEach(problem -> messages.println(terminal.error("error") + " " + problem.render() + "\n"));
            if (many.problems().size() > 1) {
                messages.println(many.problems().size() + " problems; nothing was started");
            }
            var codes = many.problems().stream().map(Problem::code).distinct().limit(3);
            next(codes.toList());
            return;
        }
        messages.println(terminal.error("error") + " " + failure.code() + ": " + failure.message());
        failure.unnamed().forEach((fact, value) -> messages.println("  " + fact + ": " + value));
        failure.hint().ifPresent(hint -> messages.println("  " + hint));
        next(List.of(failure.code()));
    }

    private void next(List<ErrorCode> codes) {
        String commands = codes.stream()
                .map(code -> "`leat explain " + code + "`")
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
        messages.println("  more: " + commands);
    }

    private static Map<String, Object> fields(PipelineException failure) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("code", failure.code().code());
        fields.put("title", failure.code().title());
        fields.put("actor", failure.code().actor().name().toLowerCase(Locale.ROOT));
        fields.put("retryable", failure.code().retryable());
        if (failure instanceof ProblemsException many) {
            int count = many.problems().size();
            fields.put("message", count == 1 ? "1 problem" : count + " problems");
            fields.put(
                    "problems",
                    many.problems().stream().map(FailureReport::fields).toList());
        } else {
            fields.put("message", failure.message());
            fields.put("context", failure.context());
        }
        failure.hint().ifPresent(hint -> fields.put("hint", hint));
        return fields;
    }

    private static Map<String, Object> fields(Problem problem) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("code", problem.code().code());
        fields.put("file", problem.mark().source().name());
        fields.put("line", problem.mark().line());
        fields.put("column", problem.mark().column());
        fields.put("message", problem.message());
        putIfPresent(fields, "expected", problem.expected());
        putIfPresent(fields, "hint", problem.hint());
        return fields;
    }

    private static void putIfPresent(Map<String, Object> fields, String name, @Nullable String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    private PipelineException unforeseen(Throwable failure) {
        String message = failure.getMessage() == null ? "" : ": " + failure.getMessage();
        var report = new PipelineException(
                ErrorCode.INTERNAL, failure.getClass().getSimpleName() + message, Map.of(), failure);
        return keep(failure)
                .map(file -> report.withHint("the full report is in " + file + "; please file it as a bug"))
                .orElseGet(
                        () -> report.withHint("run it again with --debug for the full report, and file it as a bug"));
    }

    private Optional<Path> keep(Throwable failure) {
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        String name = "error-" + Instant.now().toString().replaceAll("[:.]", "-") + "-"
                + ProcessHandle.current().pid() + ".txt";
        try {
            Path file = Files.createDirectories(logs).resolve(name);
            Files.writeString(file, trace.toString());
            return Optional.of(file);
        } catch (IOException | RuntimeException noPlaceToWrite) {
            return Optional.empty();
        }
    }
}

package io.leat.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** What one command printed and how it ended. */
public record CommandRun(int exitCode, String data, String messages) {
    public static CommandRun in(Path folder, String... args) {
        var data = new ByteArrayOutputStream();
        var messages = new ByteArrayOutputStream();
        int code = new Program(
                        stream(data),
                        stream(messages),
                        Map.of("TMPDIR", folder.toString(), "LEAT_STEP_LOG", "none"),
                        folder)
                .run(args);
        return new CommandRun(code, data.toString(StandardCharsets.UTF_8), messages.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}

package io.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program as a process of its own. */
final class ProgramProcess {
    private ProgramProcess() {}

    /** Starts a command in the project's folder. */
    static Process start(SampleProject project, Path data, Path messages, String... command) throws IOException {
        var all = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        all.addAll(List.of(command));
        return new ProcessBuilder(all)
                .directory(project.root().toFile())
                .redirectOutput(data.toFile())
                .redirectError(messages.toFile())
                .start();
    }

    /** Until the process has said it; it must not have ended before. */
    static void awaitLine(Path messages, String part, Process process) throws IOException, InterruptedException {
        try (BufferedReader lines = Files.newBufferedReader(messages)) {
            var all = new StringBuilder();
            while (true) {
                String line = lines.readLine();
                if (line != null) {
                    all.append(line).append('\n');
                    if (line.contains(part)) {
                        return;
                    }
                } else {
                    boolean ended = process.waitFor(50, TimeUnit.MILLISECONDS);
                    assertThat(ended && !lines.ready())
                            .as("ended before " + part + ":\n" + all)
                            .isFalse();
                }
            }
        }
    }
}

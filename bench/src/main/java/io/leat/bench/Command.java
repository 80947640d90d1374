package io.leat.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A command in a folder, run in a fresh process and measured with all processes that it starts. */
record Command(Path folder, List<String> words) {
    private static final int PAGE = 4096;

    /** Bash adds up the CPU of a command and of all children that were waited for, on any system. */
    private static final String TIMED = "TIMEFORMAT='%R %U %S'; time \"$@\" >output 2>&1";

    /**
     * Runs it to its end.
     *
     * @throws IOException with the output's end if it fails
     */
    Measured run() throws IOException, InterruptedException {
        var line = new ArrayList<>(List.of("bash", "-c", TIMED, "bench"));
        line.addAll(words);
        Path times = Files.createTempFile("leat-bench", ".times");
        try {
            Process process = new ProcessBuilder(line)
                    .directory(folder.toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectError(times.toFile())
                    .start();
            long peak = 0;
            do {
                peak = Math.max(peak, residentPages(process));
            } while (!process.waitFor(20, TimeUnit.MILLISECONDS));
            if (process.exitValue() != 0) {
                throw new IOException(
                        String.join(" ", words) + " ended with " + process.exitValue() + "\n" + lastLines());
            }
            String[] parts = Files.readString(times).strip().replace(',', '.').split("\\s+");
            return new Measured(
                    Double.parseDouble(parts[1]) + Double.parseDouble(parts[2]),
                    Double.parseDouble(parts[0]),
                    peak * PAGE / 1e6);
        } finally {
            Files.delete(times);
        }
    }

    /** The pages in memory of the process and all below it; a page that two of them share counts twice. */
    private static long residentPages(Process process) {
        try (Stream<ProcessHandle> below = process.descendants()) {
            return Stream.concat(Stream.of(process.toHandle()), below)
                    .mapToLong(handle -> resident(handle.pid()))
                    .sum();
        }
    }

    private static long resident(long pid) {
        try {
            return Long.parseLong(
                    Files.readString(Path.of("/proc/" + pid + "/statm")).split(" ")[1]);
        } catch (IOException _) {
            return 0; // it has ended meanwhile
        }
    }

    private String lastLines() throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("output"));
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }
}

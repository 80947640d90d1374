package io.leat.cli.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A reader's shell: runs one command after the other, each where the one before it has led. */
final class Shell {
    private final Path home;
    private final Path program;
    private final Map<String, String> variables;
    private Path folder;
    private int exitCode;

    /**
     * @param home an empty folder, which the reader knows as {@code /home/you}
     * @param program {@code leat}, on the reader's path and as {@code ./leat} in the folder in which the reader begins
     */
    Shell(Path home, Path program) throws IOException {
        this(home, program, Map.of());
    }

    /** @param variables that the reader has set */
    Shell(Path home, Path program, Map<String, String> variables) throws IOException {
        this.home = home;
        this.program = program;
        this.variables = variables;
        this.folder = home;
        Path here = Files.writeString(home.resolve("leat"), "#!/usr/bin/env bash\nexec '" + program + "' \"$@\"\n");
        Files.setPosixFilePermissions(here, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Standard output and error of the command, as a person sees them on one screen. */
    List<String> run(String command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("printed", ".txt");
        Path where = Files.createTempFile("where", ".txt");
        var builder = new ProcessBuilder(
                        "bash", "-c", "(exit " + exitCode + ")\n" + command + "\ncode=$?\npwd >\"$WHERE\"\nexit $code")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile());
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("LEAT_") || name.equals("JAVA_TOOL_OPTIONS"));
        environment.putAll(variables);
        environment.put("PATH", program.getParent() + ":" + home + ":" + environment.get("PATH"));
        environment.put("HOME", home.toString());
        environment.put("WHERE", where.toString());
        environment.put("NO_COLOR", "1");
        environment.put("TZ", "UTC");
        environment.put("LEAT_USER", "you");
        environment.put("LEAT_STEP_LOG", "none");
        Process process = builder.start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new IOException("does not end: " + command);
        }
        exitCode = process.exitValue();
        folder = Path.of(Files.readString(where).strip());
        String printed = Files.readString(output);
        Files.delete(output);
        Files.delete(where);
        return printed.replace(home.toString(), "/home/you")
                .lines()
                .map(String::stripTrailing)
                .toList();
    }

    /** Whether the command succeeds; what it prints is not shown. */
    boolean succeeds(String command) throws IOException, InterruptedException {
        return run("if " + command + " >/dev/null 2>&1; then echo yes; fi").contains("yes");
    }

    /** Adds to the end of a file that is there. */
    void append(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text, StandardOpenOption.APPEND);
    }

    /** Writes a file as an editor would. */
    void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}

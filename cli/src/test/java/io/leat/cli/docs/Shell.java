package io.leat.cli.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A reader's shell: runs one command after the other, in real processes, with the real program as {@code leat}. */
final class Shell {
    private final Path home;
    private final Path repository;
    private Path folder;

    Shell(Path home, Path repository) throws IOException {
        this.home = home;
        this.repository = repository;
        this.folder = Files.createDirectories(home.resolve("work"));
        Path program = home.resolve("leat");
        Files.writeString(
                program, """
                #!/usr/bin/env bash
                exec '%s/bin/java' --enable-native-access=ALL-UNNAMED -XX:TieredStopAtLevel=1 -Xshare:auto -cp '%s' io.leat.cli.Main "$@"
                """.formatted(System.getProperty("java.home"), System.getProperty("java.class.path")));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(folder.resolve("leat"), program);
    }

    /** Standard output and error of the command, as a person sees them on one screen. */
    List<String> run(String command) throws IOException, InterruptedException {
        Path where = home.resolve("where");
        var builder = new ProcessBuilder("bash", "-c", command + "\ncode=$?\npwd > " + quoted(where) + "\nexit $code")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile());
        var environment = builder.environment();
        environment.put("PATH", home + ":" + environment.get("PATH"));
        environment.put("HOME", home.toString());
        environment.put("REPOSITORY", repository.toString());
        environment.put("NO_COLOR", "1");
        environment.put("TZ", "UTC");
        environment.keySet().removeIf(name -> name.startsWith("LEAT_") || name.equals("JAVA_TOOL_OPTIONS"));
        environment.put("LEAT_STEP_LOG", "none");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("does not end: " + command);
        }
        folder = Path.of(Files.readString(where).strip());
        return output.replace(home.resolve("work").toString(), "/home/you")
                .lines()
                .map(String::stripTrailing)
                .toList();
    }

    private static String quoted(Path path) {
        return "'" + path + "'";
    }
}

package io.leat.run;

import io.leat.Leat;
import io.leat.name.PipelineException;
import io.leat.project.Place;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Starts processes of their own that run a project once, for tests of what only the death of a process can show. The first
 * that ends in order leaves an archive of its classes, from which the others start faster.
 */
record RunProcess(String classPath, Path archive) {

    /** The exit code of a process that was killed, or that a fault point made die in the same way. */
    static final int KILLED = 137;

    /** Packs the classes, which only jars can be archived from, into the folder. */
    static RunProcess in(Path folder) {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                entries.add(pack(path, folder.resolve("classes-" + entries.size() + ".jar")));
            } else if (Files.exists(path)) {
                entries.add(entry);
            }
        }
        return new RunProcess(String.join(File.pathSeparator, entries), folder.resolve("classes.jsa"));
    }

    private static String pack(Path classes, Path jar) {
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(file -> !file.equals(classes)).toList()) {
                String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
                // folders have entries too: resources are found by them
                out.putNextEntry(new JarEntry(Files.isDirectory(file) ? name + "/" : name));
                if (Files.isRegularFile(file)) {
                    Files.copy(file, out);
                }
                out.closeEntry();
            }
            return jar.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts one with these options of the JVM. */
    Process start(Path project, String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-Xlog:disable",
                Files.exists(archive) ? "-XX:SharedArchiveFile=" + archive : "-XX:ArchiveClassesAtExit=" + archive));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classPath, RunProcess.class.getName(), project.toString()));
        try {
            return new ProcessBuilder(command).inheritIO().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs one to its end. */
    int run(Path project, String... options) throws InterruptedException {
        return start(project, options).waitFor();
    }

    public static void main(String[] arguments) {
        int code;
        try (Leat leat = Leat.open(new Place(Path.of(arguments[0]), "test", Map.of(), Map.of()))) {
            code = leat.run(RunRequest.EVERYTHING, RunListener.SILENT).exitCode();
        } catch (PipelineException e) {
            e.printStackTrace();
            code = e.code().exitCode();
        }
        System.exit(code);
    }
}

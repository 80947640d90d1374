package io.leat.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where the measurements are made: the launcher of Leat, and a folder for what is generated and written. */
record Place(Path leat, Path folder) {
    /** A command of Leat's. */
    Command leat(Path project, String... arguments) {
        return new Command(
                project,
                Stream.concat(Stream.of(leat.toString()), Stream.of(arguments)).toList());
    }

    /** A program of this module, in a JVM of the kind that the launcher starts. */
    Command program(Path in, Class<?> main, String... arguments) {
        var words = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName());
        return new Command(
                in, Stream.concat(words.stream(), Stream.of(arguments)).toList());
    }

    /** An empty folder of this name, whatever lay there. */
    Path fresh(String name) throws IOException {
        Path fresh = folder.resolve(name);
        remove(fresh);
        return Files.createDirectories(fresh);
    }

    /** Removes a folder with all that is in it, if it is there. */
    static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(Place::delete);
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

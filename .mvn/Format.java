import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/**
 * Formats the Java files that changed since the last time that
 * all were well formatted ("write"), or says which are not ("check").
 * It runs on the toolchain's JDK, because the formatter parses with the compiler of the JVM that it runs in.
 */
class Format {
    public static void main(String[] arguments) throws IOException {
        boolean write = arguments[0].equals("write");
        Path root = Path.of(arguments[1]);
        Path stamp = root.resolve("target/format/stamp");
        Instant start = Instant.now();
        Instant checked = Files.exists(stamp) ? Files.getLastModifiedTime(stamp).toInstant() : Instant.EPOCH;
        var formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
                .style(JavaFormatterOptions.Style.PALANTIR)
                .build());
        var wrong = new ConcurrentLinkedQueue<String>();
        sources(root, checked).parallelStream().forEach(file -> {
            try {
                String source = Files.readString(file);
                String formatted = formatter.formatSource(ImportOrderer.reorderImports(
                        RemoveUnusedImports.removeUnusedImports(source), JavaFormatterOptions.Style.PALANTIR));
                if (formatted.equals(source)) {
                    return;
                }
                if (write) {
                    Files.writeString(file, formatted);
                    System.out.println("formatted " + root.relativize(file));
                } else {
                    wrong.add(root.relativize(file).toString());
                }
            } catch (FormatterException e) {
                wrong.add(root.relativize(file) + ": " + e.getMessage());
            } catch (IOException e) {
                wrong.add(e.toString());
            }
        });
        if (!wrong.isEmpty()) {
            System.err.println("not formatted (./format does it):");
            wrong.stream().sorted().forEach(line -> System.err.println("  " + line));
            System.exit(1);
        }
        if (!Files.exists(stamp)) {
            Files.createFile(stamp);
        }
        Files.setLastModifiedTime(stamp, FileTime.from(start));
    }

    private static List<Path> sources(Path root, Instant checked) throws IOException {
        try (Stream<Path> files = Files.list(root)
                .map(module -> module.resolve("src"))
                .filter(Files::isDirectory)
                .flatMap(Format::tree)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toFile().lastModified() >= checked.toEpochMilli())
                    .toList();
        }
    }

    private static Stream<Path> tree(Path folder) {
        try {
            return Files.walk(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

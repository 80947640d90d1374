package io.leat.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where configuration came from: a file, an environment variable, an option of the command line. A confidential source
 * is named in problems, but no line of it is shown, because it may hold a secret.
 */
public final class SourceText {

    private final String name;
    private final @Nullable Path file;
    private final @Nullable List<String> lines;

    private SourceText(String name, @Nullable Path file, @Nullable List<String> lines) {
        this.name = name;
        this.file = file;
        this.lines = lines;
    }

    /** A file whose lines may be shown. */
    public static SourceText ofFile(Path file, String text) {
        return new SourceText(file.toString(), file, text.lines().toList());
    }

    /** A file of which nothing but the name is shown. */
    public static SourceText ofFile(Path file) {
        return new SourceText(file.toString(), file, null);
    }

    /** Something that is not a file, under the name that a user knows it by: {@code environment variable LEAT_STATE}. */
    public static SourceText named(String name) {
        return new SourceText(name, null, null);
    }

    /** A text that is not a file and may be shown, for example a default. */
    public static SourceText ofText(String name, String text) {
        return new SourceText(name, null, text.lines().toList());
    }

    public String name() {
        return name;
    }

    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /** The line with this number, counted from 1, if it exists and may be shown. */
    public Optional<String> line(int number) {
        return lines == null || number < 1 || number > lines.size()
                ? Optional.empty()
                : Optional.of(lines.get(number - 1));
    }

    @Override
    public String toString() {
        return name;
    }
}

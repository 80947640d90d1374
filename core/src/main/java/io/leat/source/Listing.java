package io.leat.source;

import io.leat.config.Suggestion;
import io.leat.config.UnreadablePath;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Finds the files that patterns name. */
final class Listing {

    /** Bytes, not letters of a language: the same order everywhere. */
    private static final Comparator<String> BY_CODE_POINTS = (left, right) -> {
        int[] a = left.codePoints().toArray();
        int[] b = right.codePoints().toArray();
        return Arrays.compare(a, b);
    };

    private final Path root;

    Listing(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /**
     * The same pattern, if it is one.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    static String requirePattern(String pattern) {
        try {
            FileSystems.getDefault().getPathMatcher("glob:" + pattern);
            var _ = Path.of(pattern);
            return pattern;
        } catch (PatternSyntaxException wrong) {
            throw new IllegalArgumentException(
                    "'" + pattern + "' is not a pattern of files (" + wrong.getDescription()
                            + "); in the name of a file write [[] for [ and [{] for {",
                    wrong);
        } catch (InvalidPathException wrong) {
            throw new IllegalArgumentException("'" + pattern + "' cannot be a path: " + wrong.getReason(), wrong);
        }
    }

    List<SourceFile> find(List<String> patterns) {
        var found = new TreeMap<String, SourceFile>(BY_CODE_POINTS);
        for (String pattern : patterns) {
            for (Path path : matching(pattern)) {
                SourceFile file = file(path);
                found.put(file.name(), file);
            }
        }
        return List.copyOf(found.values());
    }

    private List<Path> matching(String pattern) {
        int sign = firstSign(pattern);
        if (sign < 0) {
            Path path = root.resolve(pattern).normalize();
            if (Files.isDirectory(path)) {
                throw new PipelineException(ErrorCode.SOURCE_MISSING, pattern + " is a folder, not a file")
                        .withHint("name the files in it: " + pattern.replaceAll("/+$", "") + "/*");
            }
            return Files.exists(path) || UnreadablePath.leadsNowhere(path) ? List.of(path) : List.of();
        }
        int slash = pattern.lastIndexOf('/', sign);
        Path folder = root.resolve(slash < 0 ? "" : slash == 0 ? "/" : pattern.substring(0, slash))
                .normalize();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        String rest = pattern.substring(slash + 1);
        int deepest = rest.contains("**") ? Integer.MAX_VALUE : Path.of(rest).getNameCount();
        List<PathMatcher> matchers = new ArrayList<>();
        matchers.add(folder.getFileSystem().getPathMatcher("glob:" + rest));
        if (rest.startsWith("**/")) {
            matchers.add(folder.getFileSystem().getPathMatcher("glob:" + rest.substring(3)));
        }
        try (Stream<Path> all = Files.walk(folder, deepest, FileVisitOption.FOLLOW_LINKS)) {
            return all.filter(path -> matchers.stream().anyMatch(matcher -> matcher.matches(folder.relativize(path))))
                    .filter(path -> !path.getFileName().toString().startsWith("."))
                    .filter(path -> !Files.isDirectory(path))
                    .toList();
        } catch (IOException | UncheckedIOException failure) {
            throw unreadable(folder, failure);
        }
    }

    private PipelineException unreadable(Path folder, Exception failure) {
        Throwable cause = failure instanceof UncheckedIOException unchecked ? unchecked.getCause() : failure;
        if (cause instanceof AccessDeniedException denied) {
            Path exact = denied.getFile() == null ? folder : folder.resolveSibling(denied.getFile());
            return new PipelineException(
                            ErrorCode.PERMISSION, "the folder " + name(exact) + " may not be read", failure)
                    .withHint("give the user that runs leat the right to read it");
        }
        return new PipelineException(
                ErrorCode.STORAGE_ACCESS,
                "the folder " + name(folder) + " cannot be read: " + (cause == null ? failure : cause).getMessage(),
                failure);
    }

    private static int firstSign(String pattern) {
        for (int i = 0; i < pattern.length(); i++) {
            if ("*?[{".indexOf(pattern.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private SourceFile file(Path path) {
        if (UnreadablePath.leadsNowhere(path)) {
            throw new PipelineException(
                            ErrorCode.SOURCE_MISSING, name(path) + " cannot be read: the link leads nowhere")
                    .withHint("point it at a file that exists, or remove it");
        }
        if (!Files.isReadable(path)) {
            throw new PipelineException(ErrorCode.PERMISSION, "the file " + name(path) + " may not be read")
                    .withHint("give the user that runs leat the right to read it");
        }
        try {
            return new SourceFile(
                    name(path),
                    path,
                    Files.size(path),
                    Files.getLastModifiedTime(path).toInstant());
        } catch (IOException failure) {
            throw new PipelineException(
                    ErrorCode.STORAGE_ACCESS, "the file " + name(path) + " cannot be read", failure);
        }
    }

    private String name(Path path) {
        return path.startsWith(root) && !path.equals(root)
                ? root.relativize(path).toString()
                : path.toString();
    }

    /** What may help whoever wrote patterns that name no file. */
    String advice(List<String> patterns) {
        for (String pattern : patterns) {
            int sign = firstSign(pattern);
            int slash = pattern.lastIndexOf('/', sign < 0 ? pattern.length() : sign);
            String before = slash < 0 ? "" : pattern.substring(0, slash);
            Path folder = root.resolve(before).normalize();
            if (!Files.isDirectory(folder)) {
                return "there is no folder " + before + "; paths begin in the project's folder";
            }
            if (sign < 0) {
                Optional<String> near = Suggestion.nearest(pattern.substring(slash + 1), filesIn(folder));
                if (near.isPresent()) {
                    return "did you mean " + pattern.substring(0, slash + 1) + near.get() + "?";
                }
            }
        }
        return "put a file there, or correct `source: { files: … }`";
    }

    private static List<String> filesIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException _) {
            return List.of();
        }
    }
}

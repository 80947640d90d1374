package io.leat.config;

import io.leat.name.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Says why a file or folder of the project cannot be read. */
public final class UnreadablePath {

    private UnreadablePath() {}

    /**
     * The problem with a path, or with the one inside it that the failure names.
     *
     * @param shown how problems name the path, usually relative to the project
     * @param failure an IOException, perhaps unchecked
     */
    public static Problem problem(Path path, Path shown, Exception failure) {
        Throwable cause = failure instanceof UncheckedIOException wrapped ? wrapped.getCause() : failure;
        Path exact = cause instanceof FileSystemException told && told.getFile() != null
                ? path.resolveSibling(told.getFile())
                : path;
        Path place = exact.startsWith(path) ? exact : path;
        Mark mark = Mark.whole(place.equals(path) ? shown : shown.resolve(path.relativize(place)));
        String kind = Files.isDirectory(place) ? "the folder" : "the file";
        var problem = new Problem(ErrorCode.UNREADABLE_FILE, mark, kind + " cannot be read");
        return switch (cause) {
            case NoSuchFileException _
            when leadsNowhere(place) ->
                new Problem(ErrorCode.UNREADABLE_FILE, mark, "the link leads nowhere")
                        .hinting("point it at a file that exists, or remove it");
            case NoSuchFileException _ -> new Problem(ErrorCode.UNREADABLE_FILE, mark, "there is no such file");
            case AccessDeniedException _ ->
                new Problem(ErrorCode.UNREADABLE_FILE, mark, kind + " may not be read")
                        .hinting("check its permissions: the user that runs leat needs the right to read it");
            case IOException told
            when told.getMessage() != null ->
                new Problem(ErrorCode.UNREADABLE_FILE, mark, kind + " cannot be read: " + told.getMessage());
            default -> problem;
        };
    }

    /** Whether there is a symbolic link whose target does not exist. */
    public static boolean leadsNowhere(Path path) {
        return Files.isSymbolicLink(path) && !Files.exists(path);
    }
}

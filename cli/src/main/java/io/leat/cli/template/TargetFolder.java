package io.leat.cli.template;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The rule for folders that Leat fills: absent, or empty but for what an editor or git leaves there. */
public final class TargetFolder {
    private static final Set<String> HARMLESS =
            Set.of(".git", ".gitattributes", ".DS_Store", ".idea", ".vscode", ".envrc");

    private TargetFolder() {}

    /**
     * Does nothing if the folder may be filled.
     *
     * @throws PipelineException E111 if it holds something else, or is no folder
     */
    public static void requireFree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw new PipelineException(ErrorCode.FOLDER_NOT_EMPTY, folder + " is a file, not a folder");
        }
        List<String> others;
        try (var entries = Files.list(folder)) {
            others = entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !HARMLESS.contains(name))
                    .sorted()
                    .toList();
        }
        if (!others.isEmpty()) {
            throw new PipelineException(
                            ErrorCode.FOLDER_NOT_EMPTY,
                            folder + " is not empty: it holds "
                                    + String.join(", ", others.subList(0, Math.min(3, others.size())))
                                    + (others.size() > 3 ? " and " + (others.size() - 3) + " more" : ""))
                    .withHint("name a folder that is empty or does not exist; nothing was written");
        }
    }
}

package io.leat.cli.template;

import io.leat.project.ProjectSchemas;
import io.leat.storage.LocalStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A fresh project: commented configuration, folders, and nothing that would run. */
public final class NewProject {
    private static final String EDITOR = ".vscode/settings.json";

    /** Resource by file: names that begin with a dot are plain resources, so that no tool skips them. */
    private static final Map<String, String> FILES = new LinkedHashMap<>();

    static {
        FILES.put("leat.yaml", "leat.yaml");
        FILES.put("README.md", "README.md");
        FILES.put(".env.example", "env.example");
        FILES.put(".gitignore", "gitignore");
        FILES.put("pipelines/.gitkeep", "");
        FILES.put("models/.gitkeep", "");
        FILES.put("data/.gitkeep", "");
    }

    private NewProject() {}

    /**
     * Writes a project into a folder that is absent or empty and returns the names of the files.
     *
     * @throws io.leat.name.PipelineException E111 if the folder holds something else; then nothing is written
     */
    public static List<String> write(Path folder) throws IOException {
        TargetFolder.requireFree(folder);
        LocalStore.createFolders(folder);
        var written = new ArrayList<String>();
        for (var file : FILES.entrySet()) {
            Path target = folder.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.writeString(target, text(file.getValue()).replace("{{name}}", name(folder)));
            written.add(file.getKey());
        }
        for (var schema : ProjectSchemas.schemas().entrySet()) {
            String name = ".schemas/" + schema.getKey() + ".json";
            Files.createDirectories(folder.resolve(".schemas"));
            Files.writeString(folder.resolve(name), schema.getValue());
            written.add(name);
        }
        Path editor = folder.resolve(EDITOR);
        if (!Files.exists(editor)) {
            Files.createDirectories(editor.getParent());
            Files.writeString(editor, text("vscode.json"));
            written.add(EDITOR);
        }
        return written;
    }

    /** The name of a project in a folder: the folder's own, as an identifier. */
    public static String name(Path folder) {
        Path last = folder.toAbsolutePath().normalize().getFileName();
        String plain = (last == null ? "project" : last.toString())
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "_")
                .replaceAll("^_+|_+$", "");
        return plain.isEmpty() ? "project" : plain.matches("[a-z].*") ? plain : "p_" + plain;
    }

    private static String text(String resource) throws IOException {
        if (resource.isEmpty()) {
            return "";
        }
        try (InputStream stream = NewProject.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("the program lacks its own file " + resource);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

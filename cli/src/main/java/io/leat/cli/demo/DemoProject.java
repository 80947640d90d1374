package io.leat.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the demo project into a folder. */
public final class DemoProject {
    /** The seed of the demo that users see. */
    public static final long SEED = 20_240_310;

    private static final String TOTALS = "manifest/totals.ndjson";

    private static final List<String> FILES = List.of(
            "leat.yaml",
            "README.md",
            "pipelines/countries.yaml",
            "pipelines/wellbeing_labels.yaml",
            "pipelines/commerce_labels.yaml",
            "pipelines/climate_labels.yaml",
            "pipelines/wellbeing.yaml",
            "pipelines/commerce.yaml",
            "pipelines/climate.yaml",
            "pipelines/stations.yaml",
            "pipelines/trips_spring.yaml",
            "pipelines/trips_autumn.yaml",
            "models/sources/wellbeing.sql",
            "models/sources/commerce.sql",
            "models/sources/climate.sql",
            "models/master/indicators.sql",
            "models/_metadata/coverage.sql",
            "models/gold/trips_by_day.sql");

    private DemoProject() {}

    /**
     * Writes configuration, data, and the manifest: {@code manifest/defects.ndjson} names every record that is not ordinary and its
     * fate, {@code manifest/totals.ndjson} what a complete run must count for every slice.
     *
     * @throws IOException if a file cannot be written; what was written before stays
     */
    public static void write(Path folder, long seed) throws IOException {
        var manifest = new Manifest();
        for (String file : FILES) {
            copy(file, folder.resolve(file));
        }
        new IndicatorFiles(folder, seed, manifest).write();
        new TripFiles(folder, seed, manifest).write();
        Files.createDirectories(folder.resolve(TOTALS).getParent());
        Files.writeString(folder.resolve("manifest/defects.ndjson"), manifest.defects());
        Files.writeString(folder.resolve(TOTALS), manifest.totals());
    }

    /** Whether a folder holds a demo project that was written completely: its totals are written last. */
    public static boolean isIn(Path folder) throws IOException {
        return isBegunIn(folder) && Files.isRegularFile(folder.resolve(TOTALS));
    }

    /** Whether a folder holds a demo project, or as much of it as was written before something broke off. */
    public static boolean isBegunIn(Path folder) throws IOException {
        Path settings = folder.resolve("leat.yaml");
        return Files.isRegularFile(settings) && Files.readString(settings).contains("\nproject: demo\n");
    }

    private static void copy(String name, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        try (InputStream resource = DemoProject.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException("the program lacks its own file " + name);
            }
            Files.write(target, resource.readAllBytes());
        }
    }
}

package io.leat.project;

import io.leat.name.EnvironmentName;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which project is meant, in which environment, with which overrides.
 *
 * @param root the folder with {@code leat.yaml}, absolute
 * @param environment what {@code --env} says; {@code dev} is everybody's own
 * @param variables environment variables of the process
 * @param overrides settings from the command line, keys with dots
 */
public record Place(Path root, String environment, Map<String, String> variables, Map<String, String> overrides) {

    public static final String FILE = "leat.yaml";
    public static final String OWN = "dev";

    public Place {
        root = root.toAbsolutePath().normalize();
        variables = Map.copyOf(variables);
        overrides = Map.copyOf(overrides);
    }

    /**
     * The project folder: this one, or the nearest above it that holds {@code leat.yaml}.
     *
     * @throws PipelineException E110 if there is none
     */
    public static Path find(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        return Optional.of(absolute)
                .flatMap(Place::nearest)
                .orElseThrow(() -> new PipelineException(
                                ErrorCode.NO_PROJECT, "there is no leat.yaml in " + absolute + " or above it")
                        .withHint("go to a project's folder, name one with --project, or make one with `leat init`"));
    }

    private static Optional<Path> nearest(Path folder) {
        for (Path here = folder; here != null; here = here.getParent()) {
            if (Files.isRegularFile(here.resolve(FILE))) {
                return Optional.of(here);
            }
        }
        return Optional.empty();
    }

    /** The environment's name in the store: {@code dev} becomes {@code dev_<user>}, so that nobody meets another's tables. */
    EnvironmentName environmentName() {
        if (!environment.equals(OWN)) {
            return new EnvironmentName(environment);
        }
        String user = variables.getOrDefault("LEAT_USER", System.getProperty("user.name", ""));
        String plain =
                user.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_+|_+$", "");
        return new EnvironmentName(plain.isEmpty() ? OWN : OWN + "_" + plain);
    }
}

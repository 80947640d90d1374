package io.leat.config;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds secrets by name. */
@FunctionalInterface
public interface SecretProvider {

    /** The value, or empty if this provider does not have it. */
    Optional<String> find(String name);

    /** Environment variables: {@code LEAT_SECRET_X} before {@code X}. */
    static SecretProvider variables(Map<String, String> variables) {
        return name -> Optional.ofNullable(variables.get("LEAT_SECRET_" + name))
                .or(() -> Optional.ofNullable(variables.get(name)));
    }

    /** One file per secret, as container platforms mount them; a newline at the end of the file is not part of the value. */
    static SecretProvider folder(Path folder) {
        return name -> {
            Path file = folder.resolve(name);
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            try {
                return Optional.of(Files.readString(file).replaceFirst("\\R$", ""));
            } catch (IOException e) {
                throw new PipelineException(
                        ErrorCode.UNREADABLE_FILE, "the secret " + name + " cannot be read from " + file, e);
            }
        };
    }

    /** The first provider that has it. */
    static SecretProvider first(List<SecretProvider> providers) {
        var all = List.copyOf(providers);
        return name ->
                all.stream().flatMap(provider -> provider.find(name).stream()).findFirst();
    }
}

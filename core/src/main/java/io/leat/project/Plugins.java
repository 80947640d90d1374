package io.leat.project;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * What the jars in a project's folder {@value #FOLDER} bring: loaded once, in a class loader of their own, when something is asked for
 * the first time. To be closed.
 */
public final class Plugins implements AutoCloseable {

    static final String FOLDER = "lib";

    private final List<Path> jars;
    private final URLClassLoader loader;

    private Plugins(List<Path> jars) {
        this.jars = jars;
        this.loader = new URLClassLoader(
                "leat-plugins", jars.stream().map(Plugins::url).toArray(URL[]::new), Plugins.class.getClassLoader());
    }

    /** The jars of the project in this folder, in the order of their names; none if there is no such folder. */
    public static Plugins in(Path root) {
        Path folder = root.resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            return new Plugins(List.of());
        }
        try (Stream<Path> files = Files.list(folder)) {
            return new Plugins(
                    files.filter(file -> file.getFileName().toString().endsWith(".jar"))
                            .sorted()
                            .toList());
        } catch (IOException e) {
            throw new PipelineException(ErrorCode.PLUGIN, "the folder " + folder + " cannot be read", e);
        }
    }

    public List<Path> jars() {
        return jars;
    }

    /**
     * The implementations of a service, those of Leat itself first.
     *
     * @throws PipelineException E113 if one cannot be loaded
     */
    public <T> List<T> all(Class<T> service) {
        List<T> found = new ArrayList<>();
        try {
            ServiceLoader.load(service, loader).forEach(found::add);
        } catch (ServiceConfigurationError e) {
            throw new PipelineException(
                            ErrorCode.PLUGIN, "a plugin in " + FOLDER + "/ cannot be loaded: " + e.getMessage(), e)
                    .withHint("it has to be built for Java 25 or earlier, have a constructor without arguments,"
                            + " and bring what it needs, in the same folder");
        }
        return found;
    }

    /**
     * One thing that a jar brings.
     *
     * @param service what it is: {@code record key}
     * @param name as it is used in the project's files
     */
    public record Plugin(String service, String name, String className, Path jar) {}

    /**
     * All that the jars bring.
     *
     * @throws PipelineException E113 if one cannot be loaded
     */
    public List<Plugin> list() {
        return all(RecordKey.class).stream()
                .map(key -> new Plugin("record key", key.name(), key.getClass().getName(), jar(key.getClass())))
                .toList();
    }

    private static Path jar(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        try {
            loader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

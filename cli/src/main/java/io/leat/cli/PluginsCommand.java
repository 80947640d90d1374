package io.leat.cli;

import io.leat.cli.output.Kind;
import io.leat.cli.output.Listing;
import io.leat.project.Plugins.Plugin;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "plugins",
        description = "Lists what the jars in the project's folder lib/ bring, by the names that its files use.",
        footerHeading = "%nExamples:%n",
        footer = "  leat plugins")
final class PluginsCommand implements Callable<Integer> {
    private static final Listing<Plugin> PLUGINS = Listing.<Plugin>empty()
            .with("name", Kind.TEXT, Plugin::name)
            .with("kind", Kind.TEXT, Plugin::service)
            .with("class", Kind.TEXT, Plugin::className)
            .with("jar", Kind.TEXT, plugin -> plugin.jar().getFileName());

    private final Session session;

    PluginsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (var project = session.project()) {
            List<Plugin> plugins = project.plugins().list();
            session.output().print(PLUGINS, plugins);
            if (plugins.isEmpty()) {
                session.output().say("no jar in lib/ brings anything");
            }
        }
        return 0;
    }
}

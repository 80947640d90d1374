package io.leat.cli;

import io.leat.cli.output.Kind;
import io.leat.cli.output.Listing;
import io.leat.model.Model;
import io.leat.project.Project;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "models",
        description = "The models: their kind, what they read, how often they are due, what they say of themselves.",
        footerHeading = "%nExamples:%n",
        footer = {"  leat models", "  leat models gold.*", "  leat models -o yaml"})
final class ModelsCommand implements Callable<Integer> {
    private static final Listing<Model> MODELS = Listing.<Model>empty()
            .with("name", Kind.TEXT, Model::name)
            .with("kind", Kind.TEXT, model -> model.kind().text())
            .with(
                    "reads",
                    Kind.TEXT,
                    model -> model.dependencies().stream().map(Object::toString).collect(Collectors.joining(", ")))
            .with("audits", Kind.NUMBER, model -> model.audits().size())
            .with("description", Kind.TEXT, model -> model.about().description().orElse(null))
            .withDetail("owner", model -> model.about().owner().orElse(null))
            .withDetail("tags", model -> model.about().tags())
            .withDetail("cron", model -> model.cron().toString())
            .withDetail("fingerprint", model -> model.fingerprint().toString())
            .withDetail("file", model -> model.mark().toString());

    private final Session session;

    @Mixin
    final SelectionOptions selected = new SelectionOptions();

    ModelsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Project project = session.project();
        List<Model> models = selected.selection().of(project.dag()).stream()
                .flatMap(node -> project.model(node).stream())
                .toList();
        session.output().print(MODELS, models);
        return 0;
    }
}

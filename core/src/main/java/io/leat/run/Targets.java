package io.leat.run;

import io.leat.connection.PostgresConnection;
import io.leat.lake.Evolution;
import io.leat.lake.Lake;
import io.leat.lake.WriteMode;
import io.leat.model.Model;
import io.leat.model.ModelKind;
import io.leat.name.EnvironmentName;
import io.leat.name.PipelineName;
import io.leat.project.Pipeline;
import io.leat.project.Project;
import io.leat.schema.FoldSpec;
import io.leat.state.StateStore;
import io.leat.target.LakeTarget;
import io.leat.target.Target;
import io.leat.target.postgres.PostgresTarget;
import java.util.Objects;
import java.util.Optional;

/** Where the rows of pipelines and models go in one environment. */
final class Targets {

    private final Project project;
    private final StateStore state;
    private final Lake lake;
    private final EnvironmentName environment;

    Targets(Project project, StateStore state, Lake lake) {
        this.project = project;
        this.state = state;
        this.lake = lake;
        this.environment = project.environment();
    }

    Target of(Pipeline pipeline) {
        var spec = pipeline.target();
        return spec.connection()
                .<Target>map(name -> new PostgresTarget(spec, connection(name.value()), environment, lake, state))
                .orElseGet(() -> new LakeTarget(
                        lake,
                        environment,
                        pipeline.name(),
                        spec.table(),
                        spec.write(),
                        spec.fold().map(FoldSpec::fold),
                        Evolution.renaming(spec.renamed())));
    }

    /** The project is valid: it has this connection. */
    private PostgresConnection connection(String name) {
        return (PostgresConnection)
                Objects.requireNonNull(project.settings().connections().get(name));
    }

    Target of(Model model) {
        // a table that is replaced as a whole may have whatever columns its query gives
        Evolution evolution = model.kind() instanceof ModelKind.Full ? Evolution.EXACT : Evolution.GROW;
        return new LakeTarget(
                lake,
                environment,
                PipelineName.of(model.name()),
                model.name(),
                WriteMode.REPLACE,
                Optional.empty(),
                evolution);
    }
}

package io.leat.run;

import io.leat.lake.Evolution;
import io.leat.lake.Lake;
import io.leat.lake.WriteMode;
import io.leat.model.Model;
import io.leat.model.ModelKind;
import io.leat.name.EnvironmentName;
import io.leat.name.PipelineName;
import io.leat.project.Pipeline;
import io.leat.schema.FoldSpec;
import io.leat.target.LakeTarget;
import io.leat.target.Target;
import java.util.Optional;

/** Where the rows of pipelines and models go in one environment. */
final class Targets {

    private final Lake lake;
    private final EnvironmentName environment;

    Targets(Lake lake, EnvironmentName environment) {
        this.lake = lake;
        this.environment = environment;
    }

    Target of(Pipeline pipeline) {
        var spec = pipeline.target();
        return new LakeTarget(
                lake,
                environment,
                pipeline.name(),
                spec.table(),
                spec.write(),
                spec.fold().map(FoldSpec::fold),
                Evolution.renaming(spec.renamed()));
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

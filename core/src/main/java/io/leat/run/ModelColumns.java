package io.leat.run;

import io.leat.lake.Lake;
import io.leat.model.Analyzer;
import io.leat.model.Model;
import io.leat.project.Project;
import io.leat.schema.Contract;
import io.leat.state.StateReader;
import java.util.Optional;

/** What the columns of a model are, as far as that can be known now. */
public final class ModelColumns {

    private ModelColumns() {}

    /** The columns that the query gives; empty while something that it reads has never been loaded. */
    public static Optional<Contract> of(Model model, Project project, StateReader state, Lake lake, Analyzer analyzer) {
        var inputs = new ModelInputs(project, state, lake, analyzer);
        return inputs.lakeTables(model).stream().allMatch(inputs::isLoaded)
                ? Optional.of(inputs.output(model))
                : Optional.empty();
    }
}

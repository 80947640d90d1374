package io.leat.run;

import io.leat.lake.DuckDb;
import io.leat.lake.Lake;
import io.leat.lake.LakeKeeper.Restored;
import io.leat.lake.Upkeep;
import io.leat.project.Node;
import io.leat.project.Project;
import io.leat.state.StateStore;
import io.leat.target.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an operator does with a project now and then. Each is written down in the audit log. */
public final class Chores {

    private static final String LAKE = "lake";

    private final Project project;
    private final StateStore state;
    private final Lake lake;

    public Chores(Project project, StateStore state, Lake lake) {
        this.project = project;
        this.state = state;
        this.lake = lake;
    }

    /** See {@link io.leat.lake.LakeKeeper#maintain}. */
    public Upkeep.Report maintain(Upkeep upkeep) {
        try (var temp = TempFolder.in(project.storage().resolve("tmp"));
                var duck = DuckDb.open(Loading.limits(project, temp.path()))) {
            Upkeep.Report report = lake.keeper().maintain(duck, project.environment(), upkeep);
            state.audit(
                    project.environment(), null, "lake maintain", LAKE, null, report.deletedFiles() + " files deleted");
            return report;
        }
    }

    /** See {@link io.leat.lake.LakeKeeper#recover}. */
    public List<Restored> recover() {
        return noted("lake recover", lake.keeper().recover());
    }

    /** See {@link io.leat.lake.LakeKeeper#relocate}. */
    public List<Restored> relocate() {
        return noted("lake relocate", lake.keeper().relocate(project.environment()));
    }

    /**
     * Lets Leat write to the targets of pipelines, whoever made them. See {@link io.leat.target.Target#adopt}.
     *
     * @return what was changed, by the name of the target
     */
    public Map<String, String> adopt(List<Node> nodes) {
        var targets = new Targets(project, state, lake);
        Map<String, String> adopted = new LinkedHashMap<>();
        for (Node node : nodes) {
            Target target = project.pipeline(node)
                    .map(targets::of)
                    .orElseGet(() -> targets.of(project.model(node).orElseThrow()));
            target.adopt().ifPresent(changed -> {
                adopted.put(target.name(), changed);
                state.audit(project.environment(), null, "adopt", target.name(), null, changed);
            });
        }
        return adopted;
    }

    private List<Restored> noted(String action, List<Restored> restored) {
        state.audit(project.environment(), null, action, LAKE, null, restored.size() + " tables");
        return restored;
    }
}

package io.leat.run;

import io.leat.lake.DuckDb;
import io.leat.name.PipelineName;
import io.leat.name.TableName;
import io.leat.project.Node;
import io.leat.project.Project;
import io.leat.source.Copies;
import io.leat.source.Draft;
import io.leat.source.Drafts;
import io.leat.storage.LocalStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Drafts pipelines for a project, within the limits that its runs have. */
public final class Drafting {

    private Drafting() {}

    /** @param name for the only draft that the files make; empty: from the files' names */
    public static List<Draft> of(Project project, List<Path> files, Optional<PipelineName> name) {
        Set<PipelineName> pipelines =
                project.dag().nodes().stream().map(Node::name).collect(Collectors.toSet());
        Set<TableName> tables = project.dag().nodes().stream()
                .flatMap(node -> node.table().stream())
                .collect(Collectors.toSet());
        try (var temp = TempFolder.in(project.storage().resolve("tmp"));
                var duck = DuckDb.open(Loading.limits(project, temp.path()))) {
            var copies = new Copies(temp.path().resolve("copies"));
            LocalStore.createFolders(copies.folder());
            var place = new Drafts.Place(
                    project.root(), copies, project.settings().defaults().timezone(), pipelines, tables);
            return new Drafts(duck, place).of(files, name);
        }
    }
}

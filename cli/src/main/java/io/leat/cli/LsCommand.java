package io.leat.cli;

import io.leat.cli.output.Kind;
import io.leat.cli.output.Listing;
import io.leat.project.Node;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "ls",
        description = "Pipelines and models in the order of loading: what a selection means.",
        footerHeading = "%nExamples:%n",
        footer = {"  leat ls", "  leat ls +master.indicators", "  leat ls tag:trips -o json"})
final class LsCommand implements Callable<Integer> {
    private static final Listing<Node> NODES = Listing.<Node>empty()
            .with("name", Kind.TEXT, Node::name)
            .with("kind", Kind.TEXT, node -> OutcomeListing.word(node.kind()))
            .with("table", Kind.TEXT, Node::table)
            .with(
                    "reads",
                    Kind.TEXT,
                    node -> node.reads().stream().map(Object::toString).sorted().collect(Collectors.joining(", ")))
            .with("tags", Kind.TEXT, node -> String.join(", ", node.tags()))
            .with("path", Kind.TEXT, Node::path);

    private final Session session;

    @Mixin
    final SelectionOptions selected = new SelectionOptions();

    LsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        session.output().print(NODES, selected.selection().of(session.project().dag()));
        return 0;
    }
}

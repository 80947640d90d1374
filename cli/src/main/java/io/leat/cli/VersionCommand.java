package io.leat.cli;

import io.leat.cli.output.Kind;
import io.leat.cli.output.Listing;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "version",
        description = "The version of Leat and of what it runs on.",
        footerHeading = "%nExamples:%n",
        footer = {"  leat version", "  leat version -o json"})
final class VersionCommand implements Callable<Integer> {
    private final Session session;

    VersionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var listing =
                Listing.<Part>empty().with("part", Kind.TEXT, Part::name).with("version", Kind.TEXT, Part::version);
        var runtime = Runtime.version();
        session.output()
                .print(
                        listing,
                        List.of(
                                new Part("leat", Version.text()),
                                new Part("java", runtime.toString()),
                                new Part("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"))));
        return 0;
    }

    private record Part(String name, String version) {}
}

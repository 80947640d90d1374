package io.leat.cli;

import io.leat.cli.output.Kind;
import io.leat.cli.output.Listing;
import io.leat.state.StoreDescription;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "migrate",
        description = {
            "Makes the state store, or brings its tables to this program's version.",
            "Every command does so when it opens the store; this one does nothing else, for instance before workers are started."
        },
        footerHeading = "%nExamples:%n",
        footer = "  leat state migrate")
final class StateMigrateCommand implements Callable<Integer> {
    private static final Listing<StoreDescription> STORE = Listing.<StoreDescription>empty()
            .with("place", Kind.TEXT, StoreDescription::place)
            .with("version_before", "version before", Kind.PLAIN_NUMBER, StoreDescription::versionBefore)
            .with("version", Kind.PLAIN_NUMBER, StoreDescription::version);

    private final Session session;

    StateMigrateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (var project = session.project();
                var keeper = session.stateKeeper(project)) {
            var store = keeper.describe();
            boolean changed = store.versionBefore() < store.version();
            if (changed && store.versionBefore() > 0) {
                keeper.noteMigration(project.environment());
            }
            session.output().print(STORE, List.of(store));
            session.output().say(said(store, changed));
        }
        return 0;
    }

    private static String said(StoreDescription store, boolean changed) {
        if (!changed) {
            return "nothing to do: the store has this program's version already";
        }
        return store.versionBefore() == 0
                ? "made the store"
                : "brought the store from version " + store.versionBefore() + " to " + store.version();
    }
}

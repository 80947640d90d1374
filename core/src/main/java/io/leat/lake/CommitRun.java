package io.leat.lake;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.state.PublishResult;
import io.leat.storage.LocalStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;
import org.apache.iceberg.exceptions.CleanableFailure;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;

/** Carries out one prepared commit and keeps what the state store answered, whatever Iceberg makes of it. */
final class CommitRun {
    private final Function<String, PublishResult> publication;
    private @Nullable PublishResult answer;

    private CommitRun(Function<String, PublishResult> publication) {
        this.publication = publication;
    }

    /** Takes a clean refusal through Iceberg, which then removes the manifests that it has just written. */
    private static final class Refused extends RuntimeException implements CleanableFailure {
        private static final long serialVersionUID = 1;

        Refused() {
            super("refused", null, false, false);
        }
    }

    /**
     * Writes the metadata and lets the publication of its location decide.
     *
     * @throws PipelineException if it failed before the store was asked: nothing has changed
     */
    static PublishResult of(PreparedCommit commit, FileIO io, Function<String, PublishResult> publication) {
        var run = new CommitRun(publication);
        var operations = new LakeOperations(commit.baseMetadata(), io, commit.retention(), run::decide);
        try {
            commit.commit(operations);
        } catch (Refused | CommitStateUnknownException answered) {
            // the answer says it
        } catch (RuntimeException failure) {
            // once it is committed, whatever fails is a matter of tidying
            if (!(run.answer instanceof PublishResult.Published)) {
                throw translated(failure);
            }
        }
        if (run.answer == null) {
            throw new PipelineException(ErrorCode.INTERNAL, "a commit did nothing");
        }
        return run.answer;
    }

    private void decide(String location) {
        var decision = publication.apply(location);
        answer = decision;
        switch (decision) {
            case PublishResult.Published done -> {}
            case PublishResult.Unknown unknown -> throw new CommitStateUnknownException(unknown.cause());
            case PublishResult.LostFences lost -> throw new Refused();
            case PublishResult.PointerMoved moved -> throw new Refused();
        }
    }

    private static RuntimeException translated(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PipelineException known) {
                return known;
            }
            if (cause instanceof IOException io) {
                return LocalStore.failed("write", Path.of("the metadata of a table"), io);
            }
        }
        return failure;
    }
}

package io.leat.target.postgres;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;

/** COMMIT was sent; whether it took place is not known. */
final class UnknownCommitException extends PipelineException {
    private static final long serialVersionUID = 1;

    UnknownCommitException(PipelineException cause) {
        super(ErrorCode.COMMIT_UNKNOWN, "it is unknown whether the commit took place: " + cause.message(), cause);
    }
}

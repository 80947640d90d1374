package io.leat.state;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;

/** The commit was sent; whether it took place is not known. */
final class UnknownOutcomeException extends PipelineException {
    private static final long serialVersionUID = 1;

    UnknownOutcomeException(PipelineException cause) {
        super(ErrorCode.COMMIT_UNKNOWN, "it is unknown whether the state was written: " + cause.message(), cause);
    }
}

package io.leat.cli;

import io.leat.cli.output.Kind;
import io.leat.cli.output.Listing;
import io.leat.config.Suggestion;
import io.leat.name.ErrorCode;
import io.leat.name.ErrorPage;
import io.leat.name.PipelineException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "explain",
        description = "What an error code means: why it happens and what to do. Without a code: all of them.",
        footerHeading = "%nExamples:%n",
        footer = {"  leat explain E003", "  leat explain", "  leat explain -o json"})
final class ExplainCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "CODE", description = "A code as an error names it, such as E003.")
    @Nullable
    String code;

    ExplainCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String asked = code;
        if (asked == null) {
            session.output().print(codes(), Arrays.asList(ErrorCode.values()));
            session.output().say("`leat explain CODE` says more");
            return 0;
        }
        var page = ErrorPage.of(parse(asked));
        if (session.output().form().forPrograms()) {
            session.output().print(codes().withDetail("page", c -> page.text()), List.of(page.code()));
        } else {
            session.output().text(page.text().stripTrailing());
        }
        return 0;
    }

    private static ErrorCode parse(String asked) {
        return ErrorCode.parse(asked).orElseThrow(() -> {
            var codes = Arrays.stream(ErrorCode.values()).map(ErrorCode::code).toList();
            var failure = new PipelineException(ErrorCode.BAD_ARGUMENT, "there is no error code '" + asked + "'");
            return failure.withHint(Suggestion.nearest(asked, codes)
                    .map(near -> "did you mean " + near + "? `leat explain` lists all")
                    .orElse("`leat explain` lists all codes"));
        });
    }

    private static Listing<ErrorCode> codes() {
        return Listing.<ErrorCode>empty()
                .with("code", Kind.TEXT, ErrorCode::code)
                .with("title", Kind.TEXT, ErrorCode::title)
                .with(
                        "actor",
                        "who acts",
                        Kind.TEXT,
                        code -> code.actor().name().toLowerCase(Locale.ROOT))
                .with("retryable", "retry helps", Kind.TEXT, ErrorCode::retryable)
                .with("exit_code", "exit code", Kind.PLAIN_NUMBER, ErrorCode::exitCode);
    }
}

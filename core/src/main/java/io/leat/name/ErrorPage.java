package io.leat.name;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The page that explains an error code: what happened, why, what to do, an example. Markdown of 8 to 20 plain lines that
 * begins with a heading.
 */
public record ErrorPage(ErrorCode code, String text) {

    /**
     * The page of a code.
     *
     * @throws IllegalStateException if the program was built without it
     */
    public static ErrorPage of(ErrorCode code) {
        String path = "/io/leat/errors/" + code.code() + ".md";
        try (InputStream stream = ErrorPage.class.getResourceAsStream(path)) {
            if (stream == null) {
                throw new IllegalStateException("no page for " + code);
            }
            return new ErrorPage(code, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the page for " + code + " cannot be read", e);
        }
    }
}

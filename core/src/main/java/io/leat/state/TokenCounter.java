package io.leat.state;

import java.sql.SQLException;

/** The one counter of tokens. */
final class TokenCounter {
    private final Session session;

    TokenCounter(Session session) {
        this.session = session;
    }

    /** Draws consecutive tokens and gives the first. Gaps do no harm. */
    long draw(int tokens) throws SQLException {
        long last = session.one("UPDATE tokens SET value = value + ? WHERE id = 1 RETURNING value", Row::number, tokens)
                .orElseThrow(() -> new SQLException("the counter of tokens is gone"));
        return last - tokens + 1;
    }
}

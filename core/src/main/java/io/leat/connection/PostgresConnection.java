package io.leat.connection;

import io.leat.config.Key;
import io.leat.config.ObjectShape;
import io.leat.config.Secret;
import io.leat.config.Shape;
import java.util.Optional;

/**
 * A database of a PostgreSQL server.
 *
 * @param host a name or an address, IPv6 without brackets
 * @param password empty: the server asks for none
 * @param schema where Leat's own tables are
 */
public record PostgresConnection(
        String host, int port, String database, String user, Optional<Secret> password, String schema, Tls tls)
        implements ConnectionSpec {

    static final String TYPE = "postgresql";
    public static final int DEFAULT_PORT = 5432;
    public static final String DEFAULT_SCHEMA = "leat";

    private static final String HOST_FORM = "[A-Za-z0-9_][A-Za-z0-9._-]*|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*";
    private static final String SCHEMA_FORM = "[a-z_][a-z0-9_]{0,62}";

    private static final Key<String> HOST = Key.required(
            "host", form("a host such as db.example.org", HOST_FORM), "The name or address of the server.");
    private static final Key<Integer> PORT =
            Key.optional("port", Shape.count(1, 65_535), "The port of the server.", "" + DEFAULT_PORT);
    private static final Key<String> DATABASE = Key.required("database", Shape.text(), "The name of the database.");
    private static final Key<String> USER = Key.required("user", Shape.text(), "The role to sign in as.");
    private static final Key<Optional<Secret>> PASSWORD =
            Key.optional("password", Shape.secret(), "Its password; absent: the server asks for none.");
    private static final Key<String> SCHEMA = Key.optional(
            "schema", form("a schema such as leat", SCHEMA_FORM), "The schema for Leat's own tables.", DEFAULT_SCHEMA);
    private static final Key<Tls> TLS = Key.optional(
            "tls",
            Shape.oneOf(Tls.words()).as(Tls::of),
            "Whether the connection is encrypted; verify-full also wants a certificate that Java trusts.",
            Tls.PREFER.word());

    static final ObjectShape<PostgresConnection> SHAPE = Shape.object(
            "postgresql",
            "A database of a PostgreSQL server, 14 or later.",
            fields -> new PostgresConnection(
                    fields.value(HOST),
                    fields.value(PORT),
                    fields.value(DATABASE),
                    fields.value(USER),
                    fields.value(PASSWORD),
                    fields.value(SCHEMA),
                    fields.value(TLS)),
            HOST,
            PORT,
            DATABASE,
            USER,
            PASSWORD,
            SCHEMA,
            TLS);

    public PostgresConnection {
        requireForm("host", host, HOST_FORM);
        requireForm("schema", schema, SCHEMA_FORM);
        if (schema.startsWith("pg_") || schema.equals("information_schema")) {
            throw new IllegalArgumentException("the schema " + schema + " is PostgreSQL's own");
        }
    }

    private static void requireForm(String what, String text, String form) {
        if (!text.matches(form)) {
            throw new IllegalArgumentException("'" + text + "' is not a " + what);
        }
    }

    private static Shape<String> form(String expectation, String form) {
        return Shape.parsed(expectation, form, text -> {
            requireForm(expectation.split(" ", 3)[1], text, form);
            return text;
        });
    }

    @Override
    public String type() {
        return TYPE;
    }

    /** Server, database and schema on one line, for people. */
    public String place() {
        String server = host.contains(":") ? "[" + host + "]" : host;
        return "postgresql://" + server + ":" + port + "/" + database + ", schema " + schema;
    }
}

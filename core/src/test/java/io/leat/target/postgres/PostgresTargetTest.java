package io.leat.target.postgres;

import io.leat.config.Problems;
import io.leat.config.SourceText;
import io.leat.config.Yaml;
import io.leat.connection.ConnectionSpec;
import io.leat.connection.PostgresConnection;
import io.leat.lake.WriteMode;
import io.leat.target.Target;
import io.leat.target.TargetContract;
import io.leat.target.TargetFixture;
import io.leat.target.TargetSpec;
import io.leat.testing.TestDatabase;
import java.util.List;
import java.util.Locale;

class PostgresTargetTest extends TargetContract {

    private final TestDatabase database = TestDatabase.create();

    @Override
    protected Target target(WriteMode write) {
        return new PostgresTarget(
                spec(write), connection(database.entry()), TargetFixture.DEV, fixture.lake, fixture.state);
    }

    static TargetSpec spec(WriteMode write) {
        return spec("write: " + write.name().toLowerCase(Locale.ROOT));
    }

    /** @param write how it is written, as a user says it */
    static TargetSpec spec(String write) {
        String yaml = "{connection: shop, table: shop.orders, " + write + "}";
        var problems = new Problems();
        var spec = Yaml.parse(yaml, SourceText.ofText("a test", yaml), problems)
                .flatMap(node -> TargetSpec.SHAPE.read(node, problems));
        problems.throwIfAny();
        return spec.orElseThrow();
    }

    static PostgresConnection connection(String yaml) {
        var problems = new Problems();
        var connection = Yaml.parse(yaml, SourceText.ofText("a test", yaml), problems)
                .flatMap(node -> ConnectionSpec.SHAPE.read(node, problems));
        problems.throwIfAny();
        return (PostgresConnection) connection.orElseThrow();
    }

    @Override
    protected List<Long> ids() {
        return database.rows("SELECT id FROM shop.orders ORDER BY id").stream()
                .map(Long::valueOf)
                .toList();
    }
}

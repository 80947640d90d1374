package io.leat.target;

import io.leat.lake.Evolution;
import io.leat.lake.WriteMode;
import java.util.List;
import java.util.Optional;

class LakeTargetTest extends TargetContract {

    @Override
    protected Target target(WriteMode write) {
        return new LakeTarget(
                fixture.lake,
                TargetFixture.DEV,
                TargetFixture.PIPELINE,
                TargetFixture.TABLE,
                write,
                Optional.empty(),
                Evolution.GROW);
    }

    @Override
    protected List<Long> ids() {
        return fixture.lake
                .find(TargetFixture.DEV, TargetFixture.TABLE)
                .map(table ->
                        fixture.duck.query("SELECT id FROM (" + table.sql() + ") ORDER BY id", row -> row.getLong(1)))
                .orElse(List.of());
    }
}

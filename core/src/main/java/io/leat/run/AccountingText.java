package io.leat.run;

import io.leat.schema.Accounting;
import io.leat.schema.StepCounts;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The counts of every step as they stand on a record, in JSON. */
final class AccountingText {

    private static final JsonMapper JSON = JsonMapper.shared();

    private AccountingText() {}

    static String json(Accounting accounting) {
        ArrayNode steps = JSON.createArrayNode();
        for (StepCounts step : accounting.steps()) {
            ObjectNode one = steps.addObject()
                    .put("step", step.step())
                    .put("in", step.in())
                    .put("out", step.out());
            putIfAny(one, "rejected", step.rejected());
            putIfAny(one, "filtered", step.filtered());
            putIfAny(one, "merged", step.merged());
            putIfAny(one, "added", step.added());
        }
        return steps.toString();
    }

    private static void putIfAny(ObjectNode object, String name, long rows) {
        if (rows != 0) {
            object.put(name, rows);
        }
    }
}

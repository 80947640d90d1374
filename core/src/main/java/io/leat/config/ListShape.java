package io.leat.config;

import io.leat.config.Node.Scalar;
import io.leat.config.Node.Sequence;
import io.leat.name.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Several values of one shape. */
final class ListShape<T> extends Shape<List<T>> {

    private final Shape<T> item;
    private final int least;
    private final boolean single;

    ListShape(Shape<T> item, int least, boolean single) {
        this.item = item;
        this.least = least;
        this.single = single;
    }

    @Override
    public Optional<List<T>> read(Node node, Problems problems) {
        if (least == 0 && node instanceof Scalar scalar && scalar.isNull()) {
            return Optional.of(List.of());
        }
        if (!(node instanceof Sequence sequence)) {
            if (single && item.accepts(node)) {
                return item.read(node, problems).map(List::of);
            }
            problems.add(new Problem(ErrorCode.WRONG_VALUE, node.mark(), node.found() + " cannot stand here")
                    .expecting(expectation()));
            return Optional.empty();
        }
        if (sequence.items().size() < least) {
            problems.add(new Problem(ErrorCode.WRONG_VALUE, node.mark(), "the list is empty").expecting(expectation()));
            return Optional.empty();
        }
        var values = new ArrayList<T>();
        for (Node each : sequence.items()) {
            item.read(each, problems).ifPresent(values::add);
        }
        return values.size() == sequence.items().size() ? Optional.of(List.copyOf(values)) : Optional.empty();
    }

    @Override
    public String expectation() {
        String list = "a list, each item " + item.expectation();
        return single ? item.expectation() + ", or a list of such" : list;
    }

    @Override
    boolean accepts(Node node) {
        return node instanceof Sequence || (single && item.accepts(node));
    }

    @Override
    boolean acceptsNothing() {
        return least == 0;
    }

    @Override
    Map<String, Object> schema(SchemaDefinitions definitions) {
        var list = new LinkedHashMap<String, Object>();
        list.put("type", least == 0 ? List.of("array", "null") : "array");
        list.put("items", item.schema(definitions));
        if (least > 0) {
            list.put("minItems", least);
        }
        return single ? Map.of("anyOf", List.of(item.schema(definitions), list)) : list;
    }

    @Override
    List<Shape<?>> parts() {
        return List.of(item);
    }
}

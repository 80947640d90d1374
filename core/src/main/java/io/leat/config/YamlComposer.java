package io.leat.config;

import io.leat.config.Node.Entry;
import io.leat.config.Node.Form;
import io.leat.config.Node.Mapping;
import io.leat.config.Node.Scalar;
import io.leat.config.Node.Sequence;
import io.leat.name.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;

/** Builds nodes from the events of one document, counting depth and size as if every alias were written out. */
final class YamlComposer {

    static final int DEEPEST = 64;
    static final int MOST_NODES = 50_000;

    private final Iterator<Event> events;
    private final SourceText source;
    private final Problems problems;
    private final Map<String, Sized> anchors = new HashMap<>();
    private Mark place;
    private @Nullable Event newest;

    YamlComposer(Iterator<Event> events, SourceText source, Problems problems) {
        this.events = events;
        this.source = source;
        this.problems = problems;
        this.place = Mark.whole(source);
    }

    /** A node with the number of nodes and the depth that it has once aliases are written out. */
    private record Sized(Node node, int nodes, int depth) {}

    /** Ends the reading of the document. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Problem problem;

        Refused(Problem problem) {
            super(problem.message(), null, false, false);
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }

    /** The place of the newest event. */
    Mark place() {
        return place;
    }

    /** The place of the newest event if that is a text in quotes which goes over several lines. */
    Optional<Mark> longQuote() {
        return newest instanceof ScalarEvent scalar
                        && (scalar.isDQuoted() || scalar.isSQuoted())
                        && scalar.getEndMark()
                                .map(end -> end.getLine() + 1 > place.line())
                                .orElse(false)
                ? Optional.of(place)
                : Optional.empty();
    }

    private Event next() {
        Event event = events.next();
        newest = event;
        place = mark(event);
        return event;
    }

    Node document() {
        next(); // start of the stream
        if (next().getEventId() == Event.ID.StreamEnd) {
            return new Scalar(new Mark(source, 1, 1), "", Form.PLAIN);
        }
        Node root = node(next(), 1).node();
        next(); // end of the document
        Event after = next();
        if (after.getEventId() != Event.ID.StreamEnd) {
            throw refused(after, "a second document begins here", "one document in a file: remove the '---'");
        }
        return root;
    }

    private Sized node(Event event, int depth) {
        if (depth > DEEPEST) {
            throw refused(event, "the nesting is deeper than " + DEEPEST + " levels", null);
        }
        if (event instanceof AliasEvent alias) {
            return alias(alias, depth);
        }
        if (!(event instanceof NodeEvent started)) {
            throw refused(event, "a value was expected here", null);
        }
        Optional<String> anchor = started.getAnchor().map(Anchor::getValue);
        anchor.ifPresent(anchors::remove); // an alias to it inside itself is a circle
        Sized built = switch (started) {
            case ScalarEvent scalar -> new Sized(scalar(scalar), 1, 1);
            case SequenceStartEvent sequence -> sequence(sequence, depth);
            case MappingStartEvent mapping -> mapping(mapping, depth);
            default -> throw refused(event, "a value was expected here", null);
        };
        anchor.ifPresent(name -> anchors.put(name, built));
        return built;
    }

    private Sized alias(AliasEvent event, int depth) {
        String name = event.getAlias().getValue();
        Sized target = anchors.get(name);
        if (target == null) {
            throw refused(event, "the alias *" + name + " has no anchor &" + name + " before it", null);
        }
        if (depth + target.depth() - 1 > DEEPEST) {
            throw refused(event, "with this alias the nesting is deeper than " + DEEPEST + " levels", null);
        }
        return target;
    }

    private Scalar scalar(ScalarEvent event) {
        Form form = event.isPlain() ? Form.PLAIN : Form.QUOTED;
        String tag = event.getTag().orElse("");
        if (tag.equals("tag:yaml.org,2002:str")) {
            form = Form.QUOTED;
        } else if (!tag.isEmpty() && !tag.equals("!")) {
            throw refused(event, "the tag " + tag + " is not supported", "write the value without a tag");
        }
        return new Scalar(mark(event), event.getValue(), form);
    }

    private Sized sequence(SequenceStartEvent event, int depth) {
        requireNoTag(event, event.getTag());
        var items = new ArrayList<Node>();
        int nodes = 1;
        int deepest = 0;
        for (Event next = next(); next.getEventId() != Event.ID.SequenceEnd; next = next()) {
            Sized item = node(next, depth + 1);
            items.add(item.node());
            nodes = counted(nodes, item, next);
            deepest = Math.max(deepest, item.depth());
        }
        return new Sized(new Sequence(mark(event), items), nodes, deepest + 1);
    }

    private Sized mapping(MappingStartEvent event, int depth) {
        requireNoTag(event, event.getTag());
        var entries = new LinkedHashMap<String, Entry>();
        int nodes = 1;
        int deepest = 0;
        for (Event next = next(); next.getEventId() != Event.ID.MappingEnd; next = next()) {
            if (!(node(next, depth + 1).node() instanceof Scalar key)) {
                throw refused(next, "a key must be a text", "a text that begins with [ or { needs quotes");
            }
            if (key.text().equals("<<") && key.form() == Form.PLAIN) {
                throw refused(next, "merge keys (<<) are not part of YAML 1.2", "write the keys out");
            }
            Entry before = entries.get(key.text());
            Event valueEvent = next();
            Sized value = node(valueEvent, depth + 1);
            if (before == null) {
                entries.put(key.text(), new Entry(key, value.node()));
            } else {
                problems.add(new Problem(
                                ErrorCode.YAML_SYNTAX,
                                key.mark(),
                                "the key '" + key.text() + "' stands twice in this mapping")
                        .hinting("the first is in line " + before.key().mark().line()));
            }
            nodes = counted(nodes + 1, value, valueEvent);
            deepest = Math.max(deepest, value.depth());
        }
        return new Sized(new Mapping(mark(event), List.copyOf(entries.values())), nodes, deepest + 1);
    }

    private int counted(int before, Sized added, Event event) {
        int nodes = before + added.nodes();
        if (nodes > MOST_NODES) {
            throw refused(event, "the file holds more than " + MOST_NODES + " values, aliases written out", null);
        }
        return nodes;
    }

    private void requireNoTag(Event event, Optional<String> tag) {
        if (tag.isPresent() && !tag.get().equals("!")) {
            throw refused(event, "the tag " + tag.get() + " is not supported", "write the value without a tag");
        }
    }

    private Mark mark(Event event) {
        return event.getStartMark()
                .map(place -> new Mark(source, place.getLine() + 1, place.getColumn() + 1))
                .orElse(Mark.whole(source));
    }

    private Refused refused(Event event, String message, @Nullable String hint) {
        return new Refused(new Problem(ErrorCode.YAML_SYNTAX, mark(event), message, null, hint));
    }
}

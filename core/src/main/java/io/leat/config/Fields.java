package io.leat.config;

import io.leat.config.Node.Mapping;
import io.leat.name.ErrorCode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The members of one mapping, all read and valid: what the object is built from. */
public final class Fields {

    private final Mapping mapping;
    private final Map<Member<?>, Object> values = new HashMap<>();
    private final Problems problems;

    Fields(Mapping mapping, Problems problems) {
        this.mapping = mapping;
        this.problems = problems;
    }

    <T> void put(Member<T> member, T value) {
        values.put(member, value);
    }

    /**
     * The value of a member.
     *
     * @throws IllegalStateException if the shape of the object was made without this member
     */
    @SuppressWarnings("unchecked") // put by the same member
    public <T> T value(Member<T> member) {
        Object value = values.get(member);
        if (value == null) {
            throw new IllegalStateException("the shape has no such member: " + member.keys());
        }
        return (T) value;
    }

    /** Whether the user wrote one of the member's keys. */
    public boolean has(Member<?> member) {
        return written(member).isPresent();
    }

    /** The place of the object. */
    public Mark mark() {
        return mapping.mark();
    }

    /** The place of the member's value, or of the object if the user did not write it. */
    public Mark mark(Member<?> member) {
        return written(member).map(entry -> entry.value().mark()).orElse(mark());
    }

    /** The place of a value within that of the member, by its key; that of the member if there is none. */
    public Mark mark(Member<?> member, String key) {
        return written(member)
                .flatMap(
                        entry -> entry.value() instanceof Node.Mapping inner ? inner.find(key) : Optional.<Node>empty())
                .map(Node::mark)
                .orElseGet(() -> mark(member));
    }

    /** The name of the key that a user wrote for this member. */
    public Optional<String> written(Choice<?> choice) {
        return written((Member<?>) choice).map(entry -> entry.key().text());
    }

    /** Refuses a value that is wrong together with others. The object is not built; go on with whatever is easiest. */
    public void refuse(Member<?> member, String message) {
        problems.add(ErrorCode.WRONG_VALUE, mark(member), message);
    }

    /** Adds a problem of any kind. The object is not built. */
    public void refuse(Problem problem) {
        problems.add(problem);
    }

    private Optional<Node.Entry> written(Member<?> member) {
        return member.keys().stream()
                .flatMap(key -> mapping.entry(key.name()).stream())
                .findFirst();
    }
}

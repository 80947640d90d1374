package io.leat.name;

/** The name of an environment, such as {@code prod} or {@code dev_anna}; also the name of its folder in the storage. */
public record EnvironmentName(String value) implements Comparable<EnvironmentName> {

    public EnvironmentName {
        Identifiers.require("the name of an environment", value);
    }

    @Override
    public int compareTo(EnvironmentName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

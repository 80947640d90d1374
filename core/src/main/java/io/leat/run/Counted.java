package io.leat.run;

import io.leat.name.LoadId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Loads of whole sources that this process has found complete, with the version of the target in which it did: while that is the
 * current one nobody need count again. Thread-safe.
 */
final class Counted {

    private static final int MOST = 10_000;

    private final Map<LoadId, String> versions = new LinkedHashMap<>(64, 0.75f, true);

    synchronized boolean complete(LoadId load, String version) {
        return version.equals(versions.get(load));
    }

    synchronized void found(LoadId load, String version) {
        versions.put(load, version);
        if (versions.size() > MOST) {
            var eldest = versions.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }
}

package io.leat.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class WriterGateTest {
    private final WriterGate gate = new WriterGate();
    private final List<String> order = new CopyOnWriteArrayList<>();

    private Thread writer(String name, boolean urgent) {
        var thread = Thread.ofPlatform().start(() -> {
            gate.enter(urgent);
            order.add(name);
            gate.leave();
        });
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return thread;
    }

    @Test
    void letsRenewalsGoBeforeOthersThatWaitLonger() throws InterruptedException {
        gate.enter(false);
        var plain = writer("publish", false);
        var urgent = writer("renew", true);

        gate.leave();
        plain.join();
        urgent.join();

        assertThat(order).containsExactly("renew", "publish");
    }
}

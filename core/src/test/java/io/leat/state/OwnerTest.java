package io.leat.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OwnerTest {
    private static final Owner ME = Owner.current();

    @Test
    void thisProcessIsAlive() {
        assertThat(ME.isDeadHere()).isFalse();
    }

    @Test
    void aProcessThatDoesNotExistIsDead() {
        assertThat(new Owner(ME.host(), ME.boot(), Integer.MAX_VALUE, ME.started()).isDeadHere())
                .isTrue();
    }

    @Test
    void anEarlierProcessOfTheSameNumberIsDead() {
        assertThat(new Owner(ME.host(), ME.boot(), ME.pid(), ME.started() + "0").isDeadHere())
                .isTrue();
    }

    @Test
    void nobodyKnowsWhetherAProcessOfAnotherMachineLives() {
        assertThat(new Owner(ME.host() + "x", ME.boot(), Integer.MAX_VALUE, "1").isDeadHere())
                .isFalse();
        assertThat(new Owner(ME.host(), ME.boot() + "x", Integer.MAX_VALUE, "1").isDeadHere())
                .isFalse();
    }

    @Test
    void aProcessThatEndedIsDeadThoughItsParentHasNotNoticed() throws Exception {
        var parent = new ProcessBuilder("sh", "-c", "sleep 0 & echo $!; exec sleep 60").start();
        try (var output = parent.inputReader()) {
            long child = Long.parseLong(output.readLine());
            var owner = new Owner(ME.host(), ME.boot(), child, "");
            while (!owner.isDeadHere()) {
                Thread.onSpinWait();
            }
            assertThat(owner.isDeadHere()).isTrue();
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void readsWhatItWrites() {
        assertThat(Owner.parse(ME.text())).isEqualTo(ME);
        assertThatThrownBy(() -> Owner.parse("me")).isInstanceOf(IllegalArgumentException.class);
    }
}

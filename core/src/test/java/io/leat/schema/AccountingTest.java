package io.leat.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AccountingTest {

    @Test
    void addsUpOrDoesNotExist() {
        assertThatThrownBy(() -> new Accounting(10, 8, 1, 0, 0, 0, List.of()))
                .hasMessageContaining("not accounted for");
        assertThatThrownBy(() -> new StepCounts("trim", 10, 9, 0, 0, 0, 0)).hasMessageContaining("does not add up");
    }

    @Test
    void stepsChainWithoutAGap() {
        var read = new StepCounts("read", 10, 9, 1, 0, 0, 0);
        var filter = new StepCounts("filter", 9, 7, 0, 2, 0, 0);
        assertThat(new Accounting(10, 7, 1, 2, 0, 0, List.of(read, filter)).steps())
                .hasSize(2);
        assertThatThrownBy(() -> new Accounting(10, 8, 0, 2, 0, 0, List.of(filter, StepCounts.unchanged("x", 8))))
                .hasMessageContaining("lost before");
        assertThatThrownBy(() -> new Accounting(10, 7, 2, 1, 0, 0, List.of(read, filter)))
                .hasMessageContaining("rejected");
    }

    @Test
    void sumsUpOverSlices() {
        var one = new Accounting(10, 9, 1, 0, 0, 0, List.of(new StepCounts("read", 10, 9, 1, 0, 0, 0)));
        assertThat(one.plus(one).plus(Accounting.EMPTY))
                .isEqualTo(new Accounting(20, 18, 2, 0, 0, 0, List.of(new StepCounts("read", 20, 18, 2, 0, 0, 0))));
    }

    @Test
    void anOriginThatMultipliesIsCountedOnce() {
        var unpivot = new StepCounts("unpivot", 2, 6, 0, 0, 0, 4);
        var cast = new StepCounts("cast", 6, 3, 3, 0, 0, 0);
        assertThat(new Accounting(2, 3, 1, 0, 0, 2, List.of(unpivot, cast)).loaded())
                .isEqualTo(3);
    }
}

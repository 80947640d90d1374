package io.leat.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.leat.time.Slice;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Values that make no sense cannot exist. */
class StateValuesTest {

    @Test
    void countsBalance() {
        assertThat(new Counts(10, 12, 1, 2, 3, 8)).isNotNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Counts(10, 9, 0, 0, 0, 0))
                .withMessageContaining("do not balance");
        assertThatIllegalArgumentException().isThrownBy(() -> new Counts(-1, -1, 0, 0, 0, 0));
    }

    @Test
    void aWindowHasCalendarColumnsAndOtherSlicesHaveNone() {
        var window = StateStoreContract.request(0);

        assertThat(window.window()).contains(((Slice.OfWindow) window.slice()).window());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SliceRequest(
                        new Slice.All(), "all", "files", "t.t", window.calendar(), "{}", Cause.NEW, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SliceRequest(window.slice(), "w", "files", "t.t", null, "{}", Cause.NEW, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> StateStoreContract.request(0, Cause.NEW, -1));
    }

    @Test
    void aSwapHasAtLeastOneEnd() {
        assertThatIllegalArgumentException().isThrownBy(() -> StateStoreContract.swap(null, null));
    }

    @Test
    void noPartOfAnOwnerHoldsASpace() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Owner("my host", "", 1, ""));
    }

    @Test
    void listsOfPlacesTakeFewSizes() {
        assertThat(Session.places(0)).isEqualTo("?");
        assertThat(Session.places(3)).isEqualTo("?, ?, ?, ?");
        assertThat(Session.filled(List.of("a", "b", "c"))).containsExactly("a", "b", "c", "a");
        assertThat(Session.filled(List.of())).containsExactly((Object) null);
    }
}

package io.leat.lake;

import io.leat.state.StateStore;
import io.leat.storage.LocalStore;

/** What an operator does with a lake. */
public final class LakeKeeper {
    LakeKeeper(Tables tables, StateStore state, Pointers pointers, TableWriter writer, LocalStore store) {}
}

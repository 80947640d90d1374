package io.leat.lake;

import java.util.Map;

/**
 * What may become of the columns that a table has already, beyond what is always allowed (new columns, wider types).
 *
 * @param renames new name of a column by which it should be known, to its present name in the table
 * @param others what becomes of columns that the contract does not have, and of types that do not fit
 */
public record Evolution(Map<String, String> renames, Others others) {

    /** What becomes of a table's columns that the contract does not have or contradicts. */
    public enum Others {
        /** They stay, and are NULL in new rows; a type that does not fit is refused. */
        KEEP,
        /**
         * They are dropped; a column whose type does not fit is dropped and added anew, and so is NULL in old rows. For
         * tables whose rows are all replaced in the same commit.
         */
        DROP
    }

    /** Only new columns and wider types. */
    public static final Evolution GROW = new Evolution(Map.of(), Others.KEEP);

    /** Whatever it takes to have exactly the contract's columns. */
    public static final Evolution EXACT = new Evolution(Map.of(), Others.DROP);

    public Evolution {
        renames = Map.copyOf(renames);
    }

    /** New columns, wider types, and these columns known by a new name: new name to old name. */
    public static Evolution renaming(Map<String, String> renames) {
        return new Evolution(renames, Others.KEEP);
    }
}

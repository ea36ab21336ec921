package io.tidemark.schema.command;

/** Why a well-routed command is not admissible; each becomes a ValidationException at the front door. */
public enum InvalidReason {
    /** A key attribute is missing, of the wrong type, empty or too long. */
    KEY,
    /** The item would be larger than 400 KB. */
    ITEM_TOO_LARGE,
    /** An operand of an update has a type that the action does not take. */
    OPERAND_TYPE,
    /** The document path of an update does not exist in the item. */
    DOCUMENT_PATH,
    /** The update refers to an attribute that the item does not have. */
    MISSING_ATTRIBUTE,
    /** The update would change a key attribute. */
    KEY_UPDATE,
    /** Arithmetic left the range of numbers. */
    NUMBER_RANGE,
    /** Nesting deeper than 32 levels. */
    NESTING
}

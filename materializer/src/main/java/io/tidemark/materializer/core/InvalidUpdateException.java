package io.tidemark.materializer.core;

import io.tidemark.schema.command.InvalidReason;
import io.tidemark.schema.command.Outcome;

/** Unwinds the evaluation of an update that is not admissible. Never leaves this package: it becomes an outcome. */
final class InvalidUpdateException extends Exception {
    private static final long serialVersionUID = 1L;

    private final InvalidReason reason;
    private final String detail;

    InvalidUpdateException(InvalidReason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
        this.detail = detail;
    }

    Outcome.Invalid outcome() {
        return new Outcome.Invalid(reason, detail);
    }

    static InvalidUpdateException operandType() {
        return new InvalidUpdateException(
                InvalidReason.OPERAND_TYPE, "An operand in the update expression has an incorrect data type");
    }

    static InvalidUpdateException missingAttribute() {
        return new InvalidUpdateException(
                InvalidReason.MISSING_ATTRIBUTE,
                "The provided expression refers to an attribute that does not exist in the item");
    }

    static InvalidUpdateException documentPath() {
        return new InvalidUpdateException(
                InvalidReason.DOCUMENT_PATH,
                "The document path provided in the update expression is invalid for update");
    }

    static InvalidUpdateException tooLarge() {
        return new InvalidUpdateException(
                InvalidReason.ITEM_TOO_LARGE, "Item size to update has exceeded the maximum allowed size");
    }

    static InvalidUpdateException nesting() {
        return new InvalidUpdateException(InvalidReason.NESTING, "Nesting Levels have exceeded supported limits");
    }
}

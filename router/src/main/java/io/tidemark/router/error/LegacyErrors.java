package io.tidemark.router.error;

/** What the API says of faults in the parameters that say without an expression what newer ones say with one. */
public final class LegacyErrors {
    private LegacyErrors() {}

    private static ApiException invalid(String fault) {
        return ApiException.validation("One or more parameter values were invalid: " + fault);
    }

    public static ApiException valueAndList(String attribute) {
        return invalid("Value and AttributeValueList cannot be used together for Attribute: " + attribute);
    }

    public static ApiException existsAndOperator(String attribute) {
        return invalid("Exists and ComparisonOperator cannot be used together for Attribute: " + attribute);
    }

    public static ApiException operatorAlone(String operator, String attribute) {
        return invalid("Value or AttributeValueList must be used with ComparisonOperator: " + operator
                + " for Attribute: " + attribute);
    }

    public static ApiException listWithoutOperator(String attribute) {
        return invalid("AttributeValueList can only be used with a ComparisonOperator for Attribute: " + attribute);
    }

    /** @param exists {@code true}, or {@code null} if it is absent */
    public static ApiException valueMissing(String exists, String attribute) {
        return invalid("Value must be provided when Exists is " + exists + " for Attribute: " + attribute);
    }

    public static ApiException valueOfAbsent(String attribute) {
        return invalid("Value cannot be used when Exists is false for Attribute: " + attribute);
    }

    public static ApiException argumentCount(String operator) {
        return invalid("Invalid number of argument(s) for the " + operator + " ComparisonOperator");
    }

    public static ApiException argumentsOfDifferentTypes() {
        return invalid("AttributeValues inside AttributeValueList must be of same type");
    }

    public static ApiException argumentType(String operator, String type) {
        return invalid("ComparisonOperator " + operator + " is not valid for " + type + " AttributeValue type");
    }

    public static ApiException boundsOutOfOrder() {
        return ApiException.validation(
                "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound");
    }

    public static ApiException conditionalOperatorAlone() {
        return ApiException.validation("ConditionalOperator cannot be used without Filter or Expected");
    }

    public static ApiException conditionalOperatorOfOne() {
        return ApiException.validation(
                "ConditionalOperator can only be used when Filter or Expected has two or more elements");
    }

    public static ApiException attributeTwice(String attribute) {
        return invalid("Duplicate value in attribute name: " + attribute);
    }

    public static ApiException updateWithoutValue() {
        return invalid("Only DELETE action is allowed when no attribute value is specified");
    }

    /** @param action ADD or DELETE */
    public static ApiException updateType(String action, String type) {
        return invalid(action + " action " + (action.equals("DELETE") ? "with value " : "")
                + "is not supported for the type " + type);
    }

    /** Of an item's attribute that AttributeUpdates would add to or take from, and that has another type. */
    public static ApiException updatedTypeMismatch() {
        return ApiException.validation("Type mismatch for attribute to update");
    }

    public static ApiException emptyAttributeName() {
        return ApiException.validation("Empty attribute name");
    }

    public static ApiException attributeNameTooLong() {
        return ApiException.validation("Attribute name is too large, must be less than 65536 bytes");
    }
}

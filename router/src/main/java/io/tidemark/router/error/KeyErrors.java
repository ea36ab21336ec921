package io.tidemark.router.error;

/** What the API says of faults in the conditions of a Query on the key, and of keys where others belong. */
public final class KeyErrors {
    private static final String INVALID = "One or more parameter values were invalid: ";

    private KeyErrors() {}

    /** Of KeyConditions. */
    public static ApiException predicateCount() {
        return ApiException.validation("Conditions can be of length 1 or 2 only");
    }

    /** Of a KeyConditionExpression. */
    public static ApiException tooManyPredicates(int count, int keyAttributes) {
        return ApiException.validation("The number of query conditions (" + count
                + ") exceeds the number of key attributes defined in the schema (" + keyAttributes + ")");
    }

    public static ApiException missing(String attribute) {
        return ApiException.validation("Query condition missed key schema element: " + attribute);
    }

    public static ApiException unsupported() {
        return ApiException.validation("Query key condition not supported");
    }

    public static ApiException notIndexable() {
        return ApiException.validation("Attempted conditional constraint is not an indexable operation");
    }

    public static ApiException typeMismatch() {
        return ApiException.validation(INVALID + "Condition parameter type does not match schema type");
    }

    /** @param type string or binary */
    public static ApiException emptyKey(String type, String attribute) {
        return ApiException.validation(
                "One or more parameter values are not valid. The AttributeValue for a key attribute"
                        + " cannot contain an empty " + type + " value. Key: " + attribute);
    }

    public static ApiException invalidOperator(String operator) {
        return ApiException.validation("Invalid operator used in KeyConditionExpression: " + operator);
    }

    public static ApiException nestedOperation() {
        return ApiException.validation("KeyConditionExpressions cannot contain nested operations");
    }

    public static ApiException nestedAttribute() {
        return ApiException.validation("KeyConditionExpressions cannot have conditions on nested attributes");
    }

    public static ApiException attributeNotFirst(String operator) {
        return ApiException.validation("Invalid condition in KeyConditionExpression: " + operator
                + " operator must have the key attribute as its first operand");
    }

    public static ApiException severalAttributes() {
        return ApiException.validation(
                "Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition");
    }

    public static ApiException noAttribute() {
        return ApiException.validation("Invalid condition in KeyConditionExpression: No key attribute specified");
    }

    public static ApiException attributeTwice() {
        return ApiException.validation(
                "Invalid KeyConditionExpression: KeyConditionExpressions must only contain one" + " condition per key");
    }

    /** @param filter what the parameter is called, {@code Filter Expression} or {@code QueryFilter} */
    public static ApiException keyInFilter(String filter, String attribute) {
        return ApiException.validation(
                filter + " can only contain non-primary key attributes: Primary key attribute: " + attribute);
    }

    public static ApiException keyNotScalar(String attribute) {
        return ApiException.validation("Key attributes must be scalars; list random access '[]' and map lookup '.'"
                + " are not allowed: Key: " + attribute);
    }

    public static ApiException keyUpdated(String attribute) {
        return ApiException.validation(
                INVALID + "Cannot update attribute " + attribute + ". This attribute is part of the key");
    }
}

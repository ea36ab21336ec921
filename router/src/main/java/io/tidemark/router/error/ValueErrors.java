package io.tidemark.router.error;

/** What the API says of attribute values that it does not take. Source: the answers of the service, its spelling included. */
public final class ValueErrors {
    private static final String INVALID = "One or more parameter values were invalid: ";

    /** How the message of a text that is no number begins. */
    public static final String NOT_A_NUMBER = "The parameter cannot be converted to a numeric value";

    private ValueErrors() {}

    private static ApiException invalid(String fault) {
        return ApiException.validation(INVALID + fault);
    }

    public static ApiException noType() {
        return ApiException.validation(
                "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
    }

    public static ApiException severalTypes() {
        return ApiException.validation("Supplied AttributeValue has more than one datatypes set, "
                + "must contain exactly one of the supported datatypes");
    }

    public static ApiException falseNull() {
        return invalid("Null attribute value types must have the value of true");
    }

    /** @param text empty for an empty text */
    public static ApiException notANumber(String text, ValueWording wording) {
        boolean tellsText = wording == ValueWording.CURRENT || !text.isEmpty();
        return ApiException.validation(tellsText ? NOT_A_NUMBER + ": " + text : NOT_A_NUMBER);
    }

    public static ApiException overflow() {
        return ApiException.validation(
                "Number overflow. Attempting to store a number with magnitude larger than supported range");
    }

    public static ApiException underflow() {
        return ApiException.validation(
                "Number underflow. Attempting to store a number with magnitude smaller than supported range");
    }

    public static ApiException nesting() {
        return ApiException.validation("Nesting Levels have exceeded supported limits: "
                + "Attributes in the item have nested levels beyond supported limit");
    }

    /** @param type {@code string} or {@code number} */
    public static ApiException emptySet(String type) {
        return invalid("An " + type + " set  may not be empty");
    }

    /** @param type {@code string} or {@code binary} */
    public static ApiException nullInSet(String type) {
        return invalid("An " + type + " set may not have a null " + type + " as a member");
    }

    /** @param elements as in {@code ["a", "a"]} */
    public static ApiException duplicateTexts(String elements) {
        return invalid("Input collection " + elements + " contains duplicates.");
    }

    public static ApiException duplicateNumbers(ValueWording wording) {
        return switch (wording) {
            case CURRENT -> invalid("Input collection contains duplicates.");
            case OLDER -> ApiException.validation("Input collection contains duplicates");
        };
    }

    /** @param elements in Base64, as in {@code [Yg==, Yg==]} */
    public static ApiException duplicateBinaries(String elements) {
        return invalid("Input collection " + elements + "of type BS contains duplicates.");
    }

    public static ApiException emptyBinarySet() {
        return invalid("Binary sets should not be empty");
    }
}

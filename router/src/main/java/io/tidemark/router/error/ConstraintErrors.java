package io.tidemark.router.error;

import java.util.List;

/** What is said of input that has the right types but breaks a constraint of the operation's shape. */
public final class ConstraintErrors {
    /** The service reports no more at once. */
    public static final int MAX_FAULTS = 10;

    private ConstraintErrors() {}

    /** @param faults one or more, at most {@link #MAX_FAULTS}, in the order of the report */
    public static ApiException faults(List<String> faults) {
        return ApiException.validation(faults.size()
                + (faults.size() == 1 ? " validation error detected: " : " validation errors detected: ")
                + String.join("; ", faults));
    }

    /**
     * @param value what was found, quoted; or {@code null}
     * @param path such as {@code keySchema.1.member.keyType}
     */
    public static String fault(String value, String path, String constraint) {
        return "Value " + value + " at '" + path + "' failed to satisfy constraint: " + constraint;
    }

    /** Of what is too long to be repeated. */
    public static String fault(String path, String constraint) {
        return "Value at '" + path + "' failed to satisfy constraint: " + constraint;
    }

    /** A parameter that the service misses in words of its own. */
    public static ApiException missingParameter(String name) {
        return ApiException.validation("The parameter '" + name + "' is required but was not present in the request");
    }
}

package io.tidemark.router.error;

import java.util.List;
import java.util.function.Supplier;

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

    /** The same, as the one fault of the request. */
    static ApiException counted(ApiException fault) {
        return fault.type() == ErrorType.VALIDATION ? faults(List.of(fault.message())) : fault;
    }

    /**
     * Tells a fault as the one of the request: so do writes of single items, of what they find before they look at the table.
     *
     * @param reading of a request
     */
    public static <T> T counted(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (ApiException fault) {
            throw counted(fault);
        }
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

    /** Of an enumeration, as some operations tell it: neither what was found nor where. */
    public static String fault(List<String> admissible) {
        return "Failed to satisfy constraint: Member must satisfy enum value set: [" + String.join(", ", admissible)
                + "]";
    }

    /** A parameter that the service misses in words of its own. */
    public static ApiException missingParameter(String name) {
        return ApiException.validation("The parameter '" + name + "' is required but was not present in the request");
    }
}

package io.tidemark.router.error;

/** What is said of a body that is no JSON, or whose members are not of the types that the operation's input has. */
public final class SerializationErrors {
    /** What the service says of a scalar where an element of a list or a value of a map is to be a list or a map itself. */
    private static final String SCALAR_FOR_COLLECTION =
            "class sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl cannot be cast to class java.lang.Class"
                    + " (sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl and java.lang.Class are in module"
                    + " java.base of loader 'bootstrap')";

    private SerializationErrors() {}

    /** The body is no JSON object; the service says no more. */
    public static ApiException malformedBody() {
        return error("");
    }

    /** The body is not what its {@code Content-Encoding} says. */
    public static ApiException undecodableBody(String encoding) {
        return error("The request body cannot be decoded as " + encoding);
    }

    /** @param token the kind of JSON scalar found, such as {@code NUMBER_VALUE} */
    public static ApiException cannotConvert(String token, String type) {
        return error(token + " cannot be converted to " + type);
    }

    /** An array where something else belongs. */
    public static ApiException unexpectedArray(String javaType) {
        return error("Unrecognized collection type " + javaType);
    }

    /** An object where a scalar or an array belongs. */
    public static ApiException unexpectedObject() {
        return error("Start of structure or map found where not expected");
    }

    /** A scalar as a member that is to be an object or an array. */
    public static ApiException scalarMember() {
        return error("Unexpected field type");
    }

    /** A scalar where an element of a list or a value of a map is to be a structure. */
    public static ApiException scalarStructure() {
        return error("Unexpected value type in payload");
    }

    public static ApiException scalarCollection() {
        return error(SCALAR_FOR_COLLECTION);
    }

    /** A string where a boolean belongs, that is not the word for one. */
    public static ApiException notBoolean() {
        return error("Unexpected token received from parser");
    }

    public static ApiException notBinary() {
        return error("only base-64-encoded strings are convertible to bytes");
    }

    public static ApiException base64Length(int length) {
        return error("Base64 encoded length is expected a multiple of 4 bytes but found: " + length);
    }

    public static ApiException base64Character(char character) {
        return error("Invalid Base64 character: '" + character + "'");
    }

    public static ApiException base64End() {
        return error("Invalid last non-pad Base64 character dectected");
    }

    private static ApiException error(String message) {
        return new ApiException(ErrorType.SERIALIZATION, message);
    }
}

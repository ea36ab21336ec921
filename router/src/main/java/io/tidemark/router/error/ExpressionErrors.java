package io.tidemark.router.error;

import com.google.errorprone.annotations.Immutable;
import java.util.Collection;

/**
 * What the API says of faults in an expression, or in what stands in for its names and values. Source: the answers of the
 * service.
 *
 * @param parameter the parameter that holds the expression, {@code ConditionExpression} for one
 */
@Immutable
public record ExpressionErrors(String parameter) {
    private ApiException invalid(String fault) {
        return ApiException.validation("Invalid " + parameter + ": " + fault);
    }

    public ApiException empty() {
        return invalid("The expression can not be empty;");
    }

    /**
     * The service tells the size for some parameters, and not for others.
     *
     * @param sizeBytes of its UTF-8 encoding
     */
    public ApiException tooLong(int sizeBytes) {
        String fault = "Expression size has exceeded the maximum allowed size;";
        boolean tellsSize = parameter.equals("ConditionExpression") || parameter.equals("FilterExpression");
        return invalid(tellsSize ? fault + " expression size: " + sizeBytes : fault);
    }

    /**
     * @param token where the text stops making sense
     * @param near that token with its neighbours
     */
    public ApiException syntax(String token, String near) {
        return invalid("Syntax error; token: \"" + token + "\", near: \"" + near + "\"");
    }

    public ApiException redundantParentheses() {
        return invalid("The expression has redundant parentheses;");
    }

    public ApiException tooManyOperators(int count) {
        return invalid("The expression contains too many operators; operator count: " + count);
    }

    public ApiException reservedWord(String name) {
        return invalid("Attribute name is a reserved keyword; reserved keyword: " + name);
    }

    public ApiException undefinedName(String placeholder) {
        return invalid("An expression attribute name used in the document path is not defined; attribute name: "
                + placeholder);
    }

    public ApiException undefinedValue(String placeholder) {
        return invalid(
                "An expression attribute value used in expression is not defined; attribute value: " + placeholder);
    }

    public ApiException indexOutOfRange(String index) {
        return invalid("List index is not within the allowable range; index: [" + index + "]");
    }

    public ApiException pathTooDeep(int levels) {
        return invalid("The document path has too many nesting levels; nesting levels: " + levels);
    }

    public ApiException unknownFunction(String function) {
        return invalid("Invalid function name; function: " + function);
    }

    public ApiException functionNotInUpdate(String function) {
        return invalid("The function is not allowed in an update expression; function: " + function);
    }

    public ApiException functionNotInCondition(String function) {
        return invalid("The function is not allowed in a condition expression; function: " + function);
    }

    public ApiException functionMisplaced(String function) {
        return invalid("The function is not allowed to be used this way in an expression; function: " + function);
    }

    public ApiException operandCount(String operator, int count) {
        return invalid("Incorrect number of operands for operator or function; operator or function: " + operator
                + ", number of operands: " + count);
    }

    public ApiException tooManyInOperands(int count) {
        return invalid("The IN operator is provided with too many operands; number of operands: " + count);
    }

    /** @param type the short name of a type, or a list of them in braces */
    public ApiException operandType(String operator, String type) {
        return invalid("Incorrect operand type for operator or function; operator or function: " + operator
                + ", operand type: " + type);
    }

    /**
     * @param section ADD or DELETE
     * @param type the long name of a type
     */
    public ApiException sectionOperandType(String section, String type) {
        return invalid("Incorrect operand type for operator or function; operator: " + section + ", operand type: "
                + type + ", typeSet: ALLOWED_FOR_" + section + "_OPERAND");
    }

    public ApiException pathRequired(String operator) {
        return invalid("Operator or function requires a document path; operator or function: " + operator);
    }

    public ApiException operandsNotDistinct(String operator, String firstOperand) {
        return invalid("The first operand must be distinct from the remaining operands for this operator or function;"
                + " operator: " + operator + ", first operand: " + firstOperand);
    }

    public ApiException unknownType(String type, String validTypes) {
        return invalid("Invalid attribute type name found; type: " + type + ", valid types: " + validTypes);
    }

    public ApiException boundsOfDifferentTypes(String low, String high) {
        return invalid("The BETWEEN operator requires same data type for lower and upper bounds; "
                + "lower bound operand: AttributeValue: " + low + ", upper bound operand: AttributeValue: " + high);
    }

    public ApiException boundsOutOfOrder(String low, String high) {
        return invalid("The BETWEEN operator requires upper bound to be greater than or equal to lower bound; "
                + "lower bound operand: AttributeValue: " + low + ", upper bound operand: AttributeValue: " + high);
    }

    public ApiException sectionTwice(String section) {
        return invalid("The \"" + section + "\" section can only be used once in an update expression;");
    }

    public ApiException pathsOverlap(String first, String second) {
        return invalid("Two document paths overlap with each other; must remove or rewrite one of these paths; "
                + "path one: " + first + ", path two: " + second);
    }

    public ApiException pathsConflict(String first, String second) {
        return invalid("Two document paths conflict with each other; must remove or rewrite one of these paths; "
                + "path one: " + first + ", path two: " + second);
    }

    // What follows is not about one expression. The parameter is ExpressionAttributeNames or ExpressionAttributeValues.

    public ApiException withoutExpressions() {
        return ApiException.validation(parameter + " can only be specified when using expressions");
    }

    /** @param absent the expressions, none of which is there, in words */
    public ApiException withoutExpressions(String absent) {
        return ApiException.validation(parameter + " can only be specified when using expressions: " + absent);
    }

    public ApiException noPlaceholders() {
        return ApiException.validation(parameter + " must not be empty");
    }

    public ApiException emptyPlaceholder() {
        return ApiException.validation(
                parameter + " contains invalid key: The expression attribute map contains an empty key;");
    }

    public ApiException substitutesTooLarge() {
        return ApiException.validation(parameter + " exceeds max size");
    }

    public ApiException invalidPlaceholder(String placeholder) {
        return ApiException.validation(parameter + " contains invalid key: Syntax error; key: \"" + placeholder + "\"");
    }

    /** The service tells the size for names, and not for values. */
    public ApiException placeholderTooLong(int sizeBytes) {
        String fault =
                parameter + " contains invalid key: The expression attribute map contains a key that is too long;";
        boolean tellsSize = parameter.equals("ExpressionAttributeNames");
        return ApiException.validation(tellsSize ? fault + " size of key: " + sizeBytes : fault);
    }

    public ApiException invalidPlaceholderValue(String placeholder, String fault) {
        return ApiException.validation(parameter + " contains invalid value: " + fault + " for key " + placeholder);
    }

    public ApiException unused(Collection<String> placeholders) {
        return ApiException.validation("Value provided in " + parameter + " unused in expressions: keys: {"
                + String.join(", ", placeholders) + "}");
    }
}

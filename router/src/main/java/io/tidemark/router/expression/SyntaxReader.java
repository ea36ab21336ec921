package io.tidemark.router.expression;

import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ExpressionErrors;
import io.tidemark.schema.value.Utf8;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;

/**
 * Reads the text of an expression, and checks what can be checked without the request's names and values. Takes time and memory
 * in proportion to the text, which is bounded, whatever is in it; so is the nesting that it follows.
 */
final class SyntaxReader {
    /** DynamoDB's limit on the text of an expression. */
    static final int MAX_TEXT_BYTES = 4_096;

    /** DynamoDB's limit on the operators and functions of an expression. */
    static final int MAX_OPERATORS = 300;

    /**
     * Parentheses within parentheses that are followed. As no two may be directly around the same, each but the innermost holds
     * an operator or a function, so that more than this are a fault in any case.
     */
    private static final int MAX_NESTING = MAX_OPERATORS + 2;

    private SyntaxReader() {}

    /** @throws ApiException if the text is no expression of that kind */
    static Syntax read(ExpressionKind kind, String text) {
        ExpressionErrors errors = kind.errors();
        requireSize(errors, text);
        ItemExpressionLexer lexer = new ItemExpressionLexer(CharStreams.fromString(Texts.wellFormed(text)));
        lexer.removeErrorListeners();
        CommonTokenStream tokens = new CommonTokenStream(lexer);
        tokens.fill();
        requireNesting(errors, tokens);
        ItemExpressionParser parser = new ItemExpressionParser(tokens);
        parser.removeErrorListeners();
        SyntaxRules rules = new SyntaxRules(errors, tokens);
        parser.setErrorHandler(rules);
        parser.addParseListener(rules);
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        SyntaxBuilder builder = new SyntaxBuilder(errors);
        return switch (kind) {
            case CONDITION, FILTER, KEY_CONDITION -> {
                ItemExpressionParser.ConditionExpressionContext tree = parser.conditionExpression();
                requireOperators(errors, tokens);
                yield builder.condition(tree);
            }
            case PROJECTION -> builder.projection(parser.projectionExpression());
            case UPDATE -> {
                ItemExpressionParser.UpdateExpressionContext tree = parser.updateExpression();
                requireOperators(errors, tokens);
                yield builder.update(tree);
            }
        };
    }

    private static void requireSize(ExpressionErrors errors, String text) {
        if (text.isEmpty()) {
            throw errors.empty();
        }
        int sizeBytes = Utf8.length(text);
        if (sizeBytes > MAX_TEXT_BYTES) {
            throw errors.tooLong(sizeBytes);
        }
    }

    private static void requireNesting(ExpressionErrors errors, CommonTokenStream tokens) {
        int depth = 0;
        for (Token token : tokens.getTokens()) {
            if (token.getType() == ItemExpressionLexer.OPEN) {
                depth++;
                if (depth > MAX_NESTING) {
                    throw errors.redundantParentheses();
                }
            } else if (token.getType() == ItemExpressionLexer.CLOSE) {
                depth--;
            }
        }
    }

    private static void requireOperators(ExpressionErrors errors, CommonTokenStream tokens) {
        int operators = 0;
        for (int i = 0; i < tokens.size(); i++) {
            if (isOperator(tokens, i)) {
                operators++;
            }
        }
        if (operators > MAX_OPERATORS) {
            throw errors.tooManyOperators(operators);
        }
    }

    private static boolean isOperator(CommonTokenStream tokens, int index) {
        return switch (tokens.get(index).getType()) {
            case ItemExpressionLexer.EQ,
                    ItemExpressionLexer.NE,
                    ItemExpressionLexer.LT,
                    ItemExpressionLexer.LE,
                    ItemExpressionLexer.GT,
                    ItemExpressionLexer.GE,
                    ItemExpressionLexer.AND,
                    ItemExpressionLexer.OR,
                    ItemExpressionLexer.NOT,
                    ItemExpressionLexer.IN,
                    ItemExpressionLexer.PLUS,
                    ItemExpressionLexer.MINUS -> true;
            // The AND that goes with it has been counted.
            case ItemExpressionLexer.BETWEEN -> false;
            case ItemExpressionLexer.NAME -> tokens.get(index + 1).getType() == ItemExpressionLexer.OPEN;
            default -> false;
        };
    }
}

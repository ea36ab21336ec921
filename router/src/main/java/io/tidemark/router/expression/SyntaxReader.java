package io.tidemark.router.expression;

import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ExpressionErrors;
import io.tidemark.schema.value.Utf8;
import java.util.ArrayDeque;
import java.util.Deque;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
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
     * Calls within calls that are followed, and parentheses within parentheses. As a call is an operator, and as no two
     * parentheses may be directly around the same, more than this are a fault in any case.
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
            case CONDITION, FILTER, KEY_CONDITION -> builder.condition(parser.conditionExpression());
            case PROJECTION -> builder.projection(parser.projectionExpression());
            case UPDATE -> builder.update(parser.updateExpression());
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

    /** Calls within calls, and parentheses within parentheses, both of which take the stack. */
    private static void requireNesting(ExpressionErrors errors, CommonTokenStream tokens) {
        Deque<Boolean> open = new ArrayDeque<>();
        int calls = 0;
        for (int i = 0; i < tokens.size(); i++) {
            int type = tokens.get(i).getType();
            if (type == ItemExpressionLexer.OPEN) {
                boolean call = i > 0 && tokens.get(i - 1).getType() == ItemExpressionLexer.NAME;
                open.push(call);
                calls += call ? 1 : 0;
                if (calls > MAX_NESTING) {
                    throw errors.tooManyOperators(MAX_OPERATORS + 1);
                }
                if (open.size() - calls > MAX_NESTING) {
                    throw errors.redundantParentheses();
                }
            } else if (type == ItemExpressionLexer.CLOSE && !open.isEmpty()) {
                calls -= open.pop() ? 1 : 0;
            }
        }
    }
}

package io.tidemark.router.expression;

import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ExpressionErrors;
import io.tidemark.router.expression.ItemExpressionParser.AddendContext;
import io.tidemark.router.expression.ItemExpressionParser.CallContext;
import io.tidemark.router.expression.ItemExpressionParser.ConditionContext;
import io.tidemark.router.expression.ItemExpressionParser.ConjunctionContext;
import io.tidemark.router.expression.ItemExpressionParser.NegationContext;
import io.tidemark.router.expression.ItemExpressionParser.OperandContext;
import io.tidemark.router.expression.ItemExpressionParser.PredicateContext;
import io.tidemark.router.expression.ItemExpressionParser.SubjectContext;
import io.tidemark.router.expression.ItemExpressionParser.SumContext;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.Interval;
import org.antlr.v4.runtime.tree.ErrorNode;
import org.antlr.v4.runtime.tree.ParseTreeListener;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/**
 * Ends the reading of one text at its first fault: a token that no rule of the grammar takes, one that the grammar takes only
 * because it does not tell operands in parentheses from conditions, or parentheses directly around parentheses. For one text.
 */
final class SyntaxRules extends BailErrorStrategy implements ParseTreeListener {
    private final ExpressionErrors errors;
    private final CommonTokenStream tokens;
    /** Parentheses directly around parentheses, among the operands of the call that is being read. */
    private boolean redundantInCall;

    /** Unwinding leaves rules, too, which must not be taken for read. */
    private boolean failed;

    SyntaxRules(ExpressionErrors errors, CommonTokenStream tokens) {
        this.errors = errors;
        this.tokens = tokens;
    }

    @Override
    public void reportError(Parser recognizer, RecognitionException e) {
        throw unexpected(e.getOffendingToken());
    }

    @Override
    public Token recoverInline(Parser recognizer) {
        throw unexpected(recognizer.getCurrentToken());
    }

    @Override
    public void exitEveryRule(ParserRuleContext rule) {
        if (failed) {
            return;
        }
        switch (rule) {
            case SubjectContext subject -> exit(subject);
            case AddendContext addend -> exit(addend);
            case OperandContext operand -> exit(operand);
            default -> {}
        }
    }

    private void exit(SubjectContext subject) {
        if (subject.condition() == null) {
            subject.shape = subject.call() == null ? Shape.OPERAND : exitCall();
            requireFittingNext(subject);
            return;
        }
        SubjectContext inner = only(subject.condition());
        subject.shape = inner == null ? Shape.COMPLETE : inner.shape;
        boolean redundant = inner != null && inner.condition() != null;
        if (redundant && subject.shape != Shape.OPERAND) {
            throw redundantParentheses();
        }
        requireFittingNext(subject);
        // Parentheses that close after it are around the same, and a fault after them is told before.
        if (redundant && isOperator(next().getType())) {
            throw redundantParentheses();
        }
    }

    private void exit(AddendContext addend) {
        SumContext sum = addend.sum();
        if (sum == null) {
            addend.shape = addend.call() == null ? Shape.OPERAND : exitCall();
            return;
        }
        if (sum.getChildCount() == 1 && sum.addend().sum() != null) {
            throw redundantParentheses();
        }
        addend.shape = sum.getChildCount() > 1 ? Shape.COMPLETE : sum.addend().shape;
        if (addend.shape == Shape.COMPLETE && isSign(next().getType())) {
            throw unexpected(next());
        }
    }

    private Shape exitCall() {
        if (redundantInCall) {
            throw redundantParentheses();
        }
        return Shape.CALL;
    }

    /** Of a call that may turn out to be a condition the service reads on to the end before it tells of parentheses. */
    private void exit(OperandContext operand) {
        if (operand.operand() == null || operand.operand().operand() == null) {
            return;
        }
        ParserRuleContext rule = operand.getParent();
        while (rule instanceof OperandContext || rule instanceof CallContext) {
            rule = rule.getParent();
        }
        if (!(rule instanceof SubjectContext) && !(rule instanceof AddendContext)) {
            throw redundantParentheses();
        }
        redundantInCall = true;
    }

    /** The subject that the condition consists of, if of nothing else. */
    private static @Nullable SubjectContext only(ConditionContext condition) {
        if (condition.getChildCount() > 1) {
            return null;
        }
        ConjunctionContext conjunction = condition.conjunction(0);
        if (conjunction.getChildCount() > 1) {
            return null;
        }
        NegationContext negation = conjunction.negation(0);
        if (negation.getChildCount() > 1) {
            return null;
        }
        PredicateContext predicate = negation.predicate();
        return predicate.getChildCount() > 1 ? null : predicate.subject();
    }

    /** An operator takes an operand before it, and an operand by itself is no condition. */
    private void requireFittingNext(SubjectContext subject) {
        boolean operatorFollows = isOperator(next().getType());
        boolean fits = switch (subject.shape) {
            case CALL -> true;
            case COMPLETE -> !operatorFollows;
            case OPERAND ->
                operatorFollows || (next().getType() == ItemExpressionParser.CLOSE && isAloneInParentheses(subject));
        };
        if (!fits) {
            throw unexpected(next());
        }
    }

    private static boolean isOperator(int tokenType) {
        return switch (tokenType) {
            case ItemExpressionParser.EQ,
                    ItemExpressionParser.NE,
                    ItemExpressionParser.LT,
                    ItemExpressionParser.LE,
                    ItemExpressionParser.GT,
                    ItemExpressionParser.GE,
                    ItemExpressionParser.BETWEEN,
                    ItemExpressionParser.IN -> true;
            default -> false;
        };
    }

    private static boolean isSign(int tokenType) {
        return tokenType == ItemExpressionParser.PLUS || tokenType == ItemExpressionParser.MINUS;
    }

    /** So far: whether the parenthesis closes after the subject is for the caller to see. */
    private static boolean isAloneInParentheses(SubjectContext subject) {
        ParserRuleContext rule = subject;
        do {
            rule = rule.getParent();
            if (rule == null || rule.getChildCount() > 1) {
                return false;
            }
        } while (!(rule instanceof ConditionContext));
        return rule.getParent() instanceof SubjectContext;
    }

    private Token next() {
        return tokens.LT(1);
    }

    private ApiException redundantParentheses() {
        failed = true;
        return errors.redundantParentheses();
    }

    private ApiException unexpected(Token token) {
        failed = true;
        return errors.syntax(token.getText(), near(token));
    }

    /** The text from the token before to the token after, or from the start, or to the end where there is none. */
    private String near(Token token) {
        int index = token.getTokenIndex();
        CharStream text = token.getInputStream();
        int first = index == 0 ? 0 : tokens.get(index - 1).getStartIndex();
        int last = text.size() - 1;
        if (index + 1 < tokens.size() && tokens.get(index + 1).getType() != Token.EOF) {
            last = tokens.get(index + 1).getStopIndex();
        }
        return text.getText(Interval.of(first, last));
    }

    @Override
    public void enterEveryRule(ParserRuleContext rule) {}

    @Override
    public void visitTerminal(TerminalNode node) {}

    @Override
    public void visitErrorNode(ErrorNode node) {}
}

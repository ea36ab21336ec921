package io.tidemark.router.expression;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.tidemark.router.error.ApiException;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.expression.Projection;
import io.tidemark.schema.expression.UpdateExpression;

/**
 * Reads expressions. Thread-safe. What a text says is kept, placeholders and all, so that clients that send one text with ever
 * other values have it read once; what could not be read is not kept.
 *
 * <p>Every method marks the placeholders that it finds as used, and throws an {@link ApiException} with the first fault of the
 * text or of what its placeholders stand for. What is wrong only for a certain table, {@link KeyPredicates#bind} and
 * {@link KeyAttributeRules} tell.
 *
 * <p>A request's first fault is told, so the order in which its expressions are read shows.
 */
public final class Expressions {
    private record Text(ExpressionKind kind, String text) {}

    /** What a kept text takes beside what is in proportion to its length: entry, key and root. An estimate. */
    private static final int BYTES_PER_TEXT = 512;

    /** What a character of a kept text takes: itself, and its share of the nodes. An estimate for texts dense in nodes. */
    private static final int BYTES_PER_CHARACTER = 80;

    private final LoadingCache<Text, Syntax> read;

    /** @param maxCachedBytes of all texts that are kept, with what they say; an estimate */
    public Expressions(long maxCachedBytes) {
        this.read = Caffeine.newBuilder()
                .maximumWeight(maxCachedBytes)
                .executor(Runnable::run)
                .weigher((Text text, Syntax syntax) ->
                        BYTES_PER_TEXT + BYTES_PER_CHARACTER * text.text().length())
                .build(text -> SyntaxReader.read(text.kind(), text.text()));
    }

    /** A ConditionExpression. */
    public Condition condition(String text, Placeholders placeholders) {
        return condition(ExpressionKind.CONDITION, text, placeholders);
    }

    /** A FilterExpression. */
    public Condition filter(String text, Placeholders placeholders) {
        return condition(ExpressionKind.FILTER, text, placeholders);
    }

    /** A KeyConditionExpression; here it is checked only as far as any condition is. */
    public KeyConditionExpression keyCondition(String text, Placeholders placeholders) {
        Syntax.Clause clause = clause(ExpressionKind.KEY_CONDITION, text);
        new ConditionResolver(ExpressionKind.KEY_CONDITION.errors(), placeholders).resolve(clause);
        return new KeyConditionExpression(clause, placeholders);
    }

    /** A ProjectionExpression. */
    public Projection projection(String text, Placeholders placeholders) {
        ExpressionKind kind = ExpressionKind.PROJECTION;
        Syntax.ProjectionText syntax = (Syntax.ProjectionText) read(kind, text);
        PathResolver resolver = new PathResolver(kind.errors(), placeholders);
        return new Projection(resolver.resolveDistinct(syntax.paths()));
    }

    /** An UpdateExpression. */
    public UpdateExpression update(String text, Placeholders placeholders) {
        ExpressionKind kind = ExpressionKind.UPDATE;
        Syntax.UpdateText syntax = (Syntax.UpdateText) read(kind, text);
        return new UpdateResolver(kind.errors(), placeholders).resolve(syntax.actions());
    }

    private Condition condition(ExpressionKind kind, String text, Placeholders placeholders) {
        return new ConditionResolver(kind.errors(), placeholders).resolve(clause(kind, text));
    }

    private Syntax.Clause clause(ExpressionKind kind, String text) {
        return ((Syntax.ConditionText) read(kind, text)).clause();
    }

    private Syntax read(ExpressionKind kind, String text) {
        return read.get(new Text(kind, text));
    }
}

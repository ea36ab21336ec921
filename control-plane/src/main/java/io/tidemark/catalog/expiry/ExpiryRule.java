package io.tidemark.catalog.expiry;

import io.tidemark.schema.expression.Comparator;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.expression.Operand;
import io.tidemark.schema.expression.Projection;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which items have expired: those whose attribute is a number of seconds since the epoch that is not later than now and not more
 * than {@link #MAX_AGE_YEARS} years ago. Any other value, or none, never expires. Source: "Using time to live (TTL)" of the
 * DynamoDB developer guide.
 */
record ExpiryRule(String attributeName, Instant now) {
    /** What is older was hardly meant to be a time. */
    static final int MAX_AGE_YEARS = 5;

    /** True of expired items; values of other types compare as false. */
    Condition expired() {
        Operand attribute = Operand.path(attributeName);
        return new Condition.And(List.of(
                new Condition.Compare(Comparator.LE, attribute, seconds(now)),
                new Condition.Compare(Comparator.GE, attribute, seconds(oldest()))));
    }

    /** The primary key and the attribute. */
    Projection projection(KeySchema keySchema) {
        Stream<String> names = Stream.of(
                        Stream.of(keySchema.partitionKey().name()),
                        keySchema.sortKey().map(KeyAttribute::name).stream(),
                        Stream.of(attributeName))
                .flatMap(name -> name);
        return new Projection(names.distinct().map(DocumentPath::of).toList());
    }

    /** True as long as the attribute is what it is in {@code item}; empty if the item has none. */
    Optional<Condition> unchanged(Item item) {
        return item.attribute(attributeName)
                .map(value ->
                        new Condition.Compare(Comparator.EQ, Operand.path(attributeName), Operand.literal(value)));
    }

    private Instant oldest() {
        return now.atOffset(ZoneOffset.UTC).minusYears(MAX_AGE_YEARS).toInstant();
    }

    private static Operand seconds(Instant time) {
        return Operand.literal(AttributeValue.N.of(time.getEpochSecond()));
    }
}

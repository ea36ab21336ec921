package io.tidemark.router.expression;

import io.tidemark.schema.expression.SortKeyCondition;
import io.tidemark.schema.value.AttributeValue;
import java.util.Optional;

/**
 * Which items a Query reads: those of one partition key, and all of them or those whose sort key fits. The values have the types
 * of the key schema.
 */
public record KeyCondition(AttributeValue partition, Optional<SortKeyCondition> sort) {}

package io.tidemark.router.expression;

import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.KeyErrors;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.expression.Operand;
import io.tidemark.schema.expression.Projection;
import io.tidemark.schema.expression.UpdateAction;
import io.tidemark.schema.expression.UpdateExpression;
import io.tidemark.schema.expression.UpdateValue;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import java.util.ArrayList;
import java.util.List;

/** What expressions may not do with the attributes of a table's key. Needs the table, so these checks come last. */
public final class KeyAttributeRules {
    private KeyAttributeRules() {}

    /** @throws ApiException if a path goes into a key attribute, which has nothing inside */
    public static void requireScalarKeys(KeySchema schema, Condition condition) {
        requireScalarKeys(schema, paths(condition));
    }

    /** @throws ApiException if a path goes into a key attribute, which has nothing inside */
    public static void requireScalarKeys(KeySchema schema, Projection projection) {
        requireScalarKeys(schema, projection.paths());
    }

    /** @throws ApiException if an operand's path goes into a key attribute, which has nothing inside */
    public static void requireScalarKeys(KeySchema schema, UpdateExpression update) {
        List<DocumentPath> paths = new ArrayList<>();
        for (UpdateAction action : update.actions()) {
            if (action instanceof UpdateAction.Set set) {
                collect(paths, set.value());
            }
        }
        requireScalarKeys(schema, paths);
    }

    /**
     * For the filter of a Query, whose condition on the key stands elsewhere.
     *
     * @param parameter {@code Filter Expression} or {@code QueryFilter}: what the fault calls it
     * @throws ApiException if the filter is about a key attribute
     */
    public static void requireNoKeys(KeySchema schema, Condition filter, String parameter) {
        List<DocumentPath> paths = paths(filter);
        requireScalarKeys(schema, paths);
        for (KeyAttribute key : keys(schema)) {
            if (paths.stream().anyMatch(path -> path.attribute().equals(key.name()))) {
                throw KeyErrors.keyInFilter(parameter, key.name());
            }
        }
    }

    /** @throws ApiException if the update would change a key attribute, even to what it is */
    public static void requireKeysUnchanged(KeySchema schema, UpdateExpression update) {
        for (KeyAttribute key : keys(schema)) {
            for (UpdateAction action : update.actions()) {
                if (action.path().attribute().equals(key.name())) {
                    throw KeyErrors.keyUpdated(key.name());
                }
            }
        }
    }

    private static void requireScalarKeys(KeySchema schema, List<DocumentPath> paths) {
        for (KeyAttribute key : keys(schema)) {
            for (DocumentPath path : paths) {
                if (path.elements().size() > 1 && path.attribute().equals(key.name())) {
                    throw KeyErrors.keyNotScalar(key.name());
                }
            }
        }
    }

    private static List<KeyAttribute> keys(KeySchema schema) {
        List<KeyAttribute> keys = new ArrayList<>();
        keys.add(schema.partitionKey());
        schema.sortKey().ifPresent(keys::add);
        return keys;
    }

    private static List<DocumentPath> paths(Condition condition) {
        List<DocumentPath> paths = new ArrayList<>();
        collect(paths, condition);
        return paths;
    }

    private static void collect(List<DocumentPath> paths, Condition condition) {
        switch (condition) {
            case Condition.And and -> and.terms().forEach(term -> collect(paths, term));
            case Condition.Or or -> or.terms().forEach(term -> collect(paths, term));
            case Condition.Not not -> collect(paths, not.term());
            case Condition.Compare compare -> {
                collect(paths, compare.left());
                collect(paths, compare.right());
            }
            case Condition.Between between -> {
                collect(paths, between.value());
                collect(paths, between.low());
                collect(paths, between.high());
            }
            case Condition.In in -> {
                collect(paths, in.value());
                in.candidates().forEach(candidate -> collect(paths, candidate));
            }
            case Condition.AttributeExists exists -> paths.add(exists.path());
            case Condition.AttributeNotExists absent -> paths.add(absent.path());
            case Condition.HasType hasType -> paths.add(hasType.path());
            case Condition.BeginsWith beginsWith -> {
                collect(paths, beginsWith.value());
                collect(paths, beginsWith.prefix());
            }
            case Condition.Contains contains -> {
                collect(paths, contains.container());
                collect(paths, contains.element());
            }
        }
    }

    private static void collect(List<DocumentPath> paths, Operand operand) {
        switch (operand) {
            case Operand.Path path -> paths.add(path.path());
            case Operand.Size size -> paths.add(size.path());
            case Operand.Literal literal -> {}
        }
    }

    private static void collect(List<DocumentPath> paths, UpdateValue value) {
        switch (value) {
            case UpdateValue.Path path -> paths.add(path.path());
            case UpdateValue.Literal literal -> {}
            case UpdateValue.IfNotExists absent -> {
                paths.add(absent.path());
                collect(paths, absent.otherwise());
            }
            case UpdateValue.ListAppend append -> {
                collect(paths, append.first());
                collect(paths, append.second());
            }
            case UpdateValue.Plus plus -> {
                collect(paths, plus.left());
                collect(paths, plus.right());
            }
            case UpdateValue.Minus minus -> {
                collect(paths, minus.left());
                collect(paths, minus.right());
            }
        }
    }
}

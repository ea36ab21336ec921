package io.tidemark.router.expression;

import static io.tidemark.schema.expression.AttributeType.B;
import static io.tidemark.schema.expression.AttributeType.BOOL;
import static io.tidemark.schema.expression.AttributeType.N;
import static io.tidemark.schema.expression.AttributeType.NULL;
import static io.tidemark.schema.expression.AttributeType.S;

import io.tidemark.router.error.ExpressionErrors;
import io.tidemark.schema.expression.AttributeType;
import io.tidemark.schema.expression.Operand;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Utf8Order;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the types of what is known before the item is: constants, and what functions give. */
final class OperandTypes {
    /** Those that have an order. */
    static final Set<AttributeType> ORDERED = EnumSet.of(S, N, B);

    /** Those that can begin with something. */
    static final Set<AttributeType> PREFIXED = EnumSet.of(S, B);

    static final Set<AttributeType> SIZED = EnumSet.complementOf(EnumSet.of(N, BOOL, NULL));

    /** In the order in which the service tells them. */
    private static final String ALL_TYPES = "{N,BS,L,B,NULL,M,S,SS,NS,BOOL}";

    private final ExpressionErrors errors;

    OperandTypes(ExpressionErrors errors) {
        this.errors = errors;
    }

    /** Null of an attribute, whose type is known only with the item. */
    static @Nullable AttributeType of(Operand operand) {
        return switch (operand) {
            case Operand.Path path -> null;
            case Operand.Literal literal -> literal.value().type();
            case Operand.Size size -> N;
        };
    }

    void require(String operator, Set<AttributeType> types, Operand operand) {
        AttributeType type = of(operand);
        if (type != null && !types.contains(type)) {
            throw errors.operandType(operator, type.name());
        }
    }

    /** The type that the operand of {@code attribute_type} names. */
    AttributeType typeNamed(String operator, Operand operand) {
        if (!(operand instanceof Operand.Literal literal)) {
            AttributeType type = of(operand);
            throw errors.operandType(operator, type == null ? ALL_TYPES : type.name());
        }
        if (!(literal.value() instanceof AttributeValue.S text)) {
            throw errors.operandType(operator, literal.value().type().name());
        }
        for (AttributeType type : AttributeType.values()) {
            if (type.name().equals(text.value())) {
                return type;
            }
        }
        throw errors.unknownType(text.value(), ALL_TYPES);
    }

    /** Two constants that bound a range are of one type and in order. */
    void requireBounds(Operand low, Operand high) {
        if (!(low instanceof Operand.Literal first) || !(high instanceof Operand.Literal last)) {
            return;
        }
        if (first.value().type() != last.value().type()) {
            throw errors.boundsOfDifferentTypes(show(first.value()), show(last.value()));
        }
        if (compare(first.value(), last.value()) > 0) {
            throw errors.boundsOutOfOrder(show(first.value()), show(last.value()));
        }
    }

    /** Of two values of one ordered type. */
    static int compare(AttributeValue left, AttributeValue right) {
        return switch (left) {
            case AttributeValue.S text -> Utf8Order.INSTANCE.compare(text.value(), ((AttributeValue.S) right).value());
            case AttributeValue.N number -> number.value().compareTo(((AttributeValue.N) right).value());
            case AttributeValue.B binary -> binary.value().compareTo(((AttributeValue.B) right).value());
            default -> throw new IllegalArgumentException("no order among values of type " + left.type());
        };
    }

    private static String show(AttributeValue value) {
        String shown = switch (value) {
            case AttributeValue.S text -> text.value();
            case AttributeValue.N number -> number.value().toString();
            case AttributeValue.B binary ->
                "java.nio.HeapByteBuffer[pos=0 lim=" + binary.value().length() + " cap="
                        + binary.value().length() + "]";
            default -> throw new IllegalArgumentException("no bound of a range: " + value.type());
        };
        return "{" + value.type() + ":" + shown + "}";
    }
}

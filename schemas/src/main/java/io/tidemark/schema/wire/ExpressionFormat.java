package io.tidemark.schema.wire;

import io.tidemark.schema.expression.AttributeType;
import io.tidemark.schema.expression.Comparator;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.expression.Operand;
import java.util.List;

/** Conditions, operands and document paths by the schema {@code envelope.avsc}. */
final class ExpressionFormat {
    private static final int COMPARE = 0;
    private static final int BETWEEN = 1;
    private static final int IN = 2;
    private static final int ATTRIBUTE_EXISTS = 3;
    private static final int ATTRIBUTE_NOT_EXISTS = 4;
    private static final int HAS_TYPE = 5;
    private static final int BEGINS_WITH = 6;
    private static final int CONTAINS = 7;
    private static final int AND = 8;
    private static final int OR = 9;
    private static final int NOT = 10;
    private static final int CONDITION_BRANCHES = 11;

    private static final int OPERAND_PATH = 0;
    private static final int OPERAND_LITERAL = 1;
    private static final int OPERAND_SIZE = 2;
    private static final int OPERAND_BRANCHES = 3;

    private static final int NAME = 0;
    private static final int INDEX = 1;
    private static final int ELEMENT_BRANCHES = 2;

    private static final Comparator[] COMPARATORS = Comparator.values();
    private static final AttributeType[] TYPES = AttributeType.values();

    private ExpressionFormat() {}

    static void writeCondition(WireWriter writer, Condition condition) {
        writeCondition(writer, condition, 1);
    }

    static Condition readCondition(WireReader reader) throws UndecodableException {
        return readCondition(reader, 1);
    }

    private static void writeCondition(WireWriter writer, Condition condition, int depth) {
        requireDepth(depth);
        switch (condition) {
            case Condition.Compare compare -> {
                writer.writeInt(COMPARE);
                writer.writeEnum(compare.comparator());
                writeOperands(writer, compare.left(), compare.right());
            }
            case Condition.Between between -> {
                writer.writeInt(BETWEEN);
                writeOperands(writer, between.value(), between.low(), between.high());
            }
            case Condition.In in -> {
                writer.writeInt(IN);
                writeOperand(writer, in.value());
                writer.writeArray(in.candidates(), ExpressionFormat::writeOperand);
            }
            case Condition.AttributeExists exists -> {
                writer.writeInt(ATTRIBUTE_EXISTS);
                writePath(writer, exists.path());
            }
            case Condition.AttributeNotExists notExists -> {
                writer.writeInt(ATTRIBUTE_NOT_EXISTS);
                writePath(writer, notExists.path());
            }
            case Condition.HasType hasType -> {
                writer.writeInt(HAS_TYPE);
                writePath(writer, hasType.path());
                writer.writeEnum(hasType.type());
            }
            case Condition.BeginsWith beginsWith -> {
                writer.writeInt(BEGINS_WITH);
                writeOperands(writer, beginsWith.value(), beginsWith.prefix());
            }
            case Condition.Contains contains -> {
                writer.writeInt(CONTAINS);
                writeOperands(writer, contains.container(), contains.element());
            }
            case Condition.And and -> writeTerms(writer, AND, and.terms(), depth);
            case Condition.Or or -> writeTerms(writer, OR, or.terms(), depth);
            case Condition.Not not -> {
                writer.writeInt(NOT);
                writeCondition(writer, not.term(), depth + 1);
            }
        }
    }

    private static void writeTerms(WireWriter writer, int branch, List<Condition> terms, int depth) {
        writer.writeInt(branch);
        writer.writeArray(terms, (w, term) -> writeCondition(w, term, depth + 1));
    }

    private static Condition readCondition(WireReader reader, int depth) throws UndecodableException {
        requireDepth(depth);
        return switch (reader.readIndex(CONDITION_BRANCHES, "kind of condition")) {
            case COMPARE ->
                new Condition.Compare(
                        reader.readEnum(COMPARATORS, "comparator"), readOperand(reader), readOperand(reader));
            case BETWEEN -> new Condition.Between(readOperand(reader), readOperand(reader), readOperand(reader));
            case IN -> new Condition.In(readOperand(reader), reader.readArray(ExpressionFormat::readOperand));
            case ATTRIBUTE_EXISTS -> new Condition.AttributeExists(readPath(reader));
            case ATTRIBUTE_NOT_EXISTS -> new Condition.AttributeNotExists(readPath(reader));
            case HAS_TYPE -> new Condition.HasType(readPath(reader), reader.readEnum(TYPES, "attribute type"));
            case BEGINS_WITH -> new Condition.BeginsWith(readOperand(reader), readOperand(reader));
            case CONTAINS -> new Condition.Contains(readOperand(reader), readOperand(reader));
            case AND -> new Condition.And(reader.readArray(r -> readCondition(r, depth + 1)));
            case OR -> new Condition.Or(reader.readArray(r -> readCondition(r, depth + 1)));
            case NOT -> new Condition.Not(readCondition(reader, depth + 1));
            default -> throw new UndecodableException("unknown kind of condition");
        };
    }

    private static void writeOperands(WireWriter writer, Operand... operands) {
        for (Operand operand : operands) {
            writeOperand(writer, operand);
        }
    }

    private static void writeOperand(WireWriter writer, Operand operand) {
        switch (operand) {
            case Operand.Path path -> {
                writer.writeInt(OPERAND_PATH);
                writePath(writer, path.path());
            }
            case Operand.Literal literal -> {
                writer.writeInt(OPERAND_LITERAL);
                ValueFormat.writeValue(writer, literal.value());
            }
            case Operand.Size size -> {
                writer.writeInt(OPERAND_SIZE);
                writePath(writer, size.path());
            }
        }
    }

    private static Operand readOperand(WireReader reader) throws UndecodableException {
        return switch (reader.readIndex(OPERAND_BRANCHES, "kind of operand")) {
            case OPERAND_PATH -> new Operand.Path(readPath(reader));
            case OPERAND_LITERAL -> new Operand.Literal(ValueFormat.readValue(reader));
            case OPERAND_SIZE -> new Operand.Size(readPath(reader));
            default -> throw new UndecodableException("unknown kind of operand");
        };
    }

    static void writePath(WireWriter writer, DocumentPath path) {
        writer.writeArray(path.elements(), ExpressionFormat::writeElement);
    }

    static DocumentPath readPath(WireReader reader) throws UndecodableException {
        return new DocumentPath(reader.readArray(ExpressionFormat::readElement));
    }

    private static void writeElement(WireWriter writer, DocumentPath.Element element) {
        switch (element) {
            case DocumentPath.Attribute attribute -> {
                writer.writeInt(NAME);
                writer.writeString(attribute.name());
            }
            case DocumentPath.Index index -> {
                writer.writeInt(INDEX);
                writer.writeInt(index.value());
            }
        }
    }

    private static DocumentPath.Element readElement(WireReader reader) throws UndecodableException {
        return switch (reader.readIndex(ELEMENT_BRANCHES, "kind of path element")) {
            case NAME -> new DocumentPath.Attribute(reader.readString());
            case INDEX -> new DocumentPath.Index(reader.readInt());
            default -> throw new UndecodableException("unknown kind of path element");
        };
    }

    /** @throws IllegalArgumentException below {@link Condition#MAX_DEPTH} */
    static void requireDepth(int depth) {
        if (depth > Condition.MAX_DEPTH) {
            throw new IllegalArgumentException("expression deeper than " + Condition.MAX_DEPTH + " nodes");
        }
    }
}

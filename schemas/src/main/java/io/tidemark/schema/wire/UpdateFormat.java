package io.tidemark.schema.wire;

import io.tidemark.schema.expression.UpdateAction;
import io.tidemark.schema.expression.UpdateExpression;
import io.tidemark.schema.expression.UpdateValue;

/** Update expressions by the schema {@code envelope.avsc}. */
final class UpdateFormat {
    private static final int SET = 0;
    private static final int REMOVE = 1;
    private static final int ADD = 2;
    private static final int DELETE = 3;
    private static final int ACTION_BRANCHES = 4;

    private static final int PATH = 0;
    private static final int LITERAL = 1;
    private static final int IF_NOT_EXISTS = 2;
    private static final int LIST_APPEND = 3;
    private static final int PLUS = 4;
    private static final int MINUS = 5;
    private static final int VALUE_BRANCHES = 6;

    private UpdateFormat() {}

    static void write(WireWriter writer, UpdateExpression update) {
        writer.writeArray(update.actions(), UpdateFormat::writeAction);
    }

    static UpdateExpression read(WireReader reader) throws UndecodableException {
        return new UpdateExpression(reader.readArray(UpdateFormat::readAction));
    }

    private static void writeAction(WireWriter writer, UpdateAction action) {
        switch (action) {
            case UpdateAction.Set set -> {
                writer.writeInt(SET);
                ExpressionFormat.writePath(writer, set.path());
                writeValue(writer, set.value(), 1);
            }
            case UpdateAction.Remove remove -> {
                writer.writeInt(REMOVE);
                ExpressionFormat.writePath(writer, remove.path());
            }
            case UpdateAction.Add add -> {
                writer.writeInt(ADD);
                ExpressionFormat.writePath(writer, add.path());
                ValueFormat.writeValue(writer, add.value());
            }
            case UpdateAction.Delete delete -> {
                writer.writeInt(DELETE);
                ExpressionFormat.writePath(writer, delete.path());
                ValueFormat.writeValue(writer, delete.value());
            }
        }
    }

    private static UpdateAction readAction(WireReader reader) throws UndecodableException {
        return switch (reader.readIndex(ACTION_BRANCHES, "kind of update action")) {
            case SET -> new UpdateAction.Set(ExpressionFormat.readPath(reader), readValue(reader, 1));
            case REMOVE -> new UpdateAction.Remove(ExpressionFormat.readPath(reader));
            case ADD -> new UpdateAction.Add(ExpressionFormat.readPath(reader), ValueFormat.readValue(reader));
            case DELETE -> new UpdateAction.Delete(ExpressionFormat.readPath(reader), ValueFormat.readValue(reader));
            default -> throw new UndecodableException("unknown kind of update action");
        };
    }

    private static void writeValue(WireWriter writer, UpdateValue value, int depth) {
        ExpressionFormat.requireDepth(depth);
        switch (value) {
            case UpdateValue.Path path -> {
                writer.writeInt(PATH);
                ExpressionFormat.writePath(writer, path.path());
            }
            case UpdateValue.Literal literal -> {
                writer.writeInt(LITERAL);
                ValueFormat.writeValue(writer, literal.value());
            }
            case UpdateValue.IfNotExists ifNotExists -> {
                writer.writeInt(IF_NOT_EXISTS);
                ExpressionFormat.writePath(writer, ifNotExists.path());
                writeValue(writer, ifNotExists.otherwise(), depth + 1);
            }
            case UpdateValue.ListAppend append ->
                writePair(writer, LIST_APPEND, append.first(), append.second(), depth);
            case UpdateValue.Plus plus -> writePair(writer, PLUS, plus.left(), plus.right(), depth);
            case UpdateValue.Minus minus -> writePair(writer, MINUS, minus.left(), minus.right(), depth);
        }
    }

    private static void writePair(WireWriter writer, int branch, UpdateValue first, UpdateValue second, int depth) {
        writer.writeInt(branch);
        writeValue(writer, first, depth + 1);
        writeValue(writer, second, depth + 1);
    }

    private static UpdateValue readValue(WireReader reader, int depth) throws UndecodableException {
        ExpressionFormat.requireDepth(depth);
        int inner = depth + 1;
        return switch (reader.readIndex(VALUE_BRANCHES, "kind of update value")) {
            case PATH -> new UpdateValue.Path(ExpressionFormat.readPath(reader));
            case LITERAL -> new UpdateValue.Literal(ValueFormat.readValue(reader));
            case IF_NOT_EXISTS ->
                new UpdateValue.IfNotExists(ExpressionFormat.readPath(reader), readValue(reader, inner));
            case LIST_APPEND -> new UpdateValue.ListAppend(readValue(reader, inner), readValue(reader, inner));
            case PLUS -> new UpdateValue.Plus(readValue(reader, inner), readValue(reader, inner));
            case MINUS -> new UpdateValue.Minus(readValue(reader, inner), readValue(reader, inner));
            default -> throw new UndecodableException("unknown kind of update value");
        };
    }
}

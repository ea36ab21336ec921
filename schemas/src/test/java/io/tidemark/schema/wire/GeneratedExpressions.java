package io.tidemark.schema.wire;

import static io.tidemark.schema.wire.GeneratedRecords.list;

import io.tidemark.schema.avro.AddAction;
import io.tidemark.schema.avro.And;
import io.tidemark.schema.avro.AttributeExists;
import io.tidemark.schema.avro.AttributeNotExists;
import io.tidemark.schema.avro.AttributeType;
import io.tidemark.schema.avro.BeginsWith;
import io.tidemark.schema.avro.Between;
import io.tidemark.schema.avro.Comparator;
import io.tidemark.schema.avro.Compare;
import io.tidemark.schema.avro.Condition;
import io.tidemark.schema.avro.Contains;
import io.tidemark.schema.avro.DeleteAction;
import io.tidemark.schema.avro.DocumentPath;
import io.tidemark.schema.avro.HasType;
import io.tidemark.schema.avro.IfNotExists;
import io.tidemark.schema.avro.In;
import io.tidemark.schema.avro.ListAppend;
import io.tidemark.schema.avro.Minus;
import io.tidemark.schema.avro.Not;
import io.tidemark.schema.avro.Operand;
import io.tidemark.schema.avro.Or;
import io.tidemark.schema.avro.Plus;
import io.tidemark.schema.avro.RemoveAction;
import io.tidemark.schema.avro.SetAction;
import io.tidemark.schema.avro.SizeOf;
import io.tidemark.schema.avro.UpdateAction;
import io.tidemark.schema.avro.UpdateValue;

/** Turns our expression trees into the classes that Avro generates from the schemas, field by field by name. */
final class GeneratedExpressions {
    private GeneratedExpressions() {}

    static Condition condition(io.tidemark.schema.expression.Condition condition) {
        return Condition.newBuilder().setNode(node(condition)).build();
    }

    private static Object node(io.tidemark.schema.expression.Condition condition) {
        return switch (condition) {
            case io.tidemark.schema.expression.Condition.Compare compare ->
                Compare.newBuilder()
                        .setComparator(Comparator.valueOf(compare.comparator().name()))
                        .setLeft(operand(compare.left()))
                        .setRight(operand(compare.right()))
                        .build();
            case io.tidemark.schema.expression.Condition.Between between ->
                Between.newBuilder()
                        .setValue(operand(between.value()))
                        .setLow(operand(between.low()))
                        .setHigh(operand(between.high()))
                        .build();
            case io.tidemark.schema.expression.Condition.In in ->
                In.newBuilder()
                        .setValue(operand(in.value()))
                        .setCandidates(list(in.candidates(), GeneratedExpressions::operand))
                        .build();
            case io.tidemark.schema.expression.Condition.AttributeExists exists ->
                AttributeExists.newBuilder().setPath(path(exists.path())).build();
            case io.tidemark.schema.expression.Condition.AttributeNotExists notExists ->
                AttributeNotExists.newBuilder().setPath(path(notExists.path())).build();
            case io.tidemark.schema.expression.Condition.HasType hasType ->
                HasType.newBuilder()
                        .setPath(path(hasType.path()))
                        .setType(AttributeType.valueOf(hasType.type().name()))
                        .build();
            case io.tidemark.schema.expression.Condition.BeginsWith beginsWith ->
                BeginsWith.newBuilder()
                        .setValue(operand(beginsWith.value()))
                        .setPrefix(operand(beginsWith.prefix()))
                        .build();
            case io.tidemark.schema.expression.Condition.Contains contains ->
                Contains.newBuilder()
                        .setContainer(operand(contains.container()))
                        .setElement(operand(contains.element()))
                        .build();
            case io.tidemark.schema.expression.Condition.And and ->
                And.newBuilder()
                        .setTerms(list(and.terms(), GeneratedExpressions::condition))
                        .build();
            case io.tidemark.schema.expression.Condition.Or or ->
                Or.newBuilder()
                        .setTerms(list(or.terms(), GeneratedExpressions::condition))
                        .build();
            case io.tidemark.schema.expression.Condition.Not not ->
                Not.newBuilder().setTerm(condition(not.term())).build();
        };
    }

    private static Operand operand(io.tidemark.schema.expression.Operand operand) {
        Object branch = switch (operand) {
            case io.tidemark.schema.expression.Operand.Path path -> path(path.path());
            case io.tidemark.schema.expression.Operand.Literal literal -> GeneratedRecords.value(literal.value());
            case io.tidemark.schema.expression.Operand.Size size ->
                SizeOf.newBuilder().setPath(path(size.path())).build();
        };
        return Operand.newBuilder().setOperand(branch).build();
    }

    private static DocumentPath path(io.tidemark.schema.expression.DocumentPath path) {
        return DocumentPath.newBuilder()
                .setElements(list(path.elements(), GeneratedExpressions::element))
                .build();
    }

    private static Object element(io.tidemark.schema.expression.DocumentPath.Element element) {
        return switch (element) {
            case io.tidemark.schema.expression.DocumentPath.Attribute attribute -> attribute.name();
            case io.tidemark.schema.expression.DocumentPath.Index index -> index.value();
        };
    }

    static UpdateAction action(io.tidemark.schema.expression.UpdateAction action) {
        Object branch = switch (action) {
            case io.tidemark.schema.expression.UpdateAction.Set set ->
                SetAction.newBuilder()
                        .setPath(path(set.path()))
                        .setValue(value(set.value()))
                        .build();
            case io.tidemark.schema.expression.UpdateAction.Remove remove ->
                RemoveAction.newBuilder().setPath(path(remove.path())).build();
            case io.tidemark.schema.expression.UpdateAction.Add add ->
                AddAction.newBuilder()
                        .setPath(path(add.path()))
                        .setValue(GeneratedRecords.value(add.value()))
                        .build();
            case io.tidemark.schema.expression.UpdateAction.Delete delete ->
                DeleteAction.newBuilder()
                        .setPath(path(delete.path()))
                        .setValue(GeneratedRecords.value(delete.value()))
                        .build();
        };
        return UpdateAction.newBuilder().setAction(branch).build();
    }

    private static UpdateValue value(io.tidemark.schema.expression.UpdateValue value) {
        Object branch = switch (value) {
            case io.tidemark.schema.expression.UpdateValue.Path path -> path(path.path());
            case io.tidemark.schema.expression.UpdateValue.Literal literal -> GeneratedRecords.value(literal.value());
            case io.tidemark.schema.expression.UpdateValue.IfNotExists ifNotExists ->
                IfNotExists.newBuilder()
                        .setPath(path(ifNotExists.path()))
                        .setOtherwise(value(ifNotExists.otherwise()))
                        .build();
            case io.tidemark.schema.expression.UpdateValue.ListAppend append ->
                ListAppend.newBuilder()
                        .setFirst(value(append.first()))
                        .setSecond(value(append.second()))
                        .build();
            case io.tidemark.schema.expression.UpdateValue.Plus plus ->
                Plus.newBuilder()
                        .setLeft(value(plus.left()))
                        .setRight(value(plus.right()))
                        .build();
            case io.tidemark.schema.expression.UpdateValue.Minus minus ->
                Minus.newBuilder()
                        .setLeft(value(minus.left()))
                        .setRight(value(minus.right()))
                        .build();
        };
        return UpdateValue.newBuilder().setValue(branch).build();
    }
}

package io.tidemark.launcher.item;

import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.expression.UpdateAction;
import io.tidemark.schema.expression.UpdateValue;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Decimal;
import io.tidemark.schema.value.Utf8Order;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Update actions as they are written on a command line: {@code path=value}. */
public final class UpdateText {
    private UpdateText() {}

    public static UpdateAction set(String text) {
        Assignment assignment = Assignment.parse("--set", text);
        return new UpdateAction.Set(assignment.path(), new UpdateValue.Literal(assignment.value()));
    }

    /** A number is added, a set (or array, or string) united with what is there. */
    public static UpdateAction add(String text) {
        Assignment assignment = Assignment.parse("--add", text);
        AttributeValue value = assignment.value();
        return new UpdateAction.Add(assignment.path(), value instanceof AttributeValue.N ? value : set("--add", value));
    }

    public static UpdateAction delete(String text) {
        Assignment assignment = Assignment.parse("--delete", text);
        AttributeValue value = assignment.value();
        return new UpdateAction.Delete(assignment.path(), set("--delete", value));
    }

    public static UpdateAction remove(String text) {
        return new UpdateAction.Remove(PathText.parse(text));
    }

    private static AttributeValue set(String option, AttributeValue value) {
        return switch (value) {
            case AttributeValue.SS set -> set;
            case AttributeValue.NS set -> set;
            case AttributeValue.BS set -> set;
            case AttributeValue.S text -> texts(new AttributeValue.L(List.of(text)));
            case AttributeValue.N number -> numbers(new AttributeValue.L(List.of(number)));
            case AttributeValue.L list -> set(option, list);
            case AttributeValue.B binary -> new AttributeValue.BS(new TreeSet<>(Set.of(binary.value())));
            case AttributeValue.M other -> throw noSet(option);
            case AttributeValue.Bool other -> throw noSet(option);
            case AttributeValue.Null other -> throw noSet(option);
        };
    }

    private static AttributeValue set(String option, AttributeValue.L list) {
        List<AttributeValue> values = list.values();
        if (!values.isEmpty() && values.stream().allMatch(AttributeValue.S.class::isInstance)) {
            return texts(list);
        }
        if (!values.isEmpty() && values.stream().allMatch(AttributeValue.N.class::isInstance)) {
            return numbers(list);
        }
        throw noSet(option);
    }

    private static AttributeValue texts(AttributeValue.L list) {
        TreeSet<String> elements = new TreeSet<>(Utf8Order.INSTANCE);
        list.values().forEach(value -> elements.add(((AttributeValue.S) value).value()));
        return new AttributeValue.SS(elements);
    }

    private static AttributeValue numbers(AttributeValue.L list) {
        TreeSet<Decimal> elements = new TreeSet<>();
        list.values().forEach(value -> elements.add(((AttributeValue.N) value).value()));
        return new AttributeValue.NS(elements);
    }

    private static InvalidInputException noSet(String option) {
        return new InvalidInputException(
                option + " takes a set: one string or number, or an array of strings or of numbers");
    }

    /** What stands before and after the first equals sign. */
    record Assignment(DocumentPath path, AttributeValue value) {
        static Assignment parse(String option, String text) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw new InvalidInputException(option + " is written path=value, not '" + text + "'");
            }
            return new Assignment(
                    PathText.parse(text.substring(0, equals)), ItemJson.value(text.substring(equals + 1)));
        }
    }
}

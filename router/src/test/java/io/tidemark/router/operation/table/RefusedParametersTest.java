package io.tidemark.router.operation.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.model.Constraint;
import io.tidemark.router.model.Member;
import io.tidemark.router.model.Shape;
import io.tidemark.router.model.Shapes;
import io.tidemark.router.model.Support;
import io.tidemark.router.operation.OperationName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the compatibility page, written from the shapes, says of refusals is what the operations do. */
class RefusedParametersTest {
    private static final String REFUSAL = "Tidemark does not support ";

    /**
     * Requests that would be answered, or that only miss something to do; each parameter is added to one, or takes the place of its
     * like.
     */
    private static final Map<OperationName, String> REQUESTS = Map.of(
            OperationName.CreateTable,
            CatalogFixture.plainTable("fresh"),
            OperationName.UpdateTable,
            "{'TableName': 'music'}");

    private final CatalogFixture catalog = new CatalogFixture(CatalogFixture.SETTLE_LIMIT);

    @AfterEach
    void close() {
        catalog.close();
    }

    static Stream<Arguments> parameters() {
        return REQUESTS.keySet().stream()
                .flatMap(operation -> Shapes.input(operation).members().stream()
                        .map(member -> Arguments.of(operation, member.name(), member)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("parameters")
    void aParameterIsRefusedIfThePageSaysSoAndElseIsNot(OperationName operation, String name, Member member) {
        catalog.create("music");
        String answer = answer(operation, member);
        if (member.support() instanceof Support.Refused refused) {
            String what = refused.what().replaceFirst(",.*", "");
            assertThat(answer).contains(REFUSAL + what + " (parameter " + name + ")");
        } else {
            assertThat(answer).doesNotContain(REFUSAL);
        }
        if (member.support() instanceof Support.Ignored) {
            assertThat(answer).contains("TableDescription");
        }
    }

    @Test
    void noOtherOperationHasParametersThatAreRefused() {
        assertThat(Arrays.stream(OperationName.values())
                        .filter(operation -> Shapes.input(operation).members().stream()
                                .anyMatch(member -> member.support() instanceof Support.Refused)))
                .containsExactlyInAnyOrderElementsOf(REQUESTS.keySet());
    }

    private String answer(OperationName operation, Member member) {
        String request = REQUESTS.get(operation);
        String added = "'" + member.name() + "': " + value(member);
        try {
            return catalog.call(operation, request.replaceFirst("}$", ", " + added + "}"))
                    .toString();
        } catch (ApiException refusal) {
            return refusal.message();
        } catch (CompletionException failure) {
            return String.valueOf(failure.getCause());
        }
    }

    private static JsonNode value(Member member) {
        List<String> names = member.constraints().stream()
                .filter(Constraint.OneOf.class::isInstance)
                .flatMap(constraint -> ((Constraint.OneOf) constraint).values().stream())
                .toList();
        return names.isEmpty() ? value(member.shape()) : TextNode.valueOf(names.getFirst());
    }

    private static JsonNode value(Shape shape) {
        return switch (shape) {
            case Shape.Scalar scalar ->
                switch (scalar) {
                    // Also a class of tables, the only text whose values no constraint knows.
                    case STRING -> TextNode.valueOf("STANDARD");
                    case INTEGER, LONG -> IntNode.valueOf(1);
                    case BOOLEAN -> BooleanNode.TRUE;
                };
            case Shape.ListOf list -> JsonNodeFactory.instance.arrayNode().add(value(list.element()));
            case Shape.Structure structure -> {
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                structure.members().forEach(member -> object.set(member.name(), value(member)));
                yield object;
            }
            case Shape.AttributeValue ignored -> throw new IllegalStateException("no operation on tables has items");
            case Shape.MapOf ignored -> throw new IllegalStateException("no operation on tables has maps");
        };
    }
}

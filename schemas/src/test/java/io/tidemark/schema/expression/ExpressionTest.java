package io.tidemark.schema.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.schema.value.AttributeValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpressionTest {
    private static final DocumentPath.Element NAME = new DocumentPath.Attribute("a");
    private static final Operand OPERAND = Operand.literal(new AttributeValue.Null());

    @Test
    void aPathStartsWithANameAndIsNoDeeperThanAnItem() {
        assertThat(new DocumentPath(Collections.nCopies(32, NAME)).elements()).hasSize(32);
        assertThatThrownBy(() -> new DocumentPath(Collections.nCopies(33, NAME)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DocumentPath(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DocumentPath(List.of(new DocumentPath.Index(0))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DocumentPath.Index(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DocumentPath.of("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DocumentPath.of("\uD800")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPathPrintsAsDynamoDbWritesIt() {
        DocumentPath path = new DocumentPath(
                List.of(NAME, new DocumentPath.Index(2), new DocumentPath.Index(0), new DocumentPath.Attribute("b")));
        assertThat(path).hasToString("a[2][0].b");
        assertThat(path.attribute()).isEqualTo("a");
    }

    @Test
    void inTakesOneToAHundredCandidates() {
        assertThat(new Condition.In(OPERAND, Collections.nCopies(100, OPERAND)).candidates())
                .hasSize(100);
        assertThatThrownBy(() -> new Condition.In(OPERAND, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Condition.In(OPERAND, Collections.nCopies(101, OPERAND)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aKeyConditionHasNoInequality() {
        assertThatThrownBy(() -> new SortKeyCondition.Compare(Comparator.NE, new AttributeValue.Null()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void treesDoNotChangeWithTheListsTheyWereMadeFrom() {
        List<Condition> terms = new ArrayList<>(List.of(new Condition.AttributeExists(DocumentPath.of("a"))));
        Condition.And and = new Condition.And(terms);
        terms.clear();
        assertThat(and.terms()).hasSize(1);
        assertThatThrownBy(() -> new Projection(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}

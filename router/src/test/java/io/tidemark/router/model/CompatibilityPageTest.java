package io.tidemark.router.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.router.operation.OperationName;
import org.junit.jupiter.api.Test;

class CompatibilityPageTest {
    private static final String PAGE = CompatibilityPage.markdown();

    @Test
    void everyParameterOfEveryOperationIsListedOnce() {
        for (OperationName operation : OperationName.values()) {
            int start = PAGE.indexOf("\n## " + operation.name() + "\n");
            assertThat(start).as(operation.name()).isPositive();
            int end = PAGE.indexOf("\n## ", start + 1);
            String section = PAGE.substring(start, end < 0 ? PAGE.length() : end);
            for (Member member : Shapes.input(operation).members()) {
                assertThat(section).containsOnlyOnce("| " + member.name() + " |");
            }
        }
    }

    @Test
    void thePageSaysWhatBecomesOfAParameter() {
        assertThat(PAGE)
                .contains("| GlobalSecondaryIndexes | refused | secondary indexes |")
                .contains("| WarmThroughput | ignored | tables need no warming |")
                .contains("| ConditionExpression | supported |  |")
                .contains("TransactWriteItems")
                .endsWith(".\n");
    }
}

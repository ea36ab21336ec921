package io.tidemark.conformance.cases;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.tidemark.conformance.cluster.ClusterExtension;
import io.tidemark.conformance.cluster.Endpoint;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** What AWS is known to answer: from its documentation, and from public suites that run against the service itself. */
@ExtendWith(ClusterExtension.class)
class CasesTest {
    @TestFactory
    Stream<DynamicNode> answersAsAwsDoes(Endpoint endpoint) {
        CaseRunner runner = new CaseRunner(endpoint.client());
        runner.createTables();
        return CaseFiles.SUBJECTS.stream()
                .map(subject -> dynamicContainer(
                        subject,
                        CaseFiles.read(subject).stream().map(one -> dynamicTest(one.name(), () -> runner.run(one)))));
    }
}

package io.tidemark.embedded;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.regex.Pattern;

@AnalyzeClasses(packagesOf = EmbeddedBroker.class, importOptions = DoNotIncludeTests.class)
class KafkaInternalsTest {

    @ArchTest
    static final ArchRule oneClassTouchesTheBrokersInternals = noClasses()
            .that()
            .haveNameNotMatching(Pattern.quote(KafkaNode.class.getName()) + "(\\$.*)?")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "kafka..",
                    "scala..",
                    "org.apache.kafka.metadata..",
                    "org.apache.kafka.raft..",
                    "org.apache.kafka.server..",
                    "org.apache.kafka.image..",
                    "org.apache.kafka.controller.."));
}

package io.tidemark.catalog.state;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Every process must compute the same catalog: the state machine sees its arguments and nothing else. */
class PureStateTest {
    private static final String STATE = "io.tidemark.catalog.state";

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(STATE);

    @Test
    void theStateMachineKnowsValuesOnly() {
        classes()
                .that()
                .resideInAPackage(STATE)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        STATE,
                        "io.tidemark.schema..",
                        "org.pcollections",
                        "org.jspecify..",
                        "java.lang..",
                        "java.security",
                        "java.time",
                        "java.util",
                        "java.util.function",
                        "java.util.stream")
                .check(classes);
    }

    @Test
    void theStateMachineAsksNeitherClockNorChance() {
        noClasses()
                .that()
                .resideInAPackage(STATE)
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.util.UUID.class, "randomUUID")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(
                        java.util.Random.class, java.security.SecureRandom.class, java.time.Clock.class, Thread.class)
                .check(classes);
    }
}

package io.tidemark.schema;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyCallMethodsThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.tidemark.schema.key.KeyHash;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Everything here is a function of its arguments: other modules replay logs and compare hashes on the strength of it. */
class ArchitectureTest {
    private static JavaClasses ours;

    @BeforeAll
    static void importClasses() {
        ours = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("/avro/"))
                .importPackages("io.tidemark.schema");
        assertThat(ours.size()).isGreaterThan(100);
    }

    @Test
    void nothingReadsOrWritesFilesOrNetworks() {
        Pattern inputAndOutput =
                Pattern.compile("java\\.(nio\\.file|nio\\.channels|net|sql)\\..+|java\\.io\\.(File|Random).*");
        noClasses()
                .should()
                .dependOnClassesThat(describe(
                        "do input or output",
                        type -> inputAndOutput.matcher(type.getName()).matches() && !type.isEquivalentTo(URI.class)))
                .check(ours);
    }

    @Test
    void nothingReadsAClock() {
        noClasses()
                .should()
                .callMethodWhere(target("currentTimeMillis", "nanoTime", "now"))
                .check(ours);
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Clock.class, InstantSource.class)
                .check(ours);
    }

    @Test
    void randomnessIsAnArgument() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(
                        Random.class, SecureRandom.class, SplittableRandom.class, ThreadLocalRandom.class, UUID.class)
                .check(ours);
        noClasses()
                .should()
                .callMethodWhere(describe(
                        "a random generator is made",
                        (JavaMethodCall call) -> call.getTargetOwner().isEquivalentTo(RandomGenerator.class)
                                && call.getName().matches("of|getDefault")))
                .check(ours);
    }

    @Test
    void nothingStartsThreadsOrReadsTheProcess() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.util\\.concurrent\\.(.*Execut.*|ForkJoin.*|locks.*)")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Thread.class, ProcessBuilder.class, Runtime.class)
                .check(ours);
        noClasses().should().callMethodWhere(target("getenv", "getProperty")).check(ours);
    }

    @Test
    void kafkaIsUsedForItsHashAlone() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(KeyHash.class.getName())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..")
                .check(ours);
        classes()
                .that()
                .haveFullyQualifiedName(KeyHash.class.getName())
                .should(onlyCallMethodsThat(describe(
                        "are Utils.murmur2",
                        (JavaMethod method) ->
                                method.getFullName().startsWith("org.apache.kafka.common.utils.Utils.murmur2("))))
                .check(ours);
    }

    private static DescribedPredicate<JavaMethodCall> target(String... names) {
        List<String> forbidden = List.of(names);
        return describe(
                "one of " + forbidden + " of the platform is called",
                call -> call.getTargetOwner().getPackageName().startsWith("java.")
                        && forbidden.contains(call.getName()));
    }
}

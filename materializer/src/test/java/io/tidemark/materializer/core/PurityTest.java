package io.tidemark.materializer.core;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The state machine and the values that it works on compute the same on every machine, today and in ten years: they know no
 * clock, no randomness, no configuration, no default of the platform, and reach nothing outside.
 */
@AnalyzeClasses(
        packages = {"io.tidemark.materializer.core", "io.tidemark.schema"},
        importOptions = ImportOption.DoNotIncludeTests.class)
class PurityTest {
    private static final String CORE = "io.tidemark.materializer.core";
    private static final String[] PURE = {
        CORE,
        "io.tidemark.schema",
        "io.tidemark.schema.command",
        "io.tidemark.schema.expression",
        "io.tidemark.schema.hash",
        "io.tidemark.schema.key",
        "io.tidemark.schema.value",
        "io.tidemark.schema.wire"
    };

    /** Methods by {@code class#name}; without a parameter list where one is the default of the platform. */
    private static final Set<String> IMPURE_METHODS = Set.of(
            "java.lang.System#currentTimeMillis",
            "java.lang.System#nanoTime",
            "java.lang.System#getenv",
            "java.lang.System#getProperty",
            "java.lang.System#getProperties",
            "java.lang.System#identityHashCode",
            "java.lang.Object#hashCode",
            "java.lang.Math#random",
            "java.lang.Boolean#getBoolean",
            "java.lang.Integer#getInteger",
            "java.lang.Long#getLong",
            "java.lang.Runtime#getRuntime",
            "java.util.UUID#randomUUID",
            "java.util.Locale#getDefault",
            "java.nio.charset.Charset#defaultCharset",
            "java.util.Collections#shuffle");

    /** What is used of packages that otherwise reach outside: memory, and Kafka's hash function. */
    private static final Set<String> INSIDE = Set.of(
            "java.io.ByteArrayOutputStream",
            "java.io.OutputStream",
            "java.io.Serializable",
            "org.apache.kafka.common.utils.Utils");

    @ArchTest
    static final ArchRule THE_STATE_MACHINE_DEPENDS_ON_SCHEMAS_AND_JAVA_BASICS_ONLY = classes()
            .that()
            .resideInAPackage(CORE)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "io.tidemark.materializer.core",
                    "io.tidemark.schema..",
                    "java.lang",
                    "java.lang.annotation",
                    "java.lang.invoke",
                    "java.lang.runtime",
                    "java.math",
                    "java.nio",
                    "java.nio.charset",
                    "java.util",
                    "java.util.function",
                    "java.util.stream",
                    "org.jspecify.annotations"));

    @ArchTest
    static final ArchRule NOTHING_ASKS_FOR_TIME_RANDOMNESS_SETTINGS_OR_DEFAULTS =
            noClasses().that().resideInAnyPackage(PURE).should().accessTargetWhere(isImpure());

    @ArchTest
    static final ArchRule NOTHING_REACHES_OUTSIDE_OR_STARTS_THREADS =
            noClasses().that().resideInAnyPackage(PURE).should().dependOnClassesThat(isOutside());

    private static DescribedPredicate<JavaClass> isOutside() {
        return resideInAnyPackage(
                        "java.io..",
                        "java.net..",
                        "java.nio.file..",
                        "java.nio.channels..",
                        "java.time..",
                        "java.text..",
                        "java.util.concurrent..",
                        "org.apache.kafka..",
                        "org.rocksdb..",
                        "org.slf4j..")
                .and(DescribedPredicate.not(isAnyOf(INSIDE)))
                .or(isAnyOf(Set.of(
                        "java.lang.Thread",
                        "java.lang.Process",
                        "java.lang.ProcessBuilder",
                        "java.util.Random",
                        "java.util.SplittableRandom",
                        "java.security.SecureRandom",
                        "java.util.Date",
                        "java.util.Timer",
                        "java.util.Scanner")));
    }

    private static DescribedPredicate<JavaClass> isAnyOf(Set<String> names) {
        return DescribedPredicate.describe("is one of " + names, type -> names.contains(type.getName()));
    }

    private static DescribedPredicate<JavaAccess<?>> isImpure() {
        return DescribedPredicate.describe("reads a clock, a setting or a default of the platform", access -> {
            AccessTarget target = access.getTarget();
            String name = target.getOwner().getName() + "#" + target.getName();
            return IMPURE_METHODS.contains(name) || usesDefaultLocaleOrCharset(target, name);
        });
    }

    private static boolean usesDefaultLocaleOrCharset(AccessTarget target, String name) {
        if (!(target instanceof AccessTarget.CodeUnitAccessTarget method)) {
            return false;
        }
        boolean localized = Set.of(
                        "java.lang.String#toLowerCase",
                        "java.lang.String#toUpperCase",
                        "java.lang.String#format",
                        "java.lang.String#formatted")
                .contains(name);
        boolean namesLocale =
                method.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(Locale.class));
        boolean bytesOfDefaultCharset = name.equals("java.lang.String#getBytes")
                && method.getRawParameterTypes().isEmpty();
        return (localized && !namesLocale) || bytesOfDefaultCharset;
    }

    /** What the rules must find. */
    @SuppressWarnings({"DefaultCharset", "StringCaseLocaleUsage"}) // on purpose
    static final class Impure {
        long clock() {
            return System.nanoTime();
        }

        String defaultLocale(String text) {
            return text.toUpperCase();
        }

        byte[] defaultCharset(String text) {
            return text.getBytes();
        }

        int random() {
            return new java.util.Random().nextInt();
        }

        java.util.concurrent.atomic.AtomicLong shared() {
            return new java.util.concurrent.atomic.AtomicLong();
        }
    }

    @Test
    void theRulesFindWhatIsImpure() {
        JavaClasses impure = new ClassFileImporter().importClasses(Impure.class);
        assertThat(violations(NOTHING_ASKS_FOR_TIME_RANDOMNESS_SETTINGS_OR_DEFAULTS, impure))
                .contains("clock()", "defaultLocale(", "defaultCharset(")
                .doesNotContain("random()");
        assertThat(violations(NOTHING_REACHES_OUTSIDE_OR_STARTS_THREADS, impure))
                .contains("random()", "shared()");
        assertThat(violations(THE_STATE_MACHINE_DEPENDS_ON_SCHEMAS_AND_JAVA_BASICS_ONLY, impure))
                .contains("shared()");
    }

    private static String violations(ArchRule rule, JavaClasses classes) {
        return String.join("\n", rule.evaluate(classes).getFailureReport().getDetails());
    }
}

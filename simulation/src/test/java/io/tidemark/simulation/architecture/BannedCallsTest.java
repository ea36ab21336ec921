package io.tidemark.simulation.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What no main code may call, because it makes a run depend on what no test can set, or reaches past the caller. */
class BannedCallsTest {
    private static final DescribedPredicate<JavaClass> LAUNCHER = resideInAPackage("io.tidemark.launcher..");

    /** Clocks are handed down as an InstantSource from where a process begins; time that passes is measured, not read. */
    private static final Set<String> CLOCKS = Set.of(
            "java.lang.System#currentTimeMillis",
            "java.time.Instant#now",
            "java.time.LocalDate#now",
            "java.time.LocalDateTime#now",
            "java.time.LocalTime#now",
            "java.time.OffsetDateTime#now",
            "java.time.ZonedDateTime#now",
            "java.util.Calendar#getInstance",
            "java.util.Date#<init>");

    private static final Set<String> SYSTEM_CLOCKS = Set.of(
            "java.time.Clock#systemUTC",
            "java.time.Clock#systemDefaultZone",
            "java.time.Clock#system",
            "java.time.InstantSource#system");

    private static final Set<String> RANDOMNESS = Set.of(
            "java.lang.Math#random",
            "java.lang.StrictMath#random",
            "java.util.Random#<init>",
            "java.util.UUID#randomUUID",
            "java.util.concurrent.ThreadLocalRandom#current");

    private static final Set<String> PLATFORM_DEFAULTS = Set.of(
            "java.util.Locale#getDefault",
            "java.util.Locale#setDefault",
            "java.util.TimeZone#getDefault",
            "java.util.TimeZone#setDefault",
            "java.time.ZoneId#systemDefault",
            "java.nio.charset.Charset#defaultCharset",
            "java.lang.String#formatted");

    /** Methods that take the platform's default if no locale is given. */
    private static final Set<String> LOCALIZED = Set.of(
            "java.lang.String#format",
            "java.lang.String#toLowerCase",
            "java.lang.String#toUpperCase",
            "java.io.PrintStream#format",
            "java.io.PrintStream#printf",
            "java.io.PrintWriter#format",
            "java.io.PrintWriter#printf",
            "java.time.format.DateTimeFormatter#ofPattern",
            "java.text.SimpleDateFormat#<init>",
            "java.text.DecimalFormat#<init>");

    /** Methods that take the platform's default if no charset is given. */
    private static final Set<String> ENCODED = Set.of(
            "java.lang.String#getBytes",
            "java.io.InputStreamReader#<init>",
            "java.io.OutputStreamWriter#<init>",
            "java.io.FileReader#<init>",
            "java.io.FileWriter#<init>",
            "java.util.Scanner#<init>");

    private static final Set<String> EXITS =
            Set.of("java.lang.System#exit", "java.lang.Runtime#exit", "java.lang.Runtime#halt");

    /** Ends the process where Kafka wants it and no broker of this process is concerned. */
    private static final String REDIRECTS_EXITS = "io.tidemark.embedded.BrokerThreads";

    private static final Set<String> PRINTING =
            Set.of("java.lang.System#out", "java.lang.System#err", "java.lang.Throwable#printStackTrace");

    /** Each waits for what tells nobody when it has happened, on a thread of its own and for a bounded time. */
    private static final Set<String> SLEEPERS = Set.of(
            "io.tidemark.catalog.binding.BindingRunner",
            "io.tidemark.catalog.reconcile.Reconciler",
            "io.tidemark.embedded.EmbeddedBroker",
            "io.tidemark.log.KafkaLog",
            "io.tidemark.log.Topics",
            "io.tidemark.materializer.query.NodeServer",
            "io.tidemark.verifier.Healing",
            "io.tidemark.verifier.compare.ZoneReplica",
            "io.tidemark.verifier.reference.ArchiveWalk");

    private static JavaClasses classes;

    @BeforeAll
    static void importClasses() {
        classes = Modules.mainClasses();
        assertThat(classes.size()).isGreaterThan(500);
    }

    @Test
    void nothingReadsAClockOfItsOwn() {
        callsNone(CLOCKS).check(classes);
        noClasses()
                .that(not(LAUNCHER))
                .should()
                .accessTargetWhere(isOneOf(SYSTEM_CLOCKS))
                .check(classes);
    }

    @Test
    void nothingMakesRandomnessOfItsOwn() {
        callsNone(RANDOMNESS).check(classes);
        noClasses()
                .that(not(LAUNCHER))
                .should()
                .accessTargetWhere(describe(
                        "a generator seeds itself",
                        access -> Set.of("java.security.SecureRandom", "java.util.SplittableRandom")
                                        .contains(owner(access))
                                && access.getTarget().getName().equals("<init>")
                                && parameters(access) == 0))
                .check(classes);
    }

    @Test
    void nothingDependsOnTheLocaleTimeZoneOrCharsetOfThePlatform() {
        callsNone(PLATFORM_DEFAULTS).check(classes);
        without(LOCALIZED, Locale.class).check(classes);
        without(ENCODED, Charset.class).check(classes);
    }

    @Test
    void onlyTheLauncherEndsTheProcess() {
        noClasses()
                .that(not(LAUNCHER))
                .and(not(describe(
                        "redirect the exits of Kafka", type -> outermost(type).equals(REDIRECTS_EXITS))))
                .should()
                .accessTargetWhere(isOneOf(EXITS))
                .check(classes);
    }

    @Test
    void onlyTheLauncherPrints() {
        noClasses()
                .that(not(LAUNCHER))
                .should()
                .accessTargetWhere(isOneOf(PRINTING))
                .check(classes);
    }

    @Test
    void nothingSleepsButInNamedPlaces() {
        noClasses()
                .that(not(LAUNCHER))
                .and(not(describe("sleep for a reason", type -> SLEEPERS.contains(outermost(type)))))
                .should()
                .accessTargetWhere(isOneOf(Set.of("java.lang.Thread#sleep", "java.util.concurrent.TimeUnit#sleep")))
                .check(classes);
    }

    @Test
    void theRulesFindWhatTheyBan() {
        JavaClasses banned = new ClassFileImporter().importClasses(Banned.class);
        assertThat(Modules.details(callsNone(CLOCKS), banned)).contains("clock()");
        assertThat(Modules.details(callsNone(RANDOMNESS), banned)).contains("random()", "reference()");
        assertThat(Modules.details(without(LOCALIZED, Locale.class), banned))
                .contains("lower(")
                .doesNotContain("lowerRoot(");
        assertThat(Modules.details(without(ENCODED, Charset.class), banned)).contains("bytes(");
        assertThat(Modules.details(callsNone(PRINTING), banned)).contains("print()");
    }

    @SuppressWarnings({"DefaultCharset", "StringCaseLocaleUsage", "SystemOut", "JavaUtilDate"}) // on purpose
    static final class Banned {
        long clock() {
            return System.currentTimeMillis();
        }

        double random() {
            return Math.random();
        }

        java.util.function.Supplier<java.util.UUID> reference() {
            return java.util.UUID::randomUUID;
        }

        String lower(String text) {
            return text.toLowerCase();
        }

        String lowerRoot(String text) {
            return text.toLowerCase(Locale.ROOT);
        }

        byte[] bytes(String text) {
            return text.getBytes();
        }

        void print() {
            System.out.println();
        }
    }

    private static ArchRule callsNone(Set<String> names) {
        return noClasses().should().accessTargetWhere(isOneOf(names));
    }

    private static ArchRule without(Set<String> names, Class<?> parameter) {
        return noClasses()
                .should()
                .accessTargetWhere(describe(
                        "one of " + names + " is called without a " + parameter.getSimpleName(),
                        access -> names.contains(name(access))
                                && access.getTarget() instanceof CodeUnitAccessTarget target
                                && target.getRawParameterTypes().stream()
                                        .noneMatch(type -> type.isEquivalentTo(parameter))));
    }

    private static DescribedPredicate<JavaAccess<?>> isOneOf(Set<String> names) {
        return describe("one of " + names + " is used", access -> names.contains(name(access)));
    }

    private static String name(JavaAccess<?> access) {
        return owner(access) + "#" + access.getTarget().getName();
    }

    private static String owner(JavaAccess<?> access) {
        return access.getTarget().getOwner().getName();
    }

    private static int parameters(JavaAccess<?> access) {
        return access.getTarget() instanceof CodeUnitAccessTarget target
                ? target.getRawParameterTypes().size()
                : -1;
    }

    private static String outermost(JavaClass type) {
        String name = type.getName();
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }
}

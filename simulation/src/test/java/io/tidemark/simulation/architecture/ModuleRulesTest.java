package io.tidemark.simulation.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may know whom: the layout of ARCHITECTURE.md and of ADR 8. */
class ModuleRulesTest {
    private static final String SCHEMAS = "schemas";
    private static final String EMBEDDED = "embedded";
    private static final String LOG = "log-layer";
    private static final String CLIENT = "client";
    private static final String MATERIALIZER = "materializer";
    private static final String CONTROL = "control-plane";
    private static final String ROUTER = "router";
    private static final String ARCHIVER = "archiver";
    private static final String VERIFIER = "verifier";
    private static final String LAUNCHER = "launcher";

    private static JavaClasses classes;

    @BeforeAll
    static void importClasses() {
        classes = Modules.mainClasses();
    }

    @Test
    void everyModuleIsLookedAt() {
        List<String> packages = List.of(
                "schema",
                "embedded",
                "log",
                "client",
                "materializer",
                "catalog",
                "router",
                "archiver",
                "verifier",
                "launcher");
        assertThat(packages)
                .allSatisfy(name -> assertThat(classes.stream()
                                .anyMatch(type -> type.getPackageName().startsWith("io.tidemark." + name)))
                        .as("a main class of package %s is on the class path", name)
                        .isTrue());
    }

    @Test
    void modulesKnowOnlyWhatIsBelowThem() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .ensureAllClassesAreContainedInArchitecture()
                .layer(SCHEMAS)
                .definedBy("io.tidemark.schema..")
                .layer(EMBEDDED)
                .definedBy("io.tidemark.embedded..")
                .layer(LOG)
                .definedBy("io.tidemark.log..")
                .layer(CLIENT)
                .definedBy("io.tidemark.client..")
                .layer(MATERIALIZER)
                .definedBy("io.tidemark.materializer..")
                .layer(CONTROL)
                .definedBy("io.tidemark.catalog..")
                .layer(ROUTER)
                .definedBy("io.tidemark.router..")
                .layer(ARCHIVER)
                .definedBy("io.tidemark.archiver..")
                .layer(VERIFIER)
                .definedBy("io.tidemark.verifier..")
                .layer(LAUNCHER)
                .definedBy("io.tidemark.launcher..")
                .whereLayer(SCHEMAS)
                .mayNotAccessAnyLayer()
                .whereLayer(EMBEDDED)
                .mayNotAccessAnyLayer()
                .whereLayer(LOG)
                .mayOnlyAccessLayers(SCHEMAS)
                .whereLayer(CLIENT)
                .mayOnlyAccessLayers(SCHEMAS)
                .whereLayer(MATERIALIZER)
                .mayOnlyAccessLayers(SCHEMAS, LOG)
                .whereLayer(CONTROL)
                .mayOnlyAccessLayers(SCHEMAS, LOG, CLIENT)
                .whereLayer(ROUTER)
                .mayOnlyAccessLayers(SCHEMAS, CLIENT)
                .whereLayer(ARCHIVER)
                .mayOnlyAccessLayers(SCHEMAS, LOG)
                .whereLayer(VERIFIER)
                .mayOnlyAccessLayers(SCHEMAS, LOG, CLIENT, MATERIALIZER, ARCHIVER)
                .whereLayer(LAUNCHER)
                .mayNotBeAccessedByAnyLayer()
                .check(classes);
    }

    @Test
    void noModuleIsPartOfACycle() {
        slices().matching("io.tidemark.(*)..").should().beFreeOfCycles().check(classes);
    }

    /** The packages of a replica build on each other: state machine, store, topology, queries. */
    @Test
    void theStateMachineKnowsNoStoreTheStoreNoTopologyAndTheTopologyNoQueries() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("core")
                .definedBy("io.tidemark.materializer.core..")
                .layer("store")
                .definedBy("io.tidemark.materializer.store..")
                .layer("streams")
                .definedBy("io.tidemark.materializer.streams..")
                .layer("query")
                .definedBy("io.tidemark.materializer.query..")
                .whereLayer("core")
                .mayNotAccessAnyLayer()
                .whereLayer("store")
                .mayOnlyAccessLayers("core")
                .whereLayer("streams")
                .mayOnlyAccessLayers("core", "store")
                .whereLayer("query")
                .mayNotBeAccessedByAnyLayer()
                .check(classes);
    }

    @Test
    void theFormatOfASegmentKnowsNoBucketAndTheBucketNoLoop() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("segment")
                .definedBy("io.tidemark.archiver.segment..")
                .layer("object")
                .definedBy("io.tidemark.archiver.object..")
                .layer("archive")
                .definedBy("io.tidemark.archiver.archive..")
                .whereLayer("segment")
                .mayNotAccessAnyLayer()
                .whereLayer("object")
                .mayNotAccessAnyLayer()
                .check(classes);
    }

    /** A library that can be exchanged in one place is one that one package uses; a benchmark's floor is the bare library. */
    @Test
    void eachLibraryIsUsedWhereItBelongs() {
        only("org.rocksdb..", "io.tidemark.materializer.store..", "io.tidemark.launcher.bench..");
        only("org.apache.kafka.streams..", "io.tidemark.materializer.streams..");
        only("software.amazon.awssdk..", "io.tidemark.archiver.object..", "io.tidemark.launcher.bench..");
        only("org.antlr..", "io.tidemark.router.expression..");
        only("org.gaul..", "io.tidemark.embedded..");
        only("kafka..", "io.tidemark.embedded..");
        only("picocli..", "io.tidemark.launcher..");
    }

    private static void only(String library, String... users) {
        noClasses()
                .that()
                .resideOutsideOfPackages(users)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(library)
                .check(classes);
        for (String user : users) {
            assertThat(classes.stream()
                            .filter(type -> type.getPackageName().startsWith(user.replace("..", "")))
                            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                            .anyMatch(dependency ->
                                    dependency.getTargetClass().getPackageName().startsWith(library.replace("..", ""))))
                    .as("%s uses %s", user, library)
                    .isTrue();
        }
    }
}

package io.tidemark.simulation.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.regex.Pattern;

/** The main classes of every module, wherever the build has put them: folders of classes or jars. */
final class Modules {
    private static final Pattern TESTS = Pattern.compile(".*(/test-classes/|/test/|-tests\\.jar!).*");

    /** Generated, and so no matter of taste. */
    private static final String GENERATED = "/io/tidemark/schema/avro/";

    private static final String THIS_MODULE = "/io/tidemark/simulation/";

    private Modules() {}

    static JavaClasses mainClasses() {
        return new ClassFileImporter().withImportOption(Modules::isOurs).importPackages("io.tidemark");
    }

    private static boolean isOurs(Location location) {
        return !location.matches(TESTS) && !location.contains(GENERATED) && !location.contains(THIS_MODULE);
    }

    static String details(ArchRule rule, JavaClasses classes) {
        List<String> details = rule.evaluate(classes).getFailureReport().getDetails();
        return String.join("\n", details);
    }
}

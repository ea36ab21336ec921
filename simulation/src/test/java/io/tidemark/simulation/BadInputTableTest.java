package io.tidemark.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of bad input in this module's README names tests that exist. */
class BadInputTableTest {
    private static final int ROWS = 21;
    private static final Pattern NAMED_TEST = Pattern.compile("`(\\w+)#(\\w+)`");

    @Test
    void everyTestThatTheTableNamesExists() throws IOException {
        Path root = repository();
        List<String> rows = Files.readString(root.resolve("simulation/README.md"))
                .lines()
                .filter(line ->
                        line.startsWith("| ") && NAMED_TEST.matcher(line).find())
                .toList();
        assertThat(rows).hasSize(ROWS);
        List<MatchResult> named =
                rows.stream().flatMap(row -> NAMED_TEST.matcher(row).results()).toList();
        for (MatchResult test : named) {
            assertThat(source(root, test.group(1))).as(test.group()).contains("void " + test.group(2) + "(");
        }
    }

    private static String source(Path root, String className) throws IOException {
        try (Stream<Path> modules = Files.list(root)) {
            for (Path tests : modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(tests)) {
                    List<Path> found = files.filter(
                                    file -> file.getFileName().toString().equals(className + ".java"))
                            .toList();
                    if (!found.isEmpty()) {
                        return Files.readString(found.getFirst());
                    }
                }
            }
        }
        return "";
    }

    private static Path repository() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(directory.resolve("simulation"))) {
            directory = directory.getParent();
        }
        return directory;
    }
}

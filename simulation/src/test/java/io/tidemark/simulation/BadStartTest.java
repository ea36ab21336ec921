package io.tidemark.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.tidemark.simulation.process.ChildProcess;
import io.tidemark.simulation.process.ClusterExtension;
import io.tidemark.simulation.process.ClusterProcesses;
import io.tidemark.simulation.process.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Roles that cannot start end with an exit code other than 0 and one line that says what is wrong and what to do. All of them are
 * started at once, since most of the time is that of the JVMs.
 */
@ExtendWith(ClusterExtension.class)
class BadStartTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String UNREACHABLE = "127.0.0.1:1";

    /** @param words that the line must have */
    private record Refused(ChildProcess process, List<String> words) {}

    @TempDir
    Path directory;

    private final List<Refused> started = new ArrayList<>();

    @Test
    void aRoleThatCannotStartSaysWhyInOneLine(ClusterProcesses cluster) throws IOException {
        Role node = Role.node("a");
        String nodeData = value(cluster, node, "data: (.*/data/node-a)\n");
        String nodePort = value(cluster, node, "data/node-a\n  port: (\\d+)");
        String controlPort = value(cluster, Role.CONTROL, "control:\n  port: (\\d+)");
        start(
                cluster,
                node,
                "unknown-setting",
                text -> text + "  blockCacheMebibyte: 3\n",
                "blockCacheMebibyte",
                "blockCacheMebibytes");
        start(cluster, node, "missing-setting", text -> text.replaceFirst("  zone: a\n", ""), "zone", "node");
        start(cluster, node, "missing-section", text -> text.substring(0, text.indexOf("node:")), "node:");
        start(cluster, node, "data-in-use", text -> text.replace("port: " + nodePort, "port: 0"), nodeData);
        start(cluster, node, "port-taken", text -> text.replace(nodeData, "other"), nodePort);
        start(cluster, Role.CONTROL, "control-port-taken", UnaryOperator.identity(), controlPort);
        Role router = Role.router(1);
        start(
                cluster,
                router,
                "router-port-taken",
                text -> text.replaceFirst("  port: \\d+", "  port: " + controlPort),
                controlPort);
        start(
                cluster,
                router,
                "router-for-nobody",
                text -> text.replace("noAuth: true", "noAuth: false"),
                "router.keys",
                "--no-auth");
        start(
                cluster,
                Role.ARCHIVER,
                "no-bucket",
                text -> text.replace("bucket: tidemark", "bucket: nowhere"),
                "nowhere",
                "create it");
        start(
                cluster,
                Role.ARCHIVER,
                "wrong-credentials",
                text -> text.replace("secretKey: ", "secretKey: not-"),
                "check the credentials");
        start(
                cluster,
                node,
                "no-brokers",
                text -> text.replace(nodeData, "third")
                        .replace("port: " + nodePort, "port: 0")
                        .replaceFirst(
                                "bootstrapServers: .*\n",
                                "bootstrapServers: ['" + UNREACHABLE + "']\n  startTimeout: 3s\n"),
                UNREACHABLE);
        try {
            SoftAssertions.assertSoftly(all -> started.forEach(refused -> requireRefused(all, refused)));
        } finally {
            started.forEach(refused -> refused.process().close());
        }
        assertThat(cluster.dead())
                .as("processes of the cluster that these starts disturbed")
                .isEmpty();
    }

    private static void requireRefused(SoftAssertions all, Refused refused) {
        int exitCode = refused.process().awaitEnd(LIMIT);
        String errors = refused.process().errors();
        all.assertThat(exitCode)
                .as("exit code of %s: %s", refused.process(), errors)
                .isNotZero();
        List<String> lines =
                errors.lines().filter(line -> line.startsWith("error: ")).toList();
        all.assertThat(lines)
                .as("errors of %s: %s", refused.process(), errors)
                .singleElement(STRING)
                .contains(refused.words());
        all.assertThat(errors).as("stack trace of %s", refused.process()).doesNotContain("\tat ");
    }

    private void start(ClusterProcesses cluster, Role role, String name, UnaryOperator<String> change, String... words)
            throws IOException {
        String text = Files.readString(cluster.config(role));
        Path config = Files.writeString(directory.resolve(name + ".yaml"), change.apply(text));
        ChildProcess process =
                ChildProcess.start(name, directory, List.of(role.command(), "--config", config.toString()));
        started.add(new Refused(process, List.of(words)));
    }

    /** The first group of the pattern in the role's configuration, or all of what it finds. */
    private static String value(ClusterProcesses cluster, Role role, String pattern) throws IOException {
        Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(cluster.config(role)));
        assertThat(matcher.find())
                .as("%s in the configuration of %s", pattern, role)
                .isTrue();
        return matcher.groupCount() == 0 ? matcher.group() : matcher.group(1);
    }
}

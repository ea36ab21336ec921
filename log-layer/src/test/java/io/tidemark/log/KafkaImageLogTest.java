package io.tidemark.log;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The log's contract against Kafka's own image, of the version of the clients. Skipped where there is no Docker engine, or
 * where it does not have the image; {@code TIDEMARK_PULL_IMAGES=true} lets the test pull it.
 */
class KafkaImageLogTest extends LogContractTest {
    private static final String IMAGE = "apache/kafka:" + AppInfoParser.getVersion();
    private static final Duration COMMAND_TIMEOUT = Duration.ofMinutes(5);

    private static KafkaContainer kafka;

    @BeforeAll
    static void startKafka() throws InterruptedException {
        if (!docker("version")) {
            abort("no Docker engine answers: the log was not tested against " + IMAGE);
        }
        if (!docker("image", "inspect", IMAGE)) {
            if (!"true".equals(System.getenv("TIDEMARK_PULL_IMAGES"))) {
                abort("the Docker engine has no image " + IMAGE + "; pull it, or set TIDEMARK_PULL_IMAGES=true");
            }
            if (!docker("pull", IMAGE)) {
                abort("image " + IMAGE + " could not be pulled");
            }
        }
        kafka = new KafkaContainer(DockerImageName.parse(IMAGE));
        kafka.start();
    }

    /** Asks the engine before Testcontainers does, which would wait for minutes and fail where an engine or image is missing. */
    private static boolean docker(String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(COMMAND_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @AfterAll
    static void stopKafka() {
        if (kafka != null) {
            kafka.stop();
        }
    }

    @Override
    Log openNewLog() {
        TopicSpec single = TopicSpec.of(EmbeddedCluster.newTopic("image"), 2).withReplication(1, 1);
        return KafkaLog.open(KafkaLogConfig.of(KafkaConnection.to(kafka.getBootstrapServers()), single));
    }
}

package io.tidemark.launcher.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {
    @TempDir
    Path folder;

    private Path file = Path.of("unset");

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("tidemark.yaml");
    }

    private TidemarkConfig read(String yaml) throws IOException {
        return read(yaml, Map.of());
    }

    private TidemarkConfig read(String yaml, Map<String, String> environment) throws IOException {
        Files.writeString(file, yaml);
        return new ConfigReader(environment).read(file);
    }

    @Test
    void settingsThatAreLeftOutHaveTheirDefaults() throws IOException {
        KafkaSection kafka =
                read("kafka:\n  bootstrapServers: [a:9092, b:9092]\n").kafka().orElseThrow();

        assertThat(kafka)
                .isEqualTo(new KafkaSection(List.of("a:9092", "b:9092"), 3, 3, 2, Duration.ofSeconds(60), Map.of()));
    }

    @Test
    void mapsKeepTheOrderOfTheFile() throws IOException {
        ControlSection control = read("control:\n  nodes:\n    c: [http://c:1]\n    a: [http://a:1, http://a:2]\n")
                .control()
                .orElseThrow();

        assertThat(control.nodes().keySet()).containsExactly("c", "a");
        assertThat(control.nodes().get("a")).containsExactly(URI.create("http://a:1"), URI.create("http://a:2"));
    }

    @Test
    void variablesComeFromTheEnvironment() throws IOException {
        S3Section s3 = read(
                        "s3:\n  bucket: tidemark\n  accessKey: ${KEY}\n  secretKey: ${SECRET}\n",
                        Map.of("KEY", "k", "SECRET", "s"))
                .s3()
                .orElseThrow();

        assertThat(s3.accessKey()).contains("k");
        assertThat(s3.secretKey()).contains("s");
        assertThat(s3.toString()).doesNotContain("secretKey");
    }

    @Test
    void aVariableThatTheEnvironmentLacksIsNamed() {
        assertThatThrownBy(() -> read("s3:\n  bucket: ${BUCKET}\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("BUCKET")
                .hasMessageContaining(file.toString());
    }

    @Test
    void anUnknownSettingIsNamedWithTheNearestOne() {
        assertThatThrownBy(() -> read("kafka:\n  bootstrapServer: [a:9092]\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("unknown setting 'kafka.bootstrapServer'")
                .hasMessageContaining("did you mean 'bootstrapServers'");
    }

    @Test
    void anUnknownSectionIsNamedWithTheNearestOne() {
        assertThatThrownBy(() -> read("archive:\n  x: 1\n"))
                .hasMessageContaining("unknown section 'archive'")
                .hasMessageContaining("did you mean 'archiver'");
    }

    @Test
    void aMissingSettingIsNamedWithItsMeaning() {
        assertThatThrownBy(() -> read("node:\n  zone: a\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("missing setting 'node.data'")
                .hasMessageContaining("Folder of the node's replicas");
    }

    @Test
    void aValueOutOfRangeIsNamed() {
        assertThatThrownBy(() -> read("kafka:\n  bootstrapServers: [a:9092]\n  minInsyncReplicas: 4\n"))
                .hasMessageContaining("'kafka.minInsyncReplicas' must be 1 to 3, is 4");
    }

    @Test
    void aValueOfAnotherTypeIsNamed() {
        assertThatThrownBy(() -> read("archiver:\n  segmentAge: soon\n"))
                .hasMessageContaining("'archiver.segmentAge' must be a time such as 500ms")
                .hasMessageContaining("'soon'");
    }

    @Test
    void aSettingGivenTwiceIsAnError() {
        assertThatThrownBy(() -> read("node:\n  zone: a\n  zone: b\n")).isInstanceOf(ConfigException.class);
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> new ConfigReader(Map.of()).read(folder.resolve("none.yaml")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("none.yaml")
                .hasMessageContaining("no such file");
    }

    @Test
    void aRoleWithoutItsSectionIsToldWhichOneItNeeds() throws IOException {
        TidemarkConfig config = read("archiver: {}\n");

        assertThatThrownBy(() -> config.require("archiver", "kafka", config.kafka()))
                .hasMessageContaining("the role 'archiver' needs a section 'kafka:'");
    }

    @Test
    void aKeyPairHasItsTables() throws IOException {
        RouterSection router = read("""
                        router:
                          control: [http://127.0.0.1:8100]
                          keys:
                            reports: {secretKey: "${SECRET}", read: ["orders-*"]}
                        """, Map.of("SECRET", "s")).router().orElseThrow();

        assertThat(router.keys())
                .containsExactly(
                        Map.entry("reports", new KeyPairSetting("s", List.of("orders-*"), List.of(), List.of())));
        assertThat(router.toString()).doesNotContain("secretKey");
        assertThat(router.port()).isEqualTo(8_000);
    }

    @Test
    void aMistakeInAKeyPairIsNamedByItsPath() {
        String section = "router:\n  control: [http://127.0.0.1:8100]\n  keys:\n    reports: ";

        assertThatThrownBy(() -> read(section + "{read: [orders]}\n"))
                .hasMessageContaining("missing setting 'router.keys.reports.secretKey'");
        assertThatThrownBy(() -> read(section + "{secretKey: s, reads: [orders]}\n"))
                .hasMessageContaining("unknown setting 'router.keys.reports.reads'; did you mean 'read'?");
        assertThatThrownBy(() -> read(section + "{secretKey: s, read: ['orders/x']}\n"))
                .hasMessageContaining("'router.keys.reports.read' must be names of tables")
                .hasMessageContaining("'orders/x'");
        assertThatThrownBy(() -> read(section + "{secretKey: s}\n"))
                .hasMessageContaining("the key pair could do nothing");
        assertThatThrownBy(() -> read(section + "secret\n"))
                .hasMessageContaining("'router.keys.reports' must be a map of settings");
    }

    @Test
    void aRouterEitherChecksSignaturesOrDoesNot() {
        String section = "router:\n  control: [http://127.0.0.1:8100]\n  noAuth: true\n";

        assertThatThrownBy(() -> read(section + "  keys: {reports: {secretKey: s, read: ['*']}}\n"))
                .hasMessageContaining("'router.noAuth' must not be true where keys are given");
        assertThatThrownBy(() -> read(section + "  certificate: chain.pem\n"))
                .hasMessageContaining("'router.privateKey' must be given together with certificate");
    }

    @Test
    void theReferencePageIsCurrent() throws IOException {
        Path page = Path.of("..", "docs", "configuration.md");

        assertThat(page)
                .as("write it anew with: ./tidemark config --markdown > docs/configuration.md")
                .hasContent(ConfigReference.markdown());
    }
}

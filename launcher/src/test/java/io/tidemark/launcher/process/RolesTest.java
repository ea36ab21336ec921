package io.tidemark.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.archiver.object.ObjectStoreException;
import io.tidemark.client.GetRequest;
import io.tidemark.client.PutRequest;
import io.tidemark.embedded.BrokersConfig;
import io.tidemark.embedded.EmbeddedBrokers;
import io.tidemark.embedded.EmbeddedS3;
import io.tidemark.embedded.S3Config;
import io.tidemark.embedded.S3Credentials;
import io.tidemark.launcher.cluster.ClusterStartException;
import io.tidemark.launcher.cluster.ConnectedCluster;
import io.tidemark.launcher.config.ConfigException;
import io.tidemark.launcher.config.ConfigReader;
import io.tidemark.launcher.config.TidemarkConfig;
import io.tidemark.launcher.roles.Resources;
import io.tidemark.log.LogException;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.catalog.TableSpec;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.node.Consistency;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Roles as they are started from configuration files, on a broker and an S3 server. */
class RolesTest {
    private static final S3Credentials CREDENTIALS = new S3Credentials("tidemark", "roles-secret");
    private static final AttributeValue KEY = new AttributeValue.S("Tides");

    @TempDir
    @SuppressWarnings("NullAway.Init") // set before the first test
    static Path folder;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static EmbeddedBrokers brokers;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static EmbeddedS3 s3;

    @BeforeAll
    static void start() {
        brokers = EmbeddedBrokers.start(new BrokersConfig(folder.resolve("kafka"), List.of("a"), Optional.empty()));
        s3 = EmbeddedS3.start(S3Config.inDirectory(folder.resolve("s3"), CREDENTIALS));
        s3.createBucket("archive");
    }

    @AfterAll
    static void stop() {
        s3.close();
        brokers.close();
    }

    private static TidemarkConfig config(String bucket, String more) throws IOException {
        Path file = folder.resolve("config.yaml");
        Files.writeString(
                file,
                """
                kafka:
                  bootstrapServers: [%s]
                  shards: 1
                  replicationFactor: 1
                  minInsyncReplicas: 1
                s3:
                  endpoint: %s
                  bucket: %s
                  accessKey: tidemark
                  secretKey: ${S3_SECRET}
                archiver:
                  segmentAge: 1s
                metrics:
                  port: 0
                """.replaceFirst("%s", brokers.bootstrapServers())
                                .replaceFirst("%s", s3.endpoint().toString())
                                .replaceFirst("%s", bucket)
                        + more);
        return new ConfigReader(Map.of("S3_SECRET", CREDENTIALS.secretKey())).read(file);
    }

    @Test
    void rolesOfSeveralProcessesMakeOneCluster() throws IOException {
        try (Resources resources = new Resources()) {
            RunningRole node = Roles.node(
                    config("archive", "node: {zone: a, port: 0, data: " + folder.resolve("node") + "}\n"), resources);
            RunningRole control = Roles.control(
                    config("archive", "control: {port: 0, nodes: {a: ['" + node.address() + "']}}\n"), resources);
            RunningRole archiver = Roles.archiver(config("archive", ""), resources);
            RunningRole verifier = Roles.verifier(
                    config(
                            "archive",
                            "verifier: {data: " + folder.resolve("verifier") + ", nodes: {a: ['" + node.address()
                                    + "']}}\n"),
                    resources);

            ConnectedCluster cluster = resources.add(ConnectedCluster.connect(List.of(URI.create(control.address()))));
            cluster.tables()
                    .createTable(
                            TableSpec.of("pages", KeySchema.of(new KeyAttribute("page", KeyType.S))),
                            new RequestId(7, 7))
                    .toCompletableFuture()
                    .join();
            cluster.tables()
                    .awaitActive("pages", Duration.ofSeconds(60))
                    .toCompletableFuture()
                    .join();
            Item item = Item.of(Map.of("page", KEY));
            cluster.client().put(PutRequest.of("pages", item));
            assertThat(cluster.client()
                            .get(GetRequest.of("pages", PrimaryKey.of(KEY)).consistency(Consistency.STRONG)))
                    .contains(item);

            RunningRole router = Roles.router(
                    config(
                            "archive",
                            "router: {port: 0, control: ['" + control.address()
                                    + "'], zone: a, keys: {reports: {secretKey: s," + " read: [pages]}}}\n"),
                    false,
                    resources);
            requireReportsMayReadOnly(URI.create(router.address()));

            ConnectedCluster verifying =
                    resources.add(ConnectedCluster.connect(List.of(URI.create(verifier.address()))));
            assertThat(verifying.http().post("/v1/verify?mode=deep").orElseThrow())
                    .last()
                    .satisfies(last -> assertThat(
                                    last.path("report").path("verdict").asText())
                            .isEqualTo("equal"));
            assertThat(cluster.http()
                            .get("/v1/archive")
                            .orElseThrow()
                            .path("shards")
                            .path(0)
                            .path("nextLsn")
                            .asLong())
                    .isPositive();
            assertThat(archiver.address()).startsWith("http://");
        }
    }

    private static void requireReportsMayReadOnly(URI router) {
        try (DynamoDbClient client = DynamoDbClient.builder()
                .endpointOverride(router)
                .region(Region.EU_NORTH_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("reports", "s")))
                .build()) {
            Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> key =
                    Map.of("page", software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS("Tides"));
            assertThat(client.getItem(get -> get.tableName("pages").key(key).consistentRead(true))
                            .item())
                    .isEqualTo(key);
            assertThatThrownBy(
                            () -> client.putItem(put -> put.tableName("pages").item(key)))
                    .isInstanceOfSatisfying(
                            DynamoDbException.class,
                            refused -> assertThat(refused.awsErrorDetails().errorCode())
                                    .isEqualTo("AccessDeniedException"));
        }
    }

    @Test
    void aRouterThatNobodyCouldUseIsRefused() throws IOException {
        TidemarkConfig config = config("archive", "router: {port: 0, control: ['http://127.0.0.1:1']}\n");

        try (Resources resources = new Resources()) {
            assertThatThrownBy(() -> Roles.router(config, false, resources))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("router.keys")
                    .hasMessageContaining("--no-auth");
        }
    }

    @Test
    void aRouterInAZoneThatDoesNotExistIsRefused() throws IOException {
        TidemarkConfig config = config(
                "archive",
                "router: {port: 0, control: ['http://127.0.0.1:1'], nodes: {a: ['http://127.0.0.1:1']}, zone: d}\n");

        try (Resources resources = new Resources()) {
            assertThatThrownBy(() -> Roles.router(config, true, resources))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("section 'router': no zone d among [a]");
        }
    }

    @Test
    void aRouterWaitsForTheControlPlaneAsLongAsItIsTold() throws IOException {
        TidemarkConfig config =
                config("archive", "router: {port: 0, control: ['http://127.0.0.1:1'], startTimeout: 1s}\n");

        try (Resources resources = new Resources()) {
            assertThatThrownBy(() -> Roles.router(config, true, resources))
                    .isInstanceOf(ClusterStartException.class)
                    .hasMessageContaining("http://127.0.0.1:1")
                    .hasMessageContaining("router.control");
        }
    }

    @Test
    void aBucketThatIsMissingIsNamedAtTheStart() throws IOException {
        TidemarkConfig config = config("nowhere", "");

        try (Resources resources = new Resources()) {
            assertThatThrownBy(() -> Roles.archiver(config, resources))
                    .isInstanceOf(ObjectStoreException.class)
                    .hasMessageContaining("nowhere");
        }
    }

    @Test
    void aMissingSectionIsNamed() throws IOException {
        TidemarkConfig config = config("archive", "");

        try (Resources resources = new Resources()) {
            assertThatThrownBy(() -> Roles.node(config, resources))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("'node'");
        }
    }

    @Test
    void aTopicOfAnotherSizeThanConfiguredIsRefusedWithTheDifference() throws IOException {
        try (Resources resources = new Resources()) {
            Roles.archiver(config("archive", ""), resources);
        }
        Path file = folder.resolve("config.yaml");
        Files.writeString(file, Files.readString(file).replace("shards: 1", "shards: 2"));
        TidemarkConfig two = new ConfigReader(Map.of("S3_SECRET", CREDENTIALS.secretKey())).read(file);

        try (Resources resources = new Resources()) {
            assertThatThrownBy(() -> Roles.archiver(two, resources))
                    .isInstanceOf(LogException.class)
                    .hasMessageContaining("tidemark.wal");
        }
    }
}

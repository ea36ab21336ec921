package io.tidemark.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.conformance.cluster.ClusterExtension;
import io.tidemark.conformance.cluster.Endpoint;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The AWS CLI, as Debian packages it: {@code apt-get install awscli}. */
@ExtendWith(ClusterExtension.class)
class AwsCliTest {
    private static final long LIMIT_SECONDS = 60;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set before each test
    Path home;

    private record Result(int exitCode, String output, String errors) {
        JsonNode json() throws IOException {
            assertThat(exitCode).as(errors).isZero();
            return JSON.readTree(output);
        }
    }

    private static Optional<Path> aws() {
        // Debian's own first, whatever else a developer has installed.
        return Stream.concat(
                        Stream.of("/usr/bin"),
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)))
                .map(folder -> Path.of(folder, "aws"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private Result aws(Endpoint endpoint, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                aws().orElseThrow().toString(),
                "--endpoint-url",
                endpoint.uri().toString(),
                "--region",
                "us-east-1",
                "--output",
                "json",
                "dynamodb"));
        command.addAll(List.of(arguments));
        Path output = home.resolve("output");
        Path errors = home.resolve("errors");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
        builder.environment()
                .putAll(Map.of(
                        "AWS_ACCESS_KEY_ID", endpoint.credentials().accessKeyId(),
                        "AWS_SECRET_ACCESS_KEY", endpoint.credentials().secretAccessKey(),
                        "AWS_PAGER", "",
                        "HOME", home.toString()));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Result(
                process.exitValue(),
                Files.readString(output, StandardCharsets.UTF_8),
                Files.readString(errors, StandardCharsets.UTF_8));
    }

    @Test
    void aTableLivesThroughTheCommandLine(Endpoint endpoint) throws IOException, InterruptedException {
        assumeThat(aws()).as("the AWS CLI: apt-get install awscli").isPresent();
        assertThat(aws(
                                endpoint,
                                "create-table",
                                "--table-name",
                                "cli-tides",
                                "--billing-mode",
                                "PAY_PER_REQUEST",
                                "--attribute-definitions",
                                "AttributeName=station,AttributeType=S",
                                "--key-schema",
                                "AttributeName=station,KeyType=HASH")
                        .json()
                        .at("/TableDescription/TableName")
                        .asText())
                .isEqualTo("cli-tides");
        assertThat(aws(endpoint, "wait", "table-exists", "--table-name", "cli-tides")
                        .exitCode())
                .isZero();
        assertThat(aws(
                                endpoint,
                                "put-item",
                                "--table-name",
                                "cli-tides",
                                "--item",
                                "{\"station\": {\"S\": \"Brest\"}, \"height\": {\"N\": \"7.5\"}}")
                        .exitCode())
                .isZero();
        assertThat(aws(
                                endpoint,
                                "get-item",
                                "--consistent-read",
                                "--table-name",
                                "cli-tides",
                                "--key",
                                "{\"station\": {\"S\": \"Brest\"}}")
                        .json()
                        .at("/Item/height/N")
                        .asText())
                .isEqualTo("7.5");
        assertThat(aws(endpoint, "scan", "--consistent-read", "--table-name", "cli-tides", "--page-size", "1")
                        .json()
                        .path("Count")
                        .asInt())
                .isEqualTo(1);
        Result failed = aws(
                endpoint,
                "delete-item",
                "--table-name",
                "cli-tides",
                "--key",
                "{\"station\": {\"S\": \"Fundy\"}}",
                "--condition-expression",
                "attribute_exists(station)");
        assertThat(failed.exitCode()).isNotZero();
        assertThat(failed.errors())
                .contains("An error occurred (ConditionalCheckFailedException) when calling the DeleteItem operation: "
                        + "The conditional request failed");
        assertThat(aws(endpoint, "delete-table", "--table-name", "cli-tides").exitCode())
                .isZero();
    }
}

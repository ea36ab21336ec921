package io.tidemark.router;

import static io.tidemark.router.testing.ItemApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.router.auth.Credentials;
import io.tidemark.router.expression.Expressions;
import io.tidemark.router.http.RouterConfig;
import io.tidemark.router.http.RouterConfig.Authentication;
import io.tidemark.router.http.RouterServer;
import io.tidemark.router.operation.AccessRule;
import io.tidemark.router.operation.item.ItemOperations;
import io.tidemark.router.testing.SmallCluster;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The operations on items as a client meets them: requests over HTTP, down to the state machine and back. */
class ItemsOverHttpTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static SmallCluster cluster;
    private static RouterServer server;
    private static HttpClient http;

    @BeforeAll
    static void start() {
        cluster = new SmallCluster();
        cluster.createTable("things", KeySchema.of(new KeyAttribute("pk", KeyType.S)));
        server = RouterServer.start(
                RouterConfig.of("127.0.0.1", 0).withAuthentication(Authentication.NONE),
                ItemOperations.all(
                        cluster.client(), cluster.routes(), new Expressions(1 << 20), new AccessRule("us-east-1")),
                Credentials.NONE,
                new SimpleMeterRegistry(),
                InstantSource.system());
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        http.close();
        server.close();
        cluster.close();
    }

    private static CompletableFuture<HttpResponse<String>> send(String operation, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri())
                .timeout(TIMEOUT)
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "DynamoDB_20120810." + operation)
                .POST(HttpRequest.BodyPublishers.ofString(body.replace('`', '"')));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static JsonNode answered(String operation, String body, String... headers) {
        HttpResponse<String> response = send(operation, body, headers).join();
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response.body());
    }

    private static String key(String pk) {
        return "`TableName`:`things`,`Key`:{`pk`:{`S`:`" + pk + "`}}";
    }

    @Test
    void anItemGoesInAndComesOut() {
        String item = "{`b`:{`B`:`AQID`},`l`:{`L`:[{`NULL`:true},{`S`:`ä\\u0000😀`}]},`pk`:{`S`:`out`}}";

        assertThat(answered("PutItem", "{`TableName`:`things`,`Item`:" + item + "}"))
                .isEqualTo(json("{}"));
        assertThat(answered("GetItem", "{" + key("out") + ",`ConsistentRead`:true}"))
                .isEqualTo(json("{`Item`:" + item + "}"));
    }

    @Test
    void aFailedConditionHasTheItemInTheBodyOfItsError() {
        answered("PutItem", "{`TableName`:`things`,`Item`:{`pk`:{`S`:`failed`},`a`:{`N`:`1`}}}");

        HttpResponse<String> response = send(
                        "DeleteItem",
                        "{" + key("failed") + ",`ConditionExpression`:`a = :two`,`ExpressionAttributeValues`:{`:two`:"
                                + "{`N`:`2`}},`ReturnValuesOnConditionCheckFailure`:`ALL_OLD`}")
                .join();

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response.body()))
                .isEqualTo(json("{`__type`:`com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException`,"
                        + "`message`:`The conditional request failed`,"
                        + "`Item`:{`a`:{`N`:`1`},`pk`:{`S`:`failed`}}}"));
    }

    @Test
    void whatIsRefusedHasTheTypeAndWordsOfTheService() {
        HttpResponse<String> response =
                send("PutItem", "{`TableName`:`things`,`Item`:{`x`:{`N`:`1`}}}").join();

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response.body()))
                .isEqualTo(json("{`__type`:`com.amazon.coral.validate#ValidationException`,`message`:"
                        + "`One or more parameter values were invalid: Missing the key pk in the item`}"));
    }

    @Test
    void anAttemptThatIsRepeatedTakesEffectOnce() {
        String body = "{" + key("counter") + ",`UpdateExpression`:`ADD n :one`,"
                + "`ExpressionAttributeValues`:{`:one`:{`N`:`1`}},`ReturnValues`:`UPDATED_NEW`}";

        JsonNode first = answered("UpdateItem", body, "amz-sdk-invocation-id", "one");
        JsonNode again = answered("UpdateItem", body, "amz-sdk-invocation-id", "one");
        JsonNode another = answered("UpdateItem", body, "amz-sdk-invocation-id", "two");

        assertThat(first.at("/Attributes/n/N").asText()).isEqualTo("1");
        assertThat(again).isEqualTo(first);
        assertThat(another.at("/Attributes/n/N").asText()).isEqualTo("2");
    }

    @Test
    void aReadHonoursTheTokenOfAWrite() {
        for (int i = 0; i < 30; i++) {
            String token = send("PutItem", "{`TableName`:`things`,`Item`:{`pk`:{`S`:`token`},`i`:{`N`:`" + i + "`}}}")
                    .join()
                    .headers()
                    .firstValue("x-tidemark-lsn")
                    .orElseThrow();
            assertThat(answered("GetItem", "{" + key("token") + "}", "x-tidemark-lsn", token)
                            .at("/Item/i/N")
                            .asText())
                    .isEqualTo(Integer.toString(i));
        }
    }

    @Test
    void manyCallersAtOnceLoseNoUpdate() {
        List<CompletableFuture<HttpResponse<String>>> updates = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            updates.add(send(
                    "UpdateItem",
                    "{" + key("many") + ",`UpdateExpression`:`SET n = if_not_exists(n, :zero) + :one`,"
                            + "`ExpressionAttributeValues`:{`:zero`:{`N`:`0`},`:one`:{`N`:`1`}}}"));
        }
        updates.forEach(update -> assertThat(update.join().statusCode()).isEqualTo(200));

        assertThat(answered("GetItem", "{" + key("many") + ",`ConsistentRead`:true}")
                        .at("/Item/n/N")
                        .asText())
                .isEqualTo("200");
    }
}

package io.tidemark.conformance.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.conformance.http.ApiAnswer;
import io.tidemark.conformance.http.ApiClient;
import io.tidemark.conformance.http.ApiRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DynamoDbLocalTest {
    @Test
    void itKeepsItsItemsInAFileWhereAskedTo() throws IOException {
        Path folder;
        try (DynamoDbLocal local = DynamoDbLocal.onDisk();
                ApiClient client = new ApiClient(local.endpoint(), LocalExtension.CREDENTIALS)) {
            folder = local.folder();
            List.of(new ApiRequest("CreateTable", """
                                    {"TableName": "tides", "BillingMode": "PAY_PER_REQUEST",
                                     "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
                                     "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}]}"""), new ApiRequest("PutItem", """
                                    {"TableName": "tides", "Item": {"pk": {"S": "high"}}}"""))
                    .forEach(request ->
                            assertThat(client.send(request).summary()).isEqualTo("200"));

            assertThat(client.send(new ApiRequest("GetItem", """
                                    {"TableName": "tides", "Key": {"pk": {"S": "high"}}}""")))
                    .isEqualTo(new ApiAnswer(200, json("{\"Item\": {\"pk\": {\"S\": \"high\"}}}")));
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files).anyMatch(file -> file.toString().endsWith(".db"));
            }
        }
        assertThat(folder).doesNotExist();
    }

    private static com.fasterxml.jackson.databind.JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }
}

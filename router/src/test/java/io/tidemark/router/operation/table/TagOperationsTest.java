package io.tidemark.router.operation.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.router.model.TableArn;
import io.tidemark.router.operation.OperationName;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagOperationsTest {
    private static final String ARN =
            TableArn.of(CatalogFixture.REGION, "music").toString();

    private final CatalogFixture catalog = new CatalogFixture(CatalogFixture.SETTLE_LIMIT);

    @BeforeEach
    void create() {
        catalog.create("music");
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    @Test
    void tagsArePutReplacedListedAndTakenAway() {
        assertThat(list()).isEqualTo("{'Tags':[]}");
        assertThat(tag("{'Key': 'b', 'Value': '1'}, {'Key': 'a', 'Value': ''}")).isEmpty();
        tag("{'Key': 'b', 'Value': '2'}");
        assertThat(list()).isEqualTo("{'Tags':[{'Key':'a','Value':''},{'Key':'b','Value':'2'}]}");
        untag("'a', 'not there'");
        assertThat(list()).isEqualTo("{'Tags':[{'Key':'b','Value':'2'}]}");
    }

    @Test
    void lengthsAreCountedInCharactersOfAnyScript() {
        String key = "א".repeat(128);
        String value = "表".repeat(256);
        tag("{'Key': '" + key + "', 'Value': '" + value + "'}");
        assertThat(list()).contains(key, value);
        assertThat(refused("{'Key': '" + key + "x', 'Value': ''}"))
                .isEqualTo("ValidationException: The Tag Key provided is invalid, Key: " + key + "x");
        assertThat(refused("{'Key': 'k', 'Value': '" + value + "x'}"))
                .isEqualTo("ValidationException: The Tag Value provided is invalid, Value: " + value + "x");
        assertThat(refused("{'Key': '', 'Value': 'x'}"))
                .isEqualTo("ValidationException: The Tag Key provided is invalid, Key: ");
        assertThat(refused("{'Key': 'k'}"))
                .isEqualTo("ValidationException: The Tag Value provided is invalid, Value: null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hi!", "100%", "a,b", "(x)", "a&b", "a*b", "a;b", "a?b", "a|b", "<a>", "~a", "🔑", "a#b"})
    void charactersThatTagsDoNotHaveAreRefused(String text) {
        assertThat(refused("{'Key': 'good', 'Value': 'x'}, {'Key': '" + text + "', 'Value': 'x'}"))
                .isEqualTo("ValidationException: The Tag Key provided is invalid, Key: " + text);
        assertThat(refused("{'Key': 'x', 'Value': '" + text + "'}"))
                .isEqualTo("ValidationException: The Tag Value provided is invalid, Value: " + text);
        assertThat(list()).isEqualTo("{'Tags':[]}");
    }

    @Test
    void whatIsWrongIsToldInTheServicesWords() {
        assertThat(refused("")).isEqualTo("ValidationException: Atleast one Tag needs to be provided as Input.");
        assertThat(catalog.failure(OperationName.UntagResource, "{'ResourceArn': '" + ARN + "', 'TagKeys': []}"))
                .isEqualTo("ValidationException: Atleast one Tag Key needs to be provided as Input.");
        assertThat(refused("{'Key': 'aws:foo', 'Value': 'x'}"))
                .isEqualTo("ValidationException: Tag Key cannot be prefixed with aws:, Key: aws:foo");
        assertThat(refused("{'Key': 'dup', 'Value': 'x'}, {'Key': 'dup', 'Value': 'x'}"))
                .isEqualTo("ValidationException: Duplicate Tag Keys provided as input: Duplicate Tag Key found dup");
        String tooMany = "ValidationException: Number of Tags exceed the current limit for the provided ResourceArn";
        assertThat(refused(tags(0, 51))).isEqualTo(tooMany);
        tag(tags(0, 50));
        tag(tags(10, 20));
        assertThat(refused(tags(49, 51))).isEqualTo(tooMany);
    }

    @Test
    void onlyTheArnOfATableIsTaken() {
        assertThat(failure("music"))
                .isEqualTo(
                        "ValidationException: One or more parameter values were invalid: ARNs must start with 'arn:':"
                                + " music");
        assertThat(failure("arn:aws:s3:::music"))
                .isEqualTo(
                        "ValidationException: One or more parameter values were invalid: Provided Arn is not a DynamoDB"
                                + " resource arn: arn:aws:s3:::music");
        for (String wrong : new String[] {
            "arn:aws:dynamodb:eu-central-1:000000000000:table/ab",
            "arn:aws:dynamodb:eu-central-1:000000000000:backup/music"
        }) {
            assertThat(failure(wrong))
                    .isEqualTo("ValidationException: Invalid TableArn: Invalid ResourceArn provided as input " + wrong);
        }
        assertThat(failure(ARN + "/index/byTime"))
                .isEqualTo(
                        "ValidationException: One or more parameter values were invalid: Invalid resource arn provided,"
                                + " only table or stream is accepted. Provided resource arn: " + ARN + "/index/byTime");
        assertThat(failure(ARN + "x"))
                .isEqualTo(
                        "ResourceNotFoundException: Requested resource not found: ResourceArn: " + ARN + "x not found");
        assertThat(catalog.failure(OperationName.ListTagsOfResource, "{}"))
                .isEqualTo("ValidationException: Invalid TableArn");
    }

    private static String tags(int first, int end) {
        return IntStream.range(first, end)
                .mapToObj(i -> "{'Key': 'key-" + i + "', 'Value': 'x'}")
                .collect(Collectors.joining(","));
    }

    private String tag(String tags) {
        return catalog.call(OperationName.TagResource, "{'ResourceArn': '" + ARN + "', 'Tags': [" + tags + "]}")
                .toString();
    }

    private String refused(String tags) {
        return catalog.failure(OperationName.TagResource, "{'ResourceArn': '" + ARN + "', 'Tags': [" + tags + "]}");
    }

    private void untag(String keys) {
        catalog.call(OperationName.UntagResource, "{'ResourceArn': '" + ARN + "', 'TagKeys': [" + keys + "]}");
    }

    private String list() {
        return catalog.call(OperationName.ListTagsOfResource, "{'ResourceArn': '" + ARN + "'}")
                .toString()
                .replace('"', '\'');
    }

    private String failure(String arn) {
        return catalog.failure(OperationName.ListTagsOfResource, "{'ResourceArn': '" + arn + "'}");
    }
}

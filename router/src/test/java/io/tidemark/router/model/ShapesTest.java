package io.tidemark.router.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ErrorType;
import io.tidemark.router.operation.OperationName;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShapesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NO_STRUCTURE = "Start of structure or map found where not expected";
    private static final String UNRECOGNIZED = "Unrecognized collection type ";
    private static final String AWS = "com.amazonaws.dynamodb.v20120810.";

    private static ObjectNode check(OperationName operation, String body) {
        try {
            return Shapes.check(operation, JSON.readTree(body.replace('\'', '"')));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(body, e);
        }
    }

    private static ApiException fault(OperationName operation, String body) {
        ApiException fault = catchThrowableOfType(ApiException.class, () -> check(operation, body));
        assertThat(fault).as(body).isNotNull();
        return fault;
    }

    private static void assertSerialization(OperationName operation, String body, String message) {
        ApiException fault = fault(operation, body);
        assertThat(fault.type()).isEqualTo(ErrorType.SERIALIZATION);
        assertThat(fault.message()).as(body).isEqualTo(message);
    }

    private static void assertValidation(OperationName operation, String body, String message) {
        ApiException fault = fault(operation, body);
        assertThat(fault.message()).as(body).isEqualTo(message);
        assertThat(fault.type()).isEqualTo(ErrorType.VALIDATION);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "true | TRUE_VALUE cannot be converted to String",
                "false | FALSE_VALUE cannot be converted to String",
                "23 | NUMBER_VALUE cannot be converted to String",
                "-2147483648 | NUMBER_VALUE cannot be converted to String",
                "2147483648 | NUMBER_VALUE cannot be converted to String",
                "34.56 | DECIMAL_VALUE cannot be converted to String",
                "1e3 | DECIMAL_VALUE cannot be converted to String",
                "[] | Unrecognized collection type class java.lang.String",
                "{} | Start of structure or map found where not expected"
            })
    void whatIsNoStringIsNamed(String value, String message) {
        assertSerialization(OperationName.GetItem, "{'TableName': " + value + "}", message);
        assertSerialization(OperationName.CreateTable, "{'BillingMode': " + value + "}", message);
        assertSerialization(OperationName.PutItem, "{'Item': {'a': {'S': " + value + "}}}", message);
        assertSerialization(OperationName.PutItem, "{'Item': {'a': {'N': " + value + "}}}", message);
        assertSerialization(OperationName.PutItem, "{'Item': {'a': {'SS': [" + value + "]}}}", message);
        assertSerialization(
                OperationName.PutItem, "{'Item': {'a': {'L': [{'M': {'b': {'NS': [" + value + "]}}}]}}}", message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'23' | STRING_VALUE",
                "true | TRUE_VALUE",
                "false | FALSE_VALUE",
            })
    void whatIsNoNumberIsNamed(String value, String token) {
        assertSerialization(OperationName.Scan, "{'Limit': " + value + "}", token + " cannot be converted to Integer");
        assertSerialization(
                OperationName.CreateTable,
                "{'ProvisionedThroughput': {'ReadCapacityUnits': " + value + "}}",
                token + " cannot be converted to Long");
        assertSerialization(OperationName.Scan, "{'Limit': []}", UNRECOGNIZED + "class java.lang.Integer");
        assertSerialization(OperationName.Scan, "{'Limit': {}}", NO_STRUCTURE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'23' | Unexpected token received from parser",
                "23 | NUMBER_VALUE cannot be converted to Boolean",
                "34.56 | DECIMAL_VALUE cannot be converted to Boolean",
                "[] | Unrecognized collection type class java.lang.Boolean",
                "{} | Start of structure or map found where not expected"
            })
    void whatIsNoBooleanIsNamed(String value, String message) {
        assertSerialization(OperationName.GetItem, "{'ConsistentRead': " + value + "}", message);
        assertSerialization(OperationName.PutItem, "{'Item': {'a': {'BOOL': " + value + "}}}", message);
        assertSerialization(OperationName.PutItem, "{'Item': {'a': {'NULL': " + value + "}}}", message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "true | only base-64-encoded strings are convertible to bytes",
                "23 | only base-64-encoded strings are convertible to bytes",
                "[] | Unrecognized collection type class java.nio.ByteBuffer",
                "{} | Start of structure or map found where not expected",
                "'23456' | Base64 encoded length is expected a multiple of 4 bytes but found: 5",
                "'=+/=' | Invalid last non-pad Base64 character dectected",
                "'+/+=' | Invalid last non-pad Base64 character dectected",
                "'a===' | Invalid last non-pad Base64 character dectected",
                "'ab$d' | Invalid Base64 character: '$'",
            })
    void whatIsNoBinaryIsNamed(String value, String message) {
        assertThat(fault(OperationName.PutItem, "{'Item': {'a': {'B': " + value + "}}}")
                        .message())
                .isEqualTo(message.isEmpty() ? "" : message);
        assertThat(fault(OperationName.PutItem, "{'Item': {'a': {'BS': [" + value + "]}}}")
                        .message())
                .isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AA==", "/+8=", "AAAA", "Zm9vYmFy"})
    void base64IsAccepted(String text) {
        assertThat(check(OperationName.PutItem, "{'TableName': 'abc', 'Item': {'a': {'B': '" + text + "'}}}")
                        .at("/Item/a/B")
                        .textValue())
                .isEqualTo(text);
    }

    @Test
    void whatIsNoListMapOrStructureIsNamedByWhereItStands() {
        for (String scalar : List.of("'23'", "true", "23", "34.56")) {
            assertSerialization(OperationName.GetItem, "{'AttributesToGet': " + scalar + "}", "Unexpected field type");
            assertSerialization(OperationName.GetItem, "{'Key': " + scalar + "}", "Unexpected field type");
            assertSerialization(
                    OperationName.CreateTable, "{'ProvisionedThroughput': " + scalar + "}", "Unexpected field type");
            assertSerialization(
                    OperationName.GetItem, "{'Key': {'a': " + scalar + "}}", "Unexpected value type in payload");
            assertSerialization(
                    OperationName.CreateTable, "{'KeySchema': [" + scalar + "]}", "Unexpected value type in payload");
            assertSerialization(
                    OperationName.PutItem, "{'Expected': {'a': {'Value': " + scalar + "}}}", "Unexpected field type");
            assertThat(fault(OperationName.BatchGetItem, "{'RequestItems': {'a': {'Keys': [" + scalar + "]}}}")
                            .message())
                    .startsWith("class sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl cannot be cast");
        }
        assertSerialization(OperationName.GetItem, "{'AttributesToGet': {}}", NO_STRUCTURE);
        assertSerialization(
                OperationName.GetItem,
                "{'Key': []}",
                UNRECOGNIZED + "java.util.Map<java.lang.String, " + AWS + "AttributeValue>");
        assertSerialization(
                OperationName.GetItem,
                "{'ExpressionAttributeNames': []}",
                UNRECOGNIZED + "java.util.Map<java.lang.String, java.lang.String>");
        assertSerialization(
                OperationName.BatchWriteItem,
                "{'RequestItems': []}",
                UNRECOGNIZED + "java.util.Map<java.lang.String, java.util.List<" + AWS + "WriteRequest>>");
        assertSerialization(
                OperationName.CreateTable, "{'KeySchema': [[]]}", UNRECOGNIZED + "class " + AWS + "KeySchemaElement");
        assertSerialization(
                OperationName.GetItem, "{'Key': {'a': []}}", UNRECOGNIZED + "class " + AWS + "AttributeValue");
    }

    @Test
    void theFirstWrongTypeInTheBodyIsReported() {
        assertSerialization(
                OperationName.Scan, "{'Limit': '5', 'IndexName': 5}", "STRING_VALUE cannot be converted to Integer");
        assertSerialization(
                OperationName.Scan, "{'IndexName': 5, 'Limit': '5'}", "NUMBER_VALUE cannot be converted to String");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "'a'", "7", "null", "true"})
    void aBodyThatIsNoObjectIsASerializationErrorWithoutText(String body) {
        assertSerialization(OperationName.ListTables, body, "");
    }

    @Test
    void nullsAndUnknownMembersAreLeftOut() {
        ObjectNode parameters = check(
                OperationName.PutItem,
                "{'TableName': 'abc', 'Unknown': 5, 'ReturnValues': null,"
                        + " 'Item': {'a': {'S': 'x', 'N': null, 'Other': 1}, 'b': null}}");
        assertThat(parameters.toString()).isEqualTo("{\"TableName\":\"abc\",\"Item\":{\"a\":{\"S\":\"x\"},\"b\":{}}}");
    }

    @Test
    void numbersAndBooleansArePlainAfterTheCheck() {
        ObjectNode scan = check(
                OperationName.Scan,
                "{'TableName': 'abc', 'Limit': 5.9, 'ConsistentRead': 'TRUE', 'TotalSegments': 4, 'Segment': 3.0}");
        assertThat(scan.get("Limit").isInt()).isTrue();
        assertThat(scan.get("Limit").intValue()).isEqualTo(5);
        assertThat(scan.get("Segment").isInt()).isTrue();
        assertThat(scan.get("ConsistentRead").isBoolean()).isTrue();
        assertThat(check(OperationName.PutItem, "{'TableName': 'abc', 'Item': {'a': {'BOOL': 'false'}}}")
                        .at("/Item/a/BOOL")
                        .isBoolean())
                .isTrue();
    }

    @Test
    void nullInAListOrMapIsTheEmptyValueButInASetStays() {
        ObjectNode put = check(
                OperationName.PutItem,
                "{'TableName': 'abc', 'Item': {'a': {'L': [null]}, 'b': {'SS': [null]}, 'c': {'BS': [null]}}}");
        assertThat(put.get("Item").toString())
                .isEqualTo("{\"a\":{\"L\":[{}]},\"b\":{\"SS\":[null]},\"c\":{\"BS\":[null]}}");
        assertValidation(
                OperationName.CreateTable,
                "{'TableName': 'abc', 'AttributeDefinitions': [], 'KeySchema': [null]}",
                "2 validation errors detected: Value null at 'keySchema.1.member.attributeName' failed to satisfy"
                        + " constraint: Member must not be null; Value null at 'keySchema.1.member.keyType' failed to"
                        + " satisfy constraint: Member must not be null");
    }

    @Test
    void aMissingTableNameIsReportedAsTheOperationDoes() {
        assertValidation(
                OperationName.PutItem,
                "{'Item': {}}",
                "1 validation error detected: Value null at 'tableName' failed to satisfy constraint: Member must not be"
                        + " null");
        for (OperationName operation : List.of(
                OperationName.CreateTable,
                OperationName.DescribeTable,
                OperationName.DeleteTable,
                OperationName.UpdateTable)) {
            assertValidation(
                    operation, "{}", "The parameter 'TableName' is required but was not present in the request");
        }
    }

    @Test
    void aTableNameIsChecked() {
        String prefix = "1 validation error detected: Value '";
        assertValidation(
                OperationName.CreateTable,
                "{'TableName': 'ab', 'KeySchema': [{'AttributeName': 'a', 'KeyType': 'HASH'}],"
                        + " 'AttributeDefinitions': []}",
                prefix
                        + "ab' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal"
                        + " to 3");
        assertValidation(
                OperationName.GetItem,
                "{'TableName': '', 'Key': {}}",
                prefix + "' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal"
                        + " to 1");
        assertValidation(
                OperationName.GetItem,
                "{'TableName': 'bad table!@#', 'Key': {}}",
                prefix + "bad table!@#' at 'tableName' failed to satisfy constraint: Member must satisfy regular"
                        + " expression pattern: [a-zA-Z0-9_.-]+");
        String longName = "a".repeat(256);
        assertValidation(
                OperationName.GetItem,
                "{'TableName': '" + longName + "', 'Key': {}}",
                prefix + longName
                        + "' at 'tableName' failed to satisfy constraint: Member must have length less than or"
                        + " equal to 255");
        assertValidation(
                OperationName.GetItem,
                "{'TableName': ';', 'Key': {}}",
                "2 validation errors detected: Value ';' at 'tableName' failed to satisfy constraint: Member must satisfy"
                        + " regular expression pattern: [a-zA-Z0-9_.-]+; Value ';' at 'tableName' failed to satisfy"
                        + " constraint: Member must have length greater than or equal to 3");
    }

    @Test
    void aTableMayBeNamedByItsArn() {
        assertThat(check(
                                OperationName.GetItem,
                                "{'TableName': 'arn:aws:dynamodb:us-east-1:000000000000:table/my-table', 'Key': {}}")
                        .get("TableName")
                        .textValue())
                .isEqualTo("my-table");
        assertThat(fault(OperationName.GetItem, "{'TableName': 'arn:aws:s3:::bucket', 'Key': {}}")
                        .message())
                .contains("[a-zA-Z0-9_.-]+");
    }

    private static final String RETURN_VALUES =
            "Failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, UPDATED_OLD, ALL_NEW,"
                    + " UPDATE_NEW, NONE]";

    @Test
    void faultsAreCollectedInTheOrderOfTheService() {
        assertValidation(
                OperationName.PutItem,
                "{'TableName': 'abc', 'Item': {}, 'ReturnItemCollectionMetrics': 'x', 'ReturnConsumedCapacity': 'x',"
                        + " 'ReturnValues': 'x'}",
                "3 validation errors detected: Value 'x' at 'returnConsumedCapacity' failed to satisfy constraint: Member"
                        + " must satisfy enum value set: [INDEXES, TOTAL, NONE]; " + RETURN_VALUES
                        + "; Value 'x' at 'returnItemCollectionMetrics' failed to satisfy"
                        + " constraint: Member must satisfy enum value set: [SIZE, NONE]");
        assertThat(fault(
                                OperationName.DeleteItem,
                                "{'TableName': 'abc', 'Key': {}, 'ReturnValues': 'x', 'ReturnConsumedCapacity': 'x'}")
                        .message())
                .startsWith("2 validation errors detected: Value 'x' at 'returnConsumedCapacity'")
                .endsWith("; " + RETURN_VALUES);
        assertValidation(
                OperationName.UpdateItem,
                "{'TableName': '', 'ReturnValues': 'x', 'ConditionalOperator': 'XOR'}",
                "4 validation errors detected: Value '' at 'tableName' failed to satisfy constraint: Member must have"
                        + " length greater than or equal to 1; Value 'x' at 'returnValues' failed to satisfy"
                        + " constraint: Member must satisfy enum value set: [ALL_NEW, UPDATED_OLD, ALL_OLD, NONE,"
                        + " UPDATED_NEW]; Value 'XOR' at 'conditionalOperator' failed to satisfy constraint: Member"
                        + " must satisfy enum value set: [OR, AND]; Value null at 'key' failed to satisfy constraint:"
                        + " Member must not be null");
        String index = "[{'IndexName': 'a1', 'KeySchema': [{'AttributeName': 'a', 'KeyType': 'HASH'}],"
                + " 'Projection': {'ProjectionType': 'ALL'}}]";
        assertValidation(
                OperationName.CreateTable,
                "{'TableName': 'abc', 'AttributeDefinitions': [], 'KeySchema': [{'AttributeName': 'a', 'KeyType':"
                        + " 'HASH'}], 'LocalSecondaryIndexes': " + index + ", 'GlobalSecondaryIndexes': " + index + "}",
                "2 validation errors detected: Value 'a1' at 'globalSecondaryIndexes.1.member.indexName' failed to"
                        + " satisfy constraint: Member must have length greater than or equal to 3; Value 'a1' at"
                        + " 'localSecondaryIndexes.1.member.indexName' failed to satisfy constraint: Member must have"
                        + " length greater than or equal to 3");
    }

    @Test
    void returnValuesOfAnUpdateAreToldAlone() {
        assertValidation(
                OperationName.UpdateItem,
                "{'TableName': 'abc', 'Key': {}, 'ReturnValues': 'x', 'ReturnConsumedCapacity': 'x'}",
                "1 validation error detected: " + RETURN_VALUES);
    }

    @Test
    void theOperatorOfAQueryIsToldAloneAndIsNotCounted() {
        String operator = "Failed to satisfy constraint: Member must satisfy enum value set: [ALL, OR]";
        assertValidation(
                OperationName.Query, "{'TableName': 'abc', 'ConditionalOperator': 'XOR', 'Select': 'x'}", operator);
        assertValidation(
                OperationName.PutItem,
                "{'TableName': 'abc', 'Item': {}, 'ConditionalOperator': 'XOR'}",
                "1 validation error detected: " + operator);
        assertThat(fault(OperationName.Scan, "{'TableName': 'abc', 'ConditionalOperator': 'XOR'}")
                        .message())
                .startsWith("1 validation error detected: Value 'XOR' at 'conditionalOperator'");
    }

    @ParameterizedTest
    @CsvSource({"Query, Limit, 0", "Scan, Limit, -1", "Scan, Segment, -1", "Scan, TotalSegments, 0"})
    void numbersOfAReadAreNotRepeated(OperationName operation, String member, int value) {
        assertThat(fault(operation, "{'TableName': 'abc', '" + member + "': " + value + "}")
                        .message())
                .startsWith("1 validation error detected: Value at '" + member
                        + "' failed to satisfy constraint: Member" + " must have value greater than or equal to ");
    }

    @Test
    void keysThatNameNoTableGiveWayToOtherFaultsOfABatchOfWrites() {
        String badName = "'bad!name'";
        String mode = ", 'ReturnConsumedCapacity': 'x'";
        assertThat(fault(OperationName.BatchWriteItem, "{'RequestItems': {" + badName + ": [{}]}" + mode + "}")
                        .message())
                .startsWith("1 validation error detected: Value 'x' at 'returnConsumedCapacity'");
        assertThat(fault(
                                OperationName.BatchGetItem,
                                "{'RequestItems': {" + badName + ": {'Keys': [{'pk': {'S': 'a'}}]}}" + mode + "}")
                        .message())
                .startsWith(
                        "2 validation errors detected: Value '{\"bad!name\":{\"Keys\":[{\"pk\":{\"S\":\"a\"}}]}}' at"
                                + " 'requestItems' failed to satisfy constraint: Map keys must satisfy constraint: [")
                .contains("; Value 'x' at 'returnConsumedCapacity'");
    }

    @Test
    void anEmptyTableNameIsToldAloneUnlessSomethingIsMissing() {
        String empty = "Value '' at 'tableName' failed to satisfy constraint: Member must have length greater than or"
                + " equal to 1";
        assertValidation(
                OperationName.Query, "{'TableName': '', 'Select': 'x'}", "1 validation error detected: " + empty);
        assertValidation(
                OperationName.PutItem,
                "{'TableName': '', 'Item': {}, 'ReturnValues': 'x'}",
                "1 validation error detected: Value at 'TableName' failed to satisfy constraint: Member must have length"
                        + " greater than or equal to 1");
        assertValidation(
                OperationName.PutItem,
                "{'TableName': ''}",
                "2 validation errors detected: " + empty
                        + "; Value null at 'item' failed to satisfy constraint: Member must not be null");
    }

    @Test
    void atMostTenFaultsAreReported() {
        String element = String.join(",", Collections.nCopies(8, "{}"));
        assertThat(fault(OperationName.CreateTable, "{'TableName': 'abc', 'AttributeDefinitions': [" + element + "]}")
                        .message())
                .startsWith("10 validation errors detected: ");
    }

    @Test
    void nestedFaultsNameWhereTheyStand() {
        assertValidation(
                OperationName.CreateTable,
                "{'TableName': 'abc', 'AttributeDefinitions': [{'AttributeName': 'pk', 'AttributeType': 'INVALID'}],"
                        + " 'KeySchema': [{'AttributeName': 'pk', 'KeyType': 'HASH'}]}",
                "1 validation error detected: Value 'INVALID' at 'attributeDefinitions.1.member.attributeType' failed to"
                        + " satisfy constraint: Member must satisfy enum value set: [B, N, S]");
        assertValidation(
                OperationName.PutItem,
                "{'TableName': 'abc', 'Item': {}, 'Expected': {'Attr': {'ComparisonOperator': 'x'}}}",
                "1 validation error detected: Value 'x' at 'expected.Attr.member.comparisonOperator' failed to satisfy"
                        + " constraint: Member must satisfy enum value set: [IN, NULL, BETWEEN, LT, NOT_CONTAINS, EQ, GT,"
                        + " NOT_NULL, NE, LE, BEGINS_WITH, GE, CONTAINS]");
        assertValidation(
                OperationName.BatchWriteItem,
                "{'RequestItems': {'Abc': [{'PutRequest': {}}]}}",
                "1 validation error detected: Value null at 'requestItems.Abc.member.1.member.putRequest.item' failed to"
                        + " satisfy constraint: Member must not be null");
    }

    @Test
    void structuresAreRepeatedAsTheServiceWritesThem() {
        assertValidation(
                OperationName.CreateTable,
                "{'TableName': 'abc', 'AttributeDefinitions': [], 'KeySchema': ["
                        + "{'AttributeName': 'pk', 'KeyType': 'HASH'}, {'AttributeName': 'sk', 'KeyType': 'RANGE'},"
                        + " {'AttributeName': 'extra', 'KeyType': 'RANGE'}]}",
                "1 validation error detected: Value '[KeySchemaElement(attributeName=pk, keyType=HASH),"
                        + " KeySchemaElement(attributeName=sk, keyType=RANGE), KeySchemaElement(attributeName=extra,"
                        + " keyType=RANGE)]' at 'keySchema' failed to satisfy constraint: Member must have length less"
                        + " than or equal to 2");
        String requests = IntStream.range(0, 26)
                .mapToObj(i -> "{'PutRequest': {'Item': {'pk': {'S': 'bw-" + i + "'}}}}")
                .collect(Collectors.joining(","));
        assertThat(fault(OperationName.BatchWriteItem, "{'RequestItems': {'abc': [" + requests + "]}}")
                        .message())
                .startsWith("1 validation error detected: Value '{abc=[WriteRequest(putRequest=PutRequest(item={pk="
                        + "AttributeValue(s=bw-0, n=null, b=null,")
                .endsWith("' at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: [Member"
                        + " must have length less than or equal to 25, Member must have length greater than or equal to"
                        + " 1]");
    }

    @Test
    void aRepeatedValueIsCut() {
        String name = "a".repeat(1 << 20);
        assertThat(fault(OperationName.GetItem, "{'TableName': '" + name + "', 'Key': {}}")
                        .message())
                .hasSizeLessThan(70_000)
                .contains("...' at 'tableName'");
    }

    @Test
    void batchesAreLimited() {
        assertValidation(
                OperationName.BatchGetItem,
                "{'RequestItems': {}}",
                "1 validation error detected: Value at 'RequestItems' failed to satisfy constraint: "
                        + "Member must have length greater than or equal to 1");
        assertValidation(
                OperationName.BatchWriteItem,
                "{'RequestItems': {}}",
                "1 validation error detected: Value at 'RequestItems' failed to satisfy constraint: "
                        + "Member must have length greater than or equal to 1");
        assertValidation(
                OperationName.BatchGetItem,
                "{}",
                "1 validation error detected: Value null at 'requestItems' failed to satisfy constraint: Member must not"
                        + " be null");
        String keys = IntStream.range(0, 101)
                .mapToObj(i -> "{'pk': {'S': '" + i + "'}}")
                .collect(Collectors.joining(","));
        assertValidation(
                OperationName.BatchGetItem,
                "{'RequestItems': {'Abc': {'Keys': [" + keys + "]}}}",
                "1 validation error detected: Value at 'RequestItems.Abc.member.Keys' failed to satisfy constraint:"
                        + " Member must have length less than or equal to 100");
        assertThat(fault(OperationName.BatchGetItem, "{'RequestItems': {'a': {'Keys': [{'pk': {'S': 'x'}}]}}}")
                        .message())
                .contains("Map keys must satisfy constraint: [Member must have length less than or equal to 255, Member"
                        + " must have length greater than or equal to 3, Member must satisfy regular expression pattern:"
                        + " [a-zA-Z0-9_.-]+]");
    }

    @ParameterizedTest
    @CsvSource({
        "Limit, 0, greater than or equal to 1",
        "Segment, -1, greater than or equal to 0", //
        "TotalSegments, 1000001, less than or equal to 1000000",
        "Limit, 2147483648, greater than or equal to 1"
    })
    void numbersHaveRanges(String member, String value, String range) {
        assertThat(fault(OperationName.Scan, "{'TableName': 'abc', '" + member + "': " + value + "}")
                        .message())
                .contains("Member must have value " + range);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'StreamSpecification': {'StreamEnabled': false}",
                "'SSESpecification': {'Enabled': false}",
                "'TableClass': 'STANDARD'",
                "'WarmThroughput': {'ReadUnitsPerSecond': 5}",
                "'OnDemandThroughput': {'MaxReadRequestUnits': 5}",
            })
    void whatIsNotAboutKeysOrCapacityHasItsShape(String member) {
        check(
                OperationName.CreateTable,
                "{'TableName': 'abc', 'AttributeDefinitions': [], 'KeySchema': [{'AttributeName': 'a', 'KeyType':"
                        + " 'HASH'}], " + member + "}");
    }

    @ParameterizedTest
    @EnumSource(OperationName.class)
    void everyOperationAnswersAnEmptyBodyWithoutBreaking(OperationName operation) {
        try {
            assertThat(check(operation, "{}").isEmpty()).isTrue();
        } catch (ApiException refused) {
            assertThat(refused.type()).isEqualTo(ErrorType.VALIDATION);
        }
    }
}

package io.tidemark.conformance.differential;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.conformance.http.ApiAnswer;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The comparison itself: what it must let pass, and what it must find. */
class DifferenceTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # operation  | status | one                                                    | other
            GetItem      | 200    | {"Item":{"a":{"SS":["x","y"]}}}                        | {"Item":{"a":{"SS":["y","x"]}}}
            GetItem      | 200    | {"Item":{"a":{"L":[{"NS":["1","2"]}]}}}                | {"Item":{"a":{"L":[{"NS":["2","1"]}]}}}
            GetItem      | 200    | {"Item":{"a":{"N":"1"},"b":{"N":"2"}}}                 | {"Item":{"b":{"N":"2"},"a":{"N":"1"}}}
            GetItem      | 200    | {"ConsumedCapacity":{"CapacityUnits":1}}               | {"ConsumedCapacity":{"CapacityUnits":1.0}}
            Scan         | 200    | {"Items":[{"a":{"S":"x"}},{"a":{"S":"y"}}],"Count":2}  | {"Items":[{"a":{"S":"y"}},{"a":{"S":"x"}}],"Count":2}
            BatchGetItem | 200    | {"Responses":{"t":[{"a":{"N":"1"}},{"a":{"N":"2"}}]}}  | {"Responses":{"t":[{"a":{"N":"2"}},{"a":{"N":"1"}}]}}
            DescribeTable| 200    | {"Table":{"TableId":"a","CreationDateTime":1}}         | {"Table":{"TableId":"b","CreationDateTime":2}}
            PutItem      | 400    | {"__type":"a#ValidationException","message":"keys: {:a, :b}"} | {"__type":"b#ValidationException","Message":"keys: {:b, :a}"}
            PutItem      | 400    | {"__type":"V","message":"2 validation errors detected: x; y"} | {"__type":"V","message":"2 validation errors detected: y; x"}
            """)
    void answersThatMeanTheSameAreEqual(String operation, int status, String one, String other)
            throws JsonProcessingException {
        assertThat(difference(operation, status, one, status, other)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # operation  | status | one                                              | status | other
            GetItem      | 200    | {"Item":{"a":{"N":"1"}}}                         | 200    | {"Item":{"a":{"N":"1.0"}}}
            GetItem      | 200    | {"Item":{"a":{"L":[{"S":"x"},{"S":"y"}]}}}       | 200    | {"Item":{"a":{"L":[{"S":"y"},{"S":"x"}]}}}
            GetItem      | 200    | {"Item":{"a":{"SS":["x","y"]}}}                  | 200    | {"Item":{"a":{"SS":["x"]}}}
            GetItem      | 200    | {"Item":{"a":{"S":"x"}}}                         | 200    | {}
            GetItem      | 200    | {"Item":{}}                                      | 200    | {}
            GetItem      | 200    | {"Item":{"a":{"BOOL":true}}}                     | 200    | {"Item":{"a":{"BOOL":"true"}}}
            Query        | 200    | {"Items":[{"a":{"S":"x"}},{"a":{"S":"y"}}]}      | 200    | {"Items":[{"a":{"S":"y"}},{"a":{"S":"x"}}]}
            Query        | 200    | {"Items":[],"Count":0,"ScannedCount":1}          | 200    | {"Items":[],"Count":0,"ScannedCount":2}
            Query        | 200    | {"Count":0,"LastEvaluatedKey":{"a":{"S":"x"}}}   | 200    | {"Count":0}
            Scan         | 200    | {"Items":[{"a":{"S":"x"}},{"a":{"S":"x"}}]}      | 200    | {"Items":[{"a":{"S":"x"}}]}
            BatchGetItem | 200    | {"Responses":{"t":[{"a":{"N":"1"}}]}}            | 200    | {"Responses":{"t":[{"a":{"N":"2"}}]}}
            PutItem      | 200    | {"ConsumedCapacity":{"CapacityUnits":1.0}}       | 200    | {"ConsumedCapacity":{"CapacityUnits":2.0}}
            PutItem      | 200    | {}                                               | 400    | {"__type":"V","message":"x"}
            PutItem      | 400    | {"__type":"a#V","message":"x"}                   | 400    | {"__type":"a#W","message":"x"}
            PutItem      | 400    | {"__type":"a#V","message":"x"}                   | 500    | {"__type":"a#V","message":"x"}
            PutItem      | 400    | {"__type":"a#V","message":"x"}                   | 400    | {"__type":"a#V","message":"X"}
            PutItem      | 400    | {"__type":"a#V","message":"keys: {:a, :b}"}      | 400    | {"__type":"a#V","message":"keys: {:a}"}
            PutItem      | 400    | {"__type":"C","Item":{"a":{"N":"1"}}}            | 400    | {"__type":"C"}
            DescribeTable| 200    | {"Table":{"TableStatus":"ACTIVE"}}               | 200    | {"Table":{"TableStatus":"CREATING"}}
            DescribeTable| 200    | {"Table":{"TableId":"a"}}                        | 200    | {"Table":{}}
            """)
    void answersThatMeanSomethingElseAreFound(String operation, int status, String one, int otherStatus, String other)
            throws JsonProcessingException {
        assertThat(difference(operation, status, one, otherStatus, other)).isPresent();
        assertThat(difference(operation, otherStatus, other, status, one)).isPresent();
    }

    private static Optional<Difference> difference(
            String operation, int status, String one, int otherStatus, String other) throws JsonProcessingException {
        return Difference.between(
                Normalizer.normalize(operation, new ApiAnswer(status, JSON.readTree(one))),
                Normalizer.normalize(operation, new ApiAnswer(otherStatus, JSON.readTree(other))));
    }
}

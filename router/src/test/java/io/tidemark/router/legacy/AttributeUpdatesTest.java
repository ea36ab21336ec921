package io.tidemark.router.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.expression.Projection;
import io.tidemark.schema.expression.UpdateAction;
import io.tidemark.schema.expression.UpdateExpression;
import io.tidemark.schema.expression.UpdateValue;
import io.tidemark.schema.value.AttributeValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttributeUpdatesTest {
    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final DocumentPath A = DocumentPath.of("a");
    private static final AttributeValue ONE = AttributeValue.N.of(1);

    @Test
    void anActionBecomesThatOfAnExpression() {
        assertThat(read("{'a':{'Action':'PUT','Value':{'N':'1'}}}")).containsExactly(set(A, ONE));
        assertThat(read("{'a':{'Value':{'N':'1'}}}")).containsExactly(set(A, ONE));
        assertThat(read("{'a':{'Action':'DELETE'}}")).containsExactly(new UpdateAction.Remove(A));
        assertThat(read("{'a':{'Action':'ADD','Value':{'N':'1'}}}")).containsExactly(new UpdateAction.Add(A, ONE));
        assertThat(read("{'a':{'Action':'ADD','Value':{'SS':['x']}}}"))
                .containsExactly(new UpdateAction.Add(A, LegacyJson.value("{'SS':['x']}")));
        assertThat(read("{'a':{'Action':'DELETE','Value':{'SS':['x']}}}"))
                .containsExactly(new UpdateAction.Delete(A, LegacyJson.value("{'SS':['x']}")));
        assertThat(read("{'a':{'Value':{'N':'1'}},'b.c':{'Action':'DELETE'}}"))
                .containsExactly(set(A, ONE), new UpdateAction.Remove(DocumentPath.of("b.c")));
    }

    @Test
    void addAppendsToAList() {
        UpdateValue list = new UpdateValue.Literal(LegacyJson.value("{'L':[{'N':'1'}]}"));
        UpdateValue old = new UpdateValue.IfNotExists(A, new UpdateValue.Literal(new AttributeValue.L(List.of())));

        assertThat(read("{'a':{'Action':'ADD','Value':{'L':[{'N':'1'}]}}}"))
                .containsExactly(new UpdateAction.Set(A, new UpdateValue.ListAppend(old, list)));
    }

    @Test
    void noUpdatesChangeNothing() {
        assertThat(AttributeUpdates.read(LegacyJson.read("{}"), LegacyJson::value))
                .isEqualTo(UpdateExpression.NOTHING);
        assertThat(AttributeUpdates.read(LegacyJson.read(""), LegacyJson::value))
                .isEqualTo(UpdateExpression.NOTHING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'Action':'PUT'}", "{'Action':'ADD'}", "{'Action':'ADD','Value':null}"})
    void onlyDeleteNeedsNoValue(String update) {
        assertThatThrownBy(() -> read("{'a':" + update + "}"))
                .hasMessage(INVALID + "Only DELETE action is allowed when no attribute value is specified");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "DELETE | {'S':'x'} | DELETE action with value is not supported for the type S",
                "DELETE | {'N':'1'} | DELETE action with value is not supported for the type N",
                "DELETE | {'L':[]} | DELETE action with value is not supported for the type L",
                "DELETE | {'M':{}} | DELETE action with value is not supported for the type M",
                "ADD | {'S':'x'} | ADD action is not supported for the type S",
                "ADD | {'B':'YQ=='} | ADD action is not supported for the type B",
                "ADD | {'NULL':true} | ADD action is not supported for the type NULL",
                "ADD | {'BOOL':true} | ADD action is not supported for the type BOOL",
                "ADD | {'M':{}} | ADD action is not supported for the type M"
            })
    void whatAnActionDoesNotTakeIsRefused(String action, String value, String answer) {
        assertThatThrownBy(() -> read("{'a':{'Action':'" + action + "','Value':" + value + "}}"))
                .hasMessage(INVALID + answer);
    }

    @Test
    void attributesToGetAreAProjectionOfDistinctNames() {
        assertThat(AttributesToGet.read(LegacyJson.read("['a','b.c']")))
                .isEqualTo(new Projection(List.of(A, DocumentPath.of("b.c"))));
        assertThatThrownBy(() -> AttributesToGet.read(LegacyJson.read("['a','b','a']")))
                .hasMessage(INVALID + "Duplicate value in attribute name: a");
    }

    private static UpdateAction set(DocumentPath path, AttributeValue value) {
        return new UpdateAction.Set(path, new UpdateValue.Literal(value));
    }

    private static List<UpdateAction> read(String updates) {
        return AttributeUpdates.read(LegacyJson.read(updates), LegacyJson::value)
                .actions();
    }
}

package io.tidemark.launcher.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.schema.expression.Comparator;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.expression.Operand;
import io.tidemark.schema.expression.SortKeyCondition;
import io.tidemark.schema.expression.UpdateAction;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ItemTextTest {
    private static final KeySchema PAGE_AND_TIME =
            KeySchema.of(new KeyAttribute("page", KeyType.S), new KeyAttribute("time", KeyType.N));

    @Test
    void plainAndTypedJsonGiveTheSameItem() {
        Item plain = ItemJson.parse("{\"page\": \"Tides\", \"edits\": 3.50, \"live\": true, \"tags\": [\"a\", null]}");
        Item typed = ItemJson.parse("{\"page\": {\"S\": \"Tides\"}, \"edits\": {\"N\": \"3.5\"},"
                + " \"live\": {\"BOOL\": true}, \"tags\": {\"L\": [{\"S\": \"a\"}, {\"NULL\": true}]}}");

        assertThat(plain).isEqualTo(typed);
    }

    @Test
    void typedJsonLosesNothing() {
        Item item =
                ItemJson.parse("{\"b\": {\"B\": \"AQI=\"}, \"ss\": {\"SS\": [\"x\", \"y\"]}, \"ns\": {\"NS\": [\"1\","
                        + " \"1e100\"]}, \"bs\": {\"BS\": [\"AA==\"]}, \"m\": {\"M\": {\"n\": {\"N\": \"-0.001\"}}}}");

        assertThat(ItemJson.parse(DynamoJson.write(item).toString())).isEqualTo(item);
    }

    @Test
    void anObjectWithOneFieldThatLooksLikeATypeIsPlainWhereTheOthersAreNot() {
        Item item = ItemJson.parse("{\"page\": \"Tides\", \"size\": {\"S\": \"small\"}}");

        assertThat(item.get("size")).isEqualTo(AttributeValue.M.of(Map.of("S", new AttributeValue.S("small"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"a\": 1",
                "{\"a\": 1} {}",
                "{\"a\": 1, \"a\": 2}",
                "{\"n\": 1e200}",
                "{\"n\": {\"N\": \"many\"}}",
                "{\"s\": {\"SS\": []}}",
                "{\"b\": {\"B\": \"*\"}}",
                "{\"l\": {\"L\": [1]}}"
            })
    void whatIsNoItemIsRefusedWithAReason(String text) {
        assertThatThrownBy(() -> ItemJson.parse(text))
                .isInstanceOf(InvalidInputException.class)
                .message()
                .isNotBlank();
    }

    @Test
    void aValueIsJsonWhereItIsSomeAndElseAString() {
        assertThat(ItemJson.value("12")).isEqualTo(AttributeValue.N.of(12));
        assertThat(ItemJson.value("\"12\"")).isEqualTo(new AttributeValue.S("12"));
        assertThat(ItemJson.value("high tide")).isEqualTo(new AttributeValue.S("high tide"));
        assertThat(ItemJson.value("2015-09-12")).isEqualTo(new AttributeValue.S("2015-09-12"));
        assertThat(ItemJson.value("")).isEqualTo(new AttributeValue.S(""));
        assertThat(ItemJson.value("{\"N\": \"7\"}")).isEqualTo(AttributeValue.N.of(7));
        assertThat(ItemJson.value("true")).isEqualTo(new AttributeValue.Bool(true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a.b", "a[0]", "a[0][12].b.c", "with space", "ä-ö"})
    void pathsAreReadAsTheyAreWritten(String text) {
        assertThat(PathText.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", ".a", "[0]", "a[x]", "a..b", "a[0]b"})
    void whatIsNoPathIsRefused(String text) {
        assertThatThrownBy(() -> PathText.parse(text)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void keysTakeTheTypesOfTheSchema() {
        PrimaryKey expected = PrimaryKey.of(new AttributeValue.S("12"), AttributeValue.N.of(7));

        assertThat(KeyText.primaryKey(PAGE_AND_TIME, "12", Optional.of("7"))).isEqualTo(expected);
        assertThat(KeyText.primaryKey(PAGE_AND_TIME, "{\"page\": \"12\", \"time\": 7}", Optional.empty()))
                .isEqualTo(expected);
    }

    @Test
    void keysThatDoNotFitTheSchemaAreRefusedByName() {
        assertThatThrownBy(() -> KeyText.primaryKey(PAGE_AND_TIME, "x", Optional.empty()))
                .hasMessageContaining("'time'")
                .hasMessageContaining("--sort");
        assertThatThrownBy(() -> KeyText.primaryKey(PAGE_AND_TIME, "x", Optional.of("noon")))
                .hasMessageContaining("'time'");
        assertThatThrownBy(() -> KeyText.primaryKey(PAGE_AND_TIME, "{\"page\": \"x\"}", Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("time");
    }

    @Test
    void updatesAreReadFromPathAndValue() {
        assertThat(UpdateText.add("count=2"))
                .isEqualTo(new UpdateAction.Add(DocumentPath.of("count"), AttributeValue.N.of(2)));
        assertThat(UpdateText.add("tags=[\"x\", \"y\"]"))
                .isEqualTo(new UpdateAction.Add(
                        DocumentPath.of("tags"), new AttributeValue.SS(new TreeSet<>(List.of("x", "y")))));
        assertThat(UpdateText.delete("tags=x"))
                .isEqualTo(new UpdateAction.Delete(
                        DocumentPath.of("tags"), new AttributeValue.SS(new TreeSet<>(List.of("x")))));
        assertThatThrownBy(() -> UpdateText.set("count")).hasMessageContaining("path=value");
        assertThatThrownBy(() -> UpdateText.add("tags=[1, \"x\"]")).hasMessageContaining("takes a set");
    }

    @ParameterizedTest
    @CsvSource({"a=1,EQ", "a!=1,NE", "a<>1,NE", "a<1,LT", "a<=1,LE", "a>1,GT", "a>=1,GE"})
    void conditionsAreReadFromTheirSign(String text, Comparator comparator) {
        assertThat(ConditionText.comparison(text))
                .isEqualTo(
                        new Condition.Compare(comparator, Operand.path("a"), Operand.literal(AttributeValue.N.of(1))));
    }

    @Test
    void aSortKeyWithoutSignIsForEquality() {
        KeyAttribute time = new KeyAttribute("time", KeyType.N);

        assertThat(ConditionText.sortKey(time, "12"))
                .isEqualTo(new SortKeyCondition.Compare(Comparator.EQ, AttributeValue.N.of(12)));
        assertThat(ConditionText.sortKey(time, ">=12"))
                .isEqualTo(new SortKeyCondition.Compare(Comparator.GE, AttributeValue.N.of(12)));
    }
}

package io.tidemark.router.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ErrorType;
import io.tidemark.router.error.ValueWording;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Decimal;
import io.tidemark.schema.value.Utf8Order;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttributeValuesTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text.replace('`', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String written(AttributeValue value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = MAPPER.getFactory().createGenerator(text)) {
            AttributeValues.write(out, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static ApiException refusal(String json) {
        return catchThrowableOfType(ApiException.class, () -> AttributeValues.read(json(json), ValueWording.CURRENT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{`S`:`text`}",
                "{`S`:``}",
                "{`N`:`-12.5`}",
                "{`B`:`AQID`}",
                "{`B`:``}",
                "{`BOOL`:false}",
                "{`NULL`:true}",
                "{`SS`:[``,`a`,`b`]}",
                "{`NS`:[`-1`,`0.5`,`2`]}",
                "{`BS`:[``,`AQ==`,`Ag==`]}",
                "{`L`:[]}",
                "{`L`:[{`S`:`a`},{`L`:[{`N`:`1`}]}]}",
                "{`M`:{}}",
                "{`M`:{`a`:{`M`:{`b`:{`S`:`c`}}}}}"
            })
    void whatIsReadIsWrittenBackTheSame(String text) {
        assertThat(written(AttributeValues.read(json(text), ValueWording.CURRENT)))
                .isEqualTo(text.replace('`', '"'));
    }

    @ParameterizedTest
    @CsvSource({
        "00042, 42",
        "1.0, 1",
        "3.1400, 3.14",
        "1.5E2, 150",
        "-0, 0",
        "+7, 7",
        ".5, 0.5",
        "1e-3, 0.001",
        "0e125, 0",
        "0E-130, 0",
        "0042.1200, 42.12"
    })
    void numbersAreWrittenPlainAndWithoutZerosThatSayNothing(String given, String kept) {
        assertThat(written(AttributeValues.read(json("{`N`:`" + given + "`}"), ValueWording.CURRENT)))
                .isEqualTo("{\"N\":\"" + kept + "\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
                "{`L`:[{}]} | Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
                "{`M`:{`a`:{}}} | Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
                "{`S`:`a`,`N`:`1`} | Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
                "{`NULL`:false} | One or more parameter values were invalid: Null attribute value types must have the value of true",
                "{`SS`:[]} | One or more parameter values were invalid: An string set  may not be empty",
                "{`NS`:[]} | One or more parameter values were invalid: An number set  may not be empty",
                "{`BS`:[]} | One or more parameter values were invalid: Binary sets should not be empty",
                "{`SS`:[`b`,`a`,`b`]} | One or more parameter values were invalid: Input collection [\"a\", \"b\", \"b\"] contains duplicates.",
                "{`BS`:[`/w==`,`AA==`,`AA==`,`Yg==`]} | One or more parameter values were invalid: Input collection [\"AA==\",\"/w==\",\"AA==\",\"Yg==\"]of type BS contains duplicates.",
                "{`NS`:[`1`,`1`]} | One or more parameter values were invalid: Input collection contains duplicates.",
                "{`NS`:[`1`,`1.0`]} | One or more parameter values were invalid: Input collection contains duplicates.",
                "{`N`:``} | 'The parameter cannot be converted to a numeric value: '",
                "{`S`:`a`,`N`:``} | 'The parameter cannot be converted to a numeric value: '",
                "{`N`:`b`} | The parameter cannot be converted to a numeric value: b",
                "{`N`:` 1`} | The parameter cannot be converted to a numeric value:  1",
                "{`N`:`NaN`} | The parameter cannot be converted to a numeric value: NaN",
                "{`NS`:[`1`,``]} | 'The parameter cannot be converted to a numeric value: '",
                "{`NS`:[`1`,`b`]} | The parameter cannot be converted to a numeric value: b",
                "{`N`:`123456789012345678901234567890123456789`} | Attempting to store more than 38 significant digits in a Number",
                "{`N`:`1e126`} | Number overflow. Attempting to store a number with magnitude larger than supported range",
                "{`N`:`-1e126`} | Number overflow. Attempting to store a number with magnitude larger than supported range",
                "{`N`:`1e2147483647`} | Number overflow. Attempting to store a number with magnitude larger than supported range",
                "{`N`:`1e99999999999`} | Number overflow. Attempting to store a number with magnitude larger than supported range",
                "{`N`:`0e126`} | Number overflow. Attempting to store a number with magnitude larger than supported range",
                "{`N`:`0e-131`} | Number underflow. Attempting to store a number with magnitude smaller than supported range",
                "{`N`:`1e-99999999999`} | Number underflow. Attempting to store a number with magnitude smaller than supported range",
                "{`N`:`1e9223372036854775808`} | The parameter cannot be converted to a numeric value: 1e9223372036854775808",
                "{`N`:`-1.5e-99999999999`} | Number underflow. Attempting to store a number with magnitude smaller than supported range",
                "{`N`:`1e`} | The parameter cannot be converted to a numeric value: 1e",
                "{`N`:`1e-131`} | Number underflow. Attempting to store a number with magnitude smaller than supported range"
            })
    void whatIsNoValueIsRefusedInTheServicesWords(String text, String message) {
        ApiException refusal = refusal(text);

        assertThat(refusal.type()).isEqualTo(ErrorType.VALIDATION);
        assertThat(refusal.message()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{`SS`:[`b`,`a`,`b`]} | One or more parameter values were invalid: Input collection [b, a, b] contains duplicates.",
                "{`BS`:[`/w==`,`AA==`,`AA==`]} | One or more parameter values were invalid: Input collection [/w==, AA==, AA==]of type BS contains duplicates.",
                "{`NS`:[`1`,`1.0`]} | Input collection contains duplicates",
                "{`N`:``} | The parameter cannot be converted to a numeric value",
                "{`N`:`abc`} | The parameter cannot be converted to a numeric value: abc",
                "{`N`:`1e126`} | Number overflow. Attempting to store a number with magnitude larger than supported range",
                "{`N`:`1e2147483647`} | Number underflow. Attempting to store a number with magnitude smaller than supported range"
            })
    void someOperationsStillTellItInTheOlderWords(String text, String message) {
        ApiException refusal =
                catchThrowableOfType(ApiException.class, () -> AttributeValues.read(json(text), ValueWording.OLDER));

        assertThat(refusal.message()).isEqualTo(message);
    }

    @Test
    void aValueMayNestAsDeepAsTheServiceAdmitsAndNoDeeper() {
        assertThat(AttributeValues.read(json(nested(31)), ValueWording.CURRENT)).isInstanceOf(AttributeValue.M.class);
        assertThat(refusal(nested(32)).message())
                .isEqualTo("Nesting Levels have exceeded supported limits: "
                        + "Attributes in the item have nested levels beyond supported limit");
        assertThat(refusal(nested(450)).message()).startsWith("Nesting Levels have exceeded supported limits");
    }

    private static String nested(int maps) {
        return "{`M`:{`n`:".repeat(maps) + "{`S`:`leaf`}" + "}}".repeat(maps);
    }

    @Test
    void aMapKeepsTheOrderOfTheRequest() {
        Map<String, AttributeValue> map =
                AttributeValues.readMap(json("{`z`:{`S`:`1`},`a`:{`S`:`2`}}"), ValueWording.CURRENT);

        assertThat(map.keySet()).containsExactly("z", "a");
    }

    @Test
    void textThatUtf8CannotEncodeIsRefused() {
        assertThat(refusal("{`S`:`\\ud800`}").type()).isEqualTo(ErrorType.VALIDATION);
    }

    @Test
    void randomValuesSurviveTheirJson() {
        long seed = System.nanoTime();
        RandomValues values = new RandomValues(new SplittableRandom(seed));
        for (int i = 0; i < 2_000; i++) {
            AttributeValue value = values.value(4);
            assertThat(AttributeValues.read(json(written(value)), ValueWording.CURRENT))
                    .as("seed %d, value %d", seed, i)
                    .isEqualTo(value);
        }
    }

    /** Values of all types. Lengths and texts are small: what matters is which of them meet. */
    private record RandomValues(SplittableRandom random) {
        private static final String[] TEXTS = {"", "a", "ä", "\"\\", "\u0000", "\uD83D\uDE00", "\uFFFD", "line\nbreak"};

        AttributeValue value(int depth) {
            return switch (random.nextInt(depth > 0 ? 10 : 8)) {
                case 0 -> new AttributeValue.S(text());
                case 1 -> new AttributeValue.N(number());
                case 2 -> new AttributeValue.B(bytes());
                case 3 -> new AttributeValue.Bool(random.nextBoolean());
                case 4 -> new AttributeValue.Null();
                case 5 -> {
                    TreeSet<String> texts = new TreeSet<>(Utf8Order.INSTANCE);
                    count().forEach(i -> texts.add(text()));
                    yield new AttributeValue.SS(texts);
                }
                case 6 -> {
                    TreeSet<Decimal> numbers = new TreeSet<>();
                    count().forEach(i -> numbers.add(number()));
                    yield new AttributeValue.NS(numbers);
                }
                case 7 -> {
                    TreeSet<Bytes> binaries = new TreeSet<>();
                    count().forEach(i -> binaries.add(bytes()));
                    yield new AttributeValue.BS(binaries);
                }
                case 8 -> {
                    List<AttributeValue> elements = new ArrayList<>();
                    count().forEach(i -> elements.add(value(depth - 1)));
                    yield new AttributeValue.L(elements);
                }
                default -> {
                    TreeMap<String, AttributeValue> attributes = new TreeMap<>();
                    count().forEach(i -> attributes.put("k" + i + text(), value(depth - 1)));
                    yield AttributeValue.M.of(attributes);
                }
            };
        }

        private List<Integer> count() {
            return random.ints(random.nextInt(1, 5), 0, 100).boxed().toList();
        }

        private String text() {
            return TEXTS[random.nextInt(TEXTS.length)];
        }

        private Bytes bytes() {
            byte[] bytes = new byte[random.nextInt(5)];
            random.nextBytes(bytes);
            return Bytes.wrap(bytes);
        }

        private Decimal number() {
            BigInteger digits =
                    BigInteger.valueOf(random.nextLong()).multiply(BigInteger.valueOf(random.nextInt(1_000)));
            return new Decimal(new BigDecimal(digits, random.nextInt(-90, 120)));
        }
    }
}

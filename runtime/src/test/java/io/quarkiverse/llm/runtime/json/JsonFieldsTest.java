package io.quarkiverse.llm.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.RawJson;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class JsonFieldsTest {

    private static final JsonFields FIELDS = JsonFields.of("""
            {"name": "a \\"b\\" \\u00e9", "count": 3, "ratio": 0.5, "on": true, "nothing": null,
             "list": [ 1 , "x", {"deep": [{"id": 7}]} ], "object": { "z":1,  "a":[ ] }, "big": 12345678901}""");

    @Test
    void takesFieldsByNameAndKind() {
        assertThat(FIELDS.string("name")).contains("a \"b\" é");
        assertThat(FIELDS.integer("count")).contains(3);
        assertThat(FIELDS.longInteger("big")).contains(12345678901L);
        assertThat(FIELDS.number("ratio")).contains(0.5);
        assertThat(FIELDS.decimal("ratio")).contains(new BigDecimal("0.5"));
        assertThat(FIELDS.bool("on")).contains(true);
        assertThat(FIELDS.list("list")).hasSize(3);
        assertThat(FIELDS.object("object").orElseThrow().integer("z")).contains(1);
    }

    @Test
    void nullCountsAsNotThere() {
        assertThat(FIELDS.has("nothing")).isFalse();
        assertThat(FIELDS.string("nothing")).isEmpty();
        assertThat(FIELDS.raw("nothing")).isEmpty();
        assertThat(FIELDS.list("nothing")).isEmpty();
        assertThat(FIELDS.toMap()).containsKey("nothing");
        assertThat(FIELDS.toMap().get("nothing").isNull()).isTrue();
    }

    @Test
    void ofTwoFieldsOfOneNameTheLastCounts() {
        assertThat(JsonFields.of("{\"a\":1,\"a\":2}").integer("a")).contains(2);
    }

    @Test
    void aWrongShapeTellsItsKindAndPlace() {
        assertThatThrownBy(() -> FIELDS.integer("name")).isInstanceOfSatisfying(JsonShapeException.class, wrong -> {
            assertThat(wrong.fault()).isEqualTo(JsonShapeException.Fault.KIND);
            assertThat(wrong.place()).contains("name");
        });
        assertThatThrownBy(() -> FIELDS.list("list").get(2).object().required("x"))
                .isInstanceOfSatisfying(JsonShapeException.class, wrong -> {
                    assertThat(wrong.fault()).isEqualTo(JsonShapeException.Fault.MISSING);
                    assertThat(wrong.place()).contains("list[2].x");
                });
        assertThatThrownBy(() -> FIELDS.integer("ratio")).isInstanceOfSatisfying(JsonShapeException.class,
                wrong -> assertThat(wrong.fault()).isEqualTo(JsonShapeException.Fault.KIND));
        assertThatThrownBy(() -> JsonFields.of("{")).isInstanceOfSatisfying(JsonShapeException.class,
                wrong -> assertThat(wrong.fault()).isEqualTo(JsonShapeException.Fault.NO_JSON));
    }

    @Test
    void rawTextIsAsReceived() {
        assertThat(FIELDS.raw("object")).contains(RawJson.of("{ \"z\":1,  \"a\":[ ] }"));
        assertThat(FIELDS.raw("name").orElseThrow().text()).isEqualTo("\"a \\\"b\\\" \\u00e9\"");
        assertThat(FIELDS.list("list").get(2).object().raw().text()).isEqualTo("{\"deep\": [{\"id\": 7}]}");
        assertThat(JsonValue.of(" 1.50e+3 ").raw().text()).isEqualTo("1.50e+3");
    }

    @Test
    void wholeNumbersMayHaveAnEmptyFraction() {
        assertThat(JsonValue.of("3.0").integer()).isEqualTo(3);
        assertThat(JsonValue.of("1e3").longInteger()).isEqualTo(1000);
        assertThatThrownBy(() -> JsonValue.of("3.5").integer()).hasMessage("The value must be a whole number, not 3.5");
        assertThatThrownBy(() -> JsonValue.of("3000000000").integer()).hasMessage("The value is out of range");
        assertThatThrownBy(() -> JsonValue.of("1e999999999").longInteger()).isInstanceOf(JsonShapeException.class);
        assertThatThrownBy(() -> JsonValue.of("1e99999999999").longInteger()).isInstanceOf(JsonShapeException.class);
    }

    @Test
    void messagesNameThePlace() {
        fails(fields -> fields.integer("name"), "\"name\" must be a number, not a string");
        fails(fields -> fields.string("count"), "\"count\" must be a string, not a number");
        fails(fields -> fields.bool("list"), "\"list\" must be true or false, not a list");
        fails(fields -> fields.list("object"), "\"object\" must be a list, not an object");
        fails(fields -> fields.object("on"), "\"on\" must be an object, not true or false");
        fails(fields -> fields.required("id"), "\"id\" is missing");
        fails(fields -> fields.required("nothing"), "\"nothing\" is missing");
        fails(fields -> fields.list("list").get(2).object().list("deep").get(0).object().string("id"),
                "\"list[2].deep[0].id\" must be a string, not a number");
        fails(fields -> fields.list("list").get(2).object().list("deep").get(0).object().required("x"),
                "\"list[2].deep[0].x\" is missing");
        assertThatThrownBy(() -> JsonFields.of("[]")).hasMessage("The value must be an object, not a list");
    }

    private static void fails(Function<JsonFields, Object> getter, String message) {
        assertThatThrownBy(() -> getter.apply(FIELDS)).isInstanceOf(JsonShapeException.class).hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "{", "{\"a\":1", "{\"a\"}", "[1,]", "[1 2]", "1 2", "nul", "{'a':1}", "\"\\q\"",
            "{\"a\":\"\\q\"}", "01", "\"open", "{}}" })
    void textThatIsNoJsonIsRefused(String text) {
        assertThatThrownBy(() -> JsonValue.of(text)).isInstanceOf(JsonShapeException.class)
                .hasMessageStartingWith("Not JSON: ").hasMessageNotContaining("REDACTED");
    }

    @Test
    void namesAndNumbersMayBeAsLongAsStrings() {
        String name = "n".repeat(60_000);
        String number = "1".repeat(2_000_000);
        JsonFields fields = JsonFields.of("{\"" + name + "\":" + number + "}");

        assertThat(fields.raw(name).orElseThrow().text()).isEqualTo(number);
    }

    /** To make a number of so many digits takes a time that grows with their square. */
    @Test
    void aNumberOfVeryManyDigitsIsOutOfRange() {
        String digits = "1".repeat(2_000_000);
        for (String number : List.of(digits, "-" + digits, "0." + digits, "1." + "0".repeat(2_000_000))) {
            assertThatThrownBy(() -> JsonValue.of(number).decimal()).hasMessage("The value is out of range");
            assertThatThrownBy(() -> JsonValue.of(number).longInteger()).hasMessage("The value is out of range");
        }
        assertThat(JsonValue.of("0." + digits).number()).isEqualTo(1 / 9.0);
    }

    @Test
    void aNumberThatNoDoubleHoldsIsOutOfRange() {
        assertThatThrownBy(() -> JsonFields.of("{\"a\":[1e400]}").list("a").get(0).number())
                .hasMessage("\"a[0]\" is out of range");
        assertThatThrownBy(() -> JsonValue.of("-1e400").number()).isInstanceOf(JsonShapeException.class);
        assertThat(JsonValue.of("1e-400").number()).isZero();
    }

    @Test
    void depthIsLimited() {
        assertThatThrownBy(() -> JsonValue.of("[".repeat(100_000))).isInstanceOf(JsonShapeException.class);
    }

    /** A search to the end of the text for each string would look at some 10^12 characters, which takes minutes. */
    @Test
    @Timeout(10)
    void stringsAreTakenInTheTimeOfTheirOwnLength() {
        int count = 300_000;
        String string = "x".repeat(80);
        List<JsonValue> values = JsonValue.of("[" + ("\"" + string + "\",").repeat(count) + "\"a\\n\"]").list();

        assertThat(values.stream().mapToInt(value -> value.string().length()).sum()).isEqualTo(80 * count + 2);
    }

    @Property(tries = 200)
    void slicesAreExactHoweverLongTheText(@ForAll("manyValues") List<String> values, @ForAll("spaces") String space) {
        StringBuilder text = new StringBuilder(space).append('{');
        for (int i = 0; i < values.size(); i++) {
            text.append(i == 0 ? "" : ",").append(space).append("\"f").append(i).append("\":").append(space)
                    .append(values.get(i)).append(space);
        }
        JsonFields fields = JsonFields.of(text.append('}').append(space).toString());

        List<String> slices = new ArrayList<>();
        fields.toMap().values().forEach(value -> slices.add(value.raw().text()));
        assertThat(slices).isEqualTo(values);
    }

    @Provide
    Arbitrary<List<String>> manyValues() {
        Arbitrary<String> longText = Arbitraries.integers().between(0, 9000)
                .map(length -> "\"" + "é😀x".repeat(length) + "\"");
        return Arbitraries.frequencyOf(
                Tuple.of(20, Arbitraries.of("1", "-1.50e+3", "0.0", "true", "false", "null", "{}", "[ ]", "\"\"",
                        "[1 , 2,{ \"q\":[] }]", "\"a\\u00e9\\n\\\\\"", "{ \"x\" : {\"y\":\"}\"} }")),
                Tuple.of(1, longText)).list().ofMaxSize(40);
    }

    @Provide
    Arbitrary<String> spaces() {
        return Arbitraries.of("", " ", "\n  ", "\t\r\n");
    }
}

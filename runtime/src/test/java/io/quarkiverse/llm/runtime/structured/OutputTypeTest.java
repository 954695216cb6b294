package io.quarkiverse.llm.runtime.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.FinishReason;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmDecodeException;
import io.quarkiverse.llm.LlmIncompleteException;
import io.quarkiverse.llm.LlmRefusalException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OutputFormat;
import io.quarkiverse.llm.OutputType;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.ToolCall;

/** What is made of an answer. */
class OutputTypeTest {

    private static final Types.Money TEN = new Types.Money(new BigDecimal("10.50"), "EUR");
    private static final String TEN_JSON = "{\"amount\": 10.50, \"currency\": \"EUR\"}";

    private static LlmResponse.Builder response(Item... items) {
        return LlmResponse.builder().id("r").model("m").createdAt(Instant.EPOCH).items(List.of(items));
    }

    private static <T> T read(Class<T> type, String text) {
        return OutputType.of(type).read("local", response(Message.assistant(text)).build());
    }

    private static LlmDecodeException mismatch(Class<?> type, String text) {
        return org.assertj.core.api.Assertions.catchThrowableOfType(LlmDecodeException.class, () -> read(type, text));
    }

    @Test
    void anAnswerBecomesAValue() {
        assertThat(read(Types.Money.class, TEN_JSON)).isEqualTo(TEN);
    }

    @Test
    void deepAnswersBecomeDeepValues() {
        assertThat(read(Types.Formula.class, """
                {"name": "f", "expression": {"kind": "sum", "left": {"kind": "constant", "value": 1},
                 "right": {"kind": "sum", "left": {"kind": "constant", "value": 2}, "right": {"kind": "constant", "value": 3}}}}
                """)).isEqualTo(new Types.Formula("f", new Types.Sum(new Types.Constant(1),
                new Types.Sum(new Types.Constant(2), new Types.Constant(3)))));
        assertThat(read(Types.Maps.class, "{\"prices\": {\"a b\": " + TEN_JSON + "}}"))
                .isEqualTo(new Types.Maps(Map.of("a b", TEN)));
        assertThat(read(Types.Enums.class, "{\"size\": \"medium\", \"level\": 2, \"other\": null}"))
                .isEqualTo(new Types.Enums(Types.Size3.MEDIUM, Types.Level.HIGH, Optional.empty()));
    }

    @Test
    void whatTheSchemaAsksOfTimesCanBeRead() {
        Types.Times times = read(Types.Times.class, """
                {"date": "2026-11-21", "local": "2026-11-21T10:15:30", "time": "10:15:30", "offset": "10:15:30+01:00",
                 "instant": "2026-11-21T10:15:30Z", "duration": "PT1H", "month": "2026-11",
                 "id": "3f2b8a54-5d2e-4e58-9a3c-0d6d1c1f9b10", "link": "http://localhost/", "bytes": "AQI=", "letter": "x"}
                """);
        assertThat(times.local()).isEqualTo(LocalDateTime.of(2026, 11, 21, 10, 15, 30));
        assertThat(times.time()).isEqualTo(LocalTime.of(10, 15, 30));
        assertThat(times.bytes()).containsExactly(1, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"text\":null,\"money\":null,\"number\":null,\"boxed\":null,\"list\":null}", "{}" })
    void whatIsOptionalMayBeNullOrMissing(String text) {
        assertThat(read(Types.Optionals.class, text)).isEqualTo(
                new Types.Optionals(Optional.empty(), Optional.empty(), OptionalInt.empty(), null, Optional.empty()));
    }

    @Test
    void aChainEndsWithNull() {
        assertThat(read(Types.Link.class, "{\"name\": \"a\", \"next\": {\"name\": \"b\", \"next\": null}}"))
                .isEqualTo(new Types.Link("a", new Types.Link("b", null)));
    }

    @Test
    void whatIsNoObjectComesOutOfItsWrapper() {
        assertThat(read(String.class, "{\"value\": \"hello\"}")).isEqualTo("hello");
        assertThat(read(int.class, "{\"value\": 3}")).isEqualTo(3);
        assertThat(read(Types.Money[].class, "{\"value\": [" + TEN_JSON + "]}")).containsExactly(TEN);
        assertThat(read(Types.Size3.class, "{\"value\": \"medium\"}")).isEqualTo(Types.Size3.MEDIUM);
    }

    @Test
    void aWrapperThatTheModelLeftOutIsNotMissed() {
        assertThat(read(Types.Money[].class, "[" + TEN_JSON + "]")).containsExactly(TEN);
        assertThat(read(Types.Expression.class, "{\"kind\": \"constant\", \"value\": 1}")).isEqualTo(new Types.Constant(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "```json\n%s\n```",
            "Here you are:\n\n```\n%s\n```\nAnything else?",
            "Sure! %s I hope that helps.",
            "In set notation {x | x > 0}: %s",
            "```java\nclass X {}\n```\n```json\n%s\n```",
            "<think>Perhaps {\"amount\": 9, \"currency\": \"USD\"}? No.</think>\n%s",
            "\n  %s\n" })
    void wordsAndFencesAroundTheAnswerAreIgnored(String form) {
        assertThat(read(Types.Money.class, form.replace("%s", TEN_JSON))).isEqualTo(TEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "An example would be {\"amount\": 1, \"currency\": \"USD\"}. The answer: %s",
            "```json\n{\"amount\": 1, \"currency\": \"USD\"}\n```\nNo, this:\n```json\n%s\n```",
            "```json\n{\"amount\": 1, \"currency\": \"USD\"}\n```\nNo, this: %s",
            "{\"amount\": 1, \"currency\": \"USD\"}{\"amount\": 2, \"currency\": \"USD\"}\n%s",
            "%s is what you asked for, and {\"amount\": \"?\", \"currency\": \"USD\"} is not known.",
            "%s in the form {\"amount\", \"currency\"}",
            "%s\n```json\n[1]\n```" })
    void theLastThatFitsIsTheAnswer(String form) {
        assertThat(read(Types.Money.class, form.replace("%s", TEN_JSON))).isEqualTo(TEN);
    }

    @Test
    void whatStandsWithinAnAnswerIsNoOther() {
        String text = "{\"text\": \"```json\\n{}\\n```\", \"money\": " + TEN_JSON + "}";
        Types.Optionals whole = read(Types.Optionals.class, text);
        assertThat(whole.money()).contains(TEN);
        assertThat(read(Types.Optionals.class, "Here: " + text + " That is all.")).isEqualTo(whole);
        assertThat(read(Types.Optionals.class, "```json\n" + text + "\n```\nThat is all.")).isEqualTo(whole);
    }

    @Test
    void whereNothingFitsTheLastIsToldOf() {
        assertThat(mismatch(Types.Money.class, "Not {\"currency\": \"EUR\"} but {\"amount\": 1}."))
                .hasMessageEndingWith("$.currency is missing");
    }

    @Test
    void aModelThatRepeatsItselfIsNotSearchedWithoutEnd() {
        assertThat(read(Types.Money.class, TEN_JSON + "\n{}".repeat(99))).isEqualTo(TEN);
        assertThat(mismatch(Types.Money.class, TEN_JSON + "\n{}".repeat(100))).hasMessageEndingWith("$.amount is missing");
    }

    @Test
    void propertiesThatNobodyAskedForAreIgnored() {
        assertThat(read(Types.Money.class, "{\"amount\": 10.50, \"currency\": \"EUR\", \"note\": \"!\"}")).isEqualTo(TEN);
    }

    @Test
    void theLastMessageHasTheAnswer() {
        LlmResponse response = response(Message.assistant("Let me see."), Message.assistant(TEN_JSON)).build();
        assertThat(OutputType.of(Types.Money.class).read("local", response)).isEqualTo(TEN);
    }

    @Test
    void aMissingPropertyIsNamedByItsPath() {
        LlmDecodeException failure = mismatch(Types.Invoice.class, "{\"number\": \"1\", \"total\": " + TEN_JSON
                + ", \"items\": [{\"name\": \"a\", \"price\": " + TEN_JSON + "}, {\"name\": \"b\"}]}");
        assertThat(failure).hasMessage("Provider 'local': the answer is no Invoice: $.items[1].price is missing");
        assertThat(failure.path()).contains("$.items[1].price");
        assertThat(failure.raw()).startsWith("{\"number\"");
        assertThat(failure.partial()).isPresent();
        assertThat(failure.provider()).contains("local");
        assertThat(failure.isRetryable()).isFalse();
    }

    @Test
    void missingNumbersAreNotTakenForZero() {
        assertThat(mismatch(Types.Constant.class, "{\"kind\": \"constant\"}").path()).contains("$.value");
        assertThat(mismatch(Types.Formula.class,
                "{\"name\": \"f\", \"expression\": {\"kind\": \"sum\", \"left\": {\"kind\": \"constant\", \"value\": 1}}}")
                .path()).contains("$.expression.right");
        assertThat(mismatch(Types.Maps.class, "{\"prices\": {\"a b\": {\"amount\": 1}}}").path())
                .contains("$.prices['a b'].currency");
    }

    @Test
    void nullIsNotWhatWasAskedFor() {
        assertThat(mismatch(Types.Money.class, "{\"amount\": null, \"currency\": \"EUR\"}"))
                .hasMessageEndingWith("$.amount is null");
        assertThat(mismatch(String.class, "{\"value\": null}").path()).contains("$.value");
    }

    @Test
    void aValueOfAnotherKindIsNamedByItsPath() {
        LlmDecodeException failure = mismatch(Types.Money[].class,
                "{\"value\": [" + TEN_JSON + ", {\"amount\": \"much\", \"currency\": \"EUR\"}]}");
        assertThat(failure.path()).contains("$.value[1].amount");
        assertThat(failure).hasMessageEndingWith("the answer is no Money[]: $.value[1].amount is a string and no number");
    }

    @Test
    void whatJacksonDoesNotTakeIsItsCause() {
        LlmDecodeException failure = mismatch(Types.Scalars.class, scalars(Map.of("date", "\"tomorrow\"")));
        assertThat(failure.path()).contains("$.date");
        assertThat(failure).hasMessageContaining("the answer is no Scalars: $.date does not fit: ")
                .hasCauseInstanceOf(com.fasterxml.jackson.databind.JsonMappingException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            number   | ""         | is a string and no integer
            number   | "3"        | is a string and no integer
            number   | true       | is a boolean and no integer
            number   | 5.9        | is a number and no integer
            fraction | ""         | is a string and no number
            fraction | "NaN"      | is a string and no number
            sum      | "1.5"      | is a string and no number
            yes      | ""         | is a string and no boolean
            yes      | "true"     | is a string and no boolean
            yes      | 1          | is an integer and no boolean
            text     | 12         | is an integer and no string
            text     | 1.5        | is a number and no string
            text     | false      | is a boolean and no string
            size     | 1          | is an integer and no string
            size     | ""         | does not fit: Cannot coerce empty String
            level    | "2"        | is a string and no integer
            date     | ""         | does not fit: Cannot coerce empty String
            date     | "  "       | does not fit: Cannot coerce empty String
            date     | 20778      | is an integer and no string
            time     | ""         | does not fit: Cannot coerce empty String
            month    | ""         | does not fit: Cannot coerce empty String
            id       | ""         | does not fit: Cannot coerce empty String
            letter   | ""         | does not fit: Cannot coerce empty String
            letter   | 65         | is an integer and no string
            perhaps  | ""         | is a string and no integer
            later    | ""         | does not fit: Cannot coerce empty String
            """)
    void aValueOfOneKindIsNotMadeUpFromAnother(String property, String value, String what) {
        assertThat(mismatch(Types.Scalars.class, scalars(Map.of(property, value)))).isNotNull()
                .hasMessageContaining(": $." + property + " " + what)
                .satisfies(failure -> assertThat(failure.path()).contains("$." + property));
    }

    @Test
    void valuesAreNotMadeUpInPartsEither() {
        assertThat(mismatch(Types.Collections.class,
                "{\"list\": [], \"set\": [], \"array\": [1, \"\"], \"perhaps\": null}").path()).contains("$.array[1]");
        assertThat(mismatch(int.class, "{\"value\": \"\"}").path()).contains("$.value");
        assertThat(mismatch(boolean.class, "0").path()).contains("$");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            number   | 5.0
            number   | 3e2
            fraction | 4
            sum      | 4
            text     | ""
            letter   | " "
            link     | ""
            perhaps  | null
            perhaps  | 7
            later    | null
            """)
    void whatTheSchemaAllowsIsBound(String property, String value) {
        assertThat(read(Types.Scalars.class, scalars(Map.of(property, value)))).isNotNull();
    }

    /** An answer of which all fits but the given properties. */
    private static String scalars(Map<String, String> others) {
        Map<String, String> all = new HashMap<>(Map.of("number", "1", "fraction", "0.5", "sum", "0.5", "yes", "true",
                "text", "\"t\"", "size", "\"medium\"", "level", "2"));
        all.putAll(Map.of("date", "\"2026-11-21\"", "time", "\"10:15:30\"", "month", "\"2026-11\"",
                "id", "\"3f2b8a54-5d2e-4e58-9a3c-0d6d1c1f9b10\"", "letter", "\"x\"", "link", "\"http://localhost/\"",
                "perhaps", "1", "later", "\"2026-11-21\""));
        all.putAll(others);
        return all.entrySet().stream().map(part -> "\"" + part.getKey() + "\": " + part.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    @Test
    void anUnknownConstantDoesNotFit() {
        assertThat(mismatch(Types.Enums.class, "{\"size\": \"HUGE\", \"level\": 2, \"other\": null}").path())
                .contains("$.size");
    }

    @Test
    void textIsNotAnAnswer() {
        LlmDecodeException failure = mismatch(Types.Money.class, "I do not know {yet}.");
        assertThat(failure).hasMessageStartingWith("Provider 'local': the answer is no Money: it is no JSON: ");
        assertThat(failure.raw()).isEqualTo("I do not know {yet}.");
        assertThat(failure.path()).isEmpty();
    }

    @Test
    void noTextIsNotAnAnswer() {
        LlmResponse nothing = response().build();
        assertThatExceptionOfType(LlmDecodeException.class)
                .isThrownBy(() -> OutputType.of(Types.Money.class).read("local", nothing))
                .withMessageEndingWith("there is no text");
    }

    @Test
    void aRefusalIsAFailureWithTheWords() {
        LlmResponse refused = response(Message.of(Role.ASSISTANT, List.of(new Content.Refusal("I must not.")))).build();
        assertThatExceptionOfType(LlmRefusalException.class)
                .isThrownBy(() -> OutputType.of(Types.Money.class).read("default", refused))
                .satisfies(failure -> assertThat(failure.refusal()).isEqualTo("I must not."))
                .satisfies(failure -> assertThat(failure.partial()).contains(refused))
                .satisfies(failure -> assertThat(failure.isRetryable()).isFalse())
                .withMessageContaining("the model refused to answer: I must not.");
    }

    @Test
    void anAnswerThatWasCutIsAFailureEvenWhenItIsJson() {
        LlmResponse cut = response(Message.assistant(TEN_JSON)).status(ResponseStatus.INCOMPLETE)
                .finishReason(FinishReason.LENGTH).incompleteReason("max_output_tokens").build();
        assertThatExceptionOfType(LlmIncompleteException.class)
                .isThrownBy(() -> OutputType.of(Types.Money.class).read("local", cut))
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo("max_output_tokens"))
                .satisfies(failure -> assertThat(failure.partial()).contains(cut))
                .satisfies(failure -> assertThat(failure.isRetryable()).isFalse());
    }

    @Test
    void aResponseThatStillRunsIsIncomplete() {
        LlmResponse queued = response().status(ResponseStatus.QUEUED).build();
        assertThatExceptionOfType(LlmIncompleteException.class)
                .isThrownBy(() -> OutputType.of(Types.Money.class).read("local", queued))
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo("queued"));
    }

    @Test
    void toolCallsInPlaceOfAnAnswerSayWhatToDo() {
        LlmResponse calls = response(ToolCall.function("call_1", "get_weather", "{}")).finishReason(FinishReason.TOOL_CALLS)
                .build();
        assertThatExceptionOfType(LlmIncompleteException.class)
                .isThrownBy(() -> OutputType.of(Types.Money.class).read("local", calls))
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(LlmIncompleteException.TOOL_CALLS))
                .satisfies(failure -> assertThat(failure.partial()).contains(calls))
                .withMessageContaining("called tools (get_weather): execute the calls of partial()");
    }

    @Test
    void theRequestGetsTheFormat() {
        OutputType<Types.Money> type = OutputType.of(Types.Money.class);
        LlmRequest request = LlmRequest.builder().user("How much?").temperature(0.5).build();

        assertThat(type.applyTo(request)).isEqualTo(request.toBuilder().outputFormat(type.format()).build());
        assertThat(type.format().name()).isEqualTo("Money");
        assertThat(type.format().strict()).contains(true);
        assertThat(OutputType.of(Types.Maps.class).format().strict()).contains(false);
    }

    @Test
    void aRequestWithAFormatOfItsOwnIsRefused() {
        LlmRequest request = LlmRequest.builder().user("How much?").outputFormat(OutputFormat.JSON).build();
        assertThatIllegalArgumentException().isThrownBy(() -> OutputType.of(Types.Money.class).applyTo(request))
                .withMessageContaining("leave outputFormat() out");
    }
}

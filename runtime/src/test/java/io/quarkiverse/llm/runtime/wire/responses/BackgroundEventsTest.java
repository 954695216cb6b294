package io.quarkiverse.llm.runtime.wire.responses;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ResponseStarted;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.runtime.wire.EventEncoder;
import io.quarkiverse.llm.scripted.grammar.ResponsesGrammar;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Answers that are made while nobody waits, are stopped, and are told again. */
class BackgroundEventsTest {

    private static final ResponseStarted STARTED = new ResponseStarted("resp_ours", "ours", Instant.ofEpochSecond(1_000));
    private static final List<Item> ITEMS = List.of(
            new Reasoning(Optional.of("rs_0"), Optional.empty(), List.of(), List.of("Hm", "Aha"), Optional.empty()),
            Message.assistant("Hello Ada").withId("msg_1").withStatus(ItemStatus.COMPLETED),
            ToolCall.builder("call_2", "weather").id("fc_2").status(ItemStatus.COMPLETED).arguments("{\"city\":\"Oslo\"}")
                    .build());
    private static final List<LlmEvent> STREAM = CanonicalStream.of(CanonicalStream.response(ITEMS), new Random(1));

    private final List<JsonObject> events = new ArrayList<>();

    private void take(String type, byte[] json, int offset, int length) {
        events.add(new JsonObject(new String(json, offset, length, StandardCharsets.UTF_8)));
    }

    private EventEncoder encoder(ReasoningDialect dialect) {
        return new ResponsesServerCodec(dialect).encoder(
                ResponsesRequestDecoderTest.decode("{\"model\":\"gpt-5\",\"input\":\"Hi\",\"background\":true}"), this::take);
    }

    private JsonObject last() {
        return events.get(events.size() - 1);
    }

    private void assertLegal() {
        assertThat(ResponsesGrammar.violationsOfCarefulServer(events)).isEmpty();
    }

    @Test
    void anAnswerThatWaitsIsQueuedAndThenInProgress() {
        EventEncoder encoder = encoder(ReasoningDialect.SUMMARY);
        encoder.queue(STARTED);
        assertThat(events).extracting(event -> event.getJsonObject("response").getString("status"))
                .containsExactly("queued", "queued");
        assertThat(encoder.keepAlive()).isFalse();

        STREAM.forEach(encoder);

        assertThat(Encoding.types(events)).startsWith("created", "queued", "in_progress", "output_item.added");
        assertThat(last().getJsonObject("response").getString("id")).isEqualTo("resp_ours");
        assertLegal();
    }

    @Test
    void aFailureOfAnAnswerThatStillWaitsIsAWholeStream() {
        EventEncoder encoder = encoder(ReasoningDialect.SUMMARY);
        encoder.queue(STARTED);
        encoder.fail(new LlmException("Gone", LlmErrorDetails.builder().build(), null));

        assertThat(Encoding.types(events)).containsExactly("created", "queued", "in_progress", "error", "failed");
        assertLegal();
    }

    @ParameterizedTest
    @EnumSource(ReasoningDialect.class)
    void anAnswerThatIsStoppedAnywhereEndsWithWhatWasTold(ReasoningDialect dialect) {
        for (int told = 0; told < STREAM.size(); told++) {
            events.clear();
            EventEncoder encoder = encoder(dialect);
            encoder.queue(STARTED);
            STREAM.subList(0, told).forEach(encoder);
            encoder.cancel();
            int count = events.size();
            STREAM.subList(told, STREAM.size()).forEach(encoder);

            assertThat(events).hasSize(count);
            assertThat(last().getString("type")).isEqualTo("response.incomplete");
            assertThat(last().getJsonObject("response").getString("status")).isEqualTo("cancelled");
            assertLegal();
        }
    }

    @Test
    void theItemThatWasOpenHasWhatCameOfIt() {
        EventEncoder encoder = encoder(ReasoningDialect.SUMMARY);
        encoder.accept(STARTED);
        encoder.accept(new LlmEvent.ItemStarted("msg_0", 0, Message.assistant("").withId("msg_0")));
        encoder.accept(new LlmEvent.TextDelta("msg_0", 0, 0, "Hel", Optional.empty()));
        encoder.accept(new LlmEvent.TextDelta("msg_0", 0, 0, "lo", Optional.empty()));
        encoder.cancel();

        JsonObject message = last().getJsonObject("response").getJsonArray("output").getJsonObject(0);
        assertThat(message.getString("status")).isEqualTo("incomplete");
        assertThat(message.getJsonArray("content").getJsonObject(0).getString("text")).isEqualTo("Hello");
    }

    @ParameterizedTest
    @EnumSource(ReasoningDialect.class)
    void aResponseIsToldAgainWordForWordWhateverBecameOfIt(ReasoningDialect dialect) {
        for (int end = 0; end < 3; end++) {
            events.clear();
            EventEncoder encoder = encoder(dialect);
            int told = end == 0 ? STREAM.size() : STREAM.size() / 2;
            STREAM.subList(0, told).forEach(encoder);
            if (end == 1) {
                encoder.cancel();
            } else if (end == 2) {
                encoder.fail(new LlmException("Gone", LlmErrorDetails.builder().build(), null));
            }
            JsonObject before = last();
            events.clear();

            new ResponsesServerCodec(dialect).retell(RawJson.of(before.getJsonObject("response")), this::take);

            assertThat(last().getString("type")).isEqualTo(before.getString("type"));
            assertThat(last().getJsonObject("response")).isEqualTo(before.getJsonObject("response"));
            assertThat(events.get(0).getJsonObject("response").getJsonArray("output")).isEqualTo(new JsonArray());
            assertLegal();
        }
    }

    @Test
    void oneWithoutOutputIsToldAgainToo() {
        LlmResponse empty = CanonicalStream.response(List.of());
        byte[] json = new ResponsesServerCodec(ReasoningDialect.SUMMARY)
                .encode(ResponsesRequestDecoderTest.decode("{\"input\":\"Hi\"}"), empty);

        new ResponsesServerCodec(ReasoningDialect.SUMMARY)
                .retell(RawJson.verbatim(new String(json, StandardCharsets.UTF_8)), this::take);

        assertThat(Encoding.types(events)).containsExactly("created", "in_progress", "completed");
        assertLegal();
    }
}

package io.quarkiverse.llm.runtime.wire.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.FinishReason;
import io.quarkiverse.llm.LlmDecodeException;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmRateLimitException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.LlmTruncatedStreamException;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Repair;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.runtime.wire.ResponseDecoder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What comes of a response in one JSON document. */
class WholeResponseTest {

    @Test
    void the_phase_of_a_message_is_kept() {
        LlmResponse response = Decoding.ofBody("{\"object\":\"response\",\"id\":\"resp_1\",\"model\":\"m\",\"created_at\":1,"
                + "\"status\":\"completed\",\"output\":[{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","
                + "\"phase\":\"commentary\",\"content\":[{\"type\":\"output_text\",\"text\":\"Hi\"}]}]}");

        assertThat(((Message) response.output().get(0)).phase()).contains("commentary");
        assertThat(response.repairs()).isEmpty();
    }

    private static String unfinished(String status) {
        return "{\"object\":\"response\",\"id\":\"resp_1\",\"model\":\"m\",\"created_at\":1,\"status\":\"" + status
                + "\",\"output\":[]}";
    }

    @Test
    void a_whole_response_that_was_cancelled_is_a_response_of_that_status() {
        LlmResponse response = Decoding.ofBody(unfinished("cancelled"));

        assertThat(response.status()).isEqualTo(ResponseStatus.CANCELLED);
        assertThat(response.output()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "queued", "in_progress" })
    void a_response_that_is_not_over_is_a_response_in_the_background_and_where_it_is_looked_up(String status) {
        LlmRequest hi = LlmRequest.of("Hi");
        ResponsesCodec codec = new ResponsesCodec(Decoding.settings().build());

        for (Function<Consumer<LlmEvent>, ResponseDecoder> decoder : List
                .<Function<Consumer<LlmEvent>, ResponseDecoder>> of(events -> codec.storedResponseDecoder(hi, events),
                        events -> codec.decoder(hi.toBuilder().background(true).build(), events),
                        events -> codec.decoder(hi.toBuilder().extraBody("background", RawJson.of("true")).build(), events))) {
            List<LlmEvent> events = new ArrayList<>();
            byte[] body = unfinished(status).getBytes(StandardCharsets.UTF_8);
            decoder.apply(events::add).body(body, 0, body.length);

            LlmResponse response = ((LlmEvent.ResponseCompleted) events.get(events.size() - 1)).response();
            assertThat(response.status().wireName()).isEqualTo(status);
            assertThat(response.output()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "queued", "in_progress" })
    void a_response_that_is_not_over_is_cut_where_nothing_runs_in_the_background(String status) {
        assertThatThrownBy(() -> Decoding.ofBody(unfinished(status))).isInstanceOf(LlmTruncatedStreamException.class)
                .hasMessage("Provider 'test' stopped before its answer began: a response of the status " + status
                        + " that does not run in the background came before response.completed");
        assertThatThrownBy(() -> Decoding.strict().body(unfinished(status))).isInstanceOf(LlmTruncatedStreamException.class);
    }

    @Test
    void a_whole_response_has_all_that_belongs_to_it() {
        LlmResponse response = Decoding.ofBody("{\"object\":\"response\",\"id\":\"resp_2\",\"model\":\"m\",\"created_at\":1,"
                + "\"status\":\"incomplete\",\"incomplete_details\":{\"reason\":\"max_output_tokens\"},\"output\":[],"
                + "\"previous_response_id\":\"resp_1\",\"conversation\":{\"id\":\"conv_1\"},\"metadata\":{\"a\":\"b\"},"
                + "\"service_tier\":\"flex\"}");

        assertThat(response.status()).isEqualTo(ResponseStatus.INCOMPLETE);
        assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(response.previousResponseId()).contains("resp_1");
        assertThat(response.conversation()).contains("conv_1");
        assertThat(response.metadata()).containsEntry("a", "b");
        assertThat(response.serviceTier()).contains("flex");
    }

    @Test
    void a_whole_response_that_failed_is_a_failure_and_a_response_when_it_is_looked_up() {
        String body = "{\"object\":\"response\",\"id\":\"resp_1\",\"model\":\"m\",\"created_at\":1,\"status\":\"failed\","
                + "\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"Slow down\"},\"output\":[]}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        List<LlmEvent> events = new ArrayList<>();

        assertThatThrownBy(() -> Decoding.ofBody(body)).isInstanceOf(LlmRateLimitException.class)
                .hasMessageContaining("Slow down");
        new ResponsesCodec(Decoding.settings().build()).storedResponseDecoder(LlmRequest.of("Hi"), events::add).body(bytes, 0,
                bytes.length);

        assertThat(((LlmEvent.ResponseCompleted) events.get(events.size() - 1)).response()).satisfies(response -> {
            assertThat(response.status()).isEqualTo(ResponseStatus.FAILED);
            assertThat(response.error().orElseThrow().code()).isEqualTo("rate_limit_exceeded");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"object\":\"chat.completion\",\"choices\":[]}", "[]", "Hello", "{\"object\":\"list\"}" })
    void a_whole_answer_that_is_none_of_the_responses_api_is_a_decode_failure(String body) {
        assertThatThrownBy(() -> Decoding.ofBody(body)).isInstanceOf(LlmDecodeException.class);
    }

    @Test
    void the_fields_that_a_whole_response_lacks_are_made_up() {
        LlmResponse response = Decoding.ofBody(new JsonObject().put("output", new JsonArray()
                .add(new JsonObject().put("type", "function_call").put("name", "f").put("arguments", "{}"))).encode());

        assertThat(response.model()).isEqualTo("configured-model");
        assertThat(response.toolCalls()).singleElement().satisfies(call -> assertThat(call.callId()).startsWith("call_"));
        assertThat(response.repairs()).containsOnlyKeys(Repair.MISSING_RESPONSE_ID, Repair.MISSING_MODEL,
                Repair.MISSING_CREATED_AT, Repair.MISSING_ITEM_ID, Repair.MISSING_CALL_ID);
    }
}

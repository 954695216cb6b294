package io.quarkiverse.llm.runtime.wire.responses;

import static io.quarkiverse.llm.runtime.wire.responses.FirstTurn.ANSWER;
import static io.quarkiverse.llm.runtime.wire.responses.FirstTurn.CALL;
import static io.quarkiverse.llm.runtime.wire.responses.FirstTurn.HIDDEN;
import static io.quarkiverse.llm.runtime.wire.responses.FirstTurn.codec;
import static io.quarkiverse.llm.runtime.wire.responses.FirstTurn.first;
import static io.quarkiverse.llm.runtime.wire.responses.FirstTurn.input;
import static io.quarkiverse.llm.runtime.wire.responses.FirstTurn.json;
import static io.quarkiverse.llm.runtime.wire.responses.FirstTurn.response;
import static io.quarkiverse.llm.runtime.wire.responses.FirstTurn.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.LlmBadRequestException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.LlmUnsupportedException;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.quarkiverse.llm.runtime.config.preset.Quirk;
import io.quarkiverse.llm.runtime.config.preset.ReasoningReplay;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What of a conversation goes over a connection that knows its beginning; unless said otherwise the server is OpenAI. */
class TurnTest {

    private final ResponsesCodec codec = codec(Bodies.settings(Preset.OPENAI));

    @Test
    void theFirstTurnIsTheBodyInAFlatFrameWithoutTheWordsOfHttp() {
        LlmRequest request = first().include("x").metadata("a", "b").temperature(0.5).build();

        JsonObject frame = json(codec.turn(request).whole());

        assertThat(frame.remove("type")).isEqualTo("response.create");
        assertThat(frame).isEqualTo(new JsonObject(new String(codec.encode(request, false), StandardCharsets.UTF_8)));
        assertThat(new String(codec.turn(request).whole(), StandardCharsets.UTF_8))
                .startsWith("{\"type\":\"response.create\",\"model\":\"m\",");
    }

    @Test
    void aRequestThatSaysNothingIsAFrameToo() {
        LlmRequest request = LlmRequest.of("Hi");

        assertThat(new String(codec(Bodies.settings(Preset.OPENAI).model(Optional.empty())).turn(request).whole(),
                StandardCharsets.UTF_8)).isEqualTo("{\"type\":\"response.create\",\"input\":["
                        + "{\"type\":\"message\",\"role\":\"user\",\"content\":\"Hi\"}]}");
    }

    @Test
    void theNextTurnBringsOnlyWhatIsNew() {
        LlmRequest request = first().build();
        LlmResponse response = response(HIDDEN, CALL).build();
        ConversationState state = state(codec, request, response);
        Turn turn = codec.turn(request.toBuilder().append(response).toolOutput("call_1", "4").build());

        assertThat(state.known(turn)).isEqualTo(3);
        JsonObject frame = json(turn.continuing(state));
        JsonObject whole = json(turn.whole());
        assertThat(frame.remove("previous_response_id")).isEqualTo("resp_1");
        assertThat(frame.remove("input")).isEqualTo(
                new JsonArray("[{\"type\":\"function_call_output\",\"call_id\":\"call_1\",\"output\":\"4\"}]"));
        assertThat(whole.remove("input")).isInstanceOf(JsonArray.class);
        assertThat(frame).isEqualTo(whole);
    }

    @Test
    void itGoesOnLikeThatFromTurnToTurn() {
        LlmRequest request = first().build();
        LlmResponse response = response(CALL).build();
        ConversationState state = state(codec, request, response);
        for (int i = 2; i < 6; i++) {
            request = request.toBuilder().append(response).toolOutput("call_" + (i - 1), "4").build();
            Turn turn = codec.turn(request);

            assertThat(state.known(turn)).isEqualTo(2 * i - 2);
            assertThat(input(turn.continuing(state))).hasSize(1);
            response = response(ToolCall.function("call_" + i, "f", "{}")).id("resp_" + i).build();
            state = turn.answered(response).orElseThrow();
            assertThat(state.responseId()).isEqualTo("resp_" + i);
        }
    }

    @Test
    void whatTheServerForgotIsSentWhole() {
        LlmRequest request = first().build();
        LlmResponse response = response(CALL).build();
        ConversationState state = state(codec, request, response);
        Turn turn = codec.turn(request.toBuilder().append(response).toolOutput("call_1", "4").build());
        turn.continuing(state);

        assertThat(input(turn.whole())).hasSize(3);
        assertThat(json(turn.whole()).containsKey("previous_response_id")).isFalse();
        LlmResponse answer = response(ANSWER).id("resp_2").build();
        LlmRequest next = first().items(List.of(CALL)).toolOutput("call_1", "4").append(answer).user("Sure?").build();
        assertThat(turn.answered(answer).orElseThrow().known(codec.turn(next))).isEqualTo(4);
    }

    /** The encoder asks for the encrypted reasoning as soon as some came hidden: that changes nothing of the conversation. */
    @Test
    void whatIsIncludedBecauseOfTheHistoryDoesNotCount() {
        LlmRequest request = first().build();
        LlmResponse response = response(HIDDEN, CALL).build();
        ConversationState state = state(codec, request, response);
        Turn turn = codec.turn(request.toBuilder().append(response).toolOutput("call_1", "4").build());

        assertThat(json(codec.turn(request).whole()).containsKey("include")).isFalse();
        assertThat(json(turn.continuing(state)).getJsonArray("include")).containsExactly("reasoning.encrypted_content");
    }

    @ParameterizedTest
    @ValueSource(strings = { "input", "previous_response_id", "conversation", "prompt" })
    void whoSaysHimselfWhatTheConversationIsGoesOnHimself(String field) {
        RawJson value = RawJson.of(field.equals("input") ? "[\"x\"]" : "\"x\"");

        assertThat(codec.turn(first().extraBody(field, value).build()).answered(response(CALL).build())).isEmpty();
        JsonObject frame = json(codec.turn(first().extraBody(field, value).build()).whole());
        assertThat(frame.getValue(field)).isEqualTo(new JsonObject("{\"x\":" + value + "}").getValue("x"));
        ConversationState state = state(codec, first().build(), response(CALL).build());
        assertThat(state.known(codec.turn(first().item(CALL).toolOutput("call_1", "4").extraBody(field, value).build())))
                .isZero();
    }

    @Test
    void aRequestThatContinuesSomethingItselfIsSentAsItIs() {
        LlmRequest request = first().previousResponseId("resp_0").build();

        assertThat(json(codec.turn(request).whole()).getString("previous_response_id")).isEqualTo("resp_0");
        assertThat(codec.turn(request).answered(response(CALL).build())).isEmpty();
        assertThat(codec.turn(first().conversation("conv_1").build()).answered(response(CALL).build())).isEmpty();
    }

    @Test
    void reasoningThatASecondServerSaidGoesBackInTheNewItems() {
        ResponsesCodec other = codec(
                Bodies.settings(Preset.OPENAI).quirk(Quirk.REASONING_REPLAY, ReasoningReplay.AS_RECEIVED));
        LlmResponse response = response(ANSWER).build();
        ConversationState state = state(other, first().build(), response);
        Turn turn = other.turn(first().append(response).item(Reasoning.of("hm")).assistant("x").user("y").build());

        assertThat(input(turn.continuing(state)).getJsonObject(0).getString("id")).isEqualTo("rs_2");
    }

    @Test
    void theStateOfAnotherConversationIsNotContinued() {
        ConversationState state = state(codec, first().user("else").build(), response(CALL).build());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec.turn(first().item(CALL).toolOutput("call_1", "4").build()).continuing(state));
    }

    @Test
    void aBackgroundResponseIsNoMatterForAConnection() {
        LlmRequest request = first().background(true).store(true).build();

        assertThat(codec.unsupported(request)).isEmpty();
        assertThat(codec.unsupportedOverWebSocket(request)).contains("background responses over WebSocket");
        assertThatExceptionOfType(LlmUnsupportedException.class).isThrownBy(() -> codec.turn(request))
                .withMessage("Provider 'test' speaks the Responses API, which does not support background responses over "
                        + "WebSocket");
        assertThat(codec.unsupportedOverWebSocket(first().extraBody("background", RawJson.of("true")).build())).isPresent();
        assertThat(codec.unsupportedOverWebSocket(first().background(false).build())).isEmpty();
    }

    @Test
    void theWordsOfHttpDoNotComeFromTheExtraBodyEither() {
        LlmRequest request = first().background(false).extraBody("background", RawJson.of("false"))
                .extraBody("stream_options", RawJson.of("{\"include_obfuscation\":false}"))
                .extraBody("type", RawJson.of("\"x\"")).extraBody("y", RawJson.of("1")).build();

        JsonObject frame = json(codec.turn(request).whole());
        assertThat(frame.fieldNames()).contains("y").doesNotContain("background", "stream", "stream_options");
        assertThat(frame.getString("type")).isEqualTo("response.create");
        assertThatExceptionOfType(LlmBadRequestException.class)
                .isThrownBy(() -> codec.turn(first().extraBody("stream", RawJson.of("true")).build()))
                .withMessageContaining("must not set stream");
    }

    @Test
    void whatTheApiCannotCarryIsRefusedAtOnce() {
        assertThatExceptionOfType(LlmUnsupportedException.class).isThrownBy(() -> codec.turn(first().seed(1L).build()));
    }
}

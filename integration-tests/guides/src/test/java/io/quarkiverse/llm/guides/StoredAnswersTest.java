package io.quarkiverse.llm.guides;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.quarkiverse.llm.test.ScriptedLlmTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The code of the guide about stored responses. */
@QuarkusTest
@WithTestResource(value = ScriptedLlmTestResource.class, initArgs = @ResourceArg(name = "name", value = "hosted"))
class StoredAnswersTest {

    private static final Duration AT_MOST = Duration.ofSeconds(20);

    ScriptedServer hosted;

    @Inject
    StoredAnswers answers;

    @BeforeEach
    void reset() {
        hosted.reset();
    }

    private static JsonObject response(String status, String text) {
        JsonObject part = new JsonObject().put("type", "output_text").put("text", text).put("annotations", new JsonArray());
        JsonObject message = new JsonObject().put("type", "message").put("id", "msg_1").put("role", "assistant")
                .put("status", "completed").put("content", new JsonArray().add(part));
        return new JsonObject().put("id", "resp_1").put("object", "response").put("created_at", 1_700_000_000)
                .put("model", "m").put("status", status)
                .put("output", text.isEmpty() ? new JsonArray() : new JsonArray().add(message));
    }

    private static Answer answer(String status, String text) {
        return Answer.json(response(status, text));
    }

    private static String event(int number, JsonObject event) {
        return "event: " + event.getString("type") + "\ndata: " + event.put("sequence_number", number).encode() + "\n\n";
    }

    private static String delta(int number, String delta) {
        return event(number, new JsonObject().put("type", "response.output_text.delta").put("item_id", "msg_1")
                .put("output_index", 0).put("content_index", 0).put("delta", delta));
    }

    private static String created() {
        return event(0, new JsonObject().put("type", "response.created").put("response", response("in_progress", "")));
    }

    private static String completed(int number, String text) {
        return event(number,
                new JsonObject().put("type", "response.completed").put("response", response("completed", text)));
    }

    @Test
    void aResponseIsContinued() {
        hosted.enqueue(answer("completed", "Blue."), answer("completed", "Scattering."));

        LlmResponse first = answers.ask("Which colour has the sky?");
        assertThat(answers.askOn(first, "Why?").text()).isEqualTo("Scattering.");

        assertThat(hosted.takeRequest().path()).isEqualTo("/v1/responses");
        assertThat(hosted.takeRequest().json().getString("previous_response_id")).isEqualTo("resp_1");
    }

    @Test
    void theHistoryIsSentWhenTheResponseIsGone() {
        hosted.enqueue(Answer.error(400, new JsonObject().put("error", new JsonObject().put("message", "not found")
                .put("type", "invalid_request_error").put("code", "previous_response_not_found"))),
                answer("completed", "Scattering."));
        LlmResponse before = LlmResponse.builder().id("resp_0").model("m").createdAt(Instant.EPOCH).build();

        assertThat(answers.askOn(before, List.of(Message.user("Hi"), Message.assistant("Hello")), "Why?").text())
                .isEqualTo("Scattering.");

        hosted.takeRequest();
        assertThat(hosted.takeRequest().json().getJsonArray("input")).hasSize(3);
    }

    @Test
    void aConversationGoesOn() {
        hosted.enqueue(answer("completed", "Hello."));

        answers.say("conv_1", "Hi");

        assertThat(hosted.takeRequest().json().getValue("conversation")).isEqualTo("conv_1");
    }

    @Test
    void aBackgroundResponseIsAwaited() {
        hosted.enqueue(answer("queued", ""), answer("completed", "It is the 42nd."));

        assertThat(answers.research("Find it").await().atMost(AT_MOST).text()).isEqualTo("It is the 42nd.");

        assertThat(hosted.requests()).extracting(RecordedRequest::method).containsExactly("POST", "GET");
    }

    @Test
    void aStreamThatBreaksOffGoesOn() {
        hosted.enqueue(Answer.sse(created() + delta(1, "It is ")).with(Fault.dropAfterEvents(2)),
                Answer.sse(delta(2, "the 42nd.") + completed(3, "It is the 42nd.")));

        assertThat(answers.researchAloud("Find it").collect().asList().await().atMost(AT_MOST)).containsExactly("It is ",
                "the 42nd.");

        assertThat(hosted.requests()).extracting(RecordedRequest::query).containsExactly(null,
                "stream=true&starting_after=1");
    }

    @Test
    void aResponseIsLookedAtLater() {
        hosted.enqueue(answer("in_progress", ""), answer("completed", "Done."));

        assertThat(answers.look("resp_1")).isEmpty();
        assertThat(answers.look("resp_1")).contains("Done.");
    }

    @Test
    void aResponseIsFollowedStoppedReadAndForgotten() {
        hosted.enqueue(Answer.sse(created() + delta(1, "Do") + delta(2, "ne.") + completed(3, "Done.")),
                answer("cancelled", "Do"),
                Answer.json(new JsonObject().put("data", new JsonArray().add(new JsonObject().put("type", "message")
                        .put("role", "user").put("content", "Find it")))),
                Answer.json(new JsonObject().put("deleted", true)));

        assertThat(answers.follow("resp_1").collect().asList().await().atMost(AT_MOST)).isNotEmpty();
        assertThat(answers.stop("resp_1").await().atMost(AT_MOST).status()).isEqualTo(ResponseStatus.CANCELLED);
        assertThat(answers.asked("resp_1").await().atMost(AT_MOST)).containsExactly(Message.user("Find it"));
        answers.forget("resp_1").await().atMost(AT_MOST);

        assertThat(hosted.requests()).extracting(request -> request.method() + " " + request.path()).containsExactly(
                "GET /v1/responses/resp_1", "POST /v1/responses/resp_1/cancel", "GET /v1/responses/resp_1/input_items",
                "DELETE /v1/responses/resp_1");
    }
}

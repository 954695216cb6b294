package io.quarkiverse.llm.runtime.provider;

import static io.quarkiverse.llm.runtime.provider.WireFixture.AT_MOST;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmBadRequestException;
import io.quarkiverse.llm.LlmDecodeException;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmNotFoundException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.LlmUnsupportedException;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.ResponseError;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.StoredResponses;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.Outcome;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WireStoredResponsesTest {

    private final WireFixture fixture = new WireFixture();
    private final WireProvider provider = fixture.responsesProvider(fixture.settings().apiKey("sk-key"));

    @AfterEach
    void close() {
        fixture.close();
    }

    private final StoredResponses responses = provider.responses();

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(AT_MOST);
    }

    private RecordedRequest asked() {
        return fixture.server.takeRequest(AT_MOST);
    }

    @Test
    void aStoredResponseIsGot() {
        fixture.server.enqueue(Stored.answer("completed", "hello"));

        LlmResponse response = await(responses.get("resp_1"));

        assertThat(response.text()).isEqualTo("hello");
        assertThat(response.status()).isEqualTo(ResponseStatus.COMPLETED);
        RecordedRequest request = asked();
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.path()).isEqualTo("/v1/responses/resp_1");
        assertThat(request.body()).isEmpty();
    }

    @Test
    void keyAndHeadersGoAlong() {
        fixture.server.enqueue(Stored.answer("completed", "hello"));

        await(fixture.responsesProvider(fixture.settings().apiKey("sk-key").header("x-team", "blue")).responses()
                .get("resp_1"));

        RecordedRequest request = asked();
        assertThat(request.header("authorization")).isEqualTo("Bearer sk-key");
        assertThat(request.header("x-team")).isEqualTo("blue");
        assertThat(request.header("accept")).isEqualTo("application/json");
    }

    @Test
    void anIdIsOnePieceOfThePath() {
        fixture.server.enqueue(Stored.answer("completed", "hello"));

        await(responses.get("a b;c=d%\u00e9"));

        assertThat(asked().path()).isEqualTo("/v1/responses/a%20b%3Bc%3Dd%25%C3%A9");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", ".", "..", "../models", "a/b", "a\\b", "a?b", "a#b", "a\nb", "a\u007f" })
    void whatCanBeNoIdIsRefusedAtOnce(String id) {
        List<Function<String, Object>> operations = List.of(responses::get, responses::delete, responses::cancel,
                responses::inputItems, any -> responses.resume(any, -1));

        assertThat(operations).allSatisfy(operation -> assertThatThrownBy(() -> operation.apply(id))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("'" + id + "' is no id of a response"));
    }

    @Test
    void noIdIsToldByItsName() {
        assertThatThrownBy(() -> responses.get(null)).isInstanceOf(NullPointerException.class).hasMessage("responseId");
    }

    @Test
    void nothingHappensBeforeTheSubscription() {
        fixture.server.respond(request -> Stored.answer("completed", "hello"));

        Uni<LlmResponse> response = responses.get("resp_1");

        assertThat(fixture.server.requests()).isEmpty();
        await(response);
        await(response);
        assertThat(fixture.server.requests()).hasSize(2);
    }

    @Test
    void aResponseThatFailedIsTold() {
        fixture.server.enqueue(Answer.json(Stored.failed("server_error", "The model broke")));

        LlmResponse response = await(responses.get("resp_1"));

        assertThat(response.status()).isEqualTo(ResponseStatus.FAILED);
        assertThat(response.error()).contains(new ResponseError("server_error", "The model broke"));
    }

    @Test
    void aResponseThatIsStillRunningIsTold() {
        fixture.server.enqueue(Stored.answer("in_progress", "hel"));

        LlmResponse response = await(responses.get("resp_1"));

        assertThat(response.status()).isEqualTo(ResponseStatus.IN_PROGRESS);
        assertThat(response.text()).isEqualTo("hel");
    }

    @Test
    void anIdThatTheServerDoesNotKnowIsNotFound() {
        fixture.server.respond(request -> Answer.error(404, "Response with id 'resp_1' not found."));

        List<Uni<?>> operations = List.of(responses.get("resp_1"), responses.delete("resp_1"), responses.cancel("resp_1"),
                responses.inputItems("resp_1"), responses.resume("resp_1", 3).collect().asList());

        assertThat(operations).allSatisfy(operation -> assertThatThrownBy(() -> await(operation))
                .isInstanceOf(LlmNotFoundException.class)
                .hasMessage("Provider 'test' answered 404: Response with id 'resp_1' not found."));
    }

    @Test
    void anAnswerThatIsNoResponseIsADecodeFailure() {
        fixture.server.enqueue(Answer.json(new JsonObject().put("hello", "world")));

        assertThatThrownBy(() -> await(responses.get("resp_1"))).isInstanceOf(LlmDecodeException.class);
    }

    @Test
    void cancellingClosesTheExchange() {
        fixture.server.enqueue(Stored.answer("completed", "hello").with(Fault.stallBeforeHead()));
        Cancellable cancellable = responses.get("resp_1").subscribe().with(response -> {
        });
        RecordedRequest request = asked();

        cancellable.cancel();

        assertThat(request.awaitOutcome(AT_MOST)).isEqualTo(Outcome.CLIENT_CLOSED);
    }

    @Test
    void aResponseIsDeleted() {
        fixture.server
                .enqueue(Answer.json(new JsonObject().put("id", "resp_1").put("object", "response").put("deleted", true)));

        assertThat(await(responses.delete("resp_1"))).isNull();

        RecordedRequest request = asked();
        assertThat(request.method()).isEqualTo("DELETE");
        assertThat(request.path()).isEqualTo("/v1/responses/resp_1");
    }

    @Test
    void aPageForPeopleIsNoDeletion() {
        fixture.server.enqueue(Answer.raw("text/html", "<html>Welcome</html>".getBytes(UTF_8)));

        assertThatThrownBy(() -> await(responses.delete("resp_1"))).isInstanceOf(LlmDecodeException.class)
                .hasMessageContaining("sent an answer that cannot be read, Not JSON")
                .hasMessageContaining("(<html>Welcome</html>)")
                .hasMessageEndingWith("check that quarkus.llm.test.base-url is that of its API");
    }

    @Test
    void aServerMaySayThatItDidNotDelete() {
        fixture.server.enqueue(Answer.json(new JsonObject().put("id", "resp_1").put("deleted", false)));

        assertThatThrownBy(() -> await(responses.delete("resp_1"))).isInstanceOf(LlmException.class)
                .hasMessage("Provider 'test' did not delete the response");
    }

    @Test
    void aServerMayHaveNothingToSayOfADeletion() {
        fixture.server.enqueue(Answer.raw("text/plain", new byte[0]).status(204));

        assertThat(await(responses.delete("resp_1"))).isNull();
    }

    @Test
    void aBackgroundResponseIsCancelled() {
        fixture.server.enqueue(Stored.answer("cancelled", "hel"));

        LlmResponse response = await(responses.cancel("resp_1"));

        assertThat(response.status()).isEqualTo(ResponseStatus.CANCELLED);
        assertThat(response.text()).isEqualTo("hel");
        RecordedRequest request = asked();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/v1/responses/resp_1/cancel");
    }

    @Test
    void whatCannotBeCancelledIsABadRequest() {
        fixture.server.enqueue(Answer.error(400, "Cannot cancel a synchronous response."));

        assertThatThrownBy(() -> await(responses.cancel("resp_1"))).isInstanceOf(LlmBadRequestException.class)
                .hasMessageContaining("Cannot cancel a synchronous response.");
    }

    private static JsonObject item(int number) {
        return new JsonObject().put("id", "msg_" + number).put("type", "message").put("role", "user")
                .put("content", new JsonArray().add(new JsonObject().put("type", "input_text").put("text", "" + number)));
    }

    private static Answer page(int from, int to, boolean more) {
        JsonArray data = new JsonArray();
        for (int number = from; number < to; number++) {
            data.add(item(number));
        }
        return Answer.json(new JsonObject().put("object", "list").put("data", data).put("has_more", more)
                .put("first_id", "msg_" + from).put("last_id", "msg_" + (to - 1)));
    }

    @Test
    void allPagesOfTheInputAreRead() {
        fixture.server.enqueue(page(0, 100, true), page(100, 200, true), page(200, 203, false));

        List<Item> items = await(responses.inputItems("resp_1"));

        assertThat(items).hasSize(203).allSatisfy(item -> assertThat(item).isInstanceOf(Message.class));
        assertThat(items).extracting(item -> item.id().orElseThrow()).startsWith("msg_0", "msg_1").endsWith("msg_202");
        assertThat(fixture.server.requests()).extracting(RecordedRequest::path)
                .containsOnly("/v1/responses/resp_1/input_items");
        assertThat(fixture.server.requests()).extracting(RecordedRequest::query).containsExactly("order=asc&limit=100",
                "order=asc&limit=100&after=msg_99", "order=asc&limit=100&after=msg_199");
    }

    @Test
    void anInputMayBeEmpty() {
        fixture.server.enqueue(Answer.json(new JsonObject().put("object", "list").put("data", new JsonArray())
                .put("has_more", false).putNull("first_id").putNull("last_id")));

        assertThat(await(responses.inputItems("resp_1"))).isEmpty();
    }

    @Test
    void itemsOfEveryKindAreRead() {
        fixture.server.enqueue(Answer.json(new JsonObject().put("data", new JsonArray().add(item(1))
                .add(new JsonObject().put("id", "fc_1").put("type", "function_call").put("call_id", "call_1").put("name", "f")
                        .put("arguments", "{}"))
                .add(new JsonObject().put("id", "x_1").put("type", "of_the_future").put("a", 1)))));

        List<Item> items = await(responses.inputItems("resp_1"));

        assertThat(items.get(1)).isInstanceOf(ToolCall.class);
        assertThat(items.get(2).id()).contains("x_1");
    }

    @Test
    void aServerThatRepeatsItsLastPageDoesNotKeepUsForEver() {
        fixture.server.respond(request -> page(0, 2, true));

        assertThat(await(responses.inputItems("resp_1"))).hasSize(4);
    }

    @Test
    void aPageForPeopleIsNoListOfItems() {
        fixture.server.enqueue(Answer.raw("text/html", "<html>Welcome</html>".getBytes(UTF_8)));

        assertThatThrownBy(() -> await(responses.inputItems("resp_1"))).isInstanceOf(LlmDecodeException.class)
                .hasMessageStartingWith("Provider 'test' sent an answer that cannot be read, Not JSON")
                .hasMessageEndingWith("check that quarkus.llm.test.base-url is that of its API");
    }

    @Test
    void aPageThatFailsFailsAll() {
        fixture.server.enqueue(page(0, 100, true), Answer.error(404, "gone"));

        assertThatThrownBy(() -> await(responses.inputItems("resp_1"))).isInstanceOf(LlmNotFoundException.class);
    }

    @Test
    void aProviderBoundToChatCompletionsSaysWhichKeyBindsIt() {
        StoredResponses unsupported = fixture.provider(fixture.settings().api(WireApi.CHAT_COMPLETIONS)).responses();

        List<Uni<?>> operations = List.of(unsupported.get("resp_1"), unsupported.delete("resp_1"), unsupported.cancel("resp_1"),
                unsupported.inputItems("resp_1"), unsupported.resume("resp_1", -1).collect().asList());

        assertThat(operations).allSatisfy(operation -> assertThatThrownBy(() -> await(operation))
                .isInstanceOf(LlmUnsupportedException.class)
                .hasMessage("Provider 'test' does not support stored responses: it is"
                        + " bound to Chat Completions by quarkus.llm.test.wire-api"));
        assertThat(fixture.server.requests()).isEmpty();
    }

    @Test
    void aServerKnownToStoreNothingIsNotAsked() {
        StoredResponses unsupported = fixture.responsesProvider(fixture.settings().preset(Preset.OLLAMA)).responses();

        assertThatThrownBy(() -> await(unsupported.get("resp_1"))).isInstanceOf(LlmUnsupportedException.class)
                .hasMessage("Provider 'test' does not support stored responses: its server is known to store none. If it does"
                        + " by now, set quarkus.llm.test.capabilities.stored-responses=true");
        assertThat(fixture.server.requests()).isEmpty();
    }

    @Test
    void aResponseIsContinued() {
        fixture.server.enqueue(Stored.answer("completed", "hello"), Stored.answer("completed", "again"));

        LlmResponse first = await(provider.complete(LlmRequest.of("Hi")));
        await(provider.complete(LlmRequest.builder().previousResponseId(first.id()).user("And?").build()));

        assertThat(asked().json().getString("previous_response_id")).isNull();
        assertThat(asked().json().getString("previous_response_id")).isEqualTo("resp_1");
    }

    @Test
    void aPreviousResponseThatIsGoneIsNotFound() {
        fixture.server.respond(request -> Answer.error(400, new JsonObject().put("error", new JsonObject()
                .put("message", "Previous response with id 'resp_1' not found.").put("type", "invalid_request_error")
                .put("param", "previous_response_id").put("code", "previous_response_not_found"))));
        LlmRequest request = LlmRequest.builder().previousResponseId("resp_1").user("And?").build();

        assertThatThrownBy(() -> await(provider.complete(request)))
                .isInstanceOfSatisfying(LlmNotFoundException.class,
                        failure -> assertThat(failure.code()).contains("previous_response_not_found"))
                .hasMessage("Provider 'test' answered 400: Previous response with id 'resp_1' not found.");
        provider.stream(request).subscribe().withSubscriber(AssertSubscriber.create(1)).awaitFailure(AT_MOST)
                .assertFailedWith(LlmNotFoundException.class);
    }
}

package io.quarkiverse.llm.test;

import java.util.Optional;

import io.quarkiverse.llm.scripted.Api;
import io.quarkiverse.llm.scripted.Outcome;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.quarkiverse.llm.scripted.Transport;
import io.vertx.core.json.JsonObject;

/** Assertions on a request as a scripted server received it. */
public final class RecordedRequestAssert extends AbstractConversationAssert<RecordedRequestAssert, RecordedRequest> {

    RecordedRequestAssert(RecordedRequest actual) {
        super(actual, RecordedRequestAssert.class);
    }

    @Override
    Conversation conversation() {
        return Conversation.of(actual);
    }

    @Override
    Object field(String pointer) {
        return actual.isJson() ? Json.at(pointer, actual.json()) : Json.ABSENT;
    }

    @Override
    String json() {
        return actual.body();
    }

    /** It is a request of the Chat Completions API. */
    public RecordedRequestAssert isChatCompletion() {
        return isOf(Api.CHAT_COMPLETIONS, "Chat Completions");
    }

    /** It is a request of the Responses API for a new response. */
    public RecordedRequestAssert isResponses() {
        return isOf(Api.RESPONSES, "Responses");
    }

    private RecordedRequestAssert isOf(Api api, String name) {
        isNotNull();
        if (!actual.method().equals("POST") || !actual.api().equals(Optional.of(api)) || !actual.isJson()) {
            failWithMessage("Expected a request of the %s API, but it is%n  %s", name, actual);
        }
        return this;
    }

    /** It came over a WebSocket. */
    public RecordedRequestAssert isOverWebSocket() {
        return isOver(Transport.WEBSOCKET, "a message of a WebSocket");
    }

    /** It came as a request of HTTP. */
    public RecordedRequestAssert isOverHttp() {
        return isOver(Transport.HTTP, "a request of HTTP");
    }

    private RecordedRequestAssert isOver(Transport transport, String name) {
        isNotNull();
        if (actual.transport() != transport) {
            failWithMessage("Expected %s, but the transport is %s of%n  %s", name, actual.transport(), actual);
        }
        return this;
    }

    /** It goes on from the response of this id. */
    public RecordedRequestAssert goesOnFrom(String responseId) {
        isNotNull();
        if (!actual.previousResponseId().equals(Optional.of(responseId))) {
            failWithMessage("Expected a request that goes on from%n  %s%nbut it goes on from%n  %s", responseId,
                    actual.previousResponseId().orElse("none"));
        }
        return this;
    }

    /** It went to this path. */
    public RecordedRequestAssert hasPath(String path) {
        isNotNull();
        if (!actual.path().equals(path)) {
            failWithMessage("Expected the path%n  %s%nbut it is%n  %s", path, actual.path());
        }
        return this;
    }

    /** It asks for a stream. */
    public RecordedRequestAssert isStreaming() {
        isNotNull();
        if (!actual.isStreaming()) {
            failWithMessage("Expected a request for a stream, but it asks for a whole answer:%n  %s", actual);
        }
        return this;
    }

    /** It asks for a whole answer. */
    public RecordedRequestAssert isNotStreaming() {
        isNotNull();
        if (actual.isStreaming()) {
            failWithMessage("Expected a request for a whole answer, but it asks for a stream:%n  %s", actual);
        }
        return this;
    }

    /** It asks for this model. */
    public RecordedRequestAssert hasModel(String model) {
        isNotNull();
        Object found = field("/model");
        return hasModel(model, found == Json.ABSENT ? null : String.valueOf(found));
    }

    /** It has this header with this value; names ignore case. */
    public RecordedRequestAssert hasHeader(String name, String value) {
        isNotNull();
        if (!actual.headers().getAll(name).contains(value)) {
            failWithMessage("Expected the header%n  %s: %s%nbut its values are%n  %s", name, value,
                    actual.headers().getAll(name));
        }
        return this;
    }

    /** It has no header of this name; names ignore case. */
    public RecordedRequestAssert hasNoHeader(String name) {
        isNotNull();
        if (actual.headers().contains(name)) {
            failWithMessage("Expected no header%n  %s%nbut its values are%n  %s", name, actual.headers().getAll(name));
        }
        return this;
    }

    /** Its body is the same JSON as that of the other, say of {@link RecordedRequest#recording}. */
    public RecordedRequestAssert hasSameBodyAs(RecordedRequest other) {
        isNotNull();
        if (!Json.sameJson(other.body(), actual.body())) {
            failWithMessage("Expected the body%n  %s%nbut it is%n  %s%s", other.body(), actual.body(), difference(other));
        }
        return this;
    }

    private String difference(RecordedRequest other) {
        if (!actual.isJson() || !other.isJson()) {
            return "";
        }
        JsonObject here = actual.json();
        JsonObject there = other.json();
        here.fieldNames().forEach(name -> there.getMap().putIfAbsent(name, Json.ABSENT));
        return there.fieldNames().stream().filter(name -> !Json.equal(there.getValue(name), here.getValue(name))).sorted()
                .toList().toString().replace("[", "\nThey differ in ").replace("]", "");
    }

    /** The client closed the exchange before the end of the answer; waits up to 10 seconds for it. */
    public RecordedRequestAssert wasCancelled() {
        return endedAs(Outcome.CLIENT_CLOSED);
    }

    /** The exchange ended thus; waits up to 10 seconds for it. */
    public RecordedRequestAssert endedAs(Outcome outcome) {
        isNotNull();
        Outcome found = actual.awaitOutcome();
        if (found != outcome) {
            failWithMessage("Expected the exchange to end as%n  %s%nbut it ended as%n  %s", outcome, found);
        }
        return this;
    }
}

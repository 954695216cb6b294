package io.quarkiverse.llm;

import java.util.List;

import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;

/**
 * A language model behind one configuration.
 *
 * <pre>{@code
 * @Inject
 * @LlmClient("local")
 * LlmProvider llm;
 *
 * Multi<String> answer = llm.streamText(LlmRequest.of("Why is the sky blue?"));
 * }</pre>
 *
 * What a subscriber of {@link #stream(LlmRequest)} of a configured provider may rely on, whatever the server does:
 * <ol>
 * <li>{@link LlmEvent.ResponseStarted} comes first, exactly once, together with the first event that has content.</li>
 * <li>Every {@link LlmEvent.ToolCallStart} has a name and a call id that is unique in the response.</li>
 * <li>{@link LlmEvent.ToolCallArgumentsDelta} comes only between start and complete of its call; the complete call has
 * the deltas, joined, as its arguments. A call that was cut, or whose arguments are no JSON, never completes.</li>
 * <li>Exactly one end: {@link LlmEvent.ResponseCompleted} and completion, or an {@link LlmException}. A stream that was
 * cut is a failure, never a silent success.</li>
 * <li>Cancelling closes the exchange with the server.</li>
 * <li>Demand reaches the socket: what is not asked for is not read.</li>
 * <li>Events come in order on one Vert.x context: the subscriber's, or one of the provider's own when there is none. A
 * subscriber that blocks moves away first, with {@code emitOn}.</li>
 * </ol>
 * Only {@link #name()} and {@link #stream(LlmRequest)} must be implemented: a CDI bean with the {@link LlmClient} qualifier
 * is then a provider like any other.
 */
public interface LlmProvider {

    /** The name in the configuration; {@link LlmClient#DEFAULT} for the default one. */
    String name();

    /**
     * Answers in events as they come. Nothing happens before the subscription, and each subscription is a request of its own.
     *
     * @return fails with an {@link LlmException}
     */
    @CheckReturnValue
    Multi<LlmEvent> stream(LlmRequest request);

    /**
     * Answers as a whole.
     *
     * @return fails with an {@link LlmException}; cancelling it closes the exchange with the server
     */
    @CheckReturnValue
    default Uni<LlmResponse> complete(LlmRequest request) {
        return stream(request).filter(LlmEvent.ResponseCompleted.class::isInstance).collect().last()
                .onItem().ifNull().failWith(() -> ParsedStream.withoutEnd(name()))
                .map(event -> ((LlmEvent.ResponseCompleted) event).response());
    }

    /**
     * Answers as a whole and waits for it.
     *
     * @throws LlmException when there is no answer
     * @throws IllegalStateException on a thread that must not be blocked, such as an event loop
     */
    default LlmResponse completeAndAwait(LlmRequest request) {
        mayBlock("completeAndAwait()", "complete()");
        return complete(request).await().indefinitely();
    }

    /**
     * The answer's text alone, as it comes.
     *
     * @return fails with an {@link LlmException}
     */
    @CheckReturnValue
    default Multi<String> streamText(LlmRequest request) {
        return stream(request).filter(LlmEvent.TextDelta.class::isInstance).map(event -> ((LlmEvent.TextDelta) event).delta());
    }

    /**
     * Answers with a value of that type: a record, a class, an enum, a number, a string, an array of such. The answer is asked
     * for by the type's JSON schema, strictly where the server can. All properties of the type are required but those that are
     * {@code Optional} or have an annotation called {@code Nullable}. Jackson binds the answer, in an application its own
     * {@code ObjectMapper}.
     * <p>
     * Nothing is read of a response that is no answer: where the model calls tools, execute them and ask again.
     *
     * @param request without an output format
     * @return fails with an {@link LlmException}, {@link LlmRefusalException}, {@link LlmIncompleteException} and
     *         {@link LlmDecodeException} among them; with an {@link IllegalArgumentException} when the request has an output
     *         format of its own or no schema can be made of the type
     */
    @CheckReturnValue
    default <T> Uni<T> parse(LlmRequest request, Class<T> type) {
        return Uni.createFrom().deferred(() -> {
            OutputType<T> output = OutputType.of(type);
            return complete(output.applyTo(request)).map(response -> output.read(name(), response));
        });
    }

    /**
     * As {@link #parse(LlmRequest, Class)}, and waits for the answer.
     *
     * @throws LlmException when there is no answer, or not one of that type
     * @throws IllegalArgumentException when the request has an output format of its own or no schema can be made of the type
     * @throws IllegalStateException on a thread that must not be blocked, such as an event loop
     */
    default <T> T parseAndAwait(LlmRequest request, Class<T> type) {
        mayBlock("parseAndAwait()", "parse()");
        return parse(request, type).await().indefinitely();
    }

    /**
     * As {@link #parse(LlmRequest, Class)}, in events as they come. The value comes whole, as
     * {@link LlmEvent.ResponseParsed}, right before {@link LlmEvent.ResponseCompleted}; when the answer is none, the failure
     * takes the place of both.
     *
     * @return fails as {@link #parse(LlmRequest, Class)} does
     */
    @CheckReturnValue
    default <T> Multi<LlmEvent> parseStream(LlmRequest request, Class<T> type) {
        return Multi.createFrom().deferred(() -> new ParsedStream(this, request, OutputType.of(type)));
    }

    /**
     * The models the server offers.
     *
     * @return fails with an {@link LlmException}; with {@link LlmUnsupportedException} where there is no such list
     */
    @CheckReturnValue
    default Uni<List<LlmModel>> models() {
        return Uni.createFrom().failure(() -> new LlmUnsupportedException(name(), "a list of models"));
    }

    /**
     * How many tokens the input of a request has, as its server counts them with the tokenizer and the template of the model:
     * the items, instructions, tools and output format, and what the request continues. Nothing is generated. The request is
     * counted as the Responses API has it, whichever wire API it would go out in; what only concerns the answer, such as
     * sampling and limits, does not count and is not sent. Never an estimate.
     *
     * @return fails with an {@link LlmException}; with {@link LlmUnsupportedException} where the server does not count
     */
    @CheckReturnValue
    default Uni<Long> inputTokens(LlmRequest request) {
        return Uni.createFrom().failure(() -> new LlmUnsupportedException(name(), "counting input tokens"));
    }

    /** What is known of the server and its model; asks nobody. */
    default LlmCapabilities capabilities() {
        return LlmCapabilities.UNKNOWN;
    }

    /** Responses that the server keeps. Where it keeps none, each operation fails with {@link LlmUnsupportedException}. */
    default StoredResponses responses() {
        return StoredResponses.unsupported(name());
    }

    private static void mayBlock(String method, String instead) {
        if (Context.isOnEventLoopThread() || !Infrastructure.canCallerThreadBeBlocked()) {
            throw new IllegalStateException(method + " blocks, and thread '" + Thread.currentThread().getName()
                    + "' must not be blocked: use " + instead
                    + ", or annotate the caller with @Blocking or @RunOnVirtualThread");
        }
    }
}

package io.quarkiverse.llm.scripted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * What the scripted server answers to one request. Immutable: every method gives a new answer.
 * <p>
 * A scripted answer (text, reasoning, tool calls) is told in the wire API of the request's path, Chat Completions or
 * Responses: a streaming request gets events, one network write each, any other one document. A raw answer ({@code sse},
 * {@code replay}, {@code json}, {@code error}) sends its bytes
 * whatever was asked.
 *
 * <pre>{@code
 * Answer.text("Hel", "lo");
 * Answer.reasoning("Rain?").thenToolCall("call_1", "weather", "{\"ci", "ty\":\"Oslo\"}").pause(Duration.ofMillis(5));
 * Answer.text("cut").with(Fault.dropAfterEvents(2));
 * Answer.error(429, "slow down").header("Retry-After", "2");
 * Answer.recording(Path.of("src/test/resources/recordings/20261121-142233.123-local-1"));
 * }</pre>
 */
public final class Answer {

    static final String EVENT_STREAM = "text/event-stream";
    static final String JSON = "application/json";

    private final Body body;
    private final int status;
    private final Map<String, String> headers;
    private final List<Fault> faults;
    private final AnswerDetails details;

    private Answer(Body body, int status, Map<String, String> headers, List<Fault> faults, AnswerDetails details) {
        this.body = body;
        this.status = status;
        this.headers = headers;
        this.faults = faults;
        this.details = details;
    }

    static Answer of(List<Step> steps) {
        return new Answer(new Body.Scripted(List.copyOf(steps)), 200, Map.of(), List.of(), AnswerDetails.DERIVED);
    }

    /** An answer without content: role, finish reason {@code stop}, end. */
    public static Answer empty() {
        return of(List.of());
    }

    /** Assistant text, one chunk for each delta. */
    public static Answer text(String... deltas) {
        return empty().thenText(deltas);
    }

    /** Reasoning text, one chunk for each delta. */
    public static Answer reasoning(String... deltas) {
        return empty().thenReasoning(deltas);
    }

    /** One tool call: a chunk with id and name, then one for each fragment of its arguments. */
    public static Answer toolCall(String id, String name, String... argumentFragments) {
        return empty().thenToolCall(id, name, argumentFragments);
    }

    /** Text without end, as fast as the client reads it; only the client can stop it. Always streamed. */
    public static Answer endless() {
        return endless("All work and no play makes a dull stream. ");
    }

    /** The given text delta without end, as fast as the client reads it. Deviations do not apply to it, other faults do. */
    public static Answer endless(String delta) {
        return new Answer(new Body.Endless(delta), 200, Map.of(), List.of(), AnswerDetails.DERIVED);
    }

    /** These bytes as they are, with status 200. */
    public static Answer raw(String contentType, byte[] bytes) {
        return new Answer(new Body.Raw(Buffer.buffer(bytes)), 200, Map.of("content-type", contentType), List.of(),
                AnswerDetails.DERIVED);
    }

    /** This text as a {@code text/event-stream}, with no framing added. */
    public static Answer sse(String stream) {
        return raw(EVENT_STREAM, Buffer.buffer(stream).getBytes());
    }

    /** This JSON document with status 200, also where a stream was asked for. */
    public static Answer json(JsonObject document) {
        return raw(JSON, Buffer.buffer(Json.text(document)).getBytes());
    }

    /**
     * A recorded body, byte for byte: a stream, or JSON if the file's name ends in {@code .json}.
     *
     * @throws IllegalArgumentException when it is a folder, as those of {@link #recording}
     * @throws UncheckedIOException if the file cannot be read
     */
    public static Answer replay(Path recording) {
        if (Files.isDirectory(recording)) {
            throw new IllegalArgumentException(recording + " is a folder: a recorded exchange is played by Answer.recording, a "
                    + "directory of them by Answer.recordings");
        }
        try {
            return raw(recording.toString().endsWith(".json") ? JSON : EVENT_STREAM, Files.readAllBytes(recording));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What a server answered in a recorded exchange, event by event and without waiting: status, headers and body. Where the
     * connection broke then, it drops; where the answer did not go on within a time limit, or was cancelled, it stalls.
     *
     * @param exchange the folder of one exchange, as {@code quarkus.llm.record.directory} makes them
     * @throws IllegalArgumentException with a sentence, when it is none or a file of it is broken
     * @throws UncheckedIOException if a file cannot be read
     */
    public static Answer recording(Path exchange) {
        Recording recording = Recording.of(exchange);
        if (!recording.isAnswered()) {
            return empty().with(recording.silence());
        }
        return new Answer(new Body.Recorded(recording, recording.pieces()), recording.status(), recording.headers(), List.of(),
                AnswerDetails.DERIVED);
    }

    /**
     * What servers answered in the recorded exchanges below this directory, in the order in which they were asked.
     *
     * @throws IllegalArgumentException with a sentence, when there are none or one is broken
     */
    public static List<Answer> recordings(Path directory) {
        return Recording.allOf(directory).stream().map(recording -> recording(recording.folder())).toList();
    }

    /** A list of models with these ids. */
    public static Answer modelList(String... ids) {
        return json(Models.of(ids));
    }

    /** The number of tokens that an input has. */
    public static Answer inputTokens(long count) {
        return json(new JsonObject().put("object", "response.input_tokens").put("input_tokens", count));
    }

    /** An error of this HTTP status with a body in OpenAI's shape. */
    public static Answer error(int status, String message) {
        return error(status, Errors.of(status, message));
    }

    /** An error of this HTTP status with this body. */
    public static Answer error(int status, JsonObject document) {
        return json(document).status(status);
    }

    /** Further text deltas. */
    public Answer thenText(String... deltas) {
        return then(Arrays.stream(deltas).map(d -> new Step.Delta(Step.Channel.CONTENT, d)));
    }

    /** Further reasoning deltas. */
    public Answer thenReasoning(String... deltas) {
        return then(Arrays.stream(deltas).map(d -> new Step.Delta(Step.Channel.REASONING, d)));
    }

    /** Deltas of a refusal. */
    public Answer thenRefusal(String... deltas) {
        return then(Arrays.stream(deltas).map(d -> new Step.Delta(Step.Channel.REFUSAL, d)));
    }

    /** A further (parallel) tool call. */
    public Answer thenToolCall(String id, String name, String... argumentFragments) {
        int number = (int) steps().stream().filter(Step.ToolCallStart.class::isInstance).count();
        return then(Stream.of(new Step.ToolCallStart(id, name))).thenArguments(number, argumentFragments);
    }

    /**
     * More argument fragments for the call with this number (from 0), so that parallel calls can interleave.
     *
     * @throws IllegalArgumentException when there is no such call yet
     */
    public Answer thenArguments(int call, String... argumentFragments) {
        long calls = steps().stream().filter(Step.ToolCallStart.class::isInstance).count();
        if (call < 0 || call >= calls) {
            throw new IllegalArgumentException("There is no tool call " + call + " to have arguments: the answer has " + calls
                    + " so far, counted from 0");
        }
        return then(Arrays.stream(argumentFragments).map(f -> new Step.Arguments(call, f)));
    }

    /**
     * A whole output item of the Responses API, say of a hosted tool; its events between beginning and end are for
     * {@link #thenChunk}. Chat Completions leaves it out.
     */
    public Answer thenItem(JsonObject item) {
        return then(Stream.of(new Step.Item(item.copy())));
    }

    /** A chunk, or an event of the Responses API, sent as it is; a request without streaming does not see it. */
    public Answer thenChunk(JsonObject chunk) {
        return then(Stream.of(new Step.Chunk(chunk.copy())));
    }

    /**
     * The server fails here: this frame instead of all that would follow. Chat Completions ends with {@code [DONE]} then,
     * unless a fault removes it. Of a frame in OpenAI's shape the Responses API makes its two events, {@code error} and
     * {@code response.failed}; another one goes out as it is. A request without streaming gets the frame as the body of an
     * HTTP 500.
     */
    public Answer thenErrorFrame(JsonObject frame) {
        return then(Stream.of(new Step.ErrorFrame(frame.copy())));
    }

    /** Waits here before the next chunk, or before the end. */
    public Answer pause(Duration duration) {
        return then(Stream.of(new Step.Pause(duration)));
    }

    /**
     * Waits here, before the next chunk or before the end, until the test completes this, in whatever way. So a test can look
     * at what has been streamed so far before it lets the rest go.
     */
    public Answer pauseUntil(CompletionStage<?> released) {
        return then(Stream.of(new Step.Hold(released)));
    }

    /** Sends a recorded answer in the pieces in which it arrived, with the waits between them. */
    public Answer withTiming() {
        return withTiming(1);
    }

    /**
     * Sends a recorded answer in the pieces in which it arrived, so many times as fast as it came. Faults that count events
     * count pieces then. The head comes at once.
     *
     * @throws IllegalStateException if it is no {@link #recording}
     * @throws IllegalArgumentException with a sentence, when its {@code timing.txt} is missing or does not fit
     */
    public Answer withTiming(double speed) {
        if (!(body instanceof Body.Recorded recorded)) {
            throw new IllegalStateException("Only an answered recording has a timing: " + this);
        } else if (!(speed > 0)) {
            throw new IllegalArgumentException("The speed of a replay must be above 0, not " + speed);
        }
        Recording recording = recorded.recording();
        return new Answer(new Body.Recorded(recording, recording.pieces(speed)), status, headers, faults, details);
    }

    /**
     * The finish reason; by default {@code tool_calls} if there is a call, else {@code stop}. In the Responses API an answer
     * is incomplete with {@code length} and {@code content_filter}, and complete with anything else.
     */
    public Answer finishReason(String reason) {
        return with(details.withFinishReason(reason));
    }

    /** The token counts; by default 10 for the prompt and one for each delta of the answer. */
    public Answer usage(Usage usage) {
        return with(details.withUsage(usage));
    }

    /** The token counts, without cache and reasoning. */
    public Answer usage(int promptTokens, int completionTokens) {
        return usage(Usage.of(promptTokens, completionTokens));
    }

    /** The id of the completion or response; by default one made from the number of the request. */
    public Answer id(String id) {
        return with(details.withId(id));
    }

    /** The model that is said to have answered; by default the one that was asked for. */
    public Answer model(String model) {
        return with(details.withModel(model));
    }

    /** Where Chat Completions has reasoning text; by default {@link ReasoningField#REASONING_CONTENT}. */
    public Answer reasoningField(ReasoningField field) {
        return with(details.withReasoningField(field));
    }

    /** The HTTP status; 200 by default. */
    public Answer status(int newStatus) {
        return new Answer(body, newStatus, headers, faults, details);
    }

    /** A response header, which replaces one that the server would set itself. */
    public Answer header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name.toLowerCase(Locale.ROOT), value);
        return new Answer(body, status, more, faults, details);
    }

    /** Faults to inject, added to those there are. The order in which they are given does not matter. */
    public Answer with(Fault... more) {
        return with(Arrays.asList(more));
    }

    /** Faults to inject, added to those there are. */
    public Answer with(Iterable<? extends Fault> more) {
        List<Fault> all = new ArrayList<>(faults);
        more.forEach(all::add);
        return new Answer(body, status, headers, List.copyOf(all), details);
    }

    /** The chunks with which a streaming Chat request would be answered, deviations applied; usage included. */
    public List<JsonObject> chunks() {
        return new ChatStream(this, new ChatCompletion.Origin("chatcmpl-scripted", "scripted", 0), true).events();
    }

    /** The events with which a streaming request of the Responses API would be answered, deviations applied. */
    public List<JsonObject> events() {
        return new ResponsesStream(this, RecordedRequest.of(1, "POST", "/v1/responses", Map.of(), "")).events();
    }

    /**
     * What this answer is on the wire for a request, for those who play it without a server. Content codings are left out:
     * they belong to HTTP.
     */
    public Reply replyTo(RecordedRequest request) {
        return Rendering.of(withFaults(fault -> fault != Framing.GZIP), request);
    }

    /** With those of its faults alone. */
    Answer withFaults(Predicate<Fault> kept) {
        return new Answer(body, status, headers, faults.stream().filter(kept).toList(), details);
    }

    static Answer events(ScriptedEvents stream) {
        return new Answer(new Body.Events(stream), 200, Map.of(), List.of(), AnswerDetails.DERIVED);
    }

    private Answer with(AnswerDetails details) {
        return new Answer(body, status, headers, faults, details);
    }

    private Answer then(Stream<? extends Step> more) {
        return new Answer(new Body.Scripted(Stream.concat(steps().stream(), more).toList()), status, headers, faults, details);
    }

    List<Step> steps() {
        if (body instanceof Body.Scripted scripted) {
            return scripted.steps();
        }
        throw new IllegalStateException("A raw or endless answer has no steps: " + body);
    }

    Body body() {
        return body;
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    List<Fault> faults() {
        return faults;
    }

    AnswerDetails details() {
        return details;
    }

    @Override
    public String toString() {
        return "Answer[" + status + " " + body + (faults.isEmpty() ? "" : " with " + faults) + "]";
    }
}

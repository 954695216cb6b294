package io.quarkiverse.llm.messaging.it;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.vertx.core.json.JsonArray;

/**
 * What the workers ask. A prompt is a name and the number of tokens that the answer has; each token says the name and its own
 * number, so that nobody can take one for another.
 */
final class ModelServer implements AutoCloseable {

    private static final Duration TOKEN = Duration.ofMillis(25);

    private final Map<String, Function<RecordedRequest, Answer>> special = new ConcurrentHashMap<>();
    private final ScriptedServer server = ScriptedServer.start(this::answer).models("any");

    static String prompt(String name, int tokens) {
        return name + " " + tokens;
    }

    static String text(String name, int tokens) {
        return String.join("", tokens(name, 0, tokens));
    }

    static String[] tokens(String name, int from, int to) {
        return IntStream.range(from, to).mapToObj(number -> name + "/" + number + " ").toArray(String[]::new);
    }

    private Answer answer(RecordedRequest request) {
        String prompt = prompt(request);
        Function<RecordedRequest, Answer> other = special.get(name(prompt));
        return other == null ? slow(name(prompt), Integer.parseInt(prompt.substring(prompt.indexOf(' ') + 1)))
                : other.apply(request);
    }

    /** Token by token, as it is unless said otherwise. */
    static Answer slow(String name, int tokens) {
        Answer answer = Answer.empty();
        for (String token : tokens(name, 0, tokens)) {
            answer = answer.pause(TOKEN).thenText(token);
        }
        return answer;
    }

    private static String prompt(RecordedRequest request) {
        JsonArray messages = request.json().getJsonArray("messages");
        return messages.getJsonObject(messages.size() - 1).getString("content");
    }

    private static String name(String prompt) {
        return prompt.substring(0, prompt.indexOf(' '));
    }

    /** What prompts with this name get instead. */
    void answer(String name, Answer answer) {
        answer(name, request -> answer);
    }

    /** The same, on the server's event loop. */
    void answer(String name, Function<RecordedRequest, Answer> logic) {
        special.put(name, logic);
    }

    /** In the order in which they came. */
    List<RecordedRequest> requests(String name) {
        return server.requests().stream().filter(request -> name(prompt(request)).equals(name)).toList();
    }

    /** The name of the process that has asked. */
    static String worker(RecordedRequest request) {
        return request.header("openai-organization");
    }

    /** Forgets the requests that have ended, and the answers that are not usual. */
    void reset() {
        special.clear();
        server.reset();
        server.respond(this::answer).models("any");
    }

    String baseUrl() {
        return server.baseUrl();
    }

    @Override
    public void close() {
        server.close();
    }
}

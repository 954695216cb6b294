package io.quarkiverse.llm.test;

import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.quarkiverse.llm.LlmCapabilities;
import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmUnsupportedException;
import io.quarkiverse.llm.runtime.config.SettingKey;
import io.quarkiverse.llm.scripted.Answer;

/** What a mock answers, and what it was asked. */
final class MockScript {

    private final String name;
    private final Queue<Answer> queue = new ConcurrentLinkedQueue<>();
    private final List<LlmRequest> requests = new CopyOnWriteArrayList<>();
    private volatile Function<LlmRequest, Answer> logic;
    private final AtomicInteger numbers = new AtomicInteger();
    private volatile Answer models;
    private volatile Optional<Answer> inputTokens;
    private volatile LlmCapabilities capabilities;

    /** What one request is answered with, and the how-manieth it is. */
    record Reaction(int number, Answer answer) {
    }

    MockScript(String name) {
        this.name = name;
        reset();
    }

    void reset() {
        queue.clear();
        requests.clear();
        numbers.set(0);
        logic = null;
        capabilities = LlmCapabilities.UNKNOWN;
        inputTokens = Optional.empty();
        models = Answer.modelList(MockConnection.MODEL);
    }

    String name() {
        return name;
    }

    void enqueue(List<Answer> answers) {
        queue.addAll(answers);
    }

    void respond(Function<LlmRequest, Answer> newLogic) {
        logic = newLogic;
    }

    void models(Answer answer) {
        models = answer;
    }

    Reaction models() {
        return new Reaction(numbers.incrementAndGet(), models);
    }

    void inputTokens(Answer answer) {
        inputTokens = Optional.of(answer);
    }

    /** @throws LlmException when nothing is said of it */
    Reaction inputTokens() {
        return new Reaction(numbers.incrementAndGet(),
                inputTokens.orElseThrow(() -> new LlmUnsupportedException(name, "counting input tokens")));
    }

    void capabilities(LlmCapabilities known) {
        capabilities = known;
    }

    LlmCapabilities capabilities() {
        return capabilities;
    }

    List<LlmRequest> requests() {
        return List.copyOf(requests);
    }

    /** @throws LlmException with a sentence, when nothing answers */
    Reaction reactionTo(LlmRequest request) {
        requests.add(request);
        int number = numbers.incrementAndGet();
        Answer next = queue.poll();
        return new Reaction(number, next != null ? next : answerTo(request));
    }

    private Answer answerTo(LlmRequest request) {
        Function<LlmRequest, Answer> current = logic;
        if (current == null) {
            throw failure("nothing is scripted for request " + requests.size()
                    + " of this mock: enqueue an answer for it, or set a function with respond()", null);
        }
        Answer answer;
        try {
            answer = current.apply(request);
        } catch (RuntimeException | AssertionError e) {
            throw failure("the answering function of this mock failed with " + e, e);
        }
        if (answer == null) {
            throw failure("the answering function of this mock gave null for request " + requests.size(), null);
        }
        return answer;
    }

    private LlmException failure(String sentence, Throwable cause) {
        return new LlmException(SettingKey.subject(name) + ": " + sentence, LlmErrorDetails.of(name), cause);
    }
}

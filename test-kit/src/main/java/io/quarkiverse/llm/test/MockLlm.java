package io.quarkiverse.llm.test;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import io.quarkiverse.llm.Capability;
import io.quarkiverse.llm.LlmCapabilities;
import io.quarkiverse.llm.LlmCapabilities.Finding;
import io.quarkiverse.llm.LlmCapabilities.Source;
import io.quarkiverse.llm.LlmCapabilities.Support;
import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmModel;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.scripted.Answer;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * A provider that answers from a script, for unit tests without HTTP. It takes the answers of the scripted server, faults
 * included, and plays them through the decoder and the streams of configured providers: events keep the guarantees of
 * {@link LlmProvider}, errors become the same exceptions, demand and cancellation are honoured.
 *
 * <pre>{@code
 * MockLlm llm = new MockLlm();
 *
 * llm.enqueue(Answer.text("It ", "rains."));
 * assertEquals("It rains.", new Forecast(llm).of("Oslo"));
 * assertThat(llm.lastRequest()).hasUserMessage("How is the weather in Oslo?");
 * }</pre>
 *
 * In a Quarkus test it can stand in for a provider by
 * {@code QuarkusMock.installMockForType(llm, LlmProvider.class, LlmClient.Literal.of("local"))}, or as a bean: a subclass or a
 * producer with {@link LlmClient}.
 * <p>
 * What needs a connection goes thus without: a drop and a reset are the same; a stall fails at once with the exception of the
 * time limit that it would reach; sizes of writes hold, compression is left out; an answer's pauses are waited for. Every
 * request is taken, also one that a wire API could not carry: what is sent over the wire is for a test with the scripted
 * server.
 * Thread-safe.
 */
public class MockLlm implements LlmProvider {

    private final MockScript script;
    private final MockConnection connection;

    /** Stands for the default provider. */
    public MockLlm() {
        this(LlmClient.DEFAULT);
    }

    /** Stands for the provider of that name. */
    public MockLlm(String name) {
        this.script = new MockScript(Objects.requireNonNull(name, "name"));
        this.connection = new MockConnection(name);
    }

    /** Adds answers to the queue, one for each request, whether streaming or not. */
    public MockLlm enqueue(Answer... answers) {
        return enqueue(Arrays.asList(answers));
    }

    /** Adds answers to the queue, in this order. */
    public MockLlm enqueue(List<Answer> answers) {
        answers.forEach(answer -> Objects.requireNonNull(answer, "an answer of the queue is null"));
        script.enqueue(answers);
        return this;
    }

    /** Sets the function that answers when the queue is empty. It runs on the thread that subscribes. */
    public MockLlm respond(Function<LlmRequest, Answer> logic) {
        script.respond(logic);
        return this;
    }

    /** Sets the ids that {@link #models()} gives; by default one, {@code mock}. */
    public MockLlm models(String... ids) {
        return models(Answer.modelList(ids));
    }

    /** Sets the answer to requests for the models, to make them fail, say. */
    public MockLlm models(Answer answer) {
        script.models(answer);
        return this;
    }

    /** Sets what {@link #inputTokens(LlmRequest)} gives; by default a mock does not count, as most servers do not. */
    public MockLlm inputTokens(long count) {
        return inputTokens(Answer.inputTokens(count));
    }

    /** Sets the answer to requests for the number of input tokens, to make them fail, say. */
    public MockLlm inputTokens(Answer answer) {
        script.inputTokens(Objects.requireNonNull(answer, "answer"));
        return this;
    }

    /** Sets what {@link #capabilities()} gives: these are there, all others are not. By default nothing is known. */
    public MockLlm capabilities(Capability... there) {
        Map<Capability, Finding> findings = new EnumMap<>(Capability.class);
        for (Capability capability : Capability.values()) {
            Support support = List.of(there).contains(capability) ? Support.YES : Support.NO;
            findings.put(capability, new Finding(support, Source.CONFIGURED));
        }
        return capabilities(new LlmCapabilities(findings));
    }

    /** Sets what {@link #capabilities()} gives. */
    public MockLlm capabilities(LlmCapabilities known) {
        script.capabilities(Objects.requireNonNull(known, "known"));
        return this;
    }

    /** Forgets script, capabilities and requests, as between two tests. */
    public MockLlm reset() {
        script.reset();
        return this;
    }

    /** The requests so far, each as often as it was subscribed to. */
    public List<LlmRequest> requests() {
        return script.requests();
    }

    /**
     * The latest request.
     *
     * @throws AssertionError if there was none
     */
    public LlmRequest lastRequest() {
        List<LlmRequest> all = requests();
        if (all.isEmpty()) {
            throw new AssertionError("The mock has not been asked anything");
        }
        return all.get(all.size() - 1);
    }

    @Override
    public String name() {
        return script.name();
    }

    @Override
    public Multi<LlmEvent> stream(LlmRequest request) {
        Objects.requireNonNull(request, "request");
        return Multi.createFrom().deferred(() -> connection.to(script.reactionTo(request)).stream(request));
    }

    @Override
    public Uni<LlmResponse> complete(LlmRequest request) {
        Objects.requireNonNull(request, "request");
        return Uni.createFrom().deferred(() -> connection.to(script.reactionTo(request)).complete(request));
    }

    @Override
    public Uni<List<LlmModel>> models() {
        return Uni.createFrom().deferred(() -> connection.to(script.models()).models());
    }

    @Override
    public Uni<Long> inputTokens(LlmRequest request) {
        Objects.requireNonNull(request, "request");
        return Uni.createFrom().deferred(() -> connection.to(script.inputTokens()).inputTokens(request));
    }

    @Override
    public LlmCapabilities capabilities() {
        return script.capabilities();
    }

    @Override
    public String toString() {
        return "MockLlm " + name();
    }
}

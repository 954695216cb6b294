package io.quarkiverse.llm.messaging.runtime.remote;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmModel;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkiverse.llm.messaging.MessageHeaders;
import io.quarkiverse.llm.messaging.runtime.channel.ChannelNames;
import io.quarkiverse.llm.messaging.runtime.channel.MessageMapper;
import io.quarkiverse.llm.messaging.runtime.channel.Outbox;
import io.quarkiverse.llm.messaging.runtime.config.RemoteConfig;
import io.quarkiverse.llm.runtime.provider.EventLoops;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

/**
 * Sends its requests to a channel and streams the events back that come on another. Thread-safe.
 * <p>
 * Requests of one conversation ({@link LlmRequest#orderingKey()}) are answered one after the other. A request whose
 * {@link LlmRequest#extraHeaders()} have an {@code Idempotency-Key} is answered once only within the window of the worker: each
 * subscription is a request of its own, and a further one with the same key fails with an
 * {@link io.quarkiverse.llm.LlmBadRequestException} whose code is {@link LlmMessage.Failure#DUPLICATE}.
 * <p>
 * A failure in the middle of an answer has in {@link io.quarkiverse.llm.LlmException#partial()} what had arrived, or nothing
 * when that is more than {@link RemoteConfig#maxWaitingSize()}.
 */
public final class RemoteProvider implements LlmProvider {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.llm.messaging");
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    /** A time that can be written, which no request lives to see. */
    private static final Duration LONGEST = Duration.ofDays(10_000);

    /**
     * Where its messages go.
     *
     * @param requests what workers take
     * @param cancels what all workers hear
     */
    public record Outboxes(Outbox requests, Outbox cancels) {
    }

    /** What all answers share. */
    record Parts(RemoteSettings settings, RemoteFailures failures, MessageMapper mapper, Outboxes outboxes,
            OpenAnswers answers) {
    }

    private final Parts parts;
    private final EventLoops eventLoops;
    private final TraceHeaders trace;
    private final ReceivedEvents events;
    private final AtomicBoolean apiKeyDropped = new AtomicBoolean();

    /** Outside of any trace. */
    public RemoteProvider(String name, RemoteConfig config, MessageMapper mapper, Outboxes outboxes, Vertx vertx) {
        this(name, config, mapper, outboxes, vertx, TraceHeaders.NONE);
    }

    /**
     * @throws io.quarkus.runtime.configuration.ConfigurationException with a sentence that names the key, when a setting
     *         makes no sense
     */
    public RemoteProvider(String name, RemoteConfig config, MessageMapper mapper, Outboxes outboxes, Vertx vertx,
            TraceHeaders trace) {
        RemoteSettings settings = RemoteSettings.of(name, config);
        this.parts = new Parts(settings, new RemoteFailures(settings), mapper, outboxes, new OpenAnswers(mapper));
        this.eventLoops = new EventLoops(vertx);
        this.trace = trace;
        this.events = new ReceivedEvents(new ChannelNames(name).events(), parts.answers(), parts.failures());
    }

    @Override
    public String name() {
        return parts.settings().name();
    }

    @Override
    public Multi<LlmEvent> stream(LlmRequest request) {
        Objects.requireNonNull(request, "request");
        if (request.apiKey().isPresent() && !apiKeyDropped.getAndSet(true)) {
            LOG.warnf("Provider '%s' does not send the API key of a request to workers, which have their own: leave it out, or "
                    + "ask a provider of this application. This is said once", name());
        }
        return eventLoops.stream(name(), conversation(request), (context, taker) -> {
            Duration total = total(request);
            return new RemoteAnswer(parts, new LlmMessage.Request(headers(request, total), request), total, context, taker);
        });
    }

    private Duration total(LlmRequest request) {
        Duration total = request.timeout().orElse(parts.settings().timeout());
        return total.compareTo(LONGEST) > 0 ? LONGEST : total;
    }

    private MessageHeaders headers(LlmRequest request, Duration total) {
        MessageHeaders headers = MessageHeaders.create();
        return new MessageHeaders(headers.correlationId(), conversation(request), idempotencyKey(request),
                parts.settings().replyTo(), Optional.of(Instant.now().plus(total)), headers.attempt(), headers.worker(),
                headers.sequence(), trace.current());
    }

    private static Optional<String> conversation(LlmRequest request) {
        return request.orderingKey().filter(key -> !key.isBlank()).or(request::conversation);
    }

    private static Optional<String> idempotencyKey(LlmRequest request) {
        for (Map.Entry<String, String> header : request.extraHeaders().entrySet()) {
            if (header.getKey().equalsIgnoreCase(IDEMPOTENCY_KEY) && !header.getValue().isBlank()) {
                return Optional.of(header.getValue());
            }
        }
        return Optional.empty();
    }

    /** The configured ones: nobody is asked. */
    @Override
    public Uni<List<LlmModel>> models() {
        return Uni.createFrom().item(() -> parts.settings().models()
                .orElseThrow(parts.failures()::noModels).stream().map(RemoteProvider::model).toList());
    }

    private static LlmModel model(String id) {
        return new LlmModel(id, Optional.empty(), Optional.empty(), Optional.empty(),
                RawJson.verbatim(new JsonObject().put("id", id).put("object", "model").encode()));
    }

    /** What takes the messages of the channel of events. */
    public Flow.Subscriber<Message<?>> events() {
        return events;
    }
}

package io.quarkiverse.llm.gateway.runtime.limits;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonGenerator;

import io.github.bucket4j.TimeMeter;
import io.quarkiverse.llm.gateway.runtime.access.Caller;
import io.quarkiverse.llm.gateway.runtime.access.CallerLimits;

/** One caller: what it may still ask for, and what it has. Thread-safe. */
final class CallerState {

    static final String REQUESTS = "requests";
    static final String TOKENS = "tokens";
    /** When to ask again where nobody can know when there is room. */
    private static final Duration SOON = Duration.ofSeconds(1);

    final String name;
    final CallerLimits limits;
    final CallerUsage usage = new CallerUsage();
    final Optional<Rate> requests;
    final Optional<Rate> tokens;
    private final Seats seats;
    private final Alarm alarm;

    CallerState(Caller caller, TimeMeter clock, Alarm alarm) {
        this.name = caller.name();
        this.limits = caller.limits();
        this.requests = Optional.ofNullable(Rate.of(REQUESTS, limits.requestsPerMinute(), clock));
        this.tokens = Optional.ofNullable(Rate.of(TOKENS, limits.tokensPerMinute(), clock));
        this.seats = new Seats(limits.concurrentRequests().orElse(Integer.MAX_VALUE), limits.queueLength());
        this.alarm = alarm;
    }

    /** What remains, in OpenAI's headers. */
    Map<String, String> headers() {
        Map<String, String> headers = new TreeMap<>();
        requests.ifPresent(rate -> rate.tell(headers));
        tokens.ifPresent(rate -> rate.tell(headers));
        return headers;
    }

    /**
     * Who finds no place takes nothing of what it may ask for in a minute.
     *
     * @throws LimitReachedException
     */
    Ticket enter() {
        usage.requests.increment();
        Seats.Claim claim = seats.claim();
        if (claim == null) {
            throw refusal(REQUESTS, "Too many requests at once: " + limits.concurrentRequests().orElse(0)
                    + " are under way and " + limits.queueLength() + " wait.", SOON);
        }
        Optional<Rate> over = tokens.filter(rate -> !rate.waitForOne().isZero())
                .or(() -> requests.filter(rate -> !rate.takeOne()));
        over.ifPresent(rate -> {
            claim.leave();
            throw refusal(rate.what(), "Rate limit reached: " + rate.most() + " " + rate.what() + " per minute.",
                    rate.waitForOne());
        });
        return new Ticket(this, claim, alarm);
    }

    LimitReachedException waitedTooLong() {
        return refusal(REQUESTS, "Too many requests at once: none of those under way has ended within "
                + limits.queueTimeout().toMillis() + " ms.", SOON);
    }

    LimitReachedException tooManyWebSockets(int most) {
        return refusal(REQUESTS, "Too many WebSockets: " + most + " are open.", SOON);
    }

    private LimitReachedException refusal(String type, String what, Duration wait) {
        usage.refused.increment();
        return new LimitReachedException(type, what, wait, headers());
    }

    int queued() {
        return seats.queued();
    }

    /** The caller's usage and what remains, as JSON. */
    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("object", "gateway.usage");
        json.writeStringField("key", name);
        json.writeNumberField("requests", usage.requests.sum());
        json.writeNumberField("refused_requests", usage.refused.sum());
        json.writeNumberField("failed_requests", usage.failed.sum());
        json.writeNumberField("open_requests", usage.openRequests.get());
        json.writeNumberField("queued_requests", queued());
        json.writeNumberField("open_websockets", usage.openWebSockets.get());
        json.writeNumberField("input_tokens", usage.inputTokens.sum());
        json.writeNumberField("cached_input_tokens", usage.cachedInputTokens.sum());
        json.writeNumberField("output_tokens", usage.outputTokens.sum());
        json.writeObjectFieldStart("limits");
        for (Rate rate : Stream.of(requests, tokens).flatMap(Optional::stream).toList()) {
            json.writeNumberField(rate.what() + "_per_minute", rate.most());
            json.writeNumberField("remaining_" + rate.what(), rate.remaining());
        }
        if (limits.concurrentRequests().isPresent()) {
            json.writeNumberField("concurrent_requests", limits.concurrentRequests().getAsInt());
        }
        if (limits.websockets().isPresent()) {
            json.writeNumberField("websockets", limits.websockets().getAsInt());
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}

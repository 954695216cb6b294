package io.quarkiverse.llm.gateway.runtime.limits;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.github.bucket4j.TimeMeter;
import io.quarkiverse.llm.gateway.runtime.access.Caller;
import io.vertx.core.Vertx;

/** What each caller may still ask for, and what it has asked for since the start. In this process alone. Thread-safe. */
public final class Limits {

    private static final JsonFactory JSON = new JsonFactory();
    /** How long one is remembered whom the configuration does not name, and how many of them are. */
    private static final Duration REMEMBERED = Duration.ofDays(1);
    private static final int MOST_REMEMBERED = 10_000;

    private final TimeMeter clock;
    private final Alarm alarm;
    private final int mostWebSockets;
    private final AtomicInteger webSockets = new AtomicInteger();
    private final Map<String, CallerState> configured = new ConcurrentHashMap<>();
    private final Cache<String, CallerState> others;

    /**
     * @param mostWebSockets of all callers together
     */
    public Limits(Vertx vertx, int mostWebSockets) {
        this(TimeMeter.SYSTEM_NANOTIME, (time, action) -> {
            long timer = vertx.setTimer(Math.max(1, time.toMillis()), due -> action.run());
            return () -> vertx.cancelTimer(timer);
        }, mostWebSockets);
    }

    Limits(TimeMeter clock, Alarm alarm, int mostWebSockets) {
        this.clock = clock;
        this.alarm = alarm;
        this.mostWebSockets = mostWebSockets;
        others = Caffeine.newBuilder().expireAfterAccess(REMEMBERED).maximumSize(MOST_REMEMBERED)
                .ticker(clock::currentTimeNanos).build();
    }

    /**
     * For each request that a provider will be asked. The ticket must be closed, however that ends.
     *
     * @throws LimitReachedException when the caller must wait
     */
    public Ticket enter(Caller caller) {
        return of(caller).enter();
    }

    /**
     * For each WebSocket that a caller wants to open. The ticket must be closed with it.
     *
     * @throws LimitReachedException when there are too many
     */
    public WebSocketTicket openWebSocket(Caller caller) {
        CallerState state = of(caller);
        int most = state.limits.websockets().orElse(Integer.MAX_VALUE);
        if (state.usage.openWebSockets.incrementAndGet() > most) {
            state.usage.openWebSockets.decrementAndGet();
            throw state.tooManyWebSockets(most);
        } else if (webSockets.incrementAndGet() > mostWebSockets) {
            webSockets.decrementAndGet();
            state.usage.openWebSockets.decrementAndGet();
            throw state.tooManyWebSockets(mostWebSockets);
        }
        return new WebSocketTicket(() -> {
            webSockets.decrementAndGet();
            state.usage.openWebSockets.decrementAndGet();
        });
    }

    private CallerState of(Caller caller) {
        return caller.configured() ? configured.computeIfAbsent(caller.owner(), owner -> make(caller))
                : others.get(caller.owner(), owner -> make(caller));
    }

    private CallerState make(Caller caller) {
        return new CallerState(caller, clock, alarm);
    }

    /** The usage of one caller, as JSON in UTF-8. */
    public byte[] usage(Caller caller) {
        return encode(of(caller)::write);
    }

    /** The usage of all that were here, by name, as JSON in UTF-8. */
    public byte[] usageOfAll() {
        List<CallerState> all = Stream.concat(configured.values().stream(), others.asMap().values().stream())
                .sorted(Comparator.comparing(state -> state.name)).toList();
        return encode(json -> {
            json.writeStartObject();
            json.writeStringField("object", "list");
            json.writeArrayFieldStart("data");
            for (CallerState state : all) {
                state.write(json);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private interface Writing {
        void write(JsonGenerator json) throws IOException;
    }

    private static byte[] encode(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            writing.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot happen in memory", e);
        }
        return bytes.toByteArray();
    }
}

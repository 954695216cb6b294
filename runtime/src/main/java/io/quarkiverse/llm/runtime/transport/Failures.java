package io.quarkiverse.llm.runtime.transport;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.proxy.ProxyConnectException;
import io.quarkiverse.llm.LlmDecodeException;
import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmLimitException;
import io.quarkiverse.llm.LlmTimeoutException;
import io.quarkiverse.llm.LlmTimeoutException.Limit;
import io.quarkiverse.llm.LlmTransportException;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.SettingKey;
import io.quarkiverse.llm.runtime.sse.SseEventTooLargeException;

/**
 * Puts into words what went wrong between us and one server: who, where, and what to do. Never the query of the URL or a
 * header, which may be secret.
 */
public final class Failures {

    /** The last part of the key of the bound of the queue. */
    public static final String MAX_QUEUED_REQUESTS = "max-queued-requests";

    private final String provider;
    private final String who;
    private final String where;
    private final ProviderSettings settings;
    private final Room room;

    public Failures(ProviderSettings settings) {
        this(settings, Room.of(settings));
    }

    public Failures(ProviderSettings settings, Room room) {
        this.settings = settings;
        this.room = room;
        provider = settings.name();
        who = SettingKey.subject(provider) + ": ";
        where = settings.endpoint().host() + ":" + settings.endpoint().port();
    }

    /** Host and port. */
    public String where() {
        return where;
    }

    /** The full configuration key of this provider. */
    public String key(String lastPart) {
        return new SettingKey(provider, lastPart).property();
    }

    public LlmErrorDetails details() {
        return LlmErrorDetails.of(provider);
    }

    public LlmTransportException closed() {
        return transport("the provider is closed and takes no further requests", null);
    }

    public LlmTransportException badRequest(RuntimeException cause) {
        // not as the cause: its message may show the value of a header
        return transport("the request to " + where + " cannot be built (" + cause.getClass().getSimpleName()
                + "): look for line ends and control characters in its headers", null);
    }

    public LlmLimitException queueFull() {
        return limit(room.requests() + " requests are under way and " + settings.connections().maxQueuedRequests()
                + " wait for room: raise " + key(room.key()) + " or " + key(MAX_QUEUED_REQUESTS) + ", or send fewer at a time",
                MAX_QUEUED_REQUESTS);
    }

    public LlmLimitException responseTooLarge() {
        String key = "max-response-size";
        return limit("the answer of " + where + " has more than " + settings.sizeLimits().maxResponseSize()
                + " bytes: raise " + key(key), key);
    }

    public LlmLimitException eventTooLarge(int maxEventSize) {
        String key = "max-event-size";
        return limit("an event of the answer of " + where + " has more than " + maxEventSize + " bytes: raise " + key(key),
                key);
    }

    /**
     * @param key the last part of the key of that limit
     */
    public LlmLimitException limit(String sentence, String key) {
        return new LlmLimitException(who + sentence, key, details());
    }

    public LlmTimeoutException timeout(Limit limit, Duration span) {
        String sentence = switch (limit) {
            case CONNECT -> "no connection to " + where + " within %s: check that the server is up and reachable, or raise %s";
            case ACQUIRE -> "no room for the request within %s, " + room.requests() + " are under way: raise "
                    + key(room.key()) + " or %s";
            case FIRST_EVENT -> "no event from " + where
                    + " within %s of the request: a large model or prompt may need longer, raise %s";
            case IDLE -> "the stream of " + where + " fell silent for %s: if the model may think that long, raise %s";
            case TOTAL -> "the answer of " + where + " was not complete within %s: raise %s, or the request's own timeout";
        };
        return new LlmTimeoutException(who + sentence.formatted(inWords(span), key(limit.key())), limit, span, details());
    }

    private static String inWords(Duration span) {
        return span.toMillis() % 1000 == 0 ? span.toSeconds() + " s" : span.toMillis() + " ms";
    }

    /**
     * @param connected whether the request had been sent
     * @param answering whether the answer had begun
     */
    public LlmException of(Throwable cause, boolean connected, boolean answering, Duration connectLimit) {
        if (cause instanceof LlmException failure) {
            return failure;
        } else if (cause instanceof SseEventTooLargeException tooLarge) {
            return eventTooLarge(tooLarge.maxEventSize());
        } else if (!connected) {
            return connecting(cause, connectLimit);
        } else if (cause instanceof IOException || cause instanceof Http2Exception
                || cause.getClass().getName().startsWith("io.vertx.")) {
            return transport("the connection to " + where + " broke " + (answering ? "before the answer was complete"
                    : "before an answer came") + reason(cause), cause);
        }
        return decode("the answer of " + where + " could not be handled: " + cause, cause);
    }

    private LlmException connecting(Throwable cause, Duration limit) {
        if (cause instanceof ProxyConnectException) {
            return transport("no connection to " + where + " through the proxy" + reason(cause), cause);
        } else if (cause instanceof ConnectTimeoutException || cause instanceof TimeoutException) {
            LlmTimeoutException timeout = timeout(Limit.CONNECT, limit);
            timeout.initCause(cause);
            return timeout;
        } else if (cause instanceof UnknownHostException) {
            return transport("the host " + settings.endpoint().host() + " is unknown: check " + key("base-url"), cause);
        } else if (cause instanceof ConnectException) {
            return transport("no connection to " + where + ": is the server running, and is " + key("base-url")
                    + " right?" + reason(cause), cause);
        } else if (cause instanceof SSLException) {
            return transport("no TLS connection to " + where + ": check its certificate, " + key("tls-configuration-name")
                    + " and whether the server speaks TLS at all" + reason(cause), cause);
        }
        return transport("no connection to " + where + reason(cause), cause);
    }

    private static String reason(Throwable cause) {
        return cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")";
    }

    public LlmDecodeException decode(String sentence, Throwable cause) {
        return new LlmDecodeException(who + sentence, "", details(), cause);
    }

    public LlmTransportException transport(String sentence, Throwable cause) {
        return new LlmTransportException(who + sentence, details(), cause);
    }
}

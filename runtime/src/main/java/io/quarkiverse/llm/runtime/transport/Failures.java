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
final class Failures {

    private final String provider;
    private final String who;
    private final String where;
    private final ProviderSettings settings;

    Failures(ProviderSettings settings) {
        this.settings = settings;
        provider = settings.name();
        who = SettingKey.subject(provider) + ": ";
        where = settings.endpoint().host() + ":" + settings.endpoint().port();
    }

    /** The full configuration key of this provider. */
    String key(String lastPart) {
        return new SettingKey(provider, lastPart).property();
    }

    private LlmErrorDetails details() {
        return LlmErrorDetails.of(provider);
    }

    LlmTransportException closed() {
        return transport("the provider is closed and takes no further requests", null);
    }

    LlmTransportException badRequest(RuntimeException cause) {
        // not as the cause: its message may show the value of a header
        return transport("the request to " + where + " cannot be built (" + cause.getClass().getSimpleName()
                + "): look for line ends and control characters in its headers", null);
    }

    LlmLimitException queueFull() {
        String key = "max-queued-requests";
        return new LlmLimitException(who + settings.connections().maxConcurrentRequests() + " requests are under way and "
                + settings.connections().maxQueuedRequests() + " wait for room: raise "
                + key("max-concurrent-requests") + " or " + key(key) + ", or send fewer at a time", key, details());
    }

    LlmLimitException responseTooLarge() {
        String key = "max-response-size";
        return new LlmLimitException(who + "the answer of " + where + " has more than "
                + settings.sizeLimits().maxResponseSize() + " bytes: raise " + key(key), key, details());
    }

    private LlmLimitException eventTooLarge(SseEventTooLargeException e) {
        String key = "max-event-size";
        return new LlmLimitException(who + "an event of the answer of " + where + " has more than " + e.maxEventSize()
                + " bytes: raise " + key(key), key, details());
    }

    LlmTimeoutException timeout(Limit limit, Duration span) {
        String sentence = switch (limit) {
            case CONNECT -> "no connection to " + where + " within %s: check that the server is up and reachable, or raise %s";
            case ACQUIRE -> "no room for the request within %s, " + settings.connections().maxConcurrentRequests()
                    + " are under way: raise " + key("max-concurrent-requests") + " or %s";
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
    LlmException of(Throwable cause, boolean connected, boolean answering, Duration connectLimit) {
        if (cause instanceof LlmException failure) {
            return failure;
        } else if (cause instanceof SseEventTooLargeException tooLarge) {
            return eventTooLarge(tooLarge);
        } else if (!connected) {
            return connecting(cause, connectLimit);
        } else if (cause instanceof IOException || cause instanceof Http2Exception
                || cause.getClass().getName().startsWith("io.vertx.")) {
            return transport("the connection to " + where + " broke " + (answering ? "before the answer was complete"
                    : "before an answer came") + reason(cause), cause);
        }
        return new LlmDecodeException(who + "the answer of " + where + " could not be handled: " + cause, "", details(), cause);
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

    private LlmTransportException transport(String sentence, Throwable cause) {
        return new LlmTransportException(who + sentence, details(), cause);
    }
}

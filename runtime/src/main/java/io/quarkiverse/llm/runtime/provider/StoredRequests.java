package io.quarkiverse.llm.runtime.provider;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

import io.quarkiverse.llm.Capability;
import io.quarkiverse.llm.LlmCapabilities;
import io.quarkiverse.llm.LlmCapabilities.Source;
import io.quarkiverse.llm.LlmCapabilities.Support;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmUnsupportedException;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.SettingKey;
import io.quarkiverse.llm.runtime.config.TimeLimits;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.transport.OutgoingRequest;

/** Makes requests about responses that the server has stored. */
final class StoredRequests {

    /** The most that a page may have. */
    private static final int PAGE = 100;
    /** A request of another time, of which nothing is known: without key and headers of its own. */
    static final LlmRequest ANY = LlmRequest.of("later");

    private final ProviderSettings settings;
    private final OutgoingRequests requests;
    private final WireChoice choice;

    StoredRequests(ProviderSettings settings, OutgoingRequests requests, WireChoice choice) {
        this.choice = choice;
        this.settings = settings;
        this.requests = requests;
    }

    /**
     * @throws IllegalArgumentException when there can be no response of that id: what is left of the path would be another's
     */
    static String checked(String responseId) {
        Objects.requireNonNull(responseId, "responseId");
        if (responseId.isBlank() || responseId.equals(".") || responseId.equals("..")
                || responseId.chars().anyMatch(StoredRequests::isOfAPath)) {
            throw new IllegalArgumentException("'" + responseId + "' is no id of a response");
        }
        return responseId;
    }

    /**
     * @throws IllegalArgumentException when it is neither a sequence number nor -1, which stands for the whole stream
     */
    static long checked(long startingAfter) {
        if (startingAfter < -1) {
            throw new IllegalArgumentException("A sequence number is 0 or more, or -1 for the whole stream, not "
                    + startingAfter);
        }
        return startingAfter;
    }

    /** Servers and proxies decode paths before they look at them. */
    private static boolean isOfAPath(int character) {
        return "/\\?#".indexOf(character) >= 0 || Character.isISOControl(character);
    }

    OutgoingRequest get(String id) {
        return get(id, ANY, settings.timeLimits());
    }

    /** The response to a request: with the key that it was asked with. */
    OutgoingRequest get(String id, LlmRequest of, TimeLimits limits) {
        return request("GET", path(id), of, false, limits);
    }

    OutgoingRequest delete(String id) {
        return request("DELETE", path(id), ANY, false, settings.timeLimits());
    }

    OutgoingRequest cancel(String id) {
        return request("POST", path(id) + "/cancel", ANY, false, settings.timeLimits());
    }

    /** A page of them. */
    OutgoingRequest inputItems(String id, Optional<String> afterItem) {
        return request("GET", path(id) + "/input_items?order=asc&limit=" + PAGE
                + afterItem.map(item -> "&after=" + encoded(item)).orElse(""), ANY, false, settings.timeLimits());
    }

    OutgoingRequest stream(String id, long startingAfter, LlmRequest of, TimeLimits limits) {
        return request("GET", path(id) + "?stream=true" + (startingAfter < 0 ? "" : "&starting_after=" + startingAfter), of,
                true, limits);
    }

    private OutgoingRequest request(String method, String path, LlmRequest of, boolean stream, TimeLimits limits) {
        if (settings.wire().api() == WireApi.CHAT_COMPLETIONS) {
            throw unsupported("it is bound to Chat Completions by " + key("wire-api"));
        }
        LlmCapabilities.Finding known = settings.capabilities().of(Capability.STORED_RESPONSES);
        if (known.support() == Support.NO) {
            throw unsupported("its server is known to store none. If it does by now, set "
                    + key("capabilities.stored-responses") + "=true");
        }
        if (known.source() != Source.CONFIGURED) {
            choice.foundMissing(WireApi.RESPONSES, of).ifPresent(reason -> {
                throw unsupported("they belong to the Responses API, and " + reason);
            });
        }
        return requests.stored(method, path, of, stream, limits);
    }

    private LlmUnsupportedException unsupported(String reason) {
        String feature = "stored responses";
        return new LlmUnsupportedException(settings.name(), feature, SettingKey.subject(settings.name()) + " does not support "
                + feature + ": " + reason);
    }

    private SettingKey key(String member) {
        return new SettingKey(settings.name(), member);
    }

    private String path(String id) {
        return settings.wire().responsesPath() + "/" + encoded(id);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

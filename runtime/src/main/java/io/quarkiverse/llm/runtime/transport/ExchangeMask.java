package io.quarkiverse.llm.runtime.transport;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import io.quarkiverse.llm.Secret;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.SecretMask;

/** Hides what is secret in one exchange: what is configured, and what its request alone brings. */
final class ExchangeMask {

    private static final Set<String> SECRET_HEADERS = Set.of("authorization", "proxy-authorization", "cookie", "set-cookie");
    /** A request may bring headers of its own: {@code api-key}, {@code x-goog-api-key}, {@code x-session-id}. */
    private static final Pattern SECRET_NAME = Pattern.compile("key|token|secret|auth|session");
    /** Servers name secrets in whole words, and count {@code tokens} beside them. */
    private static final Pattern SECRET_WORD = Pattern.compile("(^|[-_])(key|token|secret|auth|session)([-_]|$)");
    private static final Pattern RATE_LIMIT = Pattern.compile("rate-?limit");

    private final Set<String> secretHeaders = new HashSet<>(SECRET_HEADERS);
    private final Set<String> secretFields;
    private final SecretMask secrets;

    ExchangeMask(ProviderSettings settings, OutgoingRequest request) {
        settings.headers().keySet().forEach(name -> secretHeaders.add(name.toLowerCase(Locale.ROOT)));
        secretFields = settings.extraBody().keySet();
        List<String> ofRequest = new ArrayList<>();
        request.headers().forEach((name, value) -> {
            if (isSecretOfRequest(name)) {
                ofRequest.add(value);
            }
        });
        secrets = SecretMask.of(settings).withHeaders(ofRequest);
    }

    private boolean isSecretOfRequest(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return secretHeaders.contains(name) || SECRET_NAME.matcher(name).find();
    }

    private boolean isSecretOfAnswer(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return secretHeaders.contains(name) || SECRET_WORD.matcher(name).find() && !RATE_LIMIT.matcher(name).find();
    }

    /** Sorted by name. */
    Map<String, String> requestHeaders(Map<String, String> headers) {
        return headers(headers, this::isSecretOfRequest);
    }

    /** Sorted by name. */
    Map<String, String> answerHeaders(Map<String, String> headers) {
        return headers(headers, this::isSecretOfAnswer);
    }

    private Map<String, String> headers(Map<String, String> headers, Predicate<String> secret) {
        Map<String, String> shown = new TreeMap<>();
        headers.forEach((name, value) -> shown.put(name, secret.test(name) ? Secret.MASK : secrets.mask(value)));
        return shown;
    }

    String target(String target) {
        int query = target.indexOf('?');
        if (query < 0) {
            return target;
        }
        StringBuilder shown = new StringBuilder(target.substring(0, query));
        char separator = '?';
        for (String parameter : target.substring(query + 1).split("&")) {
            int value = parameter.indexOf('=');
            // a parameter without a name may be a secret itself
            shown.append(separator).append(value < 0 ? Secret.MASK : parameter.substring(0, value + 1) + Secret.MASK);
            separator = '&';
        }
        return shown.toString();
    }

    String requestBody(byte[] body) {
        return secrets.mask(MaskedBody.of(body, secretFields));
    }

    String text(byte[] data, int offset, int length) {
        return text(new String(data, offset, length, StandardCharsets.UTF_8));
    }

    String text(String text) {
        return secrets.mask(text);
    }

    MaskedBytes bytes() {
        return new MaskedBytes(secrets.secrets());
    }
}

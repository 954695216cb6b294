package io.quarkiverse.llm.runtime.transport;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

import org.jboss.logging.Logger;

import io.quarkiverse.llm.Secret;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.SecretMask;
import io.quarkiverse.llm.runtime.config.SettingKey;

/** What a provider's transport logs; nothing secret is in it. Thread-safe. */
final class ExchangeLog {

    private static final Logger LOG = Logger.getLogger(ExchangeLog.class.getPackageName());
    private static final int MAX_LENGTH = 10_000;
    private static final long WARNING_INTERVAL = TimeUnit.MINUTES.toNanos(1);
    private static final Set<String> SECRET_HEADERS = Set.of("authorization", "proxy-authorization", "api-key", "x-api-key",
            "x-goog-api-key", "cookie", "set-cookie");

    private static final Pattern SECRET_NAME = Pattern.compile("key|token|secret|auth|session");

    private final ProviderSettings settings;
    private final String subject;
    private final SecretMask secrets;
    private final Failures failures;
    private final Set<String> secretHeaders = new HashSet<>(SECRET_HEADERS);
    private final AtomicLong nextWarning = new AtomicLong(System.nanoTime());

    ExchangeLog(ProviderSettings settings, Failures failures) {
        this.settings = settings;
        this.subject = SettingKey.subject(settings.name());
        this.secrets = SecretMask.of(settings);
        this.failures = failures;
        settings.headers().keySet().forEach(name -> secretHeaders.add(name.toLowerCase(Locale.ROOT)));
    }

    /** Requests begin to wait for room. Said at most once a minute. */
    void queueing() {
        long now = System.nanoTime();
        long next = nextWarning.get();
        if (now - next >= 0 && nextWarning.compareAndSet(next, now + WARNING_INTERVAL)) {
            LOG.warnf("%s: %d requests are under way, further ones wait. Raise %s if the server can take more",
                    subject, settings.connections().maxConcurrentRequests(),
                    failures.key("max-concurrent-requests"));
        }
    }

    /** A failure that could not be told to anyone. */
    void lost(Throwable failure) {
        LOG.errorf(failure, "%s: a failure was met with a failure", subject);
    }

    void request(OutgoingRequest request) {
        if (settings.logRequests()) {
            LOG.infof("%s request: %s %s%s\n%s\n%s", subject, request.method(),
                    settings.endpoint().origin(), maskQuery(request.target()), mask(request.headers()),
                    capped(MaskedBody.of(request.body(), settings.extraBody().keySet())));
        }
    }

    void head(Head head) {
        if (settings.logResponses()) {
            LOG.infof("%s response: %d\n%s", subject, head.status(), mask(head.headers()));
        }
    }

    void event(String name, byte[] data, int offset, int length) {
        if (settings.logResponses()) {
            LOG.infof("%s event %s: %s", subject, name, text(data, offset, length));
        }
    }

    void body(byte[] data, int offset, int length) {
        if (settings.logResponses()) {
            LOG.infof("%s body: %s", subject, text(data, offset, length));
        }
    }

    private String text(byte[] data, int offset, int length) {
        return capped(secrets.mask(new String(data, offset, length, StandardCharsets.UTF_8)));
    }

    private static String capped(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "...";
    }

    private Map<String, String> mask(Map<String, String> headers) {
        Map<String, String> shown = new TreeMap<>();
        headers.forEach((name, value) -> shown.put(name,
                isSecret(name.toLowerCase(Locale.ROOT)) ? Secret.MASK : value));
        return shown;
    }

    /** Also by what its name says: a request may bring headers of its own. */
    private boolean isSecret(String header) {
        return secretHeaders.contains(header) || SECRET_NAME.matcher(header).find();
    }

    private static String maskQuery(String target) {
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
}

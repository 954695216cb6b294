package io.quarkiverse.llm.runtime.transport;

import org.jboss.logging.Logger;

import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.SettingKey;

/** Logs an exchange, as far as it is configured; nothing secret is in it. */
final class LoggedExchange implements ExchangeTap {

    private static final Logger LOG = Logger.getLogger(LoggedExchange.class.getPackageName());
    private static final int MAX_LENGTH = 10_000;

    private final ProviderSettings settings;
    private final String subject;
    private final ExchangeMask mask;

    LoggedExchange(ProviderSettings settings, ExchangeMask mask) {
        this.settings = settings;
        this.subject = SettingKey.subject(settings.name());
        this.mask = mask;
    }

    @Override
    public void request(OutgoingRequest request) {
        if (settings.logRequests()) {
            LOG.infof("%s request: %s %s%s\n%s\n%s", subject, request.method(), settings.endpoint().origin(),
                    mask.target(request.target()), mask.requestHeaders(request.headers()),
                    capped(mask.requestBody(request.body())));
        }
    }

    @Override
    public void head(Head head) {
        if (settings.logResponses()) {
            LOG.infof("%s response: %d\n%s", subject, head.status(), mask.answerHeaders(head.headers()));
        }
    }

    @Override
    public void event(String name, byte[] data, int offset, int length) {
        if (settings.logResponses()) {
            LOG.infof("%s event %s: %s", subject, name, capped(mask.text(data, offset, length)));
        }
    }

    @Override
    public void body(byte[] data, int offset, int length) {
        if (settings.logResponses()) {
            LOG.infof("%s body: %s", subject, capped(mask.text(data, offset, length)));
        }
    }

    private static String capped(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "...";
    }
}

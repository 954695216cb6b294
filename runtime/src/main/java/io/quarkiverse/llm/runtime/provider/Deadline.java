package io.quarkiverse.llm.runtime.provider;

import java.time.Duration;
import java.util.Optional;

import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmTimeoutException;
import io.quarkiverse.llm.LlmTimeoutException.Limit;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.SettingKey;
import io.quarkiverse.llm.runtime.config.TimeLimits;

/** The total time limit of work that takes several exchanges. It runs from the moment when this is made. */
final class Deadline {

    private final ProviderSettings settings;
    private final Optional<Duration> total;
    private final long start = System.nanoTime();

    Deadline(ProviderSettings settings, LlmRequest request) {
        this.settings = settings;
        this.total = request.timeout().or(() -> settings.timeLimits().total());
    }

    /** What of the limit is left; negative when it is over, empty when there is none. */
    private Optional<Duration> left() {
        return total.map(limit -> limit.minusNanos(System.nanoTime() - start));
    }

    boolean isOver() {
        return left().filter(left -> left.isNegative() || left.isZero()).isPresent();
    }

    /** This, or what is left when that is less. */
    Duration within(Duration wait) {
        return left().filter(left -> left.compareTo(wait) < 0).orElse(wait);
    }

    /** The limits of the next exchange. */
    TimeLimits limits() {
        return left().map(left -> settings.timeLimits().withTotal(left)).orElse(settings.timeLimits());
    }

    /** An exchange that has reached its limit had only the rest of it. */
    LlmException told(LlmException failure) {
        return failure instanceof LlmTimeoutException timeout && timeout.limit() == Limit.TOTAL ? exceeded() : failure;
    }

    LlmTimeoutException exceeded() {
        Duration limit = total.orElseThrow();
        return new LlmTimeoutException(SettingKey.subject(settings.name()) + ": the response was not complete within "
                + limit.toMillis() + " ms and may still be running: raise " + new SettingKey(settings.name(), "timeout")
                + ", or the request's own timeout", Limit.TOTAL, limit, LlmErrorDetails.of(settings.name()));
    }
}

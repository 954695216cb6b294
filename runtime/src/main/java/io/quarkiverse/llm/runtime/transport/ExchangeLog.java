package io.quarkiverse.llm.runtime.transport;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.jboss.logging.Logger;

import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.SettingKey;

/** What a provider's transport has to say without being asked. Thread-safe. */
public final class ExchangeLog {

    private static final Logger LOG = Logger.getLogger(ExchangeLog.class.getPackageName());
    private static final long WARNING_INTERVAL = TimeUnit.MINUTES.toNanos(1);

    private final ProviderSettings settings;
    private final Room room;
    private final String subject;
    private final AtomicLong nextQueueing = new AtomicLong(System.nanoTime());
    private final AtomicLong nextNotRecorded = new AtomicLong(System.nanoTime());

    ExchangeLog(ProviderSettings settings) {
        this(settings, Room.of(settings));
    }

    public ExchangeLog(ProviderSettings settings, Room room) {
        this.settings = settings;
        this.room = room;
        this.subject = SettingKey.subject(settings.name());
    }

    /** Requests begin to wait for room. Said at most once a minute. */
    public void queueing() {
        if (isTime(nextQueueing)) {
            LOG.warnf("%s: %d requests are under way, further ones wait. Raise %s if the server can take more",
                    subject, room.requests(), key(room.key()));
        }
    }

    /** An exchange is not recorded to its end, and goes on without. Said at most once a minute. */
    void notRecorded(String why) {
        if (isTime(nextNotRecorded)) {
            LOG.warnf("%s: exchanges are not recorded completely: %s. Check %s", subject, why, key("record.directory"));
        }
    }

    /** A failure that could not be told to anyone. */
    public void lost(Throwable failure) {
        LOG.errorf(failure, "%s: a failure was met with a failure", subject);
    }

    private String key(String member) {
        return new SettingKey(settings.name(), member).property();
    }

    private static boolean isTime(AtomicLong next) {
        long now = System.nanoTime();
        long due = next.get();
        return now - due >= 0 && next.compareAndSet(due, now + WARNING_INTERVAL);
    }
}

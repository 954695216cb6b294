package io.quarkiverse.llm.messaging.runtime.config;

import java.util.regex.Pattern;

/** Keys of workers and remote providers as one writes them. */
public final class MessagingKey {

    private static final String PREFIX = "quarkus.llm-messaging.";
    /** What needs no quotes. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");

    private MessagingKey() {
    }

    /** {@code quarkus.llm-messaging.workers.NAME}. */
    public static String worker(String name) {
        return PREFIX + "workers." + quoted(name);
    }

    /** {@code quarkus.llm-messaging.workers.NAME.MEMBER}. */
    public static String worker(String name, String member) {
        return worker(name) + "." + member;
    }

    /** {@code quarkus.llm-messaging.remotes.NAME}. */
    public static String remote(String name) {
        return PREFIX + "remotes." + quoted(name);
    }

    /** {@code quarkus.llm-messaging.remotes.NAME.MEMBER}. */
    public static String remote(String name, String member) {
        return remote(name) + "." + member;
    }

    /** A part of a key, with quotes where it would be read as several otherwise. */
    public static String quoted(String part) {
        return PLAIN.matcher(part).matches() ? part : '"' + part + '"';
    }
}

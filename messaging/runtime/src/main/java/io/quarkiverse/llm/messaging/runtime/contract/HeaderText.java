package io.quarkiverse.llm.messaging.runtime.contract;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkiverse.llm.messaging.MessageHeaders;

/** Headers as text. */
public final class HeaderText {

    private static final String VERSION = String.valueOf(LlmMessage.VERSION);

    private HeaderText() {
    }

    /** By their names. */
    public static Map<String, String> write(LlmMessage message) {
        MessageHeaders headers = message.headers();
        Map<String, String> text = new LinkedHashMap<>();
        text.put(HeaderNames.VERSION, VERSION);
        text.put(HeaderNames.TYPE, type(message));
        text.put(HeaderNames.CORRELATION_ID, headers.correlationId());
        text.put(HeaderNames.ATTEMPT, Integer.toString(headers.attempt()));
        if (headers.sequence() != MessageHeaders.NO_SEQUENCE) {
            text.put(HeaderNames.SEQUENCE, Long.toString(headers.sequence()));
        }
        headers.worker().ifPresent(worker -> text.put(HeaderNames.WORKER, worker));
        headers.conversation().ifPresent(conversation -> text.put(HeaderNames.CONVERSATION, conversation));
        headers.idempotencyKey().ifPresent(key -> text.put(HeaderNames.IDEMPOTENCY_KEY, key));
        headers.replyTo().ifPresent(address -> text.put(HeaderNames.REPLY_TO, address));
        headers.deadline().ifPresent(deadline -> text.put(HeaderNames.DEADLINE, deadline.toString()));
        text.putAll(headers.trace());
        if (message instanceof LlmMessage.DeadLetter letter) {
            text.put(HeaderNames.REASON, letter.reason());
        }
        return text;
    }

    private static String type(LlmMessage message) {
        if (message instanceof LlmMessage.Event) {
            return "event";
        } else if (message instanceof LlmMessage.Request) {
            return "request";
        } else if (message instanceof LlmMessage.Response) {
            return "response";
        } else if (message instanceof LlmMessage.Failure) {
            return "failure";
        } else if (message instanceof LlmMessage.Cancel) {
            return "cancel";
        }
        return "dead_letter";
    }

    /**
     * @throws MalformedMessageException with a sentence
     */
    public static MessageHeaders read(UnaryOperator<String> header) {
        requireVersion(header);
        return new MessageHeaders(required(header, HeaderNames.CORRELATION_ID), optional(header, HeaderNames.CONVERSATION),
                optional(header, HeaderNames.IDEMPOTENCY_KEY), optional(header, HeaderNames.REPLY_TO),
                deadlineOf(header), attempt(header), worker(header), sequence(header), trace(header));
    }

    /** What can be read of them, each by itself, of any version; with a correlation id of its own where there is none. */
    public static MessageHeaders readable(UnaryOperator<String> header) {
        return new MessageHeaders(
                optional(header, HeaderNames.CORRELATION_ID).orElseGet(() -> MessageHeaders.create().correlationId()),
                optional(header, HeaderNames.CONVERSATION), optional(header, HeaderNames.IDEMPOTENCY_KEY),
                optional(header, HeaderNames.REPLY_TO), readable(() -> deadlineOf(header), Optional.empty()),
                readable(() -> attempt(header), 1), worker(header),
                readable(() -> sequence(header), MessageHeaders.NO_SEQUENCE), trace(header));
    }

    private static <T> T readable(Supplier<T> value, T otherwise) {
        try {
            return value.get();
        } catch (MalformedMessageException e) {
            return otherwise;
        }
    }

    private static Map<String, String> trace(UnaryOperator<String> header) {
        Map<String, String> trace = new LinkedHashMap<>();
        for (String name : HeaderNames.TRACE) {
            optional(header, name).ifPresent(value -> trace.put(name, value));
        }
        return trace;
    }

    private static Optional<Instant> deadlineOf(UnaryOperator<String> header) {
        return optional(header, HeaderNames.DEADLINE).map(HeaderText::deadline);
    }

    /**
     * @throws MalformedMessageException with a sentence, when the message is of another version than this code reads
     */
    public static void requireVersion(UnaryOperator<String> header) {
        String version = required(header, HeaderNames.VERSION);
        if (!version.equals(VERSION)) {
            throw new MalformedMessageException("The header " + HeaderNames.VERSION + " is '" + version
                    + "', and this code reads version " + VERSION + " alone");
        }
    }

    /**
     * The value of {@link HeaderNames#ATTEMPT}; the first unless it is there.
     *
     * @throws MalformedMessageException with a sentence
     */
    public static int attempt(UnaryOperator<String> header) {
        return (int) number(header, HeaderNames.ATTEMPT, 1, 1, Integer.MAX_VALUE);
    }

    /** The value of {@link HeaderNames#WORKER}. */
    public static Optional<String> worker(UnaryOperator<String> header) {
        return optional(header, HeaderNames.WORKER);
    }

    /**
     * The value of {@link HeaderNames#SEQUENCE}; {@link MessageHeaders#NO_SEQUENCE} unless it is there.
     *
     * @throws MalformedMessageException with a sentence
     */
    public static long sequence(UnaryOperator<String> header) {
        return number(header, HeaderNames.SEQUENCE, MessageHeaders.NO_SEQUENCE, 0, Long.MAX_VALUE);
    }

    /**
     * The value of {@link HeaderNames#TYPE}.
     *
     * @throws MalformedMessageException with a sentence
     */
    public static String type(UnaryOperator<String> header) {
        return required(header, HeaderNames.TYPE);
    }

    static String reason(UnaryOperator<String> header) {
        return optional(header, HeaderNames.REASON).orElse("");
    }

    private static Optional<String> optional(UnaryOperator<String> header, String name) {
        return Optional.ofNullable(header.apply(name)).filter(value -> !value.isBlank());
    }

    private static String required(UnaryOperator<String> header, String name) {
        return optional(header, name).orElseThrow(() -> new MalformedMessageException("The header " + name + " is missing"));
    }

    private static Instant deadline(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new MalformedMessageException(
                    "The header " + HeaderNames.DEADLINE + " must be a time such as 2026-01-31T12:00:00Z, not '" + text + "'",
                    e);
        }
    }

    private static long number(UnaryOperator<String> header, String name, long unless, long least, long most) {
        String text = optional(header, name).orElse(null);
        if (text == null) {
            return unless;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new MalformedMessageException("The header " + name + " must be a whole number, not '" + text + "'", e);
        }
        throw new MalformedMessageException("The header " + name + " must be " + least + " or more, not " + text);
    }
}

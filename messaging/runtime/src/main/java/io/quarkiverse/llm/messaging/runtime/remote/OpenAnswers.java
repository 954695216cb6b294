package io.quarkiverse.llm.messaging.runtime.remote;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.eclipse.microprofile.reactive.messaging.Message;

import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.messaging.runtime.channel.MessageMapper;
import io.quarkiverse.llm.messaging.runtime.channel.ReceivedMessage;

/** The answers that somebody in this process waits for, by correlation id. Thread-safe. */
final class OpenAnswers {

    private final MessageMapper mapper;
    private final Map<String, RemoteAnswer> answers = new ConcurrentHashMap<>();
    /** Makes what is told, to each a failure of its own; {@code null} while answers come. */
    private volatile Supplier<LlmException> closed;

    OpenAnswers(MessageMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * @throws LlmException when no answer can come any more
     */
    void add(String correlationId, RemoteAnswer answer) {
        answers.put(correlationId, answer);
        Supplier<LlmException> why = closed;
        if (why != null) {
            answers.remove(correlationId);
            throw why.get();
        }
    }

    void remove(String correlationId) {
        answers.remove(correlationId);
    }

    /** Hands a message to whom it is for; most are for another process. */
    void route(Message<?> message) {
        if (answers.isEmpty()) {
            return;
        }
        ReceivedMessage received = mapper.received(message).orElse(null);
        RemoteAnswer answer = received == null ? null : received.correlationId().map(answers::get).orElse(null);
        if (answer != null) {
            answer.receive(received);
        }
    }

    /** No further messages come: all who wait are told, and all who come. */
    void close(Supplier<LlmException> why) {
        closed = why;
        List.copyOf(answers.values()).forEach(answer -> answer.cut(why.get()));
    }
}

package io.quarkiverse.llm.messaging.runtime.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkiverse.llm.messaging.MessageHeaders;
import io.quarkiverse.llm.messaging.runtime.channel.MessageMapper;
import io.quarkiverse.llm.messaging.runtime.channel.Outbox;
import io.vertx.core.buffer.Buffer;

/**
 * Puts away what nobody can answer.
 *
 * @param inputs where the worker itself reads: what goes there comes back to it
 */
record Poison(String worker, MessageMapper mapper, Worker.Outboxes outboxes, Failures failures, Set<String> inputs) {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.llm.messaging");
    /** Who wrote these waits for nothing, and an answer to an answer could come back for ever. */
    private static final Set<String> NOT_ANSWERED = Set.of("event", "response", "failure", "cancel");
    /** Written again it could come back for ever, too. */
    private static final String DEAD_LETTER = "dead_letter";

    /** Why the answer to a request cannot go where it asks for; empty when it can. */
    Optional<String> circle(MessageHeaders headers) {
        return headers.replyTo().filter(inputs::contains).map(address -> "The header " + MessageMapper.REPLY_TO + " is '"
                + address + "', from where this worker takes requests or cancels, so that it would get its own answer: name "
                + "where the caller reads, or leave the header out");
    }

    /**
     * A message that is no request, or none that can be answered. Who sent it is told, where it says who that is, unless it is
     * itself an answer or the like; only what says that it is a request can say where. Of a dead letter none is made.
     *
     * @param mustTell whether it is not enough when only the dead letter can be written
     * @param done called once, on any thread, with the reason when not all could be written, else with {@code null}
     */
    void bury(Message<?> message, String reason, boolean mustTell, Consumer<Throwable> done) {
        Optional<String> id = mapper.correlationId(message).filter(said -> !said.isBlank());
        if (mapper.type(message).filter(DEAD_LETTER::equals).isPresent()) {
            LOG.warnf("The dead letter %s stands where the worker %s takes its requests. It is finished there and not "
                    + "written again: let dead letters go elsewhere", id.orElse("of nobody"), worker);
            done.accept(null);
            return;
        }
        LOG.warnf("A message that is no request goes to the dead letters%s. %s", id.map(", "::concat).orElse(""), reason);
        MessageHeaders said = mapper.headers(message).orElseGet(MessageHeaders::create);
        MessageHeaders headers = said.withAttempt(said.attempt(), worker);
        Outstanding told = new Outstanding(refusal -> {
            if (refusal != null && mustTell) {
                // it comes again, and its dead letter then: one is enough
                done.accept(refusal);
                return;
            }
            Outstanding writes = new Outstanding(done);
            deadLetter(headers, refusal == null ? reason : untold(reason, refusal), message, writes);
            writes.close();
        });
        String type = mapper.type(message).orElse("");
        if (id.isPresent() && !NOT_ANSWERED.contains(type)) {
            boolean elsewhere = type.equals("request") && circle(headers).isEmpty();
            // a blank address is none
            MessageHeaders back = elsewhere ? headers : headers.withReplyTo("");
            LlmMessage.Failure failure = new LlmMessage.Failure(back.withSequence(0), failures.unreadable(reason));
            write(outboxes.events(), failure, told);
            write(outboxes.responses(), failure, told);
        }
        told.close();
    }

    /** The reason of a dead letter of which the caller does not know. */
    static String untold(String reason, Throwable refusal) {
        String why = untold(refusal.toString());
        return reason.endsWith(why) ? reason : reason + why;
    }

    static String untold(String refusal) {
        return ". Its end could not be written: " + refusal;
    }

    void deadLetter(MessageHeaders headers, String reason, Message<?> message, Outstanding writes) {
        write(outboxes.deadLetters(), new LlmMessage.DeadLetter(headers, reason, Buffer.buffer(original(message))), writes);
    }

    private static void write(Outbox outbox, LlmMessage message, Outstanding writes) {
        writes.add();
        outbox.send(message, writes::written);
    }

    /** Byte for byte, as far as the payload has bytes. */
    private byte[] original(Message<?> message) {
        try {
            return mapper.payload(message);
        } catch (IllegalArgumentException e) {
            return String.valueOf(message.getPayload()).getBytes(UTF_8);
        }
    }
}

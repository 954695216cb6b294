package io.quarkiverse.llm.messaging.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmTimeoutException;
import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkiverse.llm.messaging.LlmMessages;
import io.quarkiverse.llm.messaging.MessageHeaders;
import io.quarkiverse.llm.messaging.broker.KafkaBroker;
import io.quarkiverse.llm.messaging.runtime.channel.MessageMapper;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;

/** An application that reads and writes messages of the contract with a real broker, by hand. */
class KafkaChannelsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String SERVERS = "kafka.bootstrap.servers";
    private static KafkaBroker broker;

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(Channels.class))
            .setBeforeAllCustomizer(() -> {
                broker = KafkaBroker.started();
                System.setProperty(SERVERS, broker.bootstrapServers());
            })
            .setAfterAllCustomizer(() -> {
                System.clearProperty(SERVERS);
                broker.close();
            })
            .overrideConfigKey("quarkus.kafka.devservices.enabled", "false")
            .overrideConfigKey("mp.messaging.outgoing.asking.connector", "smallrye-kafka")
            .overrideConfigKey("mp.messaging.outgoing.asking.topic", "asked")
            .overrideConfigKey("mp.messaging.outgoing.asking.key.serializer",
                    "org.apache.kafka.common.serialization.StringSerializer")
            .overrideConfigKey("mp.messaging.incoming.asked.connector", "smallrye-kafka")
            .overrideConfigKey("mp.messaging.incoming.asked.auto.offset.reset", "earliest")
            .overrideConfigKey("mp.messaging.incoming.asked.commit-strategy", "llm")
            .overrideConfigKey("mp.messaging.incoming.asked.failure-strategy", "llm")
            .overrideConfigKey("mp.messaging.incoming.replies.connector", "smallrye-kafka")
            .overrideConfigKey("mp.messaging.incoming.replies.topic", "my-replies")
            .overrideConfigKey("mp.messaging.incoming.replies.auto.offset.reset", "earliest")
            .overrideConfigKey("mp.messaging.incoming.replies.commit-strategy", "llm-since-start");

    @ApplicationScoped
    static class Channels {

        final List<Message<byte[]>> asked = new CopyOnWriteArrayList<>();
        final List<Message<byte[]>> replies = new CopyOnWriteArrayList<>();
        @Channel("asking")
        Emitter<byte[]> asking;

        @Inject
        MessageMapper mapper;

        /** The first time it is refused. */
        @Incoming("asked")
        CompletionStage<Void> ask(Message<byte[]> message) {
            mapper.begins(message);
            asked.add(message);
            return asked.size() == 1 ? message.nack(new IllegalStateException("not now")) : message.ack();
        }

        @Incoming("replies")
        CompletionStage<Void> reply(Message<byte[]> message) {
            replies.add(message);
            return message.ack();
        }

        void clear() {
            asked.clear();
            replies.clear();
        }

        void send(Message<byte[]> message) {
            asking.send(message);
        }

        List<Message<byte[]>> asked() {
            return asked;
        }

        List<Message<byte[]>> replies() {
            return replies;
        }
    }

    @Inject
    Channels channels;
    @Inject
    LlmMessages messages;
    @Inject
    MessageMapper mapper;

    @BeforeEach
    void clear() {
        channels.clear();
    }

    @Test
    void headersAreThoseOfTheRecordAndTheKeyIsTheConversation() {
        MessageHeaders headers = MessageHeaders.of("id").withConversation("talk").withReplyTo("my-replies").withAttempt(2, "w")
                .withIdempotencyKey("once");
        channels.send(messages.write("asking", new LlmMessage.Request(headers, LlmRequest.of("Hello"))));
        await().atMost(PATIENCE).until(() -> !channels.asked().isEmpty());
        Message<byte[]> message = channels.asked().get(0);
        LlmMessage.Request request = (LlmMessage.Request) messages.read(message);
        assertThat(request.headers().correlationId()).isEqualTo("id");
        assertThat(request.headers().idempotencyKey()).hasValue("once");
        assertThat(request.headers().replyTo()).hasValue("my-replies");
        assertThat(message.getMetadata(IncomingKafkaRecordMetadata.class).orElseThrow().getKey()).isEqualTo("talk");
    }

    @Test
    void aRefusedMessageComesAgainAndSaysHowOftenItWasBegun() {
        channels.send(messages.write("asking", new LlmMessage.Request(MessageHeaders.create(), LlmRequest.of("Hello"))));
        await().atMost(PATIENCE).until(() -> channels.asked().size() == 2);
        assertThat(channels.asked()).extracting(mapper::earlierAttempts).containsExactly(0, 1);
        assertThat(mapper.correlationId(channels.asked().get(1))).isPresent()
                .isEqualTo(mapper.correlationId(channels.asked().get(0)));
    }

    @Test
    void anAnswerGoesWhereTheRequestWantsIt() {
        MessageHeaders headers = MessageHeaders.of("id").withReplyTo("my-replies");
        LlmTimeoutException late = new LlmTimeoutException("Too late", LlmTimeoutException.Limit.TOTAL, Duration.ofSeconds(1),
                LlmErrorDetails.of("pool"));
        channels.send(messages.write("asking", new LlmMessage.Failure(headers, late)));
        await().atMost(PATIENCE).until(() -> channels.replies().size() == 1);
        assertThat(messages.read(channels.replies().get(0))).isInstanceOf(LlmMessage.Failure.class);
        assertThat(channels.asked()).isEmpty();
    }
}

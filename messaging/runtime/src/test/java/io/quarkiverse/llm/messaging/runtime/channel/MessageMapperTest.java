package io.quarkiverse.llm.messaging.runtime.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.messaging.HeaderMapping;
import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkiverse.llm.messaging.MessageHeaders;
import io.quarkiverse.llm.messaging.runtime.contract.MalformedMessageException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

class MessageMapperTest {

    private static final LlmMessage REQUEST = new LlmMessage.Request(
            MessageHeaders.of("c-1").withConversation("conv_1").withReplyTo("answers"), LlmRequest.of("Grüße \"🌍\""));
    private static final LlmMessage CANCEL = new LlmMessage.Cancel(MessageHeaders.of("c-2"));

    /** What a connector's metadata looks like: headers, a key and where the message goes. */
    private record Sent(Map<String, String> headers, String key, Optional<String> address) {
    }

    private static class Mapping implements HeaderMapping {

        @Override
        public String connector() {
            return "post";
        }

        @Override
        public Optional<UnaryOperator<String>> read(Message<?> message) {
            return message.getMetadata(Sent.class).map(sent -> sent.headers()::get);
        }

        @Override
        public Object write(Map<String, String> headers, String key, Optional<String> address) {
            return new Sent(headers, key, address);
        }
    }

    private static MessageMapper with(String connector) {
        return new MessageMapper(channel -> Optional.ofNullable(connector), List.of(new Mapping()));
    }

    @Test
    void aMappingThatThrowsCannotTell() {
        Message<byte[]> message = with("post").write("pool-requests", REQUEST);
        MessageMapper broken = new MessageMapper(channel -> Optional.of("post"), List.of(new HeaderMapping() {

            @Override
            public String connector() {
                return "post";
            }

            @Override
            public Optional<UnaryOperator<String>> read(Message<?> any) {
                throw new IllegalStateException("broken");
            }

            @Override
            public Object write(Map<String, String> headers, String key, Optional<String> address) {
                throw new IllegalStateException("broken");
            }
        }));
        assertThat(broken.headers(message)).isEmpty();
        assertThat(broken.type(message)).isEmpty();
        assertThat(broken.correlationId(message)).isEmpty();
    }

    @Test
    void onlyTheConnectorOfAMessageIsAskedAndToldOfIt() {
        List<String> calls = new ArrayList<>();
        MessageMapper mapper = new MessageMapper(channel -> Optional.of("post"), List.of(new Stranger(), new Mapping() {

            @Override
            public int earlierAttempts(Message<?> message) {
                return 3;
            }

            @Override
            public boolean begins(Message<?> message) {
                return !calls.isEmpty();
            }

            @Override
            public void whenRevoked(Message<?> message, Consumer<Revocation> told) {
                calls.add("whenRevoked");
            }

            @Override
            public void givesBack(Message<?> message) {
                calls.add("givesBack");
            }
        }));
        Message<byte[]> message = mapper.write("pool-requests", REQUEST);

        assertThat(mapper.earlierAttempts(message)).isEqualTo(3);
        assertThat(mapper.begins(message)).isFalse();
        mapper.whenRevoked(message, how -> {
        });
        mapper.givesBack(message);
        assertThat(mapper.begins(message)).isTrue();
        assertThat(calls).containsExactly("whenRevoked", "givesBack");
    }

    @Test
    void aMessageOfNoMappedConnectorIsForThisProcessAndWasNeverBegun() {
        MessageMapper mapper = new MessageMapper(channel -> Optional.empty(), List.of(new Stranger()));
        Message<byte[]> message = mapper.write("pool-requests", REQUEST);

        assertThat(mapper.earlierAttempts(message)).isZero();
        assertThat(mapper.begins(message)).isTrue();
        mapper.whenRevoked(message, how -> {
        });
        mapper.givesBack(message);
    }

    /** Has nothing to say of messages of others. */
    private static final class Stranger implements HeaderMapping {

        @Override
        public String connector() {
            return "elsewhere";
        }

        @Override
        public Optional<UnaryOperator<String>> read(Message<?> message) {
            return Optional.empty();
        }

        @Override
        public int earlierAttempts(Message<?> message) {
            throw new AssertionError("It is not mine");
        }

        @Override
        public boolean begins(Message<?> message) {
            return false;
        }

        @Override
        public void whenRevoked(Message<?> message, Consumer<Revocation> told) {
            throw new AssertionError("It is not mine");
        }

        @Override
        public void givesBack(Message<?> message) {
            throw new AssertionError("It is not mine");
        }

        @Override
        public Object write(Map<String, String> headers, String key, Optional<String> address) {
            throw new AssertionError("It is not mine");
        }
    }

    @Test
    void aConnectorWithAMappingHasHeadersInItsOwnMetadata() {
        Message<byte[]> message = with("post").write("pool-requests", REQUEST);

        Sent sent = message.getMetadata(Sent.class).orElseThrow();
        assertThat(sent.headers()).containsEntry("llm-correlation-id", "c-1");
        assertThat(sent.key()).isEqualTo("conv_1");
        assertThat(with("post").read(message)).isEqualTo(REQUEST);
    }

    @Test
    void anAnswerGoesWhereItsRequestWantsItAndARequestWhereItsChannelGoes() {
        LlmMessage answer = new LlmMessage.Failure(REQUEST.headers(),
                new io.quarkiverse.llm.LlmException("no", io.quarkiverse.llm.LlmErrorDetails.of("gpu")));

        assertThat(with("post").write("pool-requests", REQUEST).getMetadata(Sent.class).orElseThrow().address()).isEmpty();
        assertThat(with("post").write("pool-events", answer).getMetadata(Sent.class).orElseThrow().address())
                .contains("answers");
    }

    @Test
    void aConnectorWithoutAMappingHasHeadersInThePayload() {
        MessageMapper mapper = with("carrier-pigeon");
        Message<byte[]> message = mapper.write("pool-requests", REQUEST);

        assertThat(new String(message.getPayload(), UTF_8)).startsWith("{\"headers\":{\"llm-version\":\"1\"");
        assertThat(mapper.read(Message.of(message.getPayload()))).isEqualTo(REQUEST);
        assertThat(mapper.correlationId(Message.of(message.getPayload()))).contains("c-1");
        assertThat(mapper.read(Message.of(mapper.write("pool-cancels", CANCEL).getPayload()))).isEqualTo(CANCEL);
    }

    @Test
    void whatAMessageSaysOfItsPlaceIsReadWithoutTheRest() {
        Map<String, String> headers = Map.of("llm-version", "1", "llm-type", "event", "llm-correlation-id", "c-1",
                "llm-attempt", "2", "llm-worker", "w", "llm-sequence", "7", "llm-deadline", "tomorrow");
        ReceivedMessage received = with("post").received(Message.of(42, Metadata.of(new Sent(headers, "k", Optional.empty()))))
                .orElseThrow();

        assertThat(received.correlationId()).contains("c-1");
        assertThat(received.head()).isEqualTo(new MessageHead("event", 2, Optional.of("w"), 7));
        assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(received::payload)
                .withMessageContaining("java.lang.Integer");
    }

    @Test
    void whoseMessageItIsTakesOneHeader() {
        List<String> asked = new ArrayList<>();
        Mapping mapping = new Mapping() {
            @Override
            public Optional<UnaryOperator<String>> read(Message<?> message) {
                return super.read(message).map(headers -> name -> {
                    asked.add(name);
                    return headers.apply(name);
                });
            }
        };
        MessageMapper mapper = new MessageMapper(channel -> Optional.of("post"), List.of(mapping));

        assertThat(mapper.received(mapper.write("pool-requests", REQUEST)).orElseThrow().correlationId()).contains("c-1");
        assertThat(asked).containsExactly("llm-correlation-id");
    }

    @Test
    void aVersionOfTheContractThatIsUnknownIsRefusedWithItsPlace() {
        Map<String, String> headers = Map.of("llm-version", "2", "llm-type", "event", "llm-correlation-id", "c-1");
        ReceivedMessage received = with("post").received(Message.of("{}", Metadata.of(new HeaderMap(headers)))).orElseThrow();

        assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(received::head)
                .withMessageContaining("llm-version is '2'");
    }

    @Test
    void aConnectorThatTracesIsToldTheTraceOfTheMessageAndNobodyElseIs() {
        ConnectorTrace trace = headers -> Optional.of(new StringBuilder(headers.correlationId()));
        for (String connector : List.of("post", "carrier-pigeon", "smallrye-in-memory")) {
            MessageMapper mapper = new MessageMapper(channel -> Optional.of(connector), List.of(new Mapping()), trace);
            Optional<String> told = mapper.write("pool-requests", REQUEST).getMetadata(StringBuilder.class)
                    .map(StringBuilder::toString);

            assertThat(told).isEqualTo(connector.equals("smallrye-in-memory") ? Optional.empty() : Optional.of("c-1"));
        }
    }

    @Test
    void theManyEventsOfAnAnswerAreNotTraced() {
        LlmMessage event = new LlmMessage.Event(REQUEST.headers(),
                new LlmEvent.TextDelta("msg_1", 0, 0, "a", Optional.empty()));
        MessageMapper mapper = new MessageMapper(channel -> Optional.of("post"), List.of(new Mapping()),
                headers -> Optional.of(new StringBuilder()));

        assertThat(mapper.write("pool-events", event).getMetadata(StringBuilder.class)).isEmpty();
    }

    @Test
    void whatWasNoJsonIsTheSameAgainOutOfThePayload() {
        LlmMessage letter = new LlmMessage.DeadLetter(REQUEST.headers(), "no JSON", Buffer.buffer(new byte[] { '{', 0, -1 }));
        MessageMapper mapper = with("carrier-pigeon");

        assertThat(mapper.read(Message.of(mapper.write("pool-dead-letters", letter).getPayload()))).isEqualTo(letter);
    }

    @Test
    void withinTheApplicationHeadersStayBesideThePayload() {
        for (String connector : new String[] { null, "smallrye-in-memory" }) {
            Message<byte[]> message = with(connector).write("pool-requests", REQUEST);

            assertThat(new String(message.getPayload(), UTF_8)).doesNotContain("llm-version");
            assertThat(with("post").read(message)).isEqualTo(REQUEST);
        }
    }

    @Test
    void payloadsAreBytesStringsBuffersOrJsonObjects() {
        MessageMapper mapper = with("carrier-pigeon");
        byte[] payload = mapper.write("pool-requests", REQUEST).getPayload();

        for (Object form : List.of(payload, new String(payload, UTF_8), Buffer.buffer(payload),
                io.vertx.mutiny.core.buffer.Buffer.buffer(payload), new JsonObject(Buffer.buffer(payload)))) {
            assertThat(mapper.read(Message.of(form))).isEqualTo(REQUEST);
        }
        assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> mapper.read(Message.of(42)))
                .withMessageContaining("java.lang.Integer");
    }

    @Test
    void metadataOfTheConnectorWithoutOurHeadersLeavesThoseInThePayload() {
        byte[] payload = with("carrier-pigeon").write("pool-requests", REQUEST).getPayload();
        Message<byte[]> message = Message.of(payload, Metadata.of(new Sent(Map.of("other", "header"), "k", Optional.empty())));

        assertThat(with("post").read(message)).isEqualTo(REQUEST);
    }

    @Test
    void aMessageWithoutHeadersAnywhereIsRefusedWithASentence() {
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> with("post").read(Message.of("{\"input\":\"Hi\"}")))
                .withMessageStartingWith("The message has no headers of the contract, neither beside its payload nor in it: ");
        assertThat(with("post").correlationId(Message.of("garbage"))).isEmpty();
    }
}

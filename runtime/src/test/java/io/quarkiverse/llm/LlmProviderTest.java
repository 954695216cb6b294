package io.quarkiverse.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Multi;
import io.vertx.core.Vertx;

/** What a provider that implements only its name and its stream can do. */
class LlmProviderTest {

    private static final LlmResponse RESPONSE = LlmResponse.builder().id("r").model("m").createdAt(Instant.EPOCH)
            .item(Message.assistant("Hello")).build();

    private record Number(int value) {
    }

    private static final LlmProvider ECHO = new LlmProvider() {
        @Override
        public String name() {
            return "echo";
        }

        @Override
        public Multi<LlmEvent> stream(LlmRequest request) {
            return Multi.createFrom().items(new LlmEvent.ResponseStarted("r", "m", Instant.EPOCH),
                    new LlmEvent.TextDelta("i", 0, 0, "Hel", Optional.empty()),
                    new LlmEvent.TextDelta("i", 0, 0, "lo", Optional.empty()), new LlmEvent.ResponseCompleted(RESPONSE));
        }
    };

    @Test
    void it_answers_as_a_whole() {
        assertThat(ECHO.completeAndAwait(LlmRequest.of("Hi"))).isEqualTo(RESPONSE);
    }

    @Test
    void it_streams_text_alone() {
        assertThat(ECHO.streamText(LlmRequest.of("Hi")).collect().asList().await().indefinitely()).containsExactly("Hel", "lo");
    }

    @Test
    void it_answers_with_values_of_a_type() {
        LlmProvider three = answering("{\"value\": 3}");

        assertThat(three.parseAndAwait(LlmRequest.of("Hi"), Number.class)).isEqualTo(new Number(3));
        assertThat(three.parseStream(LlmRequest.of("Hi"), int.class).collect().asList().await().indefinitely())
                .hasSize(2).first().isEqualTo(new LlmEvent.ResponseParsed<>(3));
        assertThatThrownBy(() -> ECHO.parseAndAwait(LlmRequest.of("Hi"), Number.class))
                .isInstanceOf(LlmDecodeException.class).hasMessageContaining("Provider 'echo': the answer is no Number");
    }

    private static LlmProvider answering(String text) {
        return new LlmProvider() {
            @Override
            public String name() {
                return "three";
            }

            @Override
            public Multi<LlmEvent> stream(LlmRequest request) {
                assertThat(request.outputFormat()).containsInstanceOf(OutputFormat.JsonSchema.class);
                return Multi.createFrom().item(new LlmEvent.ResponseCompleted(LlmResponse.builder().id("r").model("m")
                        .createdAt(Instant.EPOCH).item(Message.assistant(text)).build()));
            }
        };
    }

    @Test
    void waiting_on_an_event_loop_fails_at_once_with_the_mend() throws InterruptedException {
        Vertx vertx = Vertx.vertx();
        try {
            FutureTask<LlmResponse> task = new FutureTask<>(() -> ECHO.completeAndAwait(LlmRequest.of("Hi")));
            vertx.runOnContext(nothing -> task.run());

            assertThatThrownBy(task::get).isInstanceOf(ExecutionException.class).cause()
                    .isInstanceOf(IllegalStateException.class).hasMessageContaining("@RunOnVirtualThread");
        } finally {
            vertx.close();
        }
    }

    @Test
    void what_it_does_not_have_is_a_typed_failure_and_not_null() {
        assertThatThrownBy(() -> ECHO.models().await().indefinitely()).isInstanceOf(LlmUnsupportedException.class)
                .hasMessageContaining("echo");
        assertThatThrownBy(() -> ECHO.inputTokens(LlmRequest.of("Hi")).await().indefinitely())
                .isInstanceOf(LlmUnsupportedException.class)
                .hasMessage("Provider 'echo' does not support counting input tokens");
        assertThatThrownBy(() -> ECHO.responses().get("r").await().indefinitely())
                .isInstanceOf(LlmUnsupportedException.class);
        assertThat(ECHO.capabilities().of(Capability.TOOLS).support()).isEqualTo(LlmCapabilities.Support.UNKNOWN);
    }

    @Test
    void raw_json_is_checked_and_kept_to_the_letter() {
        assertThat(RawJson.of("{ \"a\" : 1.0 }").text()).isEqualTo("{ \"a\" : 1.0 }");
        assertThatThrownBy(() -> RawJson.of("{a")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_failure_takes_what_had_arrived_once() {
        LlmException failure = new LlmServerException("x", LlmErrorDetails.of("p")).initPartial(RESPONSE);

        assertThat(failure.partial()).contains(RESPONSE);
        assertThatThrownBy(() -> failure.initPartial(RESPONSE)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_stream_that_completes_without_a_response_is_a_failure_in_words() {
        LlmProvider silent = new LlmProvider() {
            @Override
            public String name() {
                return "silent";
            }

            @Override
            public Multi<LlmEvent> stream(LlmRequest request) {
                return Multi.createFrom().empty();
            }
        };

        assertThatThrownBy(() -> silent.completeAndAwait(LlmRequest.of("Hi"))).isInstanceOf(LlmException.class)
                .hasMessageContaining("without a ResponseCompleted");
        assertThatThrownBy(() -> silent.parseStream(LlmRequest.of("Hi"), Number.class).collect().asList().await()
                .indefinitely()).isInstanceOf(LlmException.class).hasMessageContaining("without a ResponseCompleted");
    }

    @Test
    void a_failure_that_was_serialized_has_no_nulls() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(new LlmServerException("x", LlmErrorDetails.of("p")));

        LlmException copy = (LlmException) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

        assertThat(copy.provider()).isEmpty();
        assertThat(copy.partial()).isEmpty();
    }
}

package io.quarkiverse.llm.runtime.provider;

import static io.quarkiverse.llm.runtime.provider.WireFixture.AT_MOST;
import static io.quarkiverse.llm.runtime.provider.WireFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.StoredResponses;
import io.quarkiverse.llm.runtime.config.Decoding;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.smallrye.mutiny.Uni;

/** Streams of stored responses that are taken up again. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ResumedStreamTest {

    private final WireFixture fixture = new WireFixture();
    private final StoredResponses responses = fixture.responsesProvider(fixture.settings().apiKey("sk-key")).responses();

    @AfterEach
    void close() {
        fixture.close();
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(AT_MOST);
    }

    private RecordedRequest asked() {
        return fixture.server.takeRequest(AT_MOST);
    }

    @Test
    void aStreamIsResumed() {
        fixture.server.enqueue(Stored.stream(Stored.numberOfDelta(1), "a", "b", "c", "d"));

        var events = await(responses.resume("resp_1", Stored.numberOfDelta(1)).collect().asList());

        assertThat(texts(events)).containsExactly("c", "d");
        assertThat(events.get(events.size() - 1)).isInstanceOfSatisfying(LlmEvent.ResponseCompleted.class, completed -> {
            assertThat(completed.response().text()).isEqualTo("abcd");
            assertThat(completed.response().id()).isEqualTo("resp_1");
        });
        RecordedRequest request = asked();
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.path()).isEqualTo("/v1/responses/resp_1");
        assertThat(request.query()).isEqualTo("stream=true&starting_after=5");
        assertThat(request.header("accept")).startsWith("text/event-stream");
    }

    @Test
    void aStreamIsReplayedFromItsBeginning() {
        fixture.server.enqueue(Stored.stream(-1, "a", "b"));

        assertThat(texts(await(responses.resume("resp_1", -1).collect().asList()))).containsExactly("a", "b");

        assertThat(asked().query()).isEqualTo("stream=true");
    }

    @Test
    void aResumedStreamThatBreaksOffIsResumed() {
        fixture.server.enqueue(Stored.stream(5, "a", "b", "c", "d").with(Fault.dropAfterEvents(1)), Stored.stream(6, "a", "b",
                "c", "d"));

        assertThat(texts(await(responses.resume("resp_1", 5).collect().asList()))).containsExactly("c", "d");

        assertThat(fixture.server.requests()).extracting(RecordedRequest::query)
                .containsExactly("stream=true&starting_after=5", "stream=true&starting_after=6");
    }

    @Test
    void aSequenceNumberIsNotNegative() {
        assertThatThrownBy(() -> responses.resume("resp_1", -2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aStreamIsResumedThoughDecodingIsStrict() {
        fixture.server.enqueue(Stored.stream(5, "a", "b", "c"));

        StoredResponses strict = fixture.responsesProvider(fixture.settings().decoding(Decoding.STRICT)).responses();

        assertThat(texts(await(strict.resume("resp_1", 5).collect().asList()))).containsExactly("c");
    }
}

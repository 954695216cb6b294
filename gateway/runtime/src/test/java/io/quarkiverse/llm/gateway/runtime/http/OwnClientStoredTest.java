package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ResponseCompleted;
import io.quarkiverse.llm.LlmNotFoundException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.StoredResponses;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Api;
import io.smallrye.mutiny.Uni;

/** The extension's own client, whose provider is the gateway, comes back to responses that the gateway keeps. */
class OwnClientStoredTest extends GatewayFixture {

    private final CompletableFuture<Void> released = new CompletableFuture<>();
    private DirectProvider client;

    private DirectProvider client() {
        if (client == null) {
            client = new DirectProvider(server().root() + "/v1", Api.RESPONSES);
        }
        return client;
    }

    private StoredResponses stored() {
        return client().provider().responses();
    }

    @AfterEach
    void disconnect() {
        released.complete(null);
        client.close();
    }

    private static <T> T now(Uni<T> result) {
        return result.await().atMost(Duration.ofSeconds(20));
    }

    @Test
    void itReadsAndForgetsThem() {
        llm.enqueue(Answer.text("Hello Ada"), Answer.text("Ada"));
        LlmResponse first = now(client().provider().complete(LlmRequest.of("I am Ada")));
        LlmResponse second = now(client().provider().complete(
                LlmRequest.builder().user("Who am I?").previousResponseId(first.id()).build()));

        assertThat(now(stored().get(second.id())).text()).isEqualTo("Ada");
        assertThat(now(stored().inputItems(second.id()))).extracting(item -> ((Message) item).text())
                .containsExactly("I am Ada", "Hello Ada", "Who am I?");
        now(stored().delete(second.id()));
        assertThatThrownBy(() -> now(stored().get(second.id()))).isInstanceOf(LlmNotFoundException.class);
    }

    @Test
    void itWaitsForWhatIsMadeInTheBackgroundAndReadsItsEventsAgain() {
        llm.enqueue(Answer.text("Hello", " Ada"));
        LlmResponse response = now(client().provider().complete(LlmRequest.builder().user("Hi").background(true).build()));
        assertThat(response.text()).isEqualTo("Hello Ada");
        assertThat(response.status()).isEqualTo(ResponseStatus.COMPLETED);

        List<LlmEvent> events = now(stored().resume(response.id(), -1).collect().asList());
        assertThat(((ResponseCompleted) events.get(events.size() - 1)).response().text()).isEqualTo("Hello Ada");
        assertThat(events).filteredOn(LlmEvent.TextDelta.class::isInstance).hasSize(2);
        List<LlmEvent> rest = now(stored().resume(response.id(), 6).collect().asList());
        assertThat(((ResponseCompleted) rest.get(rest.size() - 1)).response().text()).isEqualTo("Hello Ada");
    }

    @Test
    void itStopsOne() {
        llm.enqueue(Answer.text("Hel").pauseUntil(released).thenText("lo"));
        String id = new Background(gateway()).begun(Background.request("Hi")).getString("id");
        assertThat(now(stored().cancel(id)).status()).isEqualTo(ResponseStatus.CANCELLED);
        assertThat(now(stored().get(id)).status()).isEqualTo(ResponseStatus.CANCELLED);
    }
}

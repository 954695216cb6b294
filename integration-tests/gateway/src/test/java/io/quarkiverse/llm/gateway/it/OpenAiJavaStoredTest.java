package io.quarkiverse.llm.gateway.it;

import static io.quarkiverse.llm.gateway.it.OfficialClient.all;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseRetrieveParams;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkus.test.junit.QuarkusTest;

/** The official client comes back to responses that the gateway keeps, and to those that it makes in the background. */
@QuarkusTest
@WithProviders
class OpenAiJavaStoredTest extends OfficialClientTest {

    private static ResponseCreateParams.Builder asking(String input) {
        return ResponseCreateParams.builder().model("scripted").input(input);
    }

    private List<ResponseStreamEvent> events(Response response, long after) {
        return all(client.responses().retrieveStreaming(response.id(),
                ResponseRetrieveParams.builder().startingAfter(after).build()));
    }

    @Test
    void aResponseIsReadAgainAndForgotten() {
        llm.enqueue(Answer.text("Hel", "lo"));
        Response response = client.responses().create(asking("Hi").build());

        assertThat(client.responses().retrieve(response.id()).validate()).isEqualTo(response);
        client.responses().delete(response.id());

        assertThatThrownBy(() -> client.responses().retrieve(response.id())).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> client.responses().delete(response.id())).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aStreamIsTakenUpWhereItWas() {
        llm.enqueue(Answer.text("Hel", "lo"));
        List<ResponseStreamEvent> live = all(client.responses().createStreaming(asking("Hi").build()));
        Response response = live.get(live.size() - 1).asCompleted().response();

        List<ResponseStreamEvent> again = events(response, 4);

        again.forEach(ResponseStreamEvent::validate);
        assertThat(again).isEqualTo(live.subList(5, live.size()));
    }

    @Test
    void theInputIsListedInPages() {
        llm.enqueue(Answer.text("Hello Ada"), Answer.text("Ada"));
        Response first = client.responses().create(asking("I am Ada").build());
        Response second = client.responses().create(asking("Who?").previousResponseId(first.id()).build());

        var page = client.responses().inputItems().list(second.id());

        assertThat(page.data()).hasSize(3);
        page.data().forEach(item -> item.validate());
        assertThat(page.hasNextPage()).isFalse();
    }

    @Test
    void aResponseIsMadeInTheBackground() {
        llm.enqueue(Answer.text("Hello"));
        Response queued = client.responses().create(asking("Hi").background(true).build()).validate();
        assertThat(queued.status()).contains(ResponseStatus.QUEUED);

        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> client.responses().retrieve(queued.id()).validate()
                .status().orElseThrow().equals(ResponseStatus.COMPLETED));

        List<ResponseStreamEvent> events = events(queued, -1);
        events.forEach(ResponseStreamEvent::validate);
        assertThat(events.get(1).isQueued()).isTrue();
        assertThat(events.get(events.size() - 1).isCompleted()).isTrue();
    }

    @Test
    void oneIsStopped() {
        CompletableFuture<Void> released = new CompletableFuture<>();
        llm.enqueue(Answer.text("Hel").pauseUntil(released).thenText("lo"));
        Response queued = client.responses().create(asking("Hi").background(true).build());

        Response cancelled = client.responses().cancel(queued.id()).validate();

        assertThat(cancelled.status()).contains(ResponseStatus.CANCELLED);
        assertThat(client.responses().cancel(queued.id())).isEqualTo(cancelled);
        List<ResponseStreamEvent> events = events(queued, -1);
        assertThat(events.get(events.size() - 1).validate().asIncomplete().response()).isEqualTo(cancelled);
        released.complete(null);
    }

    @Test
    void oneThatWasWaitedForCannotBeStopped() {
        llm.enqueue(Answer.text("Hello"));
        Response response = client.responses().create(asking("Hi").build());
        assertThatThrownBy(() -> client.responses().cancel(response.id())).isInstanceOf(BadRequestException.class);
    }
}

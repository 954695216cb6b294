package io.quarkiverse.llm.runtime.provider;

import static io.quarkiverse.llm.runtime.provider.WireFixture.AT_MOST;
import static io.quarkiverse.llm.runtime.provider.WireFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.LlmDecodeException;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmListener;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Repair;
import io.quarkiverse.llm.StoredResponses;
import io.quarkiverse.llm.runtime.config.Decoding;
import io.quarkiverse.llm.scripted.Answer;
import io.vertx.core.json.JsonObject;

/** What is repaired in answers about responses that the server has stored. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StoredRepairsTest {

    private final WireFixture fixture = new WireFixture();
    private final List<Map<Repair, Integer>> heard = new CopyOnWriteArrayList<>();
    private final List<LlmRequest> requests = new CopyOnWriteArrayList<>();
    private final WireProvider provider = fixture.responsesProvider(fixture.settings(), new LlmListener() {
        @Override
        public void onRepairs(String name, LlmRequest request, Map<Repair, Integer> repairs) {
            heard.add(repairs);
            requests.add(request);
        }
    });
    private final StoredResponses responses = provider.responses();

    @AfterEach
    void close() {
        fixture.close();
    }

    private static Answer withoutTime(String status) {
        JsonObject response = Stored.response(status, "");
        response.remove("created_at");
        return Answer.json(response);
    }

    private List<LlmEvent> resume(StoredResponses from, long startingAfter) {
        return from.resume(Stored.ID, startingAfter).collect().asList().await().atMost(AT_MOST);
    }

    private StoredResponses strict() {
        return fixture.responsesProvider(fixture.settings().decoding(Decoding.STRICT)).responses();
    }

    @Test
    void thoseOfAResponseThatIsGotAreTold() {
        fixture.server.enqueue(withoutTime("completed"));
        responses.get(Stored.ID).await().atMost(AT_MOST);
        assertThat(heard).containsExactly(Map.of(Repair.MISSING_CREATED_AT, 1));
    }

    @Test
    void thoseOfAResponseThatIsCancelledAreTold() {
        fixture.server.enqueue(withoutTime("cancelled"));
        responses.cancel(Stored.ID).await().atMost(AT_MOST);
        assertThat(heard).containsExactly(Map.of(Repair.MISSING_CREATED_AT, 1));
    }

    @Test
    void thoseOfALookAtABackgroundResponseAreToldWithItsRequest() {
        LlmRequest request = LlmRequest.builder().user("Think").background(true).build();
        fixture.server.enqueue(Stored.answer("queued", ""), withoutTime("completed"));
        provider.complete(request).await().atMost(AT_MOST);
        assertThat(heard).containsExactly(Map.of(Repair.MISSING_CREATED_AT, 1));
        assertThat(requests).containsExactly(request);
    }

    @Test
    void thoseOfAStreamThatIsResumedAreTold() {
        fixture.server.enqueue(spoilt());
        resume(responses, 5);
        assertThat(heard).containsExactly(Map.of(Repair.UNREADABLE_EVENT, 1));
    }

    @ParameterizedTest
    @ValueSource(longs = { -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 })
    void aStreamThatBeginsInTheMiddleDepartsFromNothingByThat(long startingAfter) {
        fixture.server.respond(request -> Stored.stream(startingAfter, "a", "b", "c"));
        resume(responses, startingAfter);
        assertThat(heard).isEmpty();
        assertThat(resume(strict(), startingAfter)).last().isInstanceOf(LlmEvent.ResponseCompleted.class);
    }

    @Test
    void whatElseIsWrongWithItIsAFailureWhereDecodingIsStrict() {
        fixture.server.enqueue(spoilt());
        assertThatThrownBy(() -> resume(strict(), 5)).isInstanceOf(LlmDecodeException.class)
                .hasMessageContaining("unreadable_event");
    }

    @Test
    void aWholeStreamIsDecodedAsStrictlyAsAnyOther() {
        fixture.server.enqueue(Stored.stream(3, "a", "b"));
        assertThatThrownBy(() -> resume(strict(), -1)).isInstanceOf(LlmDecodeException.class)
                .hasMessageContaining("missing_start");
        fixture.server.enqueue(Stored.stream(3, "a", "b"));
        assertThat(texts(resume(responses, -1))).contains("a", "b");
    }

    /** With an event that has no type. */
    private static Answer spoilt() {
        return Stored.streamAfter("data: {}\n\n", 5, "a", "b", "c");
    }
}

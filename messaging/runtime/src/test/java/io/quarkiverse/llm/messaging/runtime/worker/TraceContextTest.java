package io.quarkiverse.llm.messaging.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmBadRequestException;
import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.messaging.MessageHeaders;
import io.vertx.core.Vertx;

/** Whoever continues traces sees each attempt begin and end. */
class TraceContextTest {

    @Test
    void anAttemptBeginsOnItsOwnContextAndEndsWithItsFailure() {
        List<Object> seen = new CopyOnWriteArrayList<>();
        TraceContext traces = attempt -> {
            seen.add(attempt.trace().get("traceparent"));
            seen.add(attempt.attempt());
            seen.add(Vertx.currentContext());
            return failure -> seen.add(String.valueOf(failure.getMessage()));
        };
        try (WorkerFixture fixture = new WorkerFixture(WorkerFixture.options().build(), traces)) {
            fixture.send(MessageHeaders.of("a").withTrace(Map.of("traceparent", "t")));
            SteeredProvider.Call call = fixture.provider.call(0);
            call.fail(new LlmBadRequestException("no", LlmErrorDetails.of("steered")));
            await().until(() -> seen.size() == 4);
            assertThat(seen).containsExactly("t", 1, call.context, "no");
        }
    }
}

package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.gateway.runtime.http.GatewayClient.Answered;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.vertx.core.json.JsonObject;

/** What clients are told of the limits of their key, and that each request gives back what it has. */
class LimitsOverHttpTest extends GatewayFixture {

    private static final String LIMITS = "quarkus.llm-gateway.limits.";
    private static final Map<String, String> ADMIN = Map.of("api-key", "secret-of-admin");

    private JsonObject usage() {
        return gateway().get("/v1/usage").json();
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void answersTellWhatRemains(boolean stream) {
        set(LIMITS + "requests-per-minute", "1");
        set(LIMITS + "tokens-per-minute", "5000");
        llm.enqueue(Answer.text("Hello").usage(30, 5));
        Answered answered = gateway().responses(Requests.response("Hello").put("stream", stream));
        assertThat(answered.status()).isEqualTo(200);
        assertThat(answered.header("x-ratelimit-limit-requests")).isEqualTo("1");
        assertThat(answered.header("x-ratelimit-remaining-requests")).isEqualTo("0");
        assertThat(answered.header("x-ratelimit-reset-requests")).isEqualTo("1m0s");
        assertThat(answered.header("x-ratelimit-limit-tokens")).isEqualTo("5000");
        assertThat(answered.header("x-ratelimit-remaining-tokens")).isEqualTo("5000");

        Answered refused = gateway().responses(Requests.response("Hello").put("stream", stream));
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.error().getString("type")).isEqualTo("requests");
        assertThat(refused.error().getString("code")).isEqualTo("rate_limit_exceeded");
        assertThat(refused.error().getString("message"))
                .matches("Rate limit reached: 1 requests per minute\\. Please try again in (60|59\\.\\d{3})s\\.");
        assertThat(Long.parseLong(refused.header("retry-after"))).isBetween(58L, 60L);
        assertThat(Long.parseLong(refused.header("retry-after-ms"))).isBetween(58_000L, 60_000L);
        assertThat(refused.header("x-ratelimit-remaining-tokens")).isBetween("4965", "5000");
        assertThat(log.requests()).anyMatch(line -> line.contains("status=429 outcome=rate_limit_exceeded"));
        assertThat(llm.requests()).filteredOn(request -> request.method().equals("POST")).hasSize(1);
    }

    @Test
    void withoutLimitsNothingIsTold() {
        llm.enqueue(Answer.text("Hello"));
        Answered answered = gateway().responses(Requests.response("Hello"));
        assertThat(answered.response().headers().map().keySet()).noneMatch(name -> name.startsWith("x-ratelimit"));
    }

    @Test
    void whoHasUsedItsTokensMustWait() {
        set(LIMITS + "tokens-per-minute", "100");
        llm.enqueue(Answer.text("Hello").usage(300, 50));
        gateway().responses(Requests.response("Hello"));
        await().until(() -> usage().getLong("input_tokens") == 300);
        Answered refused = gateway().chat(Requests.chat("Hello"));
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.error().getString("type")).isEqualTo("tokens");
        assertThat(Long.parseLong(refused.header("retry-after"))).isBetween(148L, 151L);
    }

    @Test
    void aSecondRequestWaitsForTheFirst() throws Exception {
        set(LIMITS + "concurrent-requests", "1");
        CompletableFuture<Void> released = new CompletableFuture<>();
        llm.respond(request -> request.body().contains("first") ? Answer.text("a").pauseUntil(released).thenText("b")
                : Answer.text("second"));
        try (RawClient first = raw().ask(Requests.response("first"))) {
            first.head();
            CompletableFuture<Answered> second = CompletableFuture
                    .supplyAsync(() -> gateway().responses(Requests.response("Hello")));
            await().until(() -> usage().getInteger("queued_requests") == 1);
            assertThat(llm.requests()).hasSize(1);
            released.complete(null);
            assertThat(second.get().stream().text()).isEqualTo("second");
        }
        await().until(() -> usage().getInteger("open_requests") == 0);
    }

    @Test
    void whoLeavesWhileItWaitsOrInTheMiddleMakesRoom() {
        set(LIMITS + "concurrent-requests", "1");
        llm.respond(request -> request.body().contains("first") ? Answer.text("Hello").with(Fault.stallAfterEvents(2))
                : Answer.text("third"));
        try (RawClient first = raw().ask(Requests.response("first"))) {
            first.head();
            try (RawClient second = raw().ask(Requests.response("second"))) {
                await().until(() -> usage().getInteger("queued_requests") == 1);
            }
            await().until(() -> usage().getInteger("queued_requests") == 0);
        }
        assertThat(gateway().responses(Requests.response("third")).stream().text()).isEqualTo("third");
        assertThat(llm.requests()).noneMatch(request -> request.body().contains("second"));
        await().until(() -> usage().getInteger("open_requests") == 0);
        assertThat(usage().getInteger("failed_requests")).isZero();
    }

    @Test
    void whoWaitsTooLongIsRefused() {
        set(LIMITS + "concurrent-requests", "1");
        set(LIMITS + "queue-timeout", "50ms");
        llm.enqueue(Answer.text("Hello").with(Fault.stallAfterEvents(2)));
        try (RawClient first = raw().ask(Requests.response("first"))) {
            first.head();
            Answered refused = gateway().responses(Requests.response("second"));
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("retry-after")).isEqualTo("1");
            assertThat(refused.error().getString("message")).endsWith("Please try again in 1s.");
        }
    }

    @Test
    void withoutAQueueNobodyWaits() {
        set(LIMITS + "concurrent-requests", "1");
        set(LIMITS + "queue-length", "0");
        llm.enqueue(Answer.text("Hello").with(Fault.stallAfterEvents(2)));
        try (RawClient first = raw().ask(Requests.response("first"))) {
            first.head();
            assertThat(gateway().chat(Requests.chat("second")).status()).isEqualTo(429);
        }
    }

    @Test
    void eachFailureGivesBackItsSeat() {
        set(LIMITS + "concurrent-requests", "1");
        set(LIMITS + "queue-length", "0");
        llm.enqueue(Answer.error(500, "no"), Answer.text("Hel").with(Fault.dropAfterEvents(2)), Answer.error(400, "no"),
                Answer.text("Hello"));
        gateway().responses(Requests.response("Hello"));
        gateway().responses(Requests.response("Hello"));
        gateway().responses(Requests.response("Hello").put("stream", false));
        assertThat(gateway().responses(Requests.response("Hello")).status()).isEqualTo(200);
        await().until(() -> usage().getInteger("open_requests") == 0);
        assertThat(usage().getInteger("failed_requests")).isEqualTo(3);
    }

    @Test
    void usageIsToldToEachAndOfAllToAnAdministrator() {
        set("quarkus.llm-gateway.keys.alice.value", "secret-of-alice");
        set("quarkus.llm-gateway.keys.admin.value", "secret-of-admin");
        set("quarkus.llm-gateway.keys.admin.admin", "true");
        set("quarkus.llm-gateway.keys.alice.limits.tokens-per-minute", "1000000");
        Map<String, String> alice = Map.of("api-key", "secret-of-alice");
        llm.enqueue(Answer.text("Hello").usage(30, 5));
        gateway().post("/v1/responses", Requests.response("Hello").encode(), alice);

        await().until(() -> gateway().get("/v1/usage", alice).json().getLong("output_tokens") == 5);
        JsonObject usage = gateway().get("/v1/usage", alice).json();
        assertThat(usage.getString("key")).isEqualTo("alice");
        assertThat(usage.getInteger("requests")).isEqualTo(1);
        assertThat(usage.getJsonObject("limits").getLong("tokens_per_minute")).isEqualTo(1_000_000);
        assertThat(gateway().get("/v1/usage", ADMIN).json().getInteger("requests")).isZero();

        Answered refused = gateway().get("/v1/usage?all=true", alice);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.error().getString("code")).isEqualTo("insufficient_permissions");
        assertThat(gateway().get("/v1/usage?all=true", ADMIN).json().getJsonArray("data").stream()
                .map(each -> ((JsonObject) each).getString("key"))).containsExactly("admin", "alice");
    }
}

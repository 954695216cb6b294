package io.quarkiverse.llm.gateway.runtime.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.Usage;
import io.quarkiverse.llm.gateway.runtime.access.Caller;
import io.quarkiverse.llm.gateway.runtime.access.Callers;
import io.vertx.core.json.JsonObject;

class LimitsTest {

    private final ManualTime time = new ManualTime();
    private final Limits limits = new Limits(time, time, 2);
    private final List<String> seated = new ArrayList<>();

    private static LimitReachedException refused(Runnable asking) {
        return catchThrowableOfType(LimitReachedException.class, asking::run);
    }

    private LimitReachedException refused(Caller caller) {
        return refused(() -> limits.enter(caller));
    }

    private Ticket enter(Caller caller, String name) {
        Ticket ticket = limits.enter(caller);
        ticket.seat().subscribe().with(seat -> seated.add(name), failure -> seated.add(name + " refused"));
        return ticket;
    }

    private JsonObject usage(Caller caller) {
        return new JsonObject(new String(limits.usage(caller), StandardCharsets.UTF_8));
    }

    @Test
    void asManyRequestsComeInAMinuteAsMayCome() {
        Caller alice = Callers.key("alice", Callers.perMinute(2, 0));
        limits.enter(alice).close(false);
        limits.enter(alice).close(false);

        LimitReachedException refused = refused(alice);

        assertThat(refused).hasMessage("Rate limit reached: 2 requests per minute. Please try again in 30s.");
        assertThat(refused.type()).isEqualTo("requests");
        assertThat(refused.code()).isEqualTo("rate_limit_exceeded");
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(30));
        assertThat(refused.headers()).containsEntry("retry-after-ms", "30000")
                .containsEntry("x-ratelimit-limit-requests", "2").containsEntry("x-ratelimit-remaining-requests", "0")
                .containsEntry("x-ratelimit-reset-requests", "1m0s");
    }

    @Test
    void whoWaitsAsLongAsItWasToldIsServed() {
        Caller alice = Callers.key("alice", Callers.perMinute(7, 0));
        for (int i = 0; i < 7; i++) {
            limits.enter(alice).close(false);
        }
        for (int i = 0; i < 20; i++) {
            time.pass(Duration.ofMillis(Long.parseLong(refused(alice).headers().get("retry-after-ms"))));
            limits.enter(alice).close(false);
        }
    }

    @Test
    void timesAreToldInPartsOfASecond() {
        Caller alice = Callers.key("alice", Callers.perMinute(50, 0));
        for (int i = 0; i < 50; i++) {
            limits.enter(alice).close(false);
        }
        assertThat(refused(alice)).hasMessageEndingWith("Please try again in 1.200s.");
    }

    @Test
    void callersHaveLimitsEachOfTheirOwn() {
        limits.enter(Callers.key("alice", Callers.perMinute(1, 0))).close(false);
        limits.enter(Callers.key("bob", Callers.perMinute(1, 0))).close(false);
        assertThat(refused(Callers.key("bob", Callers.perMinute(1, 0)))).isNotNull();
    }

    @Test
    void aRequestMayTakeMoreTokensThanAreLeftAndFurtherOnesPayForIt() {
        Caller alice = Callers.key("alice", Callers.perMinute(0, 1_000));
        Ticket ticket = limits.enter(alice);
        ticket.used(Usage.of(4_000, 1_000));
        ticket.close(false);

        LimitReachedException refused = refused(alice);
        assertThat(refused.type()).isEqualTo("tokens");
        assertThat(refused.headers()).containsEntry("x-ratelimit-limit-tokens", "1000")
                .containsEntry("x-ratelimit-remaining-tokens", "0").containsEntry("x-ratelimit-reset-tokens", "5m0s");
        assertThat(refused.retryAfter()).isBetween(Duration.ofSeconds(240), Duration.ofSeconds(241));

        time.pass(refused.retryAfter());
        limits.enter(alice).close(false);
    }

    @Test
    void whoIsRefusedForTokensHasLostNoRequest() {
        Caller alice = Callers.key("alice", Callers.perMinute(2, 10));
        Ticket ticket = limits.enter(alice);
        ticket.used(Usage.of(100, 0));
        ticket.close(false);
        refused(alice);
        refused(alice);
        assertThat(ticket.headers()).containsEntry("x-ratelimit-remaining-requests", "1");
    }

    @Test
    void withoutLimitsThereIsNothingToTell() {
        assertThat(limits.enter(Callers.key("alice", Callers.NO_LIMITS)).headers()).isEmpty();
    }

    @Test
    void whoFindsNoSeatWaitsInOrder() {
        Caller alice = Callers.key("alice", Callers.concurrent(1, 2));
        Ticket first = enter(alice, "first");
        Ticket second = enter(alice, "second");
        enter(alice, "third");
        assertThat(seated).containsExactly("first");
        first.close(false);
        assertThat(seated).containsExactly("first", "second");
        second.close(false);
        assertThat(seated).containsExactly("first", "second", "third");
    }

    @Test
    void whoFindsTheQueueFullIsRefused() {
        Caller alice = Callers.key("alice", Callers.concurrent(1, 1));
        enter(alice, "first");
        enter(alice, "second");
        assertThat(refused(alice)).hasMessage("Too many requests at once: 1 are under way and 1 wait. Please try again in 1s.");
    }

    @Test
    void withoutAQueueNobodyWaits() {
        Caller alice = Callers.key("alice", Callers.concurrent(1, 0));
        Ticket first = enter(alice, "first");
        assertThat(refused(alice)).isNotNull();
        first.close(false);
        limits.enter(alice).close(false);
    }

    @Test
    void whoWaitsTooLongIsRefusedAndTakesNobodysSeat() {
        Caller alice = Callers.key("alice", Callers.concurrent(1, 5));
        Ticket first = enter(alice, "first");
        Ticket second = enter(alice, "second");
        time.pass(Duration.ofSeconds(29));
        enter(alice, "third");
        time.pass(Duration.ofSeconds(1));
        assertThat(seated).containsExactly("first", "second refused");
        second.close(true);
        first.close(false);
        assertThat(seated).containsExactly("first", "second refused", "third");
        assertThat(usage(alice).getInteger("refused_requests")).isEqualTo(1);
        assertThat(usage(alice).getInteger("failed_requests")).isZero();
    }

    @Test
    void whoLeavesTheQueueTakesNobodysSeat() {
        Caller alice = Callers.key("alice", Callers.concurrent(1, 5));
        Ticket first = enter(alice, "first");
        Ticket second = enter(alice, "second");
        enter(alice, "third");
        second.close(true);
        second.close(true);
        first.close(false);
        first.close(false);
        assertThat(seated).containsExactly("first", "third");
        assertThat(usage(alice).getInteger("open_requests")).isEqualTo(1);
        assertThat(time.set()).isZero();
    }

    @Test
    void aLongQueueOfThoseWhoEndAtOnceIsNoRecursion() {
        Caller alice = Callers.key("alice", Callers.concurrent(1, 50_000));
        Ticket first = enter(alice, "first");
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            int number = i;
            Ticket ticket = limits.enter(alice);
            ticket.seat().subscribe().with(seat -> {
                order.add(number);
                ticket.close(false);
            });
        }
        first.close(false);
        assertThat(order).hasSize(20_000).isSorted();
        assertThat(usage(alice).getInteger("open_requests")).isZero();
    }

    @Test
    void usageIsCounted() {
        Caller alice = Callers.key("alice", Callers.perMinute(3, 1_000));
        Ticket ticket = limits.enter(alice);
        ticket.used(new Usage(100, 60, 0, 20, 0, 120));
        ticket.close(false);
        limits.enter(alice).close(true);
        limits.enter(alice);
        refused(alice);
        assertThat(usage(alice)).isEqualTo(new JsonObject("""
                {"object": "gateway.usage", "key": "alice", "requests": 4, "refused_requests": 1, "failed_requests": 1,
                 "open_requests": 1, "queued_requests": 0, "open_websockets": 0, "input_tokens": 100,
                 "cached_input_tokens": 60, "output_tokens": 20,
                 "limits": {"requests_per_minute": 3, "remaining_requests": 0, "tokens_per_minute": 1000,
                            "remaining_tokens": 880}}"""));
    }

    @Test
    void anAdministratorSeesAllWhoWereHereByName() {
        limits.enter(Callers.user("zoe", Callers.NO_LIMITS));
        limits.enter(Callers.key("alice", Callers.NO_LIMITS));
        assertThat(new JsonObject(new String(limits.usageOfAll(), StandardCharsets.UTF_8)).getJsonArray("data"))
                .extracting(each -> ((JsonObject) each).getString("key")).containsExactly("alice", "zoe");
    }

    @Test
    void whomTheConfigurationDoesNotNameIsForgottenAfterADay() {
        limits.enter(Callers.user("zoe", Callers.NO_LIMITS)).close(false);
        limits.enter(Callers.key("alice", Callers.NO_LIMITS)).close(false);
        time.pass(Duration.ofDays(2));
        assertThat(usage(Callers.user("zoe", Callers.NO_LIMITS)).getInteger("requests")).isZero();
        assertThat(usage(Callers.key("alice", Callers.NO_LIMITS)).getInteger("requests")).isEqualTo(1);
    }

    @Test
    void soManyWebSocketsAreOpenAsMayBe() {
        Caller alice = Callers.key("alice", Callers.webSockets(1));
        WebSocketTicket open = limits.openWebSocket(alice);
        assertThatThrownBy(() -> limits.openWebSocket(alice)).isInstanceOf(LimitReachedException.class)
                .hasMessage("Too many WebSockets: 1 are open. Please try again in 1s.");
        assertThat(usage(alice).getInteger("open_websockets")).isEqualTo(1);
        open.close();
        open.close();
        assertThat(usage(alice).getInteger("open_websockets")).isZero();
        limits.openWebSocket(alice);
    }

    @Test
    void allWebSocketsTogetherHaveALimitToo() {
        Caller alice = Callers.key("alice", Callers.NO_LIMITS);
        WebSocketTicket open = limits.openWebSocket(alice);
        limits.openWebSocket(Callers.key("bob", Callers.NO_LIMITS));
        assertThat(refused(() -> limits.openWebSocket(alice))).hasMessageContaining("2 are open");
        open.close();
        limits.openWebSocket(alice);
    }
}

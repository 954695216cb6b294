package io.quarkiverse.llm.runtime.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.llm.runtime.leaks.Leaks;
import io.quarkiverse.llm.runtime.provider.Trial.Target;
import io.quarkiverse.llm.runtime.transport.SelfSigned;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Api;
import io.quarkiverse.llm.scripted.Fault;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxInternal;

/**
 * Thousands of exchanges with a server and subscribers that do what they like: each ends as it may, and nothing stays behind.
 * A failure names seed and number of its trial.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class NothingIsLeftTest {

    private static final long SEED = 42;
    private static final int WARM_UP = 300;
    /** One in each HTTP client of Vert.x, which each event loop and provider has. */
    private static final String POOL_CLEANER = "io.vertx.core.http.impl.HttpClientImpl$PoolChecker";

    @Test
    void afterTenThousandStreamsInTurn() {
        try (Trials trials = new Trials(SEED); Leaks leaks = warm(trials)) {
            for (int i = 0; i < 10_000; i++) {
                Trial trial = new Trial(SEED, i);
                Trials.awaitAndCheck(trial, trials.subscribe(trial));
            }
            assertNothingIsLeft(trials, leaks);
        }
    }

    @Test
    void afterAThousandStreamsAtATime() {
        try (Trials trials = new Trials(SEED); Leaks leaks = warm(trials)) {
            trials.atATime(0, 1000);
            assertNothingIsLeft(trials, leaks);
        }
    }

    @Test
    void afterAThousandStreamsAtATimeOverHttp2() {
        HttpServerOptions secure = new HttpServerOptions().setSsl(true).setUseAlpn(true)
                .setKeyCertOptions(SelfSigned.certificate());
        try (Trials trials = new Trials(SEED, secure, true, options -> options.setTrustOptions(SelfSigned.certificate()));
                Leaks leaks = warm(trials)) {
            trials.atATime(0, 1000);
            assertThat(trials.server.requests().get(0).httpVersion()).isEqualTo("h2");
            assertNothingIsLeft(trials, leaks);
        }
    }

    /** Makes the threads that stay. */
    private static Leaks warm(Trials trials) {
        ((VertxInternal) trials.vertx).getAcceptorEventLoopGroup().next().submit(() -> {
        });
        trials.atATime(0, WARM_UP);
        Leaks leaks = Leaks.start();
        trials.watch(leaks);
        return leaks;
    }

    private static void assertNothingIsLeft(Trials trials, Leaks leaks) {
        trials.assertConnectionsGo();
        leaks.assertTimers(trials.vertx,
                Map.of(POOL_CLEANER, Trials.EVENT_LOOPS * Target.values().length * Api.values().length));
        leaks.assertNoNewThreads();
        leaks.assertObjectsUnreachable();
        leaks.assertBuffersReleased();
        assertAllRoomIsBack(trials);
        trials.closeProviders();
        trials.assertConnectionsGo();
        leaks.assertTimers(trials.vertx, Map.of());
        leaks.assertNoNewThreads();
        leaks.assertBuffersReleased();
    }

    private static void assertAllRoomIsBack(Trials trials) {
        trials.server.reset().respond(request -> Answer.text("a").with(Fault.stallAfterEvents(1)));
        List<AssertSubscriber<?>> inside = new ArrayList<>();
        for (int i = 0; i < Trials.ROOM + 1; i++) {
            inside.add(trials.provider(Api.CHAT_COMPLETIONS, Target.PATIENT).stream(WireFixture.REQUEST).subscribe()
                    .withSubscriber(AssertSubscriber.create(Long.MAX_VALUE)));
        }
        await("there is room for all but one").atMost(Trials.AT_MOST)
                .untilAsserted(() -> assertThat(trials.server.requests()).hasSize(Trials.ROOM));
        inside.get(0).cancel();
        await("there is room again").atMost(Trials.AT_MOST)
                .untilAsserted(() -> assertThat(trials.server.requests()).hasSize(Trials.ROOM + 1));
        inside.forEach(AssertSubscriber::cancel);
    }
}

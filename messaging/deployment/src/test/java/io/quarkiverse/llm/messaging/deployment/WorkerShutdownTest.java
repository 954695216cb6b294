package io.quarkiverse.llm.messaging.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** An answer that is under way when the application stops, which says nothing of how long a shutdown may take. */
class WorkerShutdownTest {

    private static final String ENDED = "io.quarkiverse.llm.test.answer-ended";

    /** Registered first, so that it looks when the application is gone. */
    @Order(1)
    @RegisterExtension
    static final AfterAllCallback THE_ANSWER_WAS_FINISHED = context -> assertThat(System.clearProperty(ENDED))
            .isEqualTo("true");

    @Order(2)
    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Parrot.class, Slow.class))
            .overrideConfigKey("quarkus.devservices.enabled", "false")
            .overrideRuntimeConfigKey("quarkus.llm-messaging.workers.pool.provider", "slow")
            .overrideRuntimeConfigKey("quarkus.llm-messaging.remotes.pool.timeout", "1m");

    @ApplicationScoped
    @LlmClient("slow")
    static class Slow implements LlmProvider {

        @Inject
        @LlmClient("parrot")
        LlmProvider parrot;

        @Override
        public String name() {
            return "slow";
        }

        @Override
        public Multi<LlmEvent> stream(LlmRequest request) {
            Multi<LlmEvent> events = parrot.stream(request).collect().asList()
                    .toMulti().flatMap(all -> Multi.createBy().concatenating().streams(
                            Multi.createFrom().iterable(all.subList(0, all.size() - 1)),
                            Multi.createFrom().item(all.get(all.size() - 1))
                                    .onItem().call(end -> Uni.createFrom().voidItem().onItem().delayIt()
                                            .by(Duration.ofSeconds(1)))));
            return events.onCompletion().invoke(() -> System.setProperty(ENDED, "true"));
        }
    }

    @Inject
    @LlmClient("pool")
    LlmProvider pool;

    @Test
    void isFinishedBeforeTheApplicationIsGone() throws InterruptedException {
        BlockingQueue<LlmEvent> seen = new LinkedBlockingQueue<>();
        pool.stream(LlmRequest.of("Hi")).subscribe().with(seen::add, failure -> {
        });
        assertThat(seen.poll(20, TimeUnit.SECONDS)).isNotNull();
        assertThat(System.getProperty(ENDED)).isNull();
    }
}

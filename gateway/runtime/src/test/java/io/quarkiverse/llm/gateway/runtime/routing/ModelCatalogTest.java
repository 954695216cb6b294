package io.quarkiverse.llm.gateway.runtime.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.llm.LlmModel;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

@Timeout(30)
class ModelCatalogTest {

    private static final Duration REFRESH = Duration.ofSeconds(60);
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final TestProviders test = new TestProviders();

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void aListIsKeptForAsLongAsItIsTakenForTrue() {
        test.provider("a", "x").provider("b", "y");

        test.target("x");
        test.target("y");
        test.passes(REFRESH.minusSeconds(1));
        test.target("y");

        assertThat(test.asked("a")).isEqualTo(1);
        assertThat(test.asked("b")).isEqualTo(1);
    }

    @Test
    void whileAListIsRenewedTheOldOneServes() {
        CompletableFuture<List<LlmModel>> second = new CompletableFuture<>();
        AtomicInteger turn = new AtomicInteger();
        test.provider("a", () -> turn.getAndIncrement() == 0 ? item("x") : Uni.createFrom().completionStage(second))
                .provider("b");
        test.target("x");
        test.passes(REFRESH);

        assertThat(test.target("x")).isEqualTo("a:x");
        await().until(() -> test.asked("a") == 2);
        second.complete(TestProviders.models("new"));

        await().until(() -> test.catalog().known().of("a").containsKey("new"));
        assertThatThrownBy(() -> test.target("x")).isInstanceOf(ModelNotFoundException.class);
    }

    @Test
    void requestsAtTheSameTimeAskOnce() throws Exception {
        CompletableFuture<List<LlmModel>> list = new CompletableFuture<>();
        test.provider("a", () -> Uni.createFrom().completionStage(list)).provider("b");
        List<CompletableFuture<Target>> requests = java.util.stream.IntStream.range(0, 20)
                .mapToObj(i -> test.router().route(Optional.of("x"), all -> true).subscribeAsCompletionStage()).toList();

        await().until(() -> test.asked("a") > 0);
        assertThat(requests).noneMatch(CompletableFuture::isDone);
        list.complete(TestProviders.models("x"));

        for (CompletableFuture<Target> request : requests) {
            assertThat(request.get(10, TimeUnit.SECONDS).name()).isEqualTo("a");
        }
        assertThat(test.asked("a")).isEqualTo(1);
    }

    @Test
    void whoGoesAwayLeavesTheOthersTheirAnswer() throws Exception {
        CompletableFuture<List<LlmModel>> list = new CompletableFuture<>();
        test.provider("a", () -> Uni.createFrom().completionStage(list)).provider("b");
        Cancellable first = test.router().route(Optional.of("x"), all -> true).subscribe().with(target -> {
        });
        CompletableFuture<Target> second = test.router().route(Optional.of("x"), all -> true).subscribeAsCompletionStage();

        first.cancel();
        list.complete(TestProviders.models("x"));

        assertThat(second.get(10, TimeUnit.SECONDS).name()).isEqualTo("a");
    }

    @Test
    void aModelThatWasJustPulledIsFoundAtOnce() {
        AtomicReference<String> there = new AtomicReference<>("x");
        test.provider("a", () -> item(there.get())).provider("b");
        test.target("x");
        there.set("pulled");
        test.passes(Duration.ofSeconds(5));

        assertThat(test.target("pulled")).isEqualTo("a:pulled");
    }

    @Test
    void unknownNamesAskOnceInFiveSeconds() {
        test.provider("a", "x").provider("b");

        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> test.target("nothing")).isInstanceOf(ModelNotFoundException.class);
        }
        assertThat(test.asked("a")).isEqualTo(1);
        test.passes(Duration.ofSeconds(5));
        assertThatThrownBy(() -> test.target("nothing")).isInstanceOf(ModelNotFoundException.class);

        assertThat(test.asked("a")).isEqualTo(2);
    }

    @Test
    void aFailureKeepsWhatWasKnown() {
        AtomicInteger turn = new AtomicInteger();
        test.provider("a", () -> turn.getAndIncrement() == 0 ? item("x")
                : Uni.createFrom().failure(new IllegalStateException("down"))).provider("b");
        test.target("x");
        test.passes(REFRESH);

        test.catalog().all().await().atMost(LIMIT);

        assertThat(test.asked("a")).isEqualTo(2);
        assertThat(test.target("x")).isEqualTo("a:x");
        assertThat(test.catalog().all().await().atMost(LIMIT).of("a")).containsKey("x");
        assertThat(test.asked("a")).as("not asked again at once").isEqualTo(2);
    }

    @Test
    void aServerThatWasDownIsFoundWhenItIsUp() {
        AtomicReference<Supplier<Uni<List<LlmModel>>>> server = new AtomicReference<>(
                () -> Uni.createFrom().failure(new IllegalStateException("down")));
        test.provider("a", () -> server.get().get()).provider("b");
        assertThatThrownBy(() -> test.target("x")).isInstanceOf(ModelNotFoundException.class);

        server.set(() -> item("x"));
        test.passes(Duration.ofSeconds(5));

        assertThat(test.target("x")).isEqualTo("a:x");
    }

    @Test
    void aProviderThatThrowsOrListsNothingHarmsNoOther() {
        test.provider("a", () -> {
            throw new IllegalStateException("broken");
        }).provider("b", () -> Uni.createFrom().nullItem()).provider("c", "x");

        assertThat(test.target("x")).isEqualTo("c:x");
    }

    @Test
    void aProviderThatHangsIsWaitedForFiveSeconds() {
        test.provider("a", () -> Uni.createFrom().nothing()).provider("b", "x");
        long start = System.nanoTime();

        assertThat(test.target("x")).isEqualTo("b:x");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(4500), Duration.ofSeconds(9));
        long again = System.nanoTime();
        assertThat(test.target("x")).isEqualTo("b:x");
        assertThat(Duration.ofNanos(System.nanoTime() - again)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void nobodyWaitsForAProviderThatComesAfterTheOneThatHasTheModel() {
        test.provider("a", "x").provider("b", () -> Uni.createFrom().nothing());

        assertThat(test.router().route(Optional.of("x"), all -> true).await().atMost(Duration.ofSeconds(3)).name())
                .isEqualTo("a");
    }

    @Test
    void theAnswerComesOnTheCallersContext() throws Exception {
        CompletableFuture<List<LlmModel>> list = new CompletableFuture<>();
        test.provider("a", () -> Uni.createFrom().completionStage(list)).provider("b");
        Context caller = test.vertx.getOrCreateContext();
        CompletableFuture<Context> seen = new CompletableFuture<>();

        caller.runOnContext(there -> test.router().route(Optional.of("x"), all -> true).subscribe()
                .with(target -> seen.complete(Vertx.currentContext())));
        await().until(() -> test.asked("a") > 0);
        list.complete(TestProviders.models("x"));

        assertThat(seen.get(10, TimeUnit.SECONDS)).isSameAs(caller);
    }

    @Test
    void anAnswerOfTheServerBeforeIsNotTakenForThatOfTheNewOne() throws Exception {
        CompletableFuture<List<LlmModel>> slow = new CompletableFuture<>();
        test.provider("a", () -> Uni.createFrom().completionStage(slow)).provider("b");
        CompletableFuture<Target> early = test.router().route(Optional.of("x"), all -> true).subscribeAsCompletionStage();
        await().until(() -> test.asked("a") == 1);

        test.provider("a", "y").setting("a", "base-url", "http://127.0.0.1:2/v1").change();
        assertThat(test.target("y")).isEqualTo("a:y");
        slow.complete(TestProviders.models("x"));

        assertThatThrownBy(() -> early.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(ModelNotFoundException.class);
        assertThat(test.target("y")).isEqualTo("a:y");
    }

    private static Uni<List<LlmModel>> item(String... ids) {
        return Uni.createFrom().item(TestProviders.models(ids));
    }
}

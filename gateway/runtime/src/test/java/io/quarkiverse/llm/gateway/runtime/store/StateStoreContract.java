package io.quarkiverse.llm.gateway.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.smallrye.mutiny.Uni;

/** What users of a store rely on, whichever it is. */
abstract class StateStoreContract {

    private static final byte[] ONE = { 1 };
    private static final byte[] TWO = { 2 };

    /** The one under test. */
    abstract StateStore store();

    static <T> T await(Uni<T> answer) {
        return answer.await().atMost(java.time.Duration.ofSeconds(30));
    }

    private Optional<byte[]> get(String key) {
        return await(store().get(key));
    }

    private static byte[] everyByte() {
        byte[] all = new byte[512];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        return all;
    }

    @Test
    void whatIsWrittenCanBeRead() {
        await(store().put(Map.of("a", everyByte())));
        assertThat(get("a").orElseThrow()).isEqualTo(everyByte());
        await(store().put(Map.of("a", TWO)));
        assertThat(get("a").orElseThrow()).isEqualTo(TWO);
    }

    @Test
    void nothingIsNotAnEmptyValue() {
        await(store().put(Map.of("empty", new byte[0])));
        assertThat(get("empty").orElseThrow()).isEmpty();
        assertThat(get("nothing")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "two words", "a\r\nb", "Größe", "\uD83D\uDE00", "{a}*?[b]" })
    void anyTextIsAKey(String key) {
        await(store().put(Map.of(key, ONE, key + "x", TWO)));
        assertThat(get(key).orElseThrow()).isEqualTo(ONE);
        assertThat(await(store().replace(key, Optional.of(ONE), TWO))).isTrue();
        await(store().delete(List.of(key)));
        assertThat(get(key)).isEmpty();
        assertThat(get(key + "x").orElseThrow()).isEqualTo(TWO);
    }

    @Test
    void aLargeValueComesBackWhole() {
        byte[] large = new byte[8 << 20];
        Arrays.fill(large, (byte) 7);
        await(store().put(Map.of("large", large)));
        assertThat(Arrays.equals(get("large").orElseThrow(), large)).isTrue();
    }

    @Test
    void thoseOfManyThatAreThereComeInOrder() {
        Map<String, byte[]> written = new LinkedHashMap<>();
        List<String> asked = new ArrayList<>();
        for (int i = 2_999; i >= 0; i--) {
            written.put("k" + i, ("" + i).getBytes());
            asked.add("k" + i);
            asked.add("nothing" + i);
        }
        asked.add("k5");
        await(store().put(written));
        Map<String, byte[]> found = await(store().getAll(asked));
        assertThat(found.keySet()).containsExactlyElementsOf(written.keySet());
        assertThat(found).allSatisfy((key, value) -> assertThat(value).isEqualTo(written.get(key)));
    }

    @Test
    void noKeysAreNoTrouble() {
        await(store().put(Map.of()));
        await(store().delete(List.of()));
        assertThat(await(store().getAll(List.of()))).isEmpty();
    }

    @Test
    void whatIsDeletedIsGoneAndTheRestIsNot() {
        await(store().put(Map.of("a", ONE, "b", ONE, "c", ONE)));
        await(store().delete(List.of("a", "nothing", "b")));
        assertThat(await(store().getAll(List.of("a", "b", "c"))).keySet()).containsExactly("c");
    }

    @Test
    void replacesWhatIsAsExpectedOnly() {
        assertThat(await(store().replace("r", Optional.of(ONE), TWO))).isFalse();
        assertThat(get("r")).isEmpty();
        assertThat(await(store().replace("r", Optional.empty(), everyByte()))).isTrue();
        assertThat(await(store().replace("r", Optional.empty(), ONE))).isFalse();
        assertThat(await(store().replace("r", Optional.of(TWO), ONE))).isFalse();
        assertThat(get("r").orElseThrow()).isEqualTo(everyByte());
        assertThat(await(store().replace("r", Optional.of(everyByte()), new byte[0]))).isTrue();
        assertThat(await(store().replace("r", Optional.empty(), ONE))).isFalse();
        assertThat(await(store().replace("r", Optional.of(new byte[0]), ONE))).isTrue();
        assertThat(get("r").orElseThrow()).isEqualTo(ONE);
    }

    @Test
    void nobodyComesBetweenLookAndReplacement() throws Exception {
        await(store().put(Map.of("counter", "0".getBytes())));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> counting = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                counting.add(threads.submit(() -> {
                    for (int i = 0; i < 50; i++) {
                        countUp();
                    }
                }));
            }
            for (Future<?> each : counting) {
                each.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(new String(get("counter").orElseThrow())).isEqualTo("400");
    }

    private void countUp() {
        Optional<byte[]> there;
        byte[] next;
        do {
            there = get("counter");
            next = ("" + (Integer.parseInt(new String(there.orElseThrow())) + 1)).getBytes();
        } while (!await(store().replace("counter", there, next)));
    }

    @Test
    void nothingHappensUntilSomebodyWaitsAndThenEachTime() {
        Uni<Void> writing = store().put(Map.of("later", ONE));
        Uni<Optional<byte[]>> reading = store().get("later");
        assertThat(get("later")).isEmpty();
        await(writing);
        assertThat(await(reading)).isPresent();
        await(store().delete(List.of("later")));
        assertThat(await(reading)).isEmpty();
        await(writing);
        assertThat(await(reading)).isPresent();
    }

    @Test
    void saysWhatItIs() {
        assertThat(store().describe()).isNotBlank().doesNotContain("localhost", "127.0.0.1");
    }
}

package io.quarkiverse.llm.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.runtime.sse.SseEventTooLargeException;
import io.quarkiverse.llm.runtime.sse.SseReader;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Api;
import io.quarkiverse.llm.scripted.Deviation;

/**
 * Random changes to the bytes of recorded and scripted answers, for a few seconds, or for {@code -Dllm.fuzz.seconds=600}.
 * The tries of a run are the same each time; {@code -Dllm.fuzz.seed=N} begins with another one. A failure tells its seed.
 */
class DecoderFuzzTest {

    private static final int SECONDS = Integer.getInteger("llm.fuzz.seconds", 2);
    private static final long FIRST_SEED = Long.getLong("llm.fuzz.seed", 0);
    private static final Path CORPUS = Path.of("src/test/resources/corpus");
    private static final int MOST = 1 << 16;

    private static final ExecutorService WATCHED = Executors.newSingleThreadExecutor();
    private static final List<byte[]> STREAMS = new ArrayList<>();
    private static final List<byte[]> DOCUMENTS = new ArrayList<>();

    @BeforeAll
    static void readCorpus() throws IOException {
        try (Stream<Path> files = Files.walk(CORPUS)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".sse")) {
                    STREAMS.add(Files.readAllBytes(file));
                } else if (name.endsWith(".json") && !name.endsWith(".req.json")) {
                    DOCUMENTS.add(Files.readAllBytes(file));
                }
            }
        }
    }

    @AfterAll
    static void stop() {
        WATCHED.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource
    void whateverArrivesIsAnAnswerOrAFailureOfOursWithLegalEvents(Api api) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        int tries = 0;
        for (long seed = FIRST_SEED; System.nanoTime() < end; seed++, tries++) {
            Random random = new Random(seed);
            boolean document = random.nextInt(5) == 0;
            byte[] bytes = new Mutations(random).of(document ? oneOf(DOCUMENTS, random) : stream(api, random),
                    stream(random.nextInt(4) == 0 ? other(api) : api, random));
            watch("seed " + seed, bytes, () -> {
                if (document) {
                    check(bytes.length, new ApiDecoding(api), decoding -> decoding.decoder.body(bytes, 0, bytes.length));
                } else {
                    check(bytes.length, new ApiDecoding(api), decoding -> read(decoding, bytes, random));
                }
            });
        }
        assertThat(tries).as("tries").isGreaterThan(SECONDS);
    }

    private static Api other(Api api) {
        return api == Api.RESPONSES ? Api.CHAT_COMPLETIONS : Api.RESPONSES;
    }

    private static byte[] oneOf(List<byte[]> recorded, Random random) {
        return recorded.get(random.nextInt(recorded.size()));
    }

    private static byte[] stream(Api api, Random random) {
        if (random.nextInt(8) == 0) {
            return oneOf(STREAMS, random);
        }
        List<Deviation> deviations = Turns.deviations(api, random);
        Answer answer = Turns.random(random).with(deviations);
        return Turns.stream(random.nextInt(10) == 0 ? answer.finishReason("length") : answer, api);
    }

    private static void watch(String seed, byte[] bytes, Runnable attempt) throws InterruptedException {
        try {
            WATCHED.submit(attempt).get(10, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("It hangs, " + told(seed, bytes), e);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause().getMessage() + ", " + told(seed, bytes), e.getCause());
        }
    }

    private static String told(String seed, byte[] bytes) {
        return seed + ":\n" + new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private interface Attempt {
        void on(ApiDecoding decoding);
    }

    private static void check(int length, ApiDecoding decoding, Attempt attempt) {
        try {
            attempt.on(decoding);
            EventRules.checkWhole(decoding.events);
        } catch (LlmException | SseEventTooLargeException e) {
            EventRules.check(decoding.events);
        }
        decoding.decoder.partial();
        decoding.decoder.repairs();
        assertThat(decoding.events.size()).as("events of %s bytes", length).isLessThan(length + 100);
        assertThat(decoding.events.stream().mapToInt(DecoderFuzzTest::told).sum()).as("characters of %s bytes", length)
                .isLessThan(length + 100);
    }

    private static int told(LlmEvent event) {
        if (event instanceof LlmEvent.TextDelta text) {
            return text.delta().length();
        } else if (event instanceof LlmEvent.ReasoningDelta reasoning) {
            return reasoning.delta().length();
        } else if (event instanceof LlmEvent.RefusalDelta refusal) {
            return refusal.delta().length();
        }
        return event instanceof LlmEvent.ToolCallArgumentsDelta arguments ? arguments.delta().length() : 0;
    }

    private static void read(ApiDecoding decoding, byte[] bytes, Random random) {
        SseReader reader = new SseReader(MOST, decoding.decoder::event);
        for (int from = 0; from < bytes.length;) {
            byte[] piece = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + 1 + random.nextInt(500)));
            from += piece.length;
            reader.feed(piece, 0, piece.length);
        }
        reader.finish();
        decoding.decoder.end();
    }
}

package io.quarkiverse.llm.runtime.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Api;
import io.quarkiverse.llm.scripted.ChatDeviation;
import io.quarkiverse.llm.scripted.Deviation;
import io.quarkiverse.llm.scripted.Framing;
import io.quarkiverse.llm.scripted.Piece;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.quarkiverse.llm.scripted.Usage;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** All sorts of turns of a model, for property tests. Each has a form in both wire APIs. */
public final class Turns {

    private static final String STREAM = "{\"stream\":true,\"stream_options\":{\"include_usage\":true}}";

    /** Without {@code [DONE]} nothing would tell such an answer from one that was cut. */
    private static final Set<ChatDeviation> NO_REASON = EnumSet.of(ChatDeviation.FINISH_REASON_EMPTY_AT_END,
            ChatDeviation.FINISH_REASON_NEVER);

    private Turns() {
    }

    /** What a turn is about; the calls are {@code name{arguments}}. */
    public record Outcome(String text, String reasoning, Optional<String> refusal, List<String> calls, Object finish,
            Object usage) {

        /** Usage comes last, after everything that decides about success. */
        public Outcome withoutUsage() {
            return new Outcome(text, reasoning, refusal, calls, finish, null);
        }

        public static Outcome of(LlmResponse response) {
            return new Outcome(response.text(), response.reasoningText(), response.refusal(),
                    response.toolCalls().stream().map(call -> call.name() + call.argumentsJson().toJsonObject()).toList(),
                    response.finishReason(), response.usage());
        }
    }

    /** What an answer is about when nothing goes wrong. */
    public static Outcome undisturbed(Answer answer, Api api) {
        return Outcome.of(ApiDecoding.ofStream(api, stream(answer, api)));
    }

    /** The bytes of an answer's stream. */
    static byte[] stream(Answer answer, Api api) {
        String path = api == Api.RESPONSES ? "/v1/responses" : "/v1/chat/completions";
        Buffer bytes = Buffer.buffer();
        answer.replyTo(RecordedRequest.of(1, "POST", path, Map.of(), STREAM)).pieces().forEachRemaining(piece -> {
            if (piece instanceof Piece.Data data) {
                bytes.appendBuffer(data.bytes());
            }
        });
        return bytes.getBytes();
    }

    /** Answers with reasoning, text and tool calls in any order, a refusal perhaps at the end. */
    public static Arbitrary<Answer> answers() {
        Arbitrary<String> words = Arbitraries
                .of("a", "b", "c", " ", "ä", "€", "😀", "\n", "\"", "\\", "{", "}", "[", "]", ":", ",").list().ofMinSize(1)
                .ofMaxSize(8).map(characters -> String.join("", characters));
        Arbitrary<Answer> start = words.list().ofMaxSize(3).map(deltas -> Answer.reasoning(deltas.toArray(String[]::new)));
        Arbitrary<List<List<String>>> rest = words.list().ofMinSize(1).ofMaxSize(4).list().ofMaxSize(4);
        return Combinators.combine(start, rest, Arbitraries.randoms()).as(Turns::answer);
    }

    /** Answers that a limit has cut, in the middle of a text or of the arguments of a call. */
    public static Arbitrary<Answer> cutAnswers() {
        return Combinators.combine(answers(), Arbitraries.randoms()).as((answer, random) -> {
            Answer cut = switch (random.nextInt(3)) {
                case 0 -> answer.thenToolCall("call_cut", "weather", "{\"city\":", "\"Os");
                case 1 -> answer.thenText("Once upon a");
                default -> answer;
            };
            return cut.finishReason("length");
        });
    }

    /** One of the answers. */
    public static Answer random(Random random) {
        Answer start = random.nextBoolean() ? Answer.empty() : Answer.reasoning(words(random).toArray(String[]::new));
        return answer(start, Stream.generate(() -> words(random)).limit(random.nextInt(3)).toList(), random);
    }

    private static List<String> words(Random random) {
        return random.ints(1 + random.nextInt(3), 0, 1_000_000).mapToObj(Integer::toString).toList();
    }

    private static Answer answer(Answer start, List<List<String>> steps, Random random) {
        Answer answer = start;
        int calls = 0;
        for (List<String> words : steps) {
            if (random.nextBoolean()) {
                answer = answer.thenText(words.toArray(String[]::new));
            } else {
                answer = answer.thenToolCall("call_" + calls, random.nextBoolean() ? "weather" : "clock",
                        fragments(words, random));
                calls++;
            }
        }
        if (random.nextInt(8) == 0) {
            answer = answer.thenRefusal("I ", "won't.");
        }
        int output = 1 + random.nextInt(1000);
        return answer.usage(new Usage(100 + random.nextInt(1000), output, random.nextInt(100), 0));
    }

    private static String[] fragments(List<String> words, Random random) {
        JsonObject arguments = new JsonObject();
        words.forEach(word -> arguments.put(word, random.nextInt()));
        List<String> fragments = new ArrayList<>();
        String text = arguments.encode();
        for (int from = 0; from < text.length();) {
            int to = Math.min(text.length(), from + 1 + random.nextInt(12));
            // A pair of surrogates is one character: no server splits inside it.
            to += to < text.length() && Character.isLowSurrogate(text.charAt(to)) ? 1 : 0;
            fragments.add(text.substring(from, to));
            from = to;
        }
        return fragments.toArray(String[]::new);
    }

    /** Deviations that make sense together and lose nothing. */
    public static Arbitrary<List<Deviation>> deviations(Api api) {
        return Arbitraries.of(lossless(api)).list().ofMaxSize(6).uniqueElements().filter(Deviation::combinable);
    }

    /** Some of them. */
    public static List<Deviation> deviations(Api api, Random random) {
        List<Deviation> chosen = new ArrayList<>();
        List<Deviation> lossless = lossless(api);
        for (int i = random.nextInt(4); i > 0; i--) {
            chosen.add(lossless.get(random.nextInt(lossless.size())));
        }
        return Deviation.combinable(chosen) ? chosen : chosen.subList(0, 1);
    }

    private static List<Deviation> lossless(Api api) {
        return Deviation.of(api).stream().filter(Deviation::isLossless).toList();
    }

    /** Whether a stream that is framed in this way and has these deviations still says that it is over. */
    public static boolean isEndSaid(Framing framing, List<Deviation> deviations) {
        return framing != Framing.NO_DONE || deviations.stream().noneMatch(NO_REASON::contains);
    }

    /** The deviations with which a server fails. */
    static List<Deviation> errors(Api api) {
        return Deviation.of(api).stream().filter(Deviation::isError).toList();
    }

    /** How streams may be framed that end by themselves. */
    static List<Framing> framings() {
        Set<Framing> open = EnumSet.of(Framing.DONE_THEN_OPEN, Framing.FINISH_THEN_OPEN);
        return Arrays.stream(Framing.values()).filter(framing -> !open.contains(framing)).toList();
    }
}

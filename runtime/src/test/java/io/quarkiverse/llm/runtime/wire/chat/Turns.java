package io.quarkiverse.llm.runtime.wire.chat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.ChatDeviation;
import io.vertx.core.json.JsonObject;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** All sorts of turns of a model, for property tests. */
public final class Turns {

    private Turns() {
    }

    /** What a turn is about; the calls are {@code name{arguments}}. */
    public record Outcome(String text, String reasoning, List<String> calls, Object finish, Object usage) {

        /** Usage comes last, after everything that decides about success. */
        public Outcome withoutUsage() {
            return new Outcome(text, reasoning, calls, finish, null);
        }

        public static Outcome of(LlmResponse response) {
            return new Outcome(response.text(), response.reasoningText(),
                    response.toolCalls().stream().map(call -> call.name() + call.argumentsJson().toJsonObject()).toList(),
                    response.finishReason(), response.usage());
        }
    }

    /** What an answer is about when nothing goes wrong. */
    public static Outcome undisturbed(Answer answer) {
        List<String> payloads = new ArrayList<>(answer.chunks().stream().map(JsonObject::encode).toList());
        payloads.add("[DONE]");
        return Outcome.of(Decoding.ofEvents(payloads));
    }

    /** Answers with reasoning, text and tool calls in any order. */
    public static Arbitrary<Answer> answers() {
        Arbitrary<String> words = Arbitraries
                .of("a", "b", "c", " ", "ä", "€", "😀", "\n", "\"", "\\", "{", "}", "[", "]", ":", ",").list().ofMinSize(1)
                .ofMaxSize(8).map(characters -> String.join("", characters));
        Arbitrary<Answer> start = words.list().ofMaxSize(3).map(deltas -> Answer.reasoning(deltas.toArray(String[]::new)));
        Arbitrary<List<List<String>>> rest = words.list().ofMinSize(1).ofMaxSize(4).list().ofMaxSize(4);
        return Combinators.combine(start, rest, Arbitraries.randoms()).as(Turns::answer);
    }

    /** One of them. */
    public static Answer random(Random random) {
        Answer start = random.nextBoolean() ? Answer.empty() : Answer.reasoning(words(random).toArray(String[]::new));
        return answer(start, Stream.generate(() -> words(random)).limit(random.nextInt(3)).toList(), random);
    }

    private static List<String> words(Random random) {
        return random.ints(1 + random.nextInt(3), 0, 1_000_000).mapToObj(Integer::toString).toList();
    }

    /** Some deviations that make sense together and lose nothing. */
    public static List<ChatDeviation> deviations(Random random) {
        List<ChatDeviation> chosen = new ArrayList<>();
        List<ChatDeviation> lossless = Arrays.stream(ChatDeviation.values()).filter(ChatDeviation::isLossless).toList();
        for (int i = random.nextInt(4); i > 0; i--) {
            chosen.add(lossless.get(random.nextInt(lossless.size())));
        }
        return ChatDeviation.combinable(chosen) ? chosen : chosen.subList(0, 1);
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
        return answer.usage(random.nextInt(1000), 1 + random.nextInt(1000));
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
    public static Arbitrary<List<ChatDeviation>> deviations() {
        return Arbitraries.of(Arrays.stream(ChatDeviation.values()).filter(ChatDeviation::isLossless).toList()).list()
                .ofMaxSize(6)
                .uniqueElements().filter(ChatDeviation::combinable);
    }
}

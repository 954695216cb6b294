package io.quarkiverse.llm.gateway.runtime.http;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Api;
import io.quarkiverse.llm.scripted.ChatDeviation;
import io.quarkiverse.llm.scripted.Deviation;
import io.quarkiverse.llm.scripted.Usage;
import io.vertx.core.json.JsonObject;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** All sorts of answers, and all sorts of ways in which servers are known to tell them. */
final class AnyAnswer {

    private static final List<String> CHARACTERS = List.of("a", "b", " ", "ä", "€", "😀", "\n", "\"", "\\", "{", "}", "data:",
            "[DONE]", "\u2028");

    private AnyAnswer() {
    }

    /** Whose fragments nothing else tells apart where they take turns, or whose calls begin in another order. */
    private static final Set<ChatDeviation> ONE_CALL_AT_A_TIME = EnumSet.of(ChatDeviation.TOOL_INDEX_MISSING,
            ChatDeviation.TOOL_INDEX_ALWAYS_ZERO, ChatDeviation.TOOL_NAME_LATE);

    /**
     * @param told the answer in one of the ways that lose nothing
     */
    record Case(Answer answer, Answer told) {
    }

    /** With reasoning, text and calls in any order; calls perhaps side by side, a refusal perhaps at the end. */
    static Arbitrary<Case> of(Api api) {
        List<Deviation> lossless = Deviation.of(api).stream().filter(Deviation::isLossless).toList();
        return Arbitraries.oneOf(cases(lossless, false),
                cases(lossless.stream().filter(deviation -> !ONE_CALL_AT_A_TIME.contains(deviation)).toList(), true));
    }

    private static Arbitrary<Case> cases(List<Deviation> lossless, boolean sideBySide) {
        Arbitrary<List<Deviation>> some = Arbitraries.of(lossless).list().ofMaxSize(5).uniqueElements()
                .filter(Deviation::combinable);
        return Combinators.combine(Arbitraries.randomValue(random -> answer(random, sideBySide)), some)
                .as((answer, deviations) -> new Case(answer, answer.with(deviations)));
    }

    private static Answer answer(Random random, boolean sideBySide) {
        Answer answer = random.nextBoolean() ? Answer.empty() : Answer.reasoning(words(random));
        int calls = 0;
        for (int i = random.nextInt(4); i > 0; i--) {
            switch (random.nextInt(sideBySide ? 3 : 2)) {
                case 0 -> answer = answer.thenText(words(random));
                case 1 -> answer = answer.thenToolCall("call_" + calls++, "weather", fragments(random));
                default -> {
                    answer = sideBySide(answer, calls, random);
                    calls += 2;
                }
            }
        }
        if (random.nextInt(8) == 0) {
            answer = answer.thenRefusal("I ", "won't.");
        }
        return answer.usage(new Usage(100 + random.nextInt(1000), 1 + random.nextInt(1000), random.nextInt(100), 0));
    }

    /** Two calls whose arguments take turns. */
    private static Answer sideBySide(Answer before, int calls, Random random) {
        List<List<String>> rest = List.of(new ArrayList<>(List.of(fragments(random))),
                new ArrayList<>(List.of(fragments(random))));
        Answer answer = before.thenToolCall("call_" + calls, "weather").thenToolCall("call_" + (calls + 1), "clock");
        while (!rest.get(0).isEmpty() || !rest.get(1).isEmpty()) {
            int next = random.nextInt(2);
            if (!rest.get(next).isEmpty()) {
                answer = answer.thenArguments(calls + next, rest.get(next).remove(0));
            }
        }
        return answer;
    }

    private static String[] words(Random random) {
        return IntStream.rangeClosed(0, random.nextInt(4)).mapToObj(i -> word(random)).toArray(String[]::new);
    }

    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            word.append(CHARACTERS.get(random.nextInt(CHARACTERS.size())));
        }
        return word.toString();
    }

    private static String[] fragments(Random random) {
        JsonObject arguments = new JsonObject();
        for (int i = random.nextInt(3); i > 0; i--) {
            arguments.put(word(random), random.nextInt());
        }
        int[] text = arguments.encode().codePoints().toArray();
        List<String> fragments = new ArrayList<>();
        for (int from = 0; from < text.length;) {
            int length = Math.min(text.length - from, 1 + random.nextInt(12));
            fragments.add(new String(text, from, length));
            from += length;
        }
        return fragments.toArray(String[]::new);
    }
}

package io.quarkiverse.llm.runtime.structured;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;

/**
 * Finds the JSON in an answer. It is all of the text where the server holds the model to it. Where the model has only been
 * told, there may be a code fence around it, words, or its thoughts between {@code <think>} and {@code </think>}.
 */
final class AnswerText {

    private static final String FENCE = "```";
    private static final String THOUGHT = "</think>";

    /** A model that repeats itself without end is not worth more. */
    private static final int MOST = 100;

    /** Some JSON and where in the text it ends. */
    private record Part(JsonNode json, int end) {
    }

    private final ObjectReader whole;
    private final ObjectReader first;

    AnswerText(ObjectMapper mapper) {
        // numbers as they were written
        first = mapper.reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        whole = first.with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /**
     * What may be the answer, in the order of the text: all of it, or what stands in code fences and objects in the words.
     *
     * @return at least one
     * @throws JsonProcessingException what is wrong with the text as a whole, when there is no JSON in it either
     */
    List<JsonNode> read(String text) throws JsonProcessingException {
        try {
            return List.of(whole.readTree(text));
        } catch (JsonProcessingException e) {
            // behind the last thought; what is left of its tag is no JSON
            List<JsonNode> found = within(text.substring(text.lastIndexOf(THOUGHT) + 1));
            if (found.isEmpty()) {
                throw e;
            }
            return found;
        }
    }

    private List<JsonNode> within(String text) {
        Deque<JsonNode> found = new ArrayDeque<>();
        char[] chars = text.toCharArray();
        for (int at = 0; at < chars.length;) {
            Optional<Part> part = text.startsWith(FENCE, at) ? fenced(text, at)
                    : chars[at] == '{' ? object(chars, at) : Optional.empty();
            part.map(Part::json).ifPresent(found::add);
            if (found.size() > MOST) {
                found.remove();
            }
            at = part.map(Part::end).orElse(at + 1);
        }
        return List.copyOf(found);
    }

    private Optional<Part> fenced(String text, int fence) {
        int begin = text.indexOf('\n', fence);
        int end = begin < 0 ? -1 : text.indexOf(FENCE, begin);
        if (end < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Part(whole.readTree(text.substring(begin, end)), end + FENCE.length()))
                    .filter(part -> part.json().isContainerNode());
        } catch (JsonProcessingException e) {
            // code, or the end of a fence; an object that has a fence in a string is found by its brace
            return Optional.empty();
        }
    }

    private Optional<Part> object(char[] chars, int brace) {
        try (JsonParser parser = first.getFactory().createParser(chars, brace, chars.length - brace)) {
            JsonNode json = first.readTree(parser);
            return Optional.of(new Part(json, brace + (int) parser.currentLocation().getCharOffset()));
        } catch (IOException e) {
            // a brace in the words, or an object that has no end
            return Optional.empty();
        }
    }
}

package io.quarkiverse.llm.runtime.structured;

import java.io.IOException;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;

/**
 * Finds the JSON in an answer. It is all of the text where the server holds the model to it. Where the model has only
 * been told, there may be a code fence around it, words, or its thoughts between {@code <think>} and {@code </think>}.
 */
final class AnswerText {

    private static final String FENCE = "```";
    private static final String THOUGHT = "</think>";

    private final ObjectReader whole;
    private final ObjectReader first;

    AnswerText(ObjectMapper mapper) {
        // numbers as they were written
        first = mapper.reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);
        whole = first.with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /**
     * @throws JsonProcessingException what is wrong with the text as a whole, when there is no JSON in it either
     */
    JsonNode read(String text) throws JsonProcessingException {
        try {
            return whole.readTree(text);
        } catch (JsonProcessingException e) {
            // behind the last thought; what is left of its tag is no JSON
            String answer = text.substring(text.lastIndexOf(THOUGHT) + 1);
            return fenced(answer).or(() -> anyObject(answer)).orElseThrow(() -> e);
        }
    }

    private Optional<JsonNode> fenced(String text) {
        int fence = text.indexOf(FENCE);
        while (fence >= 0) {
            int begin = text.indexOf('\n', fence);
            int end = begin < 0 ? -1 : text.indexOf(FENCE, begin);
            if (end < 0) {
                return Optional.empty();
            }
            try {
                JsonNode json = whole.readTree(text.substring(begin, end));
                if (json.isContainerNode()) {
                    return Optional.of(json);
                }
            } catch (JsonProcessingException e) {
                // the next one, then
            }
            fence = text.indexOf(FENCE, end + FENCE.length());
        }
        return Optional.empty();
    }

    private Optional<JsonNode> anyObject(String text) {
        char[] chars = text.toCharArray();
        for (int brace = text.indexOf('{'); brace >= 0; brace = text.indexOf('{', brace + 1)) {
            try (JsonParser parser = first.getFactory().createParser(chars, brace, chars.length - brace)) {
                return Optional.of(first.readTree(parser));
            } catch (IOException e) {
                // a brace in the words, or an object that has no end
            }
        }
        return Optional.empty();
    }
}

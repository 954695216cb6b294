package io.quarkiverse.llm.runtime.wire;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.quarkiverse.llm.RawJson;

/** The log probabilities of one text, which a stream brings as one array with each delta. */
public final class Logprobs {

    private Logprobs() {
    }

    /** One array with the elements of all, each as it was received. */
    public static Optional<RawJson> join(List<RawJson> arrays) {
        if (arrays.isEmpty()) {
            return Optional.empty();
        }
        String elements = arrays.stream().map(Logprobs::elements).filter(text -> !text.isEmpty())
                .collect(Collectors.joining(","));
        return Optional.of(RawJson.verbatim("[" + elements + "]"));
    }

    private static String elements(RawJson array) {
        String text = array.text().strip();
        return text.substring(1, text.length() - 1).strip();
    }
}

package io.quarkiverse.llm.runtime.structured;

import java.util.List;

import com.fasterxml.jackson.databind.JsonMappingException.Reference;

/** Places in an answer: {@code $.items[2].price}. */
final class AnswerPath {

    static final String ROOT = "$";

    private AnswerPath() {
    }

    static String property(String path, String name) {
        boolean plain = !name.isEmpty() && name.chars().allMatch(c -> c == '_' || Character.isLetterOrDigit(c));
        return path + (plain ? "." + name : "['" + name + "']");
    }

    /** Where Jackson stopped. */
    static String of(List<Reference> references) {
        String path = ROOT;
        for (Reference reference : references) {
            path = reference.getFieldName() != null ? property(path, reference.getFieldName())
                    : path + "[" + Math.max(0, reference.getIndex()) + "]";
        }
        return path;
    }
}

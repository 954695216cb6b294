package io.quarkiverse.llm.gateway.runtime.compaction;

import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonShapeException;
import io.quarkiverse.llm.runtime.json.JsonValue;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;

/**
 * When a client wants its conversation to be made shorter: the field {@code context_management}.
 *
 * @param threshold in tokens of the input; empty where the client leaves it to the gateway
 */
public record ContextManagement(Optional<Long> threshold) {

    /** The name of the field. */
    public static final String FIELD = "context_management";
    private static final String THRESHOLD = "compact_threshold";

    /** Of a context, where the client names no threshold: what is left is for the answer. */
    private static final double FULL = 0.75;

    /**
     * @param field as the client has sent it
     * @return empty where nothing is to be done
     * @throws InvalidRequestException when it is wrong
     */
    public static Optional<ContextManagement> of(Optional<RawJson> field) {
        if (field.isEmpty()) {
            return Optional.empty();
        }
        JsonValue value = JsonValue.of(field.get().text());
        if (!value.isList()) {
            throw new InvalidRequestException("\"" + FIELD + "\" must be a list", FIELD, "invalid_type");
        }
        List<JsonValue> entries = value.list();
        Optional<ContextManagement> found = Optional.empty();
        for (int i = 0; i < entries.size(); i++) {
            found = Optional.of(entry(entries.get(i), FIELD + "[" + i + "]"));
        }
        return found;
    }

    private static ContextManagement entry(JsonValue entry, String place) {
        if (!entry.isObject()) {
            throw new InvalidRequestException("\"" + place + "\" must be an object", place, "invalid_type");
        }
        JsonFields fields = entry.object();
        if (fields.value("type").filter(type -> type.isString() && type.string().equals(Compacted.TYPE)).isEmpty()) {
            throw new InvalidRequestException("\"" + place + ".type\" must be \"" + Compacted.TYPE + "\"", place + ".type",
                    "invalid_value");
        }
        return new ContextManagement(fields.value(THRESHOLD).map(threshold -> threshold(threshold, place)));
    }

    private static long threshold(JsonValue value, String place) {
        String at = place + "." + THRESHOLD;
        try {
            long threshold = value.longInteger();
            if (threshold > 0) {
                return threshold;
            }
        } catch (JsonShapeException e) {
            throw new InvalidRequestException("\"" + at + "\" must be a whole number of tokens", at, "invalid_type");
        }
        throw new InvalidRequestException("\"" + at + "\" must be larger than 0", at, "integer_below_min_value");
    }

    /**
     * Whether that is too much.
     *
     * @param tokens of the input
     * @param window what the model takes, where that is known
     */
    public boolean isTooMuch(long tokens, Optional<Long> window) {
        return threshold.or(() -> window.map(all -> (long) (all * FULL))).filter(most -> tokens > most).isPresent();
    }
}

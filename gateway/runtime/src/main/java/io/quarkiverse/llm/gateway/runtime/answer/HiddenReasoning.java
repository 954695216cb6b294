package io.quarkiverse.llm.gateway.runtime.answer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ItemComplete;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonText;

/**
 * Remembers the encrypted reasoning of an answer. Clients get it only when they ask for it; what is kept of the
 * answer has it in any case, since the provider wants it back.
 */
final class HiddenReasoning {

    private static final String FIELD = "encrypted_content";

    private final Map<String, String> encrypted = new HashMap<>();

    /** A stage in front of what takes the events. */
    Consumer<LlmEvent> before(Consumer<LlmEvent> next) {
        return event -> {
            if (event instanceof ItemComplete complete) {
                see(complete.item());
            }
            next.accept(event);
        };
    }

    void see(List<Item> output) {
        output.forEach(this::see);
    }

    private void see(Item item) {
        if (item instanceof Reasoning reasoning && reasoning.encryptedContent().isPresent()) {
            reasoning.id().ifPresent(id -> encrypted.put(id, reasoning.encryptedContent().get()));
        }
    }

    /** The output as it is kept. */
    List<RawJson> in(List<RawJson> output) {
        return encrypted.isEmpty() ? output : output.stream().map(this::in).toList();
    }

    private RawJson in(RawJson item) {
        JsonFields fields = JsonFields.of(item);
        Optional<String> hidden = fields.string("id").map(encrypted::get);
        return hidden.isEmpty() || fields.has(FIELD) ? item
                : RawJson.verbatim("{\"" + FIELD + "\":" + JsonText.quoted(hidden.get()) + "," + item.text().substring(1));
    }
}

package io.quarkiverse.llm.gateway.runtime.compaction;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.llm.RawJson;
import io.vertx.core.json.JsonObject;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Conversations as agents have them, each of their items unlike the others. */
final class Histories {

    private Histories() {
    }

    private enum Said {
        DEVELOPER,
        USER,
        ASSISTANT,
        REASONING,
        /** Of one tool or several; what comes of them follows in the order of the answers. */
        CALL,
        OUTPUT
    }

    static Arbitrary<List<RawJson>> any() {
        return Arbitraries.of(Said.values()).list().ofMaxSize(20).map(Histories::items);
    }

    private static List<RawJson> items(List<Said> said) {
        List<RawJson> items = new ArrayList<>();
        List<String> open = new ArrayList<>();
        for (Said next : said) {
            String text = "item " + items.size();
            switch (next) {
                case DEVELOPER -> items.add(message("developer", text));
                case USER -> items.add(message("user", text));
                case ASSISTANT -> items.add(message("assistant", text));
                case REASONING -> items.add(RawJson.of(new JsonObject().put("type", "reasoning").put("id", text)));
                case CALL -> {
                    open.add("call_" + items.size());
                    items.add(RawJson.of(new JsonObject().put("type", "function_call").put("call_id", open.get(open.size() - 1))
                            .put("name", "f").put("arguments", "{}")));
                }
                case OUTPUT -> {
                    if (!open.isEmpty()) {
                        items.add(RawJson.of(new JsonObject().put("type", "function_call_output")
                                .put("call_id", open.remove(0)).put("output", text)));
                    }
                }
            }
        }
        return items;
    }

    static RawJson message(String role, String text) {
        return RawJson.of(new JsonObject().put("type", "message").put("role", role).put("content", text));
    }
}

package io.quarkiverse.llm.runtime.wire.responses;

/** Events as servers tell them, word for word. */
final class Told {

    static final String CREATED = "{\"type\":\"response.created\",\"response\":{\"id\":\"resp_1\",\"model\":\"m\","
            + "\"created_at\":1700000000,\"status\":\"in_progress\",\"output\":[]}}";

    static String item(String step, int index, String item) {
        return "{\"type\":\"response.output_item." + step + "\",\"output_index\":" + index + ",\"item\":" + item + "}";
    }

    static String end(String status, String more) {
        return "{\"type\":\"response." + status + "\",\"response\":{\"id\":\"resp_1\",\"model\":\"m\",\"status\":\"" + status
                + "\"" + more + "}}";
    }

    static String text(String delta) {
        return "{\"type\":\"response.output_text.delta\",\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,"
                + "\"delta\":\"" + delta + "\"}";
    }

    static String part(String step, String part) {
        return "{\"type\":\"response.content_part." + step + "\",\"item_id\":\"msg_1\",\"output_index\":0,"
                + "\"content_index\":0,\"part\":" + part + "}";
    }

    static final String MESSAGE = item("added", 0,
            "{\"id\":\"msg_1\",\"type\":\"message\",\"status\":\"in_progress\",\"role\":\"assistant\",\"content\":[]}");
    static final String PART = part("added", "{\"type\":\"output_text\",\"text\":\"\"}");

    private Told() {
    }
}

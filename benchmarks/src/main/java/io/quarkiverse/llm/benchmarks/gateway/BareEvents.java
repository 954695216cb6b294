package io.quarkiverse.llm.benchmarks.gateway;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;

/** The events of one stream of the Responses API. */
final class BareEvents {

    private static final SerializedString TEXT_DELTA = new SerializedString("response.output_text.delta");
    private static final SerializedString EVENT = new SerializedString("event: ");
    private static final SerializedString DATA = new SerializedString("\ndata: ");
    private static final SerializedString END = new SerializedString("\n\n");
    private static final SerializedString TYPE = new SerializedString("type");
    private static final SerializedString SEQUENCE_NUMBER = new SerializedString("sequence_number");
    private static final SerializedString ITEM_ID = new SerializedString("item_id");
    private static final SerializedString OUTPUT_INDEX = new SerializedString("output_index");
    private static final SerializedString CONTENT_INDEX = new SerializedString("content_index");
    private static final SerializedString DELTA = new SerializedString("delta");
    private static final SerializedString LOGPROBS = new SerializedString("logprobs");

    /** A message, or a call of a function if it has a name. */
    private record Item(String id, int index, int callIndex, String callId, String name, StringBuilder text) {
    }

    private final String id = UUID.randomUUID().toString().replace("-", "");
    private final long created = System.currentTimeMillis() / 1000;
    private final String model;
    private final List<Item> items = new ArrayList<>(1);
    /** Whether the last of the items is not complete yet. */
    private boolean open;
    private int number;
    private String finish;
    private int inputTokens;
    private int outputTokens;
    private JsonGenerator json;

    BareEvents(String model) {
        this.model = model;
    }

    /** What follows is written there. */
    void to(JsonGenerator generator) {
        json = generator;
    }

    void begin() throws IOException {
        response(new SerializedString("response.created"), "in_progress");
        response(new SerializedString("response.in_progress"), "in_progress");
    }

    void text(char[] text, int offset, int length) throws IOException {
        Item item = items.isEmpty() ? null : items.get(items.size() - 1);
        if (!open || item.name() != null) {
            item = add(new Item("msg_" + items.size() + id, items.size(), -1, null, null, new StringBuilder()));
            start("response.content_part.added");
            of(item, true);
            json.writeFieldName("part");
            part("");
            end();
        }
        item.text().append(text, offset, length);
        start(TEXT_DELTA);
        of(item, true);
        json.writeFieldName(DELTA);
        json.writeString(text, offset, length);
        json.writeFieldName(LOGPROBS);
        json.writeStartArray();
        json.writeEndArray();
        end();
    }

    void call(int index, String callId, String name, String arguments) throws IOException {
        Item item = items.isEmpty() ? null : items.get(items.size() - 1);
        if (!open || item.callIndex() != index) {
            item = add(new Item("fc_" + items.size() + id, items.size(), index, callId, name, new StringBuilder()));
        }
        if (!arguments.isEmpty()) {
            item.text().append(arguments);
            start("response.function_call_arguments.delta");
            of(item, false);
            json.writeStringField("delta", arguments);
            end();
        }
    }

    void finish(String reason) {
        finish = reason;
    }

    void usage(int input, int output) {
        inputTokens = input;
        outputTokens = output;
    }

    void complete() throws IOException {
        close();
        boolean cut = "length".equals(finish) || "content_filter".equals(finish);
        response(new SerializedString(cut ? "response.incomplete" : "response.completed"), cut ? "incomplete" : "completed");
    }

    void fail() throws IOException {
        response(new SerializedString("response.failed"), "failed");
    }

    private Item add(Item item) throws IOException {
        close();
        start("response.output_item.added");
        json.writeNumberField("output_index", item.index());
        json.writeFieldName("item");
        item(item, false);
        end();
        items.add(item);
        open = true;
        return item;
    }

    private void close() throws IOException {
        if (!open) {
            return;
        }
        open = false;
        Item item = items.get(items.size() - 1);
        if (item.name() == null) {
            start("response.output_text.done");
            of(item, true);
            json.writeStringField("text", item.text().toString());
            end();
            start("response.content_part.done");
            of(item, true);
            json.writeFieldName("part");
            part(item.text().toString());
        } else {
            start("response.function_call_arguments.done");
            of(item, false);
            json.writeStringField("arguments", item.text().toString());
        }
        end();
        start("response.output_item.done");
        json.writeNumberField("output_index", item.index());
        json.writeFieldName("item");
        item(item, true);
        end();
    }

    private void start(String type) throws IOException {
        start(new SerializedString(type));
    }

    private void start(SerializedString type) throws IOException {
        json.writeRaw(EVENT);
        json.writeRaw(type);
        json.writeRaw(DATA);
        json.writeStartObject();
        json.writeFieldName(TYPE);
        json.writeString(type);
        json.writeFieldName(SEQUENCE_NUMBER);
        json.writeNumber(number++);
    }

    private void end() throws IOException {
        json.writeEndObject();
        json.writeRaw(END);
    }

    private void of(Item item, boolean part) throws IOException {
        json.writeFieldName(ITEM_ID);
        json.writeString(item.id());
        json.writeFieldName(OUTPUT_INDEX);
        json.writeNumber(item.index());
        if (part) {
            json.writeFieldName(CONTENT_INDEX);
            json.writeNumber(0);
        }
    }

    private void part(String text) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "output_text");
        json.writeStringField("text", text);
        json.writeArrayFieldStart("annotations");
        json.writeEndArray();
        json.writeArrayFieldStart("logprobs");
        json.writeEndArray();
        json.writeEndObject();
    }

    private void item(Item item, boolean whole) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", item.id());
        json.writeStringField("status", whole ? "completed" : "in_progress");
        if (item.name() == null) {
            json.writeStringField("type", "message");
            json.writeStringField("role", "assistant");
            json.writeArrayFieldStart("content");
            if (whole) {
                part(item.text().toString());
            }
            json.writeEndArray();
        } else {
            json.writeStringField("type", "function_call");
            json.writeStringField("call_id", item.callId());
            json.writeStringField("name", item.name());
            json.writeStringField("arguments", whole ? item.text().toString() : "");
        }
        json.writeEndObject();
    }

    private void response(SerializedString type, String status) throws IOException {
        start(type);
        json.writeObjectFieldStart("response");
        json.writeStringField("id", "resp_" + id);
        json.writeStringField("object", "response");
        json.writeNumberField("created_at", created);
        json.writeStringField("status", status);
        json.writeStringField("model", model);
        for (String none : new String[] { "error", "instructions", "max_output_tokens", "previous_response_id" }) {
            json.writeNullField(none);
        }
        json.writeFieldName("incomplete_details");
        if (status.equals("incomplete")) {
            json.writeStartObject();
            json.writeStringField("reason", finish.equals("length") ? "max_output_tokens" : finish);
            json.writeEndObject();
        } else {
            json.writeNull();
        }
        json.writeArrayFieldStart("output");
        if (!status.equals("in_progress")) {
            for (Item item : items) {
                item(item, true);
            }
        }
        json.writeEndArray();
        json.writeBooleanField("parallel_tool_calls", true);
        json.writeBooleanField("store", false);
        json.writeStringField("tool_choice", "auto");
        json.writeArrayFieldStart("tools");
        json.writeEndArray();
        json.writeFieldName("usage");
        if (status.equals("in_progress")) {
            json.writeNull();
        } else {
            json.writeStartObject();
            json.writeNumberField("input_tokens", inputTokens);
            json.writeNumberField("output_tokens", outputTokens);
            json.writeNumberField("total_tokens", inputTokens + outputTokens);
            json.writeEndObject();
        }
        json.writeObjectFieldStart("metadata");
        json.writeEndObject();
        json.writeEndObject();
        end();
    }
}

package io.quarkiverse.llm.benchmarks;

import java.util.List;

/**
 * The events of a stream of the Responses API as OpenAI sends it, one after the other. A delta has about 290 bytes; the
 * response comes three times, and what was streamed four times more after its deltas.
 */
public final class ResponsesEvents {

    private static final String ID = "0cc96ac817fdc57e00693337060a408198b92bf1f99cf1b8ec";
    private static final String RESPONSE = "\"response\":{\"id\":\"resp_" + ID + "\",\"object\":\"response\","
            + "\"created_at\":1764964102,\"status\":\"@\",\"background\":false,\"error\":null,\"incomplete_details\":null,"
            + "\"instructions\":null,\"max_output_tokens\":null,\"max_tool_calls\":null,\"model\":\"gpt-5-mini-2025-08-07\","
            + "\"output\":[#],\"parallel_tool_calls\":true,\"previous_response_id\":null,\"prompt_cache_key\":null,"
            + "\"prompt_cache_retention\":null,\"reasoning\":{\"effort\":\"medium\",\"summary\":null},"
            + "\"safety_identifier\":null,\"service_tier\":\"default\",\"store\":true,\"temperature\":1.0,"
            + "\"text\":{\"format\":{\"type\":\"text\"},\"verbosity\":\"medium\"},\"tool_choice\":\"auto\",\"tools\":[],"
            + "\"top_logprobs\":0,\"top_p\":1.0,\"truncation\":\"disabled\",\"usage\":~,\"user\":null,\"metadata\":{}}";
    private static final String USAGE = "{\"input_tokens\":17,\"input_tokens_details\":{\"cached_tokens\":0},"
            + "\"output_tokens\":200,\"output_tokens_details\":{\"reasoning_tokens\":0},\"total_tokens\":217}";
    private static final String MESSAGE = "{\"id\":\"msg_" + ID + "\",\"type\":\"message\",\"status\":\"@\",\"content\":[#],"
            + "\"role\":\"assistant\"}";
    private static final String CALL = "{\"id\":\"fc_" + ID + "\",\"type\":\"function_call\",\"status\":\"@\","
            + "\"arguments\":\"#\",\"call_id\":\"call_vvlRjjWWMcj5KMkG1kItgN33\",\"name\":\"get_weather\"}";
    private static final String PART = "{\"type\":\"output_text\",\"annotations\":[],\"logprobs\":[],\"text\":\"#\"}";
    private static final String OF_TEXT = "\"content_index\":0,\"item_id\":\"msg_" + ID + "\",\"output_index\":0";
    private static final String OF_CALL = "\"item_id\":\"fc_" + ID + "\",\"output_index\":0";

    private final boolean tools;
    private final StringBuilder whole = new StringBuilder();
    private int number;

    /** @param tools whether the deltas are those of a tool call's arguments and not text */
    public ResponsesEvents(boolean tools) {
        this.tools = tools;
    }

    public List<String> begin() {
        String response = RESPONSE.replace("@", "in_progress").replace("#", "").replace("~", "null");
        String created = event("response.created", response);
        String inProgress = event("response.in_progress", response);
        String added = event("response.output_item.added", "\"item\":" + item("in_progress") + ",\"output_index\":0");
        return tools ? List.of(created, inProgress, added)
                : List.of(created, inProgress, added,
                        event("response.content_part.added", OF_TEXT + ",\"part\":" + PART.replace("#", "")));
    }

    /**
     * @param text as it stands between the quotes of JSON
     * @param padding random, as OpenAI sends it unless it is told not to; {@code null} for none
     */
    public String delta(String text, String padding) {
        whole.append(text);
        String more = padding == null ? "" : ",\"obfuscation\":\"" + padding + "\"";
        return tools
                ? event("response.function_call_arguments.delta", "\"delta\":\"" + text + "\"," + OF_CALL + more)
                : event("response.output_text.delta", "\"delta\":\"" + text + "\",\"logprobs\":[]," + OF_TEXT + more);
    }

    public List<String> end() {
        String item = item("completed");
        String itemDone = "\"item\":" + item + ",\"output_index\":0";
        String response = RESPONSE.replace("@", "completed").replace("~", USAGE).replace("#", item);
        if (tools) {
            return List.of(
                    event("response.function_call_arguments.done", "\"arguments\":\"" + whole + "\"," + OF_CALL),
                    event("response.output_item.done", itemDone), event("response.completed", response));
        }
        return List.of(event("response.output_text.done", OF_TEXT + ",\"logprobs\":[],\"text\":\"" + whole + "\""),
                event("response.content_part.done", OF_TEXT + ",\"part\":" + PART.replace("#", whole)),
                event("response.output_item.done", itemDone), event("response.completed", response));
    }

    private String item(String status) {
        String content = tools || whole.isEmpty() ? whole.toString() : PART.replace("#", whole);
        return (tools ? CALL : MESSAGE).replace("@", status).replace("#", content);
    }

    private String event(String type, String fields) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\",\"sequence_number\":" + number++ + "," + fields
                + "}\n\n";
    }
}

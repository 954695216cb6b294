package io.quarkiverse.llm.scripted.grammar;

import static io.quarkiverse.llm.scripted.grammar.ResponsesRule.*;

import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The response that is in the events which announce and end it. */
final class ResourceGrammar {

    /** What Open Responses demands, nulls included. */
    private static final Fields RESPONSE = Fields.of("id id", "object id", "created_at integer", "completed_at integer|null",
            "status id", "incomplete_details object|null", "error object|null", "model string",
            "previous_response_id id|null", "instructions string|null", "output array", "tools array",
            "tool_choice string|object", "truncation id", "parallel_tool_calls boolean", "text object", "top_p number",
            "temperature number", "presence_penalty number", "frequency_penalty number", "top_logprobs integer",
            "reasoning object|null", "usage object|null", "max_output_tokens integer|null", "max_tool_calls integer|null",
            "store boolean", "background boolean", "service_tier string", "metadata object|null",
            "safety_identifier string|null", "prompt_cache_key string|null");
    private static final Fields REASONING = Fields.of("effort string|null", "summary string|null");
    private static final Fields FUNCTION = Fields.of("type id", "name id", "description string|null",
            "parameters object|null", "strict boolean|null");
    /** {@code cache_write_tokens} is what the newest official client for Java demands. */
    private static final Fields INPUT_DETAILS = Fields.of("cached_tokens integer", "cache_write_tokens integer");
    private static final Fields OUTPUT_DETAILS = Fields.of("reasoning_tokens integer");
    private static final Fields USAGE_COUNTS = Fields.of("input_tokens integer", "input_tokens_details object",
            "output_tokens integer", "output_tokens_details object", "total_tokens integer");
    private static final Fields ERROR = Fields.of("code id", "message string");

    private static final List<String> OF_THE_END = List.of("usage", "error", "incomplete_details", "completed_at");
    /** All else is told again as it was. Model and tier are those that were asked for, and at the end those that answered. */
    private static final Set<String> RESULTS = Set.of("status", "output", "usage", "error", "incomplete_details",
            "completed_at", "service_tier", "model");
    private static final Set<String> REASONS = Set.of("max_output_tokens", "content_filter", "max_messages", "steered");

    private final Findings findings;
    private JsonObject first;
    private int stage;

    ResourceGrammar(Findings findings) {
        this.findings = findings;
    }

    void announced(String type, JsonObject response) {
        int next = List.of("response.created", "response.queued", "response.in_progress").indexOf(type);
        findings.expect(next >= stage, ANNOUNCEMENT_ORDER, "it is too late for that");
        stage = Math.max(stage, next);
        Object status = response.getValue("status");
        Set<String> allowed = switch (type) {
            case "response.created" -> Set.of("in_progress", "queued");
            case "response.queued" -> Set.of("queued");
            default -> Set.of("in_progress");
        };
        findings.expect(status != null && allowed.contains(status), ANNOUNCED_STATUS, "the status is %s", status);
        findings.expect(new JsonArray().equals(response.getValue("output")), ANNOUNCED_WITHOUT_OUTPUT, "the output is %s",
                response.getValue("output"));
        OF_THE_END.forEach(field -> findings.expect(response.getValue(field) == null, ANNOUNCED_WITHOUT_END, "%s is %s",
                field, response.getValue(field)));
        each(response);
    }

    void ended(String type, JsonObject response) {
        String status = type.substring("response.".length());
        boolean failed = status.equals("failed");
        // there is no event of its own for a response that was cancelled
        boolean cancelled = status.equals("incomplete") && "cancelled".equals(response.getValue("status"));
        findings.expect(cancelled || status.equals(response.getValue("status")), END_STATUS, "the status is %s",
                response.getValue("status"));
        usage(response.getValue("usage"), failed);
        if (response.containsKey("completed_at")) {
            findings.expect(status.equals("completed") == (response.getValue("completed_at") != null), COMPLETED_AT,
                    "completed_at is %s", response.getValue("completed_at"));
        }
        Object details = response.getValue("incomplete_details");
        boolean told = details instanceof JsonObject json && json.getValue("reason") instanceof String reason
                && REASONS.contains(reason);
        findings.expect(status.equals("incomplete") && !cancelled ? told : details == null, INCOMPLETE_DETAILS, "they are %s",
                details);
        Object error = response.getValue("error");
        findings.expect(failed ? ERROR.faults(error).isEmpty() : error == null, ERROR_OF_RESPONSE, "the error is %s", error);
        each(response);
    }

    private void usage(Object usage, boolean failed) {
        findings.expect(failed || usage instanceof JsonObject, USAGE, "the usage is %s", usage);
        if (usage instanceof JsonObject counts) {
            findings.expect(USAGE_COUNTS, counts, USAGE_FIELDS, "the usage");
            if (counts.getValue("input_tokens_details") instanceof JsonObject details) {
                findings.expect(INPUT_DETAILS, details, USAGE_FIELDS, "input_tokens_details");
            }
            if (counts.getValue("output_tokens_details") instanceof JsonObject details) {
                findings.expect(OUTPUT_DETAILS, details, USAGE_FIELDS, "output_tokens_details");
            }
        }
    }

    private void each(JsonObject response) {
        findings.expect(RESPONSE, response, RESPONSE_FIELDS, "the response");
        findings.expect("response".equals(response.getValue("object")), RESPONSE_FIELDS, "the object is %s",
                response.getValue("object"));
        if (response.getValue("reasoning") instanceof JsonObject reasoning) {
            findings.expect(REASONING, reasoning, RESPONSE_FIELDS, "reasoning");
        }
        if (response.getValue("text") instanceof JsonObject text) {
            findings.expect(text.getValue("format") instanceof JsonObject format && format.getValue("type") instanceof String,
                    RESPONSE_FIELDS, "the format of the text is %s", text.getValue("format"));
            findings.expect(!text.containsKey("verbosity") || text.getValue("verbosity") instanceof String, RESPONSE_FIELDS,
                    "the verbosity of the text is %s", text.getValue("verbosity"));
        }
        if (response.getValue("tools") instanceof JsonArray tools) {
            for (Object tool : tools) {
                boolean function = !(tool instanceof JsonObject json) || "function".equals(json.getValue("type", "function"));
                findings.expect(function ? FUNCTION : Fields.of("type id"), tool, TOOL_ECHO, "the tool");
            }
        }
        if (first == null) {
            first = response;
            findings.expect(response.getValue("id") instanceof String, SAME_RESPONSE, "there is no id");
        } else {
            same(response);
        }
    }

    /** That it could not be kept, or not in its conversation, is known at the end. */
    private static boolean isGivenUp(String name, JsonObject response) {
        boolean over = response.getValue("completed_at") != null || response.getValue("incomplete_details") != null
                || response.getValue("error") != null;
        return over && (name.equals("store") && Boolean.FALSE.equals(response.getValue(name))
                || name.equals("conversation") && response.getValue(name) == null);
    }

    private void same(JsonObject response) {
        findings.expect(Objects.equals(first.getValue("id"), response.getValue("id")), SAME_RESPONSE,
                "the id is %s and was %s", response.getValue("id"), first.getValue("id"));
        first.fieldNames().stream().filter(name -> !RESULTS.contains(name) && !name.equals("id"))
                .filter(name -> !Objects.equals(first.getValue(name), response.getValue(name)))
                .filter(name -> !isGivenUp(name, response))
                .forEach(name -> findings.expect(false, SAME_ECHO, "%s is %s and was %s", name, response.getValue(name),
                        first.getValue(name)));
    }
}

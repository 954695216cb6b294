package io.quarkiverse.llm.scripted.grammar;

import static io.quarkiverse.llm.scripted.grammar.ChatRule.*;

import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Checks a stream of Chat Completions against all of {@link ChatRule}. For its bytes ask {@link SseStreamGrammar}. */
public final class ChatGrammar {

    private static final Fields CHUNK = Fields.of("id id", "object id", "created integer", "model string", "choices array");
    private static final Fields CHOICE = Fields.of("index integer", "delta object", "finish_reason string|null");
    private static final Fields ERROR = Fields.of("message string", "type string|null", "param string|null",
            "code string|integer|null");
    private static final Fields USAGE = Fields.of("prompt_tokens integer", "completion_tokens integer",
            "total_tokens integer");
    private static final Set<String> TEXTS = Set.of("content", "refusal", "reasoning_content", "reasoning");
    private static final Set<String> REASONS = Set.of("stop", "length", "tool_calls", "content_filter", "function_call");

    private final Findings findings = new Findings();
    private final ChatCallsGrammar calls = new ChatCallsGrammar(findings);
    private final boolean usageAsked;
    private int number;
    private JsonObject first;
    private boolean begun;
    private boolean finished;
    private boolean usageTold;
    private boolean failed;

    private ChatGrammar(boolean usageAsked) {
        this.usageAsked = usageAsked;
    }

    /**
     * What is wrong with a stream.
     *
     * @param chunks from the first to the last, without {@code [DONE]}
     * @param usageAsked whether the request had {@code stream_options.include_usage}
     * @return empty for a legal stream
     */
    public static List<Violation> violations(List<JsonObject> chunks, boolean usageAsked) {
        ChatGrammar grammar = new ChatGrammar(usageAsked);
        chunks.forEach(grammar::next);
        grammar.end();
        return grammar.findings.all();
    }

    private void end() {
        findings.at(number, "the end");
        findings.expect(finished || failed, FINISH_ONCE, "it is missing");
        findings.expect(usageTold || failed || !usageAsked, USAGE_LAST, "it is missing");
    }

    private void next(JsonObject chunk) {
        boolean error = chunk.getValue("error") != null;
        boolean usage = !error && new JsonArray().equals(chunk.getValue("choices"));
        findings.at(number++, error ? "error" : usage ? "usage" : "chunk");
        findings.expect(!failed, NOTHING_AFTER_ERROR, "an error came before");
        findings.expect(!finished || usage && !usageTold, NOTHING_AFTER_FINISH, "there is more");
        if (error) {
            failed = true;
            findings.expect(ERROR, chunk.getValue("error"), ERROR_FIELDS, "the error");
            return;
        }
        chunk(chunk);
        usage(chunk, usage);
        if (!usage) {
            choices(chunk.getValue("choices"));
        }
    }

    private void chunk(JsonObject chunk) {
        findings.expect(CHUNK, chunk, CHUNK_FIELDS, "the chunk");
        findings.expect("chat.completion.chunk".equals(chunk.getValue("object")), CHUNK_FIELDS, "the object is %s",
                chunk.getValue("object"));
        first = first == null ? chunk : first;
        Set.of("id", "created", "model").forEach(field -> findings.expect(
                Objects.equals(first.getValue(field), chunk.getValue(field)), SAME_COMPLETION, "the %s is %s and was %s", field,
                chunk.getValue(field), first.getValue(field)));
    }

    private void usage(JsonObject chunk, boolean last) {
        if (last) {
            findings.expect(usageAsked && finished, USAGE_LAST, usageAsked ? "it comes too early" : "nobody asked for it");
            usageTold = true;
            findings.expect(USAGE, chunk.getValue("usage"), USAGE_FIELDS, "the usage");
            if (chunk.getValue("usage") instanceof JsonObject counts) {
                Set.of("prompt_tokens_details", "completion_tokens_details").forEach(details -> findings.expect(
                        !counts.containsKey(details) || counts.getValue(details) instanceof JsonObject, USAGE_FIELDS,
                        "%s is %s", details, counts.getValue(details)));
            }
        } else {
            findings.expect(usageAsked == chunk.containsKey("usage") && chunk.getValue("usage") == null, USAGE_NULL_BEFORE,
                    usageAsked ? "it is %s" : "nobody asked for it", chunk.getValue("usage"));
        }
    }

    private void choices(Object choices) {
        boolean one = choices instanceof JsonArray array && array.size() == 1 && array.getValue(0) instanceof JsonObject;
        findings.expect(one, ONE_CHOICE, "the choices are %s", choices);
        if (one) {
            JsonObject choice = ((JsonArray) choices).getJsonObject(0);
            findings.expect(CHOICE, choice, CHOICE_FIELDS, "the choice");
            findings.expect(Objects.equals(0, choice.getValue("index", 0)), ONE_CHOICE, "the index is %s",
                    choice.getValue("index"));
            Object logprobs = choice.getValue("logprobs");
            findings.expect(logprobs == null || logprobs instanceof JsonObject, CHOICE_FIELDS, "the logprobs are %s", logprobs);
            delta(choice.getValue("delta") instanceof JsonObject delta ? delta : new JsonObject(),
                    choice.getValue("finish_reason"));
        }
    }

    private void delta(JsonObject delta, Object reason) {
        findings.expect(begun ? !delta.containsKey("role") : "assistant".equals(delta.getValue("role")), ROLE_FIRST,
                "the role is %s", delta.getValue("role"));
        if (begun) {
            TEXTS.forEach(text -> findings.expect(!delta.containsKey(text) || delta.getValue(text) instanceof String,
                    DELTA_FIELDS, "%s is %s", text, delta.getValue(text)));
        } else {
            delta.fieldNames().stream().filter(field -> !field.equals("role")).forEach(field -> findings.expect(
                    TEXTS.contains(field) && (delta.getValue(field) == null || delta.getValue(field).equals("")), ROLE_FIRST,
                    "%s is %s", field, delta.getValue(field)));
        }
        if (delta.containsKey("tool_calls")) {
            calls.next(delta.getValue("tool_calls"));
        }
        if (reason != null) {
            finish(delta, reason);
        } else if (begun) {
            findings.expect(!delta.isEmpty(), DELTA_TELLS, "it is empty");
        }
        begun = true;
    }

    private void finish(JsonObject delta, Object reason) {
        findings.expect(!finished, FINISH_ONCE, "it comes again");
        finished = true;
        findings.expect(REASONS.contains(reason), FINISH_REASON, "it is %s", reason);
        findings.expect(delta.isEmpty(), FINISH_ALONE, "it is %s", delta);
        findings.expect(!"tool_calls".equals(reason) || calls.any(), FINISH_OF_CALLS, "there were none");
    }
}

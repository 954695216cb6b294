package io.quarkiverse.llm.scripted.grammar;

import static io.quarkiverse.llm.scripted.grammar.ResponsesRule.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** An open part of a message or of reasoning. */
final class PartGrammar {

    private static final Fields LOGPROB = Fields.of("token string", "logprob number");

    private final Findings findings;
    private final String type;
    private final TextGrammar text;
    private final JsonArray annotations = new JsonArray();
    private String dialect;
    /** Token and value; in deltas they have no bytes. */
    private final List<String> logprobs = new ArrayList<>();

    PartGrammar(JsonObject part, Findings findings) {
        this.findings = findings;
        this.type = String.valueOf(part.getValue("type"));
        this.text = new TextGrammar(findings);
        findings.expect(isEmpty(part.getValue(textField())) && isEmpty(part.getValue("annotations"))
                && isEmpty(part.getValue("logprobs")), PART_BEGINS_EMPTY, "it begins as %s", part);
    }

    private static boolean isEmpty(Object value) {
        return value == null || value.equals("") || value instanceof JsonArray array && array.isEmpty();
    }

    /** The type of the part to which an event belongs, by its name without {@code response.} and what is done. */
    static String typeOf(String name) {
        return switch (name) {
            case "reasoning_summary_text" -> "summary_text";
            case "reasoning" -> "reasoning_text";
            default -> name;
        };
    }

    boolean isOf(String partType) {
        return type.equals(partType);
    }

    void delta(String name, JsonObject event) {
        speaks(name);
        text.delta(event.getValue("delta", ""));
        logprobs.addAll(logprobs(event));
    }

    void textDone(String name, JsonObject event) {
        speaks(name);
        text.end(event.getValue(textField()));
        expectLogprobs(event);
    }

    private void speaks(String name) {
        findings.expect(dialect == null || dialect.equals(name), ONE_DIALECT, "%s comes after %s", name, dialect);
        dialect = name;
    }

    void annotation(JsonObject event) {
        findings.expect(Integer.valueOf(annotations.size()).equals(event.getValue("annotation_index")), ANNOTATIONS,
                "annotation %s comes at %s", annotations.size(), event.getValue("annotation_index"));
        findings.expect(!text.isEnded(), ANNOTATIONS, "the whole text has come before");
        annotations.add(event.getValue("annotation"));
    }

    void done(JsonObject part) {
        text.expectEnded();
        findings.expect(Objects.equals(type, part.getValue("type")), PART_IS_ITS_TEXT, "it began as %s and ends as %s", type,
                part.getValue("type"));
        findings.expect(!isOf(String.valueOf(part.getValue("type"))) || text.is(part.getValue(textField())), PART_IS_ITS_TEXT,
                "it ends as %s", part);
        findings.expect(!part.containsKey("annotations") || annotations.equals(part.getValue("annotations")), ANNOTATIONS,
                "they are %s and came as %s", part.getValue("annotations"), annotations);
        expectLogprobs(part);
    }

    private void expectLogprobs(JsonObject json) {
        List<String> told = logprobs(json);
        findings.expect(logprobs.isEmpty() || !json.containsKey("logprobs") || told.equals(logprobs), LOGPROBS,
                "they are %s and came as %s", told, logprobs);
    }

    private List<String> logprobs(JsonObject json) {
        List<String> told = new ArrayList<>();
        if (json.getValue("logprobs") instanceof JsonArray array) {
            for (Object logprob : array) {
                findings.expect(LOGPROB, logprob, LOGPROBS, "a log probability");
                told.add(logprob instanceof JsonObject object ? object.getValue("token") + " " + object.getValue("logprob")
                        : null);
            }
        }
        return told;
    }

    private String textField() {
        return type.equals("refusal") ? "refusal" : "text";
    }
}

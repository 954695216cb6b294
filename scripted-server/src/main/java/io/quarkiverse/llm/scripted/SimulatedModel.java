package io.quarkiverse.llm.scripted;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import io.vertx.core.json.JsonObject;

/**
 * Plays a small model without being one, for development without a provider: says back what the user said, calls a tool
 * with arguments that fit its schema, puts a tool's result into a sentence, fills in a JSON schema. Its text begins with
 * {@code [simulated]}, so that nobody takes it for a model's. JSON that was asked for is
 * not labelled, as it would not be JSON then. The same request gets the same answer each time, but for the ids of calls.
 * <p>
 * It answers Chat Completions only; every other path is not found. A token is one delta. Token limits, stop sequences,
 * tool choice and response format are honoured, sampling settings have no effect.
 */
public final class SimulatedModel implements Function<RecordedRequest, Answer> {

    /** The id under which the model is listed and answers. */
    public static final String ID = "simulated";

    /** They are of the Responses API. */
    static final WebSocketMode WEB_SOCKETS = WebSocketMode.refused(notFound("WebSocket"));

    private static final String LABEL = "[simulated] ";
    private static final int FRAGMENT = 6;

    private final Duration pause;

    /** A model that pauses 20 ms before each delta. */
    public SimulatedModel() {
        this(Duration.ofMillis(20));
    }

    /** A model that pauses for this long before each delta. */
    public SimulatedModel(Duration pause) {
        this.pause = pause;
    }

    @Override
    public Answer apply(RecordedRequest request) {
        if (!request.path().endsWith("/chat/completions")) {
            return notFound(request.path());
        } else if (!request.method().equals("POST")) {
            return Answer.error(405, "Method not allowed: " + request.method()).header("allow", "POST");
        } else if (!request.isJson()) {
            return Answer.error(400, "The body is not a JSON object");
        }
        try {
            Prompt prompt = new Prompt(request.json());
            List<Step> whole = steps(prompt, "call_simulated_" + request.number());
            List<Step> kept = within(prompt.maxTokens(), whole);
            Answer answer = described(Answer.of(kept), prompt);
            return kept.size() < whole.size() ? answer.finishReason("length") : answer;
        } catch (BadRequest e) {
            return Answer.error(400, e.getMessage());
        } catch (ClassCastException e) {
            return Answer.error(400, "A value of the request has the wrong type: " + e.getMessage());
        }
    }

    private static Answer notFound(String what) {
        return Answer.error(404, "Not found: " + what + ". The simulated model answers chat completions only");
    }

    private static Answer described(Answer answer, Prompt prompt) {
        Usage counted = new ChatCompletion(answer, new ChatCompletion.Origin("", ID, 0)).usage();
        return answer.model(ID)
                .usage(new Usage(prompt.tokens(), counted.completionTokens(), 0, counted.reasoningTokens()));
    }

    private List<Step> steps(Prompt prompt, String callId) {
        List<Step> steps = new ArrayList<>();
        Optional<String> result = prompt.toolResult();
        Optional<JsonObject> tool = result.isPresent() ? Optional.empty() : ToolPick.from(prompt);
        if (result.isPresent()) {
            deltas(steps, Step.Channel.REASONING, "The tool has answered, so nothing more is to be done.");
            deltas(steps, Step.Channel.CONTENT, prompt.cutAtStop(LABEL + "The tool answered: " + result.get()));
        } else if (tool.isPresent()) {
            String name = tool.get().getString("name");
            deltas(steps, Step.Channel.REASONING, "The tool " + name + " fits best.");
            steps.add(new Step.ToolCallStart(callId, name));
            Object arguments = new SchemaSample(tool.get().getJsonObject("parameters"), prompt.words()).value();
            for (String fragment : CodePoints.fragments(FRAGMENT, Json.text(arguments))) {
                steps.add(new Step.Pause(pause));
                steps.add(new Step.Arguments(0, fragment));
            }
        } else {
            deltas(steps, Step.Channel.REASONING, "There is nothing to think about.");
            deltas(steps, Step.Channel.CONTENT, prompt.cutAtStop(text(prompt)));
        }
        return steps;
    }

    private static String text(Prompt prompt) {
        String text = LABEL + "You said: " + prompt.userText();
        return switch (prompt.format()) {
            case "json_schema" -> Json.text(new SchemaSample(prompt.schema(), prompt.words()).value());
            case "json_object" -> Json.text(new JsonObject().put("answer", text));
            default -> text;
        };
    }

    private void deltas(List<Step> steps, Step.Channel channel, String text) {
        for (String word : text.split("(?<=\\s)")) {
            steps.add(new Step.Pause(pause));
            steps.add(new Step.Delta(channel, word));
        }
    }

    private static List<Step> within(int maxTokens, List<Step> steps) {
        int tokens = 0;
        for (int i = 0; i < steps.size(); i++) {
            boolean isToken = steps.get(i) instanceof Step.Delta || steps.get(i) instanceof Step.Arguments;
            if (isToken && ++tokens == maxTokens) {
                return steps.subList(0, i + 1);
            }
        }
        return steps;
    }
}

package io.quarkiverse.llm.runtime.wire.chat;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.LlmBadRequestException;
import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmUnsupportedException;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolChoice;
import io.quarkiverse.llm.runtime.config.SettingKey;

/** What the Chat Completions API cannot carry is refused by name before anything is sent. */
record ChatLimits(String provider) {

    /** What Chat Completions does anyway: reasoning comes in clear text where it comes at all. */
    private static final String ENCRYPTED_REASONING = "reasoning.encrypted_content";

    void check(LlmRequest request, Map<String, RawJson> extraBody) {
        refuse(request.previousResponseId().isPresent(), "previous_response_id");
        refuse(request.conversation().isPresent(), "conversations kept by the server");
        refuse(request.background().orElse(false), "background responses");
        refuse(request.truncation().filter("auto"::equals).isPresent(), "truncation=auto");
        request.include().forEach(include -> refuse(!include.equals(ENCRYPTED_REASONING), "include=" + include));
        request.tools().forEach(this::check);
        request.toolChoice().ifPresent(this::check);
        boolean tools = !request.tools().isEmpty() || extraBody.containsKey("tools");
        if (!tools && request.toolChoice().filter(ChatLimits::needsTools).isPresent()) {
            throw badRequest("The request demands a tool call, but offers no tools");
        }
        check(extraBody);
    }

    private static boolean needsTools(ToolChoice choice) {
        return choice instanceof ToolChoice.Named || choice == ToolChoice.REQUIRED
                || choice instanceof ToolChoice.Allowed allowed && allowed.mode() == ToolChoice.Mode.REQUIRED;
    }

    private void check(Tool tool) {
        if (tool instanceof Tool.Namespace namespace) {
            refuse(true, "tools in a namespace ('" + namespace.name() + "')");
        }
        if (tool instanceof Tool.Opaque opaque) {
            refuse(true, "the hosted tool '" + opaque.type() + "'");
        }
    }

    /**
     * @param missing tools that may be chosen but are not offered
     */
    void checkChosen(Set<ToolChoice.Named> missing) {
        if (!missing.isEmpty()) {
            throw badRequest("The request chooses a tool that it does not offer: "
                    + missing.stream().map(ChatLimits::name).collect(Collectors.joining(", ")));
        }
    }

    private static String name(ToolChoice.Named choice) {
        return choice instanceof ToolChoice.Function function ? function.name()
                : choice instanceof ToolChoice.Custom custom ? custom.name() : choice.toString();
    }

    private void check(ToolChoice choice) {
        refuse(choice instanceof ToolChoice.Opaque, "a choice of a hosted tool");
        if (choice instanceof ToolChoice.Allowed allowed) {
            allowed.tools().forEach(this::check);
        }
    }

    private void check(Map<String, RawJson> extraBody) {
        RawJson choices = extraBody.get("n");
        if (choices != null && !choices.text().strip().equals("1")) {
            throw badRequest(
                    "extra-body must not set n: only one choice can be read, send the request as often as you want answers");
        }
        if (extraBody.containsKey("stream")) {
            throw badRequest("extra-body must not set stream: stream() and complete() decide that");
        }
    }

    void check(Content content) {
        if (content instanceof Content.Image image) {
            refuse(image.url().isEmpty(), "an image by its file id: give its url or its bytes");
        }
        if (content instanceof Content.File file) {
            refuse(file.fileId().isEmpty() && file.data().isEmpty(), "a file by its url: give its id or its bytes");
        }
    }

    void refuse(boolean refused, String feature) {
        if (refused) {
            throw new LlmUnsupportedException(provider, feature,
                    SettingKey.subject(provider) + " speaks Chat Completions, which does not support " + feature);
        }
    }

    private LlmBadRequestException badRequest(String problem) {
        return new LlmBadRequestException(SettingKey.subject(provider) + ": " + problem,
                LlmErrorDetails.of(provider));
    }
}

package io.quarkiverse.llm.runtime.provider;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

import io.quarkiverse.llm.LlmDecodeException;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmTruncatedStreamException;
import io.quarkiverse.llm.runtime.config.SettingKey;
import io.quarkiverse.llm.runtime.config.preset.WireApi;

/** Tells from a failure whether the server may not have the wire API at all, or not for the model. */
final class MissingApi {

    /** OpenAI, Groq; Azure. */
    private static final Set<String> MODEL_CODES = Set.of("model_not_found", "DeploymentNotFound");
    /** OpenAI, vLLM, Groq: "The model `x` does not exist"; Ollama: "model "x" not found"; OpenRouter: "No endpoints found". */
    private static final Pattern MODEL_MESSAGE = Pattern.compile(
            "\\b(model|deployment)\\b.*\\b(not (be )?found|not exist|not have access|unknown)"
                    + "|\\b(no such|unknown|not find( the)?) (model|deployment)\\b|\\bno endpoints found",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    /** LM Studio, with status 200 (lmstudio-ai/lmstudio-bug-tracker #618). */
    private static final Pattern ENDPOINT_MESSAGE = Pattern.compile("\\bunexpected endpoint\\b", Pattern.CASE_INSENSITIVE);

    /** Groq: "Unknown request URL"; OpenAI: "Invalid URL"; Mistral's gateway: "no Route matched"; besides LM Studio's. */
    private static final Pattern PATH_MESSAGE = Pattern.compile(
            "\\b(unexpected endpoint|(unknown|invalid) (request )?(url|route|path|endpoint)|no (such )?(route|endpoint))\\b"
                    + "|\\b(route|endpoint)\\b.*\\bnot (be )?(found|exist|supported|available)\\b",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    /** vLLM: "Response with id 'resp_1' not found."; what stands in the path for one is no id that a request named. */
    private static final Pattern ID_MESSAGE = Pattern.compile("\\bwith id\\b(?!.{0,3}\\binput_tokens\\b)",
            Pattern.CASE_INSENSITIVE);

    private MissingApi() {
    }

    /**
     * What speaks for it, with the server as the subject: {@code answered 404}. Empty when nothing does.
     *
     * @param asked the wire API of the request
     * @param understood whether the answer had anything of that wire API
     */
    static Optional<String> sign(LlmException failure, WireApi asked, boolean understood) {
        if (understood) {
            return Optional.empty();
        }
        OptionalInt status = failure.httpStatus();
        if (status.isPresent()) {
            return isMissing(status.getAsInt(), failure, asked) ? Optional.of("answered " + status.getAsInt())
                    : Optional.empty();
        }
        if (ENDPOINT_MESSAGE.matcher(words(failure)).find()) {
            return Optional.of("did not expect such a request");
        }
        return failure instanceof LlmDecodeException || failure instanceof LlmTruncatedStreamException
                ? Optional.of("sent nothing that can be read as an answer of it")
                : Optional.empty();
    }

    private static boolean isMissing(int status, LlmException failure, WireApi asked) {
        return switch (status) {
            case 405, 501 -> true;
            case 404 -> namesOther(failure, asked) || !namesContent(failure);
            default -> false;
        };
    }

    /**
     * What speaks for it that the server does not have what is at a path below the wire API's, as {@link #sign} says
     * it. Nothing does when the answer cannot be read.
     */
    static Optional<String> signOfPath(LlmException failure) {
        OptionalInt status = failure.httpStatus();
        if (status.orElse(400) == 400) {
            return failure.details().message().filter(said -> PATH_MESSAGE.matcher(said).find()).isPresent()
                    && !namesContent(failure)
                            ? Optional.of(status.isPresent() ? "answered 400" : "did not expect such a request")
                            : Optional.empty();
        }
        return ID_MESSAGE.matcher(words(failure)).find() ? Optional.empty() : sign(failure, WireApi.RESPONSES, false);
    }

    /** Whether something that the request names was not found: then somebody has read the request. */
    static boolean namesContent(LlmException failure) {
        return failure.details().param().isPresent() || failure.code().filter(MODEL_CODES::contains).isPresent()
                || failure.details().type().filter(MODEL_CODES::contains).isPresent()
                || MODEL_MESSAGE.matcher(words(failure)).find();
    }

    /** OpenAI: "This model is only supported in v1/responses and not in v1/chat/completions." */
    private static boolean namesOther(LlmException failure, WireApi asked) {
        return words(failure).contains(asked == WireApi.RESPONSES ? "v1/chat/completions" : "v1/responses");
    }

    /** The server's words: a provider may be called anything. */
    private static String words(LlmException failure) {
        String subject = failure.provider().map(SettingKey::subject).orElse("");
        String message = String.valueOf(failure.getMessage());
        return message.startsWith(subject) ? message.substring(subject.length()) : message;
    }
}

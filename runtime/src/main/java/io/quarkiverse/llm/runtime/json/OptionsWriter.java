package io.quarkiverse.llm.runtime.json;

import java.io.IOException;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.GenerationOptions;
import io.quarkiverse.llm.OutputFormat;

/** Writes options; in a request they are fields beside the others. */
final class OptionsWriter {

    private OptionsWriter() {
    }

    static void write(JsonGenerator out, GenerationOptions options) throws IOException {
        out.writeStartObject();
        writeFields(out, options, Optional.empty());
        out.writeEndObject();
    }

    /** The format shares the object {@code text} with one of the options. */
    static void writeFields(JsonGenerator out, GenerationOptions options, Optional<OutputFormat> format)
            throws IOException {
        OptionalFields.number(out, "temperature", options.temperature());
        OptionalFields.number(out, "top_p", options.topP());
        OptionalFields.number(out, "presence_penalty", options.presencePenalty());
        OptionalFields.number(out, "frequency_penalty", options.frequencyPenalty());
        OptionalFields.integer(out, "seed", options.seed());
        OptionalFields.strings(out, "stop", options.stop());
        OptionalFields.integer(out, "max_output_tokens", options.maxOutputTokens());
        OptionalFields.integer(out, "max_tool_calls", options.maxToolCalls());
        OptionalFields.bool(out, "parallel_tool_calls", options.parallelToolCalls());
        OptionalFields.integer(out, "top_logprobs", options.topLogprobs());
        if (options.reasoningEffort().isPresent() || options.reasoningSummary().isPresent()) {
            out.writeObjectFieldStart("reasoning");
            OptionalFields.string(out, "effort", options.reasoningEffort());
            OptionalFields.string(out, "summary", options.reasoningSummary());
            out.writeEndObject();
        }
        if (format.isPresent() || options.verbosity().isPresent()) {
            out.writeObjectFieldStart("text");
            if (format.isPresent()) {
                out.writeFieldName("format");
                OutputFormatWriter.write(out, format.get());
            }
            OptionalFields.string(out, "verbosity", options.verbosity());
            out.writeEndObject();
        }
    }
}

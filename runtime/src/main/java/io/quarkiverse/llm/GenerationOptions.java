package io.quarkiverse.llm;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the model shall generate: sampling, limits and effort. What is not said is left to the provider's configuration,
 * and what that does not say, to the server.
 *
 * @param temperature how freely the model chooses, 0 to 2.
 * @param topP only tokens of this cumulated probability are considered, 0 to 1.
 * @param presencePenalty -2 to 2; positive values favour new topics.
 * @param frequencyPenalty -2 to 2; positive values disfavour repetition.
 * @param seed for answers that can be repeated, where the server can.
 * @param stop sequences that end the answer; they are not part of it.
 * @param maxOutputTokens limit of the answer, reasoning included; reaching it makes the response incomplete.
 * @param maxToolCalls limit of the calls of tools that the server itself runs.
 * @param parallelToolCalls whether the model may ask for several calls at once.
 * @param topLogprobs asks for log probabilities, with this many alternatives a token; 0 for none but the token's
 *        own.
 * @param reasoningEffort how much the model shall think: {@code none}, {@code minimal}, {@code low}, {@code
 *        medium}, {@code high}, {@code xhigh}, {@code max}; servers know different ones.
 * @param reasoningSummary {@code auto}, {@code concise} or {@code detailed}: asks for a summary of the
 *        reasoning. Chat Completions has none.
 * @param verbosity {@code low}, {@code medium} or {@code high}.
 */
public record GenerationOptions(Optional<Double> temperature, Optional<Double> topP, Optional<Double> presencePenalty,
        Optional<Double> frequencyPenalty, Optional<Long> seed, List<String> stop, Optional<Long> maxOutputTokens,
        Optional<Integer> maxToolCalls, Optional<Boolean> parallelToolCalls, Optional<Integer> topLogprobs,
        Optional<String> reasoningEffort, Optional<String> reasoningSummary, Optional<String> verbosity) {

    /** Says nothing. */
    public static final GenerationOptions NONE = builder().build();

    public GenerationOptions {
        Objects.requireNonNull(temperature, "temperature");
        Objects.requireNonNull(topP, "topP");
        Objects.requireNonNull(presencePenalty, "presencePenalty");
        Objects.requireNonNull(frequencyPenalty, "frequencyPenalty");
        Stream.of(temperature, topP, presencePenalty, frequencyPenalty).flatMap(Optional::stream).forEach(number -> {
            if (!Double.isFinite(number)) {
                throw new IllegalArgumentException(number + " is no number that a server can be sent");
            }
        });
        Objects.requireNonNull(seed, "seed");
        stop = List.copyOf(stop);
        Objects.requireNonNull(maxOutputTokens, "maxOutputTokens");
        Objects.requireNonNull(maxToolCalls, "maxToolCalls");
        Objects.requireNonNull(parallelToolCalls, "parallelToolCalls");
        Objects.requireNonNull(topLogprobs, "topLogprobs");
        Objects.requireNonNull(reasoningEffort, "reasoningEffort");
        Objects.requireNonNull(reasoningSummary, "reasoningSummary");
        Objects.requireNonNull(verbosity, "verbosity");
    }

    /** Options that say nothing yet. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that holds all of these options. */
    public Builder toBuilder() {
        return new Builder().orElse(this);
    }

    /** These options, and those of the other where these say nothing. */
    public GenerationOptions orElse(GenerationOptions defaults) {
        if (defaults.equals(NONE)) {
            return this;
        }
        return equals(NONE) ? defaults : toBuilder().orElse(defaults).build();
    }

    /** Not thread-safe. */
    public static final class Builder extends OptionsBuilder<Builder> {

        private Builder() {
        }

        @Override
        Builder self() {
            return this;
        }

        /** The options as they are now. */
        public GenerationOptions build() {
            return buildOptions();
        }
    }
}

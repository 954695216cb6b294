package io.quarkiverse.llm;

import java.util.List;
import java.util.Optional;

/** The setters of {@link GenerationOptions}, which a request has as well. A {@code null} means that nothing is said. */
abstract sealed class OptionsBuilder<B extends OptionsBuilder<B>> permits GenerationOptions.Builder, ConversationBuilder {

    private Double temperature;
    private Double topP;
    private Double presencePenalty;
    private Double frequencyPenalty;
    private Long seed;
    private List<String> stop = List.of();
    private Long maxOutputTokens;
    private Integer maxToolCalls;
    private Boolean parallelToolCalls;
    private Integer topLogprobs;
    private String reasoningEffort;
    private String reasoningSummary;
    private String verbosity;

    abstract B self();

    final GenerationOptions buildOptions() {
        return new GenerationOptions(Optional.ofNullable(temperature), Optional.ofNullable(topP),
                Optional.ofNullable(presencePenalty), Optional.ofNullable(frequencyPenalty), Optional.ofNullable(seed), stop,
                Optional.ofNullable(maxOutputTokens), Optional.ofNullable(maxToolCalls), Optional.ofNullable(parallelToolCalls),
                Optional.ofNullable(topLogprobs), Optional.ofNullable(reasoningEffort), Optional.ofNullable(reasoningSummary),
                Optional.ofNullable(verbosity));
    }

    /** Fills in what is not said yet. */
    final B orElse(GenerationOptions other) {
        temperature = temperature == null ? other.temperature().orElse(null) : temperature;
        topP = topP == null ? other.topP().orElse(null) : topP;
        presencePenalty = presencePenalty == null ? other.presencePenalty().orElse(null) : presencePenalty;
        frequencyPenalty = frequencyPenalty == null ? other.frequencyPenalty().orElse(null) : frequencyPenalty;
        seed = seed == null ? other.seed().orElse(null) : seed;
        stop = stop.isEmpty() ? other.stop() : stop;
        maxOutputTokens = maxOutputTokens == null ? other.maxOutputTokens().orElse(null) : maxOutputTokens;
        maxToolCalls = maxToolCalls == null ? other.maxToolCalls().orElse(null) : maxToolCalls;
        parallelToolCalls = parallelToolCalls == null ? other.parallelToolCalls().orElse(null) : parallelToolCalls;
        topLogprobs = topLogprobs == null ? other.topLogprobs().orElse(null) : topLogprobs;
        reasoningEffort = reasoningEffort == null ? other.reasoningEffort().orElse(null) : reasoningEffort;
        reasoningSummary = reasoningSummary == null ? other.reasoningSummary().orElse(null) : reasoningSummary;
        verbosity = verbosity == null ? other.verbosity().orElse(null) : verbosity;
        return self();
    }

    /** How freely the model chooses, 0 to 2. */
    public final B temperature(Double temperature) {
        this.temperature = temperature;
        return self();
    }

    /** Only tokens of this cumulated probability are considered, 0 to 1. */
    public final B topP(Double topP) {
        this.topP = topP;
        return self();
    }

    /** -2 to 2; positive values favour new topics. */
    public final B presencePenalty(Double presencePenalty) {
        this.presencePenalty = presencePenalty;
        return self();
    }

    /** -2 to 2; positive values disfavour repetition. */
    public final B frequencyPenalty(Double frequencyPenalty) {
        this.frequencyPenalty = frequencyPenalty;
        return self();
    }

    /** For answers that can be repeated, where the server can. */
    public final B seed(Long seed) {
        this.seed = seed;
        return self();
    }

    /** Sequences that end the answer; they are not part of it. */
    public final B stop(List<String> stop) {
        this.stop = stop == null ? List.of() : List.copyOf(stop);
        return self();
    }

    /** As {@link #stop(List)}. */
    public final B stop(String... stop) {
        return stop(List.of(stop));
    }

    /** Limit of the answer, reasoning included; reaching it makes the response incomplete. */
    public final B maxOutputTokens(Long maxOutputTokens) {
        this.maxOutputTokens = maxOutputTokens;
        return self();
    }

    /** Limit of the calls of tools that the server itself runs. */
    public final B maxToolCalls(Integer maxToolCalls) {
        this.maxToolCalls = maxToolCalls;
        return self();
    }

    /** Whether the model may ask for several calls at once. */
    public final B parallelToolCalls(Boolean parallelToolCalls) {
        this.parallelToolCalls = parallelToolCalls;
        return self();
    }

    /** Asks for log probabilities, with this many alternatives a token; 0 for none but the token's own. */
    public final B topLogprobs(Integer topLogprobs) {
        this.topLogprobs = topLogprobs;
        return self();
    }

    /**
     * How much the model shall think: {@code none}, {@code minimal}, {@code low}, {@code medium}, {@code high},
     * {@code xhigh}, {@code max}; servers know different ones.
     */
    public final B reasoningEffort(String reasoningEffort) {
        this.reasoningEffort = reasoningEffort;
        return self();
    }

    /**
     * {@code auto}, {@code concise} or {@code detailed}: asks for a summary of the reasoning. Chat Completions has
     * none.
     */
    public final B reasoningSummary(String reasoningSummary) {
        this.reasoningSummary = reasoningSummary;
        return self();
    }

    /** {@code low}, {@code medium} or {@code high}. */
    public final B verbosity(String verbosity) {
        this.verbosity = verbosity;
        return self();
    }
}

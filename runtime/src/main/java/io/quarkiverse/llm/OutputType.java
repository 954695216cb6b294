package io.quarkiverse.llm;

/**
 * A Java type as the form of an answer: what {@link LlmProvider#parse(LlmRequest, Class)} stands on. Of use by itself where the
 * answer comes later or from elsewhere, such as a stored response. Thread-safe.
 *
 * <pre>{@code
 * OutputType<Recipe> recipe = OutputType.of(Recipe.class);
 * LlmRequest request = recipe.applyTo(LlmRequest.of("How do I bake bread?"));
 * Recipe bread = recipe.read(llm.name(), llm.completeAndAwait(request));
 * }</pre>
 */
public interface OutputType<T> {

    /**
     * The form of that type: a record, a class, an enum, a number, a string, an array of such. The schema of a type that the
     * build saw in a call of {@code parse} is there already; that of another one is made when it is asked for first, on the
     * calling thread. The first one of all takes a quarter of a second.
     *
     * @throws IllegalArgumentException when no JSON schema can be made of the type, with the reason
     */
    static <T> OutputType<T> of(Class<T> type) {
        return OutputTypes.FACTORY.of(type);
    }

    /** The type's JSON schema, under its simple name. Strict unless the type has parts of any shape, such as maps. */
    OutputFormat.JsonSchema format();

    /**
     * The request with this form.
     *
     * @throws IllegalArgumentException when the request has an output format of its own
     */
    default LlmRequest applyTo(LlmRequest request) {
        if (request.outputFormat().isPresent()) {
            throw new IllegalArgumentException("The request has an output format of its own, and the type gives it another one:"
                    + " leave outputFormat() out, or use complete() and read the text");
        }
        return request.toBuilder().outputFormat(format()).build();
    }

    /**
     * The answer as a value of the type.
     *
     * @param provider the name of the provider that answered, for messages
     * @throws LlmRefusalException when the model refused to answer
     * @throws LlmIncompleteException when a limit, a filter or calls of tools stand in place of an answer
     * @throws LlmDecodeException when the text is no JSON of the type
     */
    T read(String provider, LlmResponse response);

    /** Makes the types; found as a {@link java.util.ServiceLoader} service beside this class. */
    interface Factory {

        /** As {@link OutputType#of(Class)}. */
        <T> OutputType<T> of(Class<T> type);
    }
}

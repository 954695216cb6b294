package io.quarkiverse.llm.gateway.runtime.routing;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import io.quarkiverse.llm.runtime.config.value.NearestName;

/** A client asks for a model that there is not: status 404, in OpenAI's words. */
public final class ModelNotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int MAX_SUGGESTIONS = 3;
    /** How near two names are costs the product of their lengths, and a client may send anything. */
    private static final int MAX_NAME = 200;

    private ModelNotFoundException(String message) {
        // nothing is wrong here: where it was thrown tells nobody anything
        super(message, null, false, false);
    }

    /**
     * @param model what the client has asked for
     * @param there the models there are
     */
    static ModelNotFoundException of(String model, Collection<String> there) {
        if (model.length() > MAX_NAME) {
            return new ModelNotFoundException("The model '" + model.substring(0, MAX_NAME) + "...' does not exist.");
        }
        List<String> nearest = NearestName.of(model, there.stream().filter(name -> name.length() <= MAX_NAME).toList());
        return new ModelNotFoundException("The model '" + model + "' does not exist." + nearest.stream()
                .limit(MAX_SUGGESTIONS).map(name -> "'" + name + "'")
                .collect(Collectors.collectingAndThen(Collectors.joining(" or "),
                        names -> names.isEmpty() ? "" : " Did you mean " + names + "?")));
    }

    /** A request names no model, and may not have the one that it would get. */
    static ModelNotFoundException unnamed() {
        return new ModelNotFoundException("The request names no model, and there is none for such requests: name one of those"
                + " that GET /models lists.");
    }

    /** OpenAI's word for it. */
    public String code() {
        return "model_not_found";
    }

    /** The field that is wrong. */
    public String param() {
        return "model";
    }
}

package io.quarkiverse.llm.runtime.wire;

import java.util.Optional;

import io.quarkiverse.llm.runtime.json.JsonShapeException;

/** A client's request is wrong. The message is a sentence for the client. */
public final class InvalidRequestException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String param;
    private final String code;

    /**
     * @param param the field that is wrong, such as {@code tool_choice}; {@code null} when it is none in particular
     * @param code OpenAI's word for it, such as {@code invalid_type} or {@code missing_required_parameter}
     */
    public InvalidRequestException(String message, String param, String code) {
        super(message);
        this.param = param;
        this.code = code;
    }

    /** For a body, or a field of it, that is not what it must be. */
    public static InvalidRequestException of(JsonShapeException failure) {
        String code = switch (failure.fault()) {
            case NO_JSON -> "invalid_json";
            case MISSING -> "missing_required_parameter";
            case KIND -> "invalid_type";
            case VALUE -> "invalid_value";
        };
        return new InvalidRequestException(failure.getMessage(), failure.place().orElse(null), code);
    }

    /** The field that is wrong. */
    public Optional<String> param() {
        return Optional.ofNullable(param);
    }

    /** OpenAI's word for what is wrong. */
    public String code() {
        return code;
    }
}

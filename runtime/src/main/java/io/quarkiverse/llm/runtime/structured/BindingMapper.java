package io.quarkiverse.llm.runtime.structured;

import java.net.URI;
import java.util.Locale;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;

/** The application's mapper as it is, but for empty strings: of these Jackson would make {@code null} dates and zeros. */
final class BindingMapper extends ObjectMapper {

    private static final long serialVersionUID = 1L;

    /**
     * @param application is not changed, and need not support {@link ObjectMapper#copy()}
     */
    BindingMapper(ObjectMapper application) {
        // what it binds is parsed already
        super(application, new JsonFactory());
        coercionConfigDefaults().setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail);
        // these have values of their own for it
        coercionConfigFor(URI.class).setCoercion(CoercionInputShape.EmptyString, CoercionAction.TryConvert);
        coercionConfigFor(Locale.class).setCoercion(CoercionInputShape.EmptyString, CoercionAction.TryConvert);
    }
}

package io.quarkiverse.llm.runtime.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.preset.Quirk;
import io.quarkiverse.llm.runtime.config.preset.Quirks;

/**
 * Encodes requests for one wire API. The same request gives the same bytes, and a history that only grew begins with the same
 * items, so that prompt caches hit.
 */
public abstract class RequestEncoder {

    private static final JsonFactory JSON = new JsonFactory();

    protected final ProviderSettings settings;
    protected final Quirks quirks;
    private final RequestLimits limits;

    protected RequestEncoder(ProviderSettings settings, RequestLimits limits) {
        this.settings = settings;
        this.quirks = settings.quirks();
        this.limits = limits;
    }

    /** As {@link WireCodec#unsupported}. */
    public final Optional<String> unsupported(LlmRequest request) {
        return limits.unsupported(request, ExtraBody.of(request, settings).keySet());
    }

    /** As {@link WireCodec#encode}. */
    public final byte[] encode(LlmRequest request, boolean stream) {
        Map<String, RawJson> extraBody = ExtraBody.of(request, settings);
        limits.check(request, extraBody);
        return encode(request, stream, extraBody, quirks.get(Quirk.OMITTED_FIELDS)::contains);
    }

    /**
     * The body of a request that has been checked.
     *
     * @param extraBody the fields that are written instead of those of the request
     * @param omitted the fields of the request that are not written
     */
    protected final byte[] encode(LlmRequest request, boolean stream, Map<String, RawJson> extraBody,
            Predicate<String> omitted) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            BodyWriter body = new BodyWriter(json, extraBody, omitted);
            json.writeStartObject();
            write(request, stream, body);
            body.writeExtra();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Writes the fields of the body. */
    protected abstract void write(LlmRequest request, boolean stream, BodyWriter body) throws IOException;
}

package io.quarkiverse.llm.gateway.runtime.routing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.runtime.provider.LlmRegistry;
import io.smallrye.mutiny.Uni;

/** The bodies of {@code GET /models} and {@code GET /models/{model}}. Thread-safe. */
public final class ListedModels {

    private static final JsonFactory JSON = new JsonFactory();

    private final ModelProviders providers;
    private final ModelCatalog catalog;
    private final Routes routes;

    public ListedModels(LlmRegistry registry, ModelCatalog catalog, Routes routes) {
        this.providers = new ModelProviders(registry);
        this.catalog = catalog;
        this.routes = routes;
    }

    /**
     * All models that clients may name, except those that only a wildcard stands for.
     *
     * @param allowed the names that this client may say; there are no others for it
     * @return UTF-8; on the caller's Vert.x context where servers must be asked
     */
    public Uni<byte[]> all(Predicate<String> allowed) {
        return catalog.all().map(known -> encode(json -> {
            json.writeStartObject();
            json.writeStringField("object", "list");
            json.writeArrayFieldStart("data");
            for (ListedModel model : names(known, allowed).all()) {
                model.write(json);
            }
            json.writeEndArray();
            json.writeEndObject();
        }));
    }

    /**
     * The same for people to read.
     *
     * @return on the caller's Vert.x context where servers must be asked
     */
    public Uni<ServedModels> served() {
        return catalog.all().map(known -> new ServedModels(
                known.providers().stream().map(ModelProviders::shown).toList(), List.copyOf(names(known, all -> true).names()),
                providers.defaultName().flatMap(providers::ownModel), catalog.silent()));
    }

    /**
     * One of them.
     *
     * @param id the rest of the path, percent-encoded or not; may have slashes
     * @param allowed the names that this client may say; there are no others for it
     * @return UTF-8; on the caller's Vert.x context where servers must be asked; fails with a {@link ModelNotFoundException}
     */
    public Uni<byte[]> one(String id, Predicate<String> allowed) {
        String decoded = decoded(id);
        return catalog
                .all().chain(known -> find(known, id, decoded, allowed).map(Uni.createFrom()::item).orElseGet(() -> catalog
                        .providerOfNow(decoded)
                        .map(now -> find(catalog.known(), id, decoded, allowed).orElseThrow(() -> ModelNotFoundException
                                .of(decoded, names(catalog.known(), allowed).names())))))
                .map(model -> encode(model::write));
    }

    private Optional<ListedModel> find(KnownModels known, String id, String decoded, Predicate<String> allowed) {
        ModelNames names = names(known, allowed);
        return names.find(id).or(() -> names.find(decoded));
    }

    private ModelNames names(KnownModels known, Predicate<String> allowed) {
        return ModelNames.of(known, providers, routes, allowed);
    }

    private static String decoded(String id) {
        try {
            // a plus in a path is a plus
            return URLDecoder.decode(id.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return id;
        }
    }

    private interface Writing {
        void write(JsonGenerator json) throws IOException;
    }

    private static byte[] encode(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            writing.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot happen in memory", e);
        }
        return bytes.toByteArray();
    }
}

package io.quarkiverse.llm.runtime.json;

import static io.quarkiverse.llm.runtime.json.FormArbitraries.objects;
import static io.quarkiverse.llm.runtime.json.FormArbitraries.optional;
import static io.quarkiverse.llm.runtime.json.FormArbitraries.texts;

import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.Annotation;
import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemReference;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OpaqueItem;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolOutput;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Items of all kinds. */
final class ItemArbitraries {

    private ItemArbitraries() {
    }

    static Arbitrary<Item> items() {
        return Arbitraries.oneOf(messages(), calls(), outputs(), reasonings(), texts().map(ItemReference::new),
                objects("web_search_call").map(json -> new OpaqueItem("web_search_call", json)));
    }

    static Arbitrary<ToolCall> calls() {
        return Combinators.combine(optional(texts()), statuses(), Arbitraries.of(ToolCall.Kind.class), optional(texts()),
                texts(), texts(), texts()).as(ToolCall::new);
    }

    static Arbitrary<Annotation> annotations() {
        return objects("url_citation").map(json -> new Annotation("url_citation", json));
    }

    static Arbitrary<Content> parts() {
        return Arbitraries.oneOf(texts().map(Content::text),
                Combinators.combine(texts(), annotations().list().ofMaxSize(2), optional(objects("x"))).as(Content.Text::new),
                texts().map(Content.Refusal::new),
                Combinators.combine(texts(), optional(texts()), optional(texts()))
                        .as((url, id, detail) -> new Content.Image(Optional.of(url), id, detail)),
                texts().map(id -> new Content.Image(Optional.empty(), Optional.of(id), Optional.empty())),
                Combinators.combine(optional(texts()), optional(texts()), texts(), optional(texts()))
                        .as((id, data, url, name) -> new Content.File(id, data, Optional.of(url), name)),
                Combinators.combine(texts(), optional(texts())).as(
                        (data, name) -> new Content.File(Optional.empty(), Optional.of(data), Optional.empty(), name)),
                Combinators.combine(texts(), texts()).as(Content.Audio::new),
                objects("input_video").map(json -> new Content.Opaque("input_video", json)));
    }

    private static Arbitrary<Message> messages() {
        return Combinators.combine(optional(texts()), statuses(), Arbitraries.of(Role.class), lists(), optional(texts()))
                .as(Message::new);
    }

    private static Arbitrary<ToolOutput> outputs() {
        return Combinators.combine(optional(texts()), statuses(), Arbitraries.of(ToolCall.Kind.class), texts(), lists())
                .as(ToolOutput::new);
    }

    private static Arbitrary<Reasoning> reasonings() {
        Arbitrary<List<String>> lines = texts().list().ofMaxSize(3);
        return Combinators.combine(optional(texts()), statuses(), lines, lines, optional(texts())).as(Reasoning::new);
    }

    private static Arbitrary<List<Content>> lists() {
        return parts().list().ofMaxSize(3);
    }

    private static Arbitrary<Optional<ItemStatus>> statuses() {
        return optional(Arbitraries.of(ItemStatus.class));
    }
}

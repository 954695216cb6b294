package io.quarkiverse.llm.gateway.runtime.translation;

import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemReference;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OpaqueItem;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolChoice;
import io.quarkiverse.llm.ToolOutput;
import io.quarkiverse.llm.gateway.runtime.seal.Purpose;
import io.quarkiverse.llm.gateway.runtime.seal.Seal;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Conversations, tools and options as clients could send them at their oddest. */
final class Conversations {

    private static final List<String> NAMES = List.of("f", "g", "apply_patch", "exec command", "a__b", "b", "", "ü",
            "x".repeat(70));

    private Conversations() {
    }

    static Arbitrary<List<Item>> items() {
        return item().list().ofMaxSize(12);
    }

    static Arbitrary<Item> item() {
        return Arbitraries.oneOf(message(), call(), call(), output(), output(), reasoning(), hosted(),
                Arbitraries.of("msg_1", "rs_1").map(ItemReference::new));
    }

    private static Arbitrary<String> text() {
        return Arbitraries.of("", "a", "two\nlines", "{\"input\":\"x\"}", "\uD83D\uDE00");
    }

    private static Arbitrary<Content> content() {
        return Arbitraries.oneOf(text().map(Content::text), text().map(Content::text), text().map(Content.Refusal::new),
                Arbitraries.of(Content.image("https://host/a.png"),
                        new Content.Image(Optional.empty(), Optional.of("file_1"), Optional.empty()),
                        Content.file("a.txt", "text/plain", new byte[] { 'h', 'i' }),
                        Content.file("a.pdf", "application/pdf", new byte[] { 1, -1 }),
                        new Content.File(Optional.empty(), Optional.empty(), Optional.of("https://host/a.pdf"),
                                Optional.empty()),
                        Content.audio("wav", new byte[] { 1 }),
                        new Content.Opaque("input_video", RawJson.of("{\"type\":\"input_video\"}"))));
    }

    private static Arbitrary<Item> message() {
        return Combinators.combine(Arbitraries.of(Role.class), content().list().ofMaxSize(3)).as(Message::of);
    }

    private static Arbitrary<String> callId() {
        return Arbitraries.of("c1", "c2", "c3", "", "c1_2", "y".repeat(64));
    }

    private static Arbitrary<Item> call() {
        return Combinators.combine(callId(), Arbitraries.of(NAMES), Arbitraries.of(ToolCall.Kind.class),
                Arbitraries.of("{}", "{\"a\":1}", "", "[1]", "\"x\"", "no json", "{\"cut\":"),
                Arbitraries.of("a", "mcp.server", "").optional(0.3), Arbitraries.of(ItemStatus.class).optional(0.3))
                .as((id, name, kind, arguments, space, status) -> new ToolCall(Optional.empty(), status, kind, space, name, id,
                        arguments));
    }

    private static Arbitrary<Item> output() {
        return Combinators.combine(callId(), content().list().ofMaxSize(2), Arbitraries.of(ToolCall.Kind.class))
                .as((id, content, kind) -> ToolOutput.of(id, content).withKind(kind));
    }

    private static Arbitrary<Item> reasoning() {
        return Combinators.combine(text().list().ofMaxSize(2), text().list().ofMaxSize(2),
                Arbitraries.oneOf(text(), carried()).optional())
                .as((summary, content, secret) -> new Reasoning(Optional.of("rs_1"), Optional.empty(), summary, content,
                        secret));
    }

    /** What was given to that client, and to another one. */
    private static Arbitrary<String> carried() {
        Seal other = new Seal(Translations.SEAL.sealing(), "somebody else");
        return Arbitraries.of(Translations.SEAL, other)
                .flatMap(seal -> text().map(text -> seal.seal(Purpose.REASONING, text)));
    }

    private static Arbitrary<Item> hosted() {
        return Arbitraries.of(
                new OpaqueItem("web_search_call", RawJson.of(
                        "{\"type\":\"web_search_call\",\"id\":\"ws_1\",\"action\":{\"type\":\"search\",\"query\":\"q\"}}")),
                new OpaqueItem("local_shell_call_output",
                        RawJson.of("{\"type\":\"local_shell_call_output\",\"output\":\"done\"}")),
                new OpaqueItem("mcp_approval_response", RawJson.of("{\"type\":\"mcp_approval_response\"}")),
                new OpaqueItem("compaction", RawJson.of("{\"type\":\"compaction\",\"encrypted_content\":\"abc\"}")));
    }

    private static Arbitrary<Tool> plain() {
        Arbitrary<Optional<RawJson>> schema = Arbitraries.of("{}", "{\"type\":\"object\",\"properties\":{}}",
                "{\"type\":[\"object\",\"null\"]}", "true").map(RawJson::of).optional();
        Arbitrary<Optional<RawJson>> format = Arbitraries.of("{\"type\":\"text\"}",
                "{\"type\":\"grammar\",\"syntax\":\"lark\",\"definition\":\"start: x\"}").map(RawJson::of).optional();
        return Arbitraries.oneOf(
                Combinators.combine(Arbitraries.of(NAMES), text().optional(), schema)
                        .as((name, text, parameters) -> new Tool.Function(name, text, parameters, Optional.empty())),
                Combinators.combine(Arbitraries.of(NAMES), text().optional(), format).as(Tool.Custom::new),
                Arbitraries.of("web_search", "tool_search")
                        .map(type -> new Tool.Opaque(type, RawJson.of("{\"type\":\"" + type + "\"}"))));
    }

    static Arbitrary<List<Tool>> tools() {
        Arbitrary<Tool> space = Combinators.combine(Arbitraries.of("a", "a__b", "mcp.server", "n".repeat(60)),
                plain().list().ofMaxSize(3)).as((name, tools) -> new Tool.Namespace(name, "", tools));
        return Arbitraries.oneOf(plain(), plain(), space).list().ofMaxSize(6);
    }

    static Arbitrary<ToolChoice> choice() {
        Arbitrary<ToolChoice.Named> named = Arbitraries.oneOf(Arbitraries.of(NAMES).map(ToolChoice.Function::new),
                Arbitraries.of(NAMES).map(ToolChoice.Custom::new),
                Arbitraries.of(new ToolChoice.Opaque(RawJson.of("{\"type\":\"web_search\"}"))));
        return Arbitraries.oneOf(Arbitraries.of(ToolChoice.Mode.class), named.map(choice -> choice),
                Combinators.combine(Arbitraries.of(ToolChoice.Mode.AUTO, ToolChoice.Mode.REQUIRED), named.list().ofMaxSize(3))
                        .as(ToolChoice.Allowed::new));
    }

    /** What is asked besides tools and conversation. */
    static Arbitrary<LlmRequest> options() {
        return Combinators.combine(Arbitraries.of(true, false), Arbitraries.of("auto", "flex").injectNull(0.5),
                Arbitraries.of("auto", "disabled").injectNull(0.5), Arbitraries.of("auto", "detailed").injectNull(0.5),
                Arbitraries.of("reasoning.encrypted_content", "message.output_text.logprobs", "file_search_call.results").list()
                        .ofMaxSize(2),
                Arbitraries.of(0.5).injectNull(0.5), Arbitraries.of(true, false).injectNull(0.5))
                .as((store, tier, truncation, summary, include, penalty, parallel) -> LlmRequest.builder().store(store)
                        .serviceTier(tier).truncation(truncation).reasoningSummary(summary)
                        .include(include.toArray(String[]::new)).frequencyPenalty(penalty).presencePenalty(penalty)
                        .parallelToolCalls(parallel).background(store ? null : false).promptCacheKey("key")
                        .safetyIdentifier("user").metadata("a", "b").seed(penalty == null ? null : 1L).maxToolCalls(3).build());
    }
}

package io.quarkiverse.llm.gateway.runtime.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolOutput;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.quarkiverse.llm.runtime.config.preset.Quirk;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.DegradeMode;
import io.quarkiverse.llm.runtime.wire.chat.ChatCodec;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Servers keep what they have read of a prompt, and read on where the next one goes on: so it must begin the same. */
class PrefixStabilityPropertyTest {

    @Provide
    Arbitrary<List<List<Item>>> turns() {
        return Conversations.item().list().ofMaxSize(6).list().ofMinSize(2).ofMaxSize(6);
    }

    @Provide
    Arbitrary<List<Tool>> tools() {
        return Conversations.tools();
    }

    @Property(tries = 1000)
    void a_grown_conversation_begins_with_the_messages_of_the_shorter_one(@ForAll("turns") List<List<Item>> turns,
            @ForAll("tools") List<Tool> tools, @ForAll Preset preset, @ForAll DegradeMode mode) {
        ProviderSettings settings = Providers.settings(preset, WireApi.CHAT_COMPLETIONS);
        boolean merges = settings.quirks().is(Quirk.MERGE_INSTRUCTIONS);
        assertStable(turns, item -> !(merges && isInstruction(item)),
                items -> messages(translated(items, tools, settings, mode), settings));
    }

    @Property(tries = 500)
    void a_grown_conversation_begins_with_the_items_of_the_shorter_one(@ForAll("turns") List<List<Item>> turns,
            @ForAll("tools") List<Tool> tools, @ForAll Preset preset, @ForAll DegradeMode mode) {
        ProviderSettings settings = Providers.settings(preset, WireApi.RESPONSES);
        assertStable(turns, item -> true, items -> translated(items, tools, settings, mode).input());
    }

    private static void assertStable(List<List<Item>> turns, Predicate<Item> taken, Function<List<Item>, List<?>> sent) {
        List<Item> conversation = new ArrayList<>(List.of(Message.developer("Be brief.")));
        List<?> before = List.of();
        for (List<Item> turn : turns) {
            int answered = conversation.size();
            turn.stream().filter(taken).forEach(conversation::add);
            conversation.add(Message.user("Go on."));
            if (answersWhatWasSentWithout(conversation, answered)) {
                return;
            }
            List<?> now = sent.apply(conversation);
            assertThat(now.subList(0, Math.min(before.size(), now.size()))).isEqualTo(before);
            before = List.copyOf(now);
        }
    }

    private static boolean isInstruction(Item item) {
        return item instanceof Message message && (message.role() == Role.SYSTEM || message.role() == Role.DEVELOPER);
    }

    /** An output that comes a turn late replaces the one that was made up: that turn differs, and must. */
    private static boolean answersWhatWasSentWithout(List<Item> conversation, int begin) {
        CallPairs pairs = CallPairs.of(conversation);
        for (int i = begin; i < conversation.size(); i++) {
            int other = pairs.other(i);
            if (conversation.get(i) instanceof ToolOutput && other >= 0 && other < begin) {
                return true;
            }
        }
        return false;
    }

    private static LlmRequest translated(List<Item> items, List<Tool> tools, ProviderSettings settings, DegradeMode mode) {
        LlmRequest request = LlmRequest.builder().items(items).tools(tools).build();
        return Translations.of(request, Providers.traits(settings), mode).request();
    }

    private static List<String> messages(LlmRequest request, ProviderSettings settings) {
        JsonArray messages = new JsonObject(new String(new ChatCodec(settings).encode(request, true), StandardCharsets.UTF_8))
                .getJsonArray("messages");
        return messages.stream().map(message -> ((JsonObject) message).encode()).toList();
    }
}

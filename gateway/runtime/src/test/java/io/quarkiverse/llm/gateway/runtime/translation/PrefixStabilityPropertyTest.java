package io.quarkiverse.llm.gateway.runtime.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

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
        List<Item> conversation = new ArrayList<>(List.of(Message.developer("Be brief.")));
        List<Object> before = List.of();
        for (List<Item> turn : turns) {
            int answered = conversation.size();
            turn.stream().filter(item -> !(merges && isInstruction(item))).forEach(conversation::add);
            conversation.add(Message.user("Go on."));
            if (answersWhatWasSentWithout(conversation, answered)) {
                return;
            }
            List<Object> messages = messages(conversation, tools, settings, mode);
            assertThat(messages.subList(0, Math.min(before.size(), messages.size()))).isEqualTo(before);
            before = messages;
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

    private static List<Object> messages(List<Item> items, List<Tool> tools, ProviderSettings settings, DegradeMode mode) {
        LlmRequest request = LlmRequest.builder().items(items).tools(tools).build();
        LlmRequest translated = Translations.of(request, Providers.traits(settings), mode).request();
        JsonArray messages = new JsonObject(new String(new ChatCodec(settings).encode(translated, true), StandardCharsets.UTF_8))
                .getJsonArray("messages");
        return messages.stream().map(message -> (Object) ((JsonObject) message).encode()).toList();
    }
}

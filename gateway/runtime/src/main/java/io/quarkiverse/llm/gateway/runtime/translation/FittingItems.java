package io.quarkiverse.llm.gateway.runtime.translation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemReference;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OpaqueItem;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolOutput;
import io.quarkiverse.llm.gateway.runtime.seal.Opening;
import io.quarkiverse.llm.gateway.runtime.translation.FittingContent.Speaker;
import io.quarkiverse.llm.runtime.wire.DegradeMode;
import io.quarkiverse.llm.runtime.wire.JsonObjectTracker;

/**
 * The items of a conversation that the provider can take, each for itself; what stands for the others, or nothing. For one
 * request.
 */
record FittingItems(FittingContent contents, Opening opening) {

    private static final String NO_ARGUMENTS = "{}";

    private ProviderTraits target() {
        return contents.target();
    }

    /**
     * @param place of the item
     * @return the very same item where it fits
     */
    Optional<Item> of(Item item, int place) {
        if (item instanceof Message message) {
            return message(message, place);
        } else if (item instanceof ToolOutput output) {
            return Optional.of(output(output, place));
        } else if (item instanceof ToolCall call) {
            return Optional.of(call(call, place));
        } else if (item instanceof Reasoning reasoning) {
            return reasoning(CarriedReasoning.opened(reasoning, opening), place);
        } else if (item instanceof OpaqueItem opaque) {
            return opaque(opaque, place);
        }
        return reference((ItemReference) item, place);
    }

    private Optional<Item> message(Message message, int place) {
        Speaker speaker = switch (message.role()) {
            case USER -> Speaker.USER;
            case ASSISTANT -> Speaker.ASSISTANT;
            case SYSTEM, DEVELOPER -> Speaker.APPLICATION;
        };
        List<Content> content = contents.of(message.content(), speaker, place);
        if (target().isChatInside()) {
            content = withoutEmptyTexts(content, speaker == Speaker.USER);
            if (content.isEmpty()) {
                contents.notes().add(place, "A message without content was left out");
                return Optional.empty();
            }
        }
        return Optional.of(content == message.content() ? message
                : new Message(message.id(), message.status(), message.role(), content, message.phase()));
    }

    /** Strict servers refuse empty parts, and messages that say nothing; a user who says nothing still has asked. */
    private static List<Content> withoutEmptyTexts(List<Content> content, boolean asks) {
        List<Content> kept = new ArrayList<>(content.size());
        for (Content part : content) {
            if (!(part instanceof Content.Text text && text.text().isEmpty()
                    || part instanceof Content.Refusal refusal && refusal.refusal().isEmpty())) {
                kept.add(part);
            }
        }
        return kept.size() == content.size() || kept.isEmpty() && asks ? content : kept;
    }

    private ToolOutput output(ToolOutput output, int place) {
        List<Content> content = contents.of(output.content(), Speaker.USER, place);
        return content == output.content() ? output
                : new ToolOutput(output.id(), output.status(), output.kind(), output.callId(), content);
    }

    /** Strict servers, and templates, read the arguments of earlier calls. */
    private ToolCall call(ToolCall call, int place) {
        if (!target().isChatInside() || call.kind() == ToolCall.Kind.CUSTOM || isObject(call.arguments())) {
            return call;
        } else if (call.arguments().isBlank()) {
            return call.toBuilder().arguments(NO_ARGUMENTS).build();
        }
        contents.notes().add(place, "The arguments of a call are no JSON object and became the text of one");
        return call.toBuilder().arguments(CustomTool.arguments(call.arguments())).build();
    }

    private static boolean isObject(String arguments) {
        return arguments.stripLeading().startsWith("{") && JsonObjectTracker.isJson(arguments);
    }

    private Optional<Item> reasoning(Reasoning reasoning, int place) {
        if (CarriedReasoning.isCarried(reasoning)) {
            return closed(reasoning, place);
        }
        if (target().isChat() && reasoning.text().isEmpty()) {
            if (reasoning.encryptedContent().isPresent()) {
                contents.notes().add(place, "Encrypted reasoning was left out: only the server that made it can read it");
            }
            return Optional.empty();
        }
        return Optional.of(reasoning);
    }

    /** A provider would refuse what it has not encrypted itself, and the conversation would be over. */
    private Optional<Item> closed(Reasoning reasoning, int place) {
        contents.notes().add(place, "Encrypted reasoning was left out: it was given by a gateway with other"
                + " quarkus.llm-gateway.encryption-keys or to somebody else, or was changed");
        return reasoning.text().isEmpty() ? Optional.empty()
                : Optional.of(new Reasoning(reasoning.id(), reasoning.status(), reasoning.summary(), reasoning.content(),
                        Optional.empty()));
    }

    private Optional<Item> opaque(OpaqueItem item, int place) {
        if (!target().isChatInside()) {
            return Optional.of(item);
        }
        return told(HostedItems.told(item), "An item of type " + item.type(), place);
    }

    private Optional<Item> reference(ItemReference reference, int place) {
        if (target().references()) {
            return Optional.of(reference);
        }
        return told(
                Message.of(Role.ASSISTANT, "[An earlier item of the conversation stood here, which is not known any more.]"),
                "A reference to a stored item", place);
    }

    private Optional<Item> told(Message text, String what, int place) {
        boolean skip = contents.mode() == DegradeMode.SKIP;
        contents.notes().add(place, what + " cannot be taken by the provider and was "
                + (skip ? "left out" : "replaced by a short text"));
        return skip ? Optional.empty() : Optional.of(text);
    }
}

package io.quarkiverse.llm.gateway.runtime.translation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolOutput;

/**
 * A conversation as the provider can take it. Nothing of it is ever refused, unless it is none ({@link OutputsAlone}): the
 * client would send the same again, and be
 * refused for ever.
 * <p>
 * Every call has one output. In Chat Completions it follows the turn of its call, before anything else. An output that has no
 * call, or comes after another one, is told as the user's words, and a call that nobody answered gets an output that says so,
 * also at the end, where servers refuse it just the same. Where the server keeps the beginning of the conversation, calls and
 * outputs may lie there, and none is missed.
 */
final class History {

    private final List<Item> received;
    private final FittingItems fitting;
    private final UnaryOperator<Item> lowering;
    private final Notes notes;
    /** Whether the items become messages of Chat Completions, which are held to an order. */
    private final boolean messages;
    private final boolean chat;
    private final boolean continued;
    private final boolean instructed;
    private final CallPairs pairs;
    private final List<Item> items;
    private final Turn turn = new Turn();
    /** The last turn that had calls, as long as nothing but outputs has come after it. */
    private int answered = -1;
    private boolean same = true;

    private History(LlmRequest request, FittingItems fitting, UnaryOperator<Item> lowering) {
        ProviderTraits target = fitting.contents().target();
        this.received = request.input();
        this.fitting = fitting;
        this.lowering = lowering;
        this.notes = fitting.contents().notes();
        this.messages = target.isChatInside();
        this.chat = target.isChat();
        this.continued = ProviderTraits.isKeptByServer(request);
        this.instructed = request.instructions().isPresent();
        this.pairs = CallPairs.of(received);
        this.items = new ArrayList<>(received.size());
    }

    /**
     * @param fitting the items, each for itself
     * @param lowering what becomes of calls and outputs before
     * @return the very same items where all of them fit
     */
    static List<Item> of(LlmRequest request, FittingItems fitting, UnaryOperator<Item> lowering) {
        return new History(request, fitting, lowering).items();
    }

    private List<Item> items() {
        for (int i = 0; i < received.size(); i++) {
            Item item = received.get(i);
            if (item instanceof ToolOutput output) {
                addOutput(i, output);
            } else if (item instanceof ToolCall call && isAbandoned(i, call)) {
                same = false;
                notes.add(i, "A call was left out that was cut, and that nobody answered");
            } else {
                add(i, item);
            }
        }
        endTurn();
        if (items.isEmpty() && !received.isEmpty() && !continued && !instructed) {
            items.add(Message.user("[The conversation held nothing that can be shown to you.]"));
        }
        return same ? received : items;
    }

    private void add(int index, Item item) {
        Item lowered = lowering.apply(withCallId(index, item));
        Optional<Item> fits = fitting.of(lowered, index);
        same &= fits.isPresent() && fits.get() == item;
        if (fits.isEmpty()) {
            return;
        }
        boolean assistant = !(fits.get() instanceof Message message) || message.role() == Role.ASSISTANT;
        if (!assistant) {
            endTurn();
            answered = -1;
            items.add(fits.get());
        } else {
            turn.add(fits.get(), item instanceof ToolCall ? index : -1);
        }
    }

    private Item withCallId(int index, Item item) {
        return item instanceof ToolCall call && !call.callId().equals(pairs.callId(index))
                ? copy(call, pairs.callId(index))
                : item;
    }

    private static ToolCall copy(ToolCall call, String callId) {
        return new ToolCall(call.id(), call.status(), call.kind(), call.namespace(), call.name(), callId, call.arguments());
    }

    private boolean isAbandoned(int index, ToolCall call) {
        return call.status().filter(ItemStatus.INCOMPLETE::equals).isPresent() && pairs.other(index) < 0;
    }

    private void addOutput(int index, ToolOutput output) {
        int call = pairs.other(index);
        endTurn();
        if (call >= 0 && messages) {
            // written behind the turn of its call
            if (!turn.hadLately(call) || answered < 0) {
                same = false;
                notes.add(index, "The output of a call was moved to its call");
            }
        } else if (call >= 0) {
            Item fits = answer(index, call);
            same &= fits == output;
            items.add(fits);
        } else if (continued && !pairs.isRepeated(index)) {
            addLateAnswer(index);
        } else {
            same = false;
            answered = -1;
            addAsUser(index, output);
        }
    }

    /** Of a call that lies with the server. */
    private void addLateAnswer(int index) {
        Item fits = fitting.of(lowering.apply(received.get(index)), index).orElseThrow();
        same &= fits == received.get(index);
        items.add(fits);
    }

    private Item answer(int output, int call) {
        ToolOutput received = (ToolOutput) this.received.get(output);
        ToolCall.Kind kind = ((ToolCall) this.received.get(call)).kind();
        String callId = pairs.callId(call);
        boolean fits = received.callId().equals(callId) && received.kind() == kind;
        ToolOutput answer = fits ? received
                : new ToolOutput(received.id(), received.status(), kind, callId, received.content());
        return fitting.of(lowering.apply(answer), output).orElseThrow();
    }

    private void addAsUser(int index, ToolOutput output) {
        boolean repeated = pairs.isRepeated(index);
        notes.add(index, repeated ? "A further output of a call that has one was told as a message of the user"
                : "An output without its call was told as a message of the user");
        ToolOutput fits = (ToolOutput) fitting.of(output, index).orElseThrow();
        List<Content> content = new ArrayList<>();
        content.add(Content.text(repeated ? "[A further output of the tool call " + Brief.of(output.callId()) + "]"
                : "[The output of the tool call " + Brief.of(output.callId()) + ", which is not part of this conversation]"));
        content.addAll(fits.content());
        items.add(fitting.of(Message.of(Role.USER, content), index).orElseThrow());
    }

    private void endTurn() {
        if (turn.isEmpty()) {
            return;
        }
        if (chat && !turn.says()) {
            same = false;
            notes.add("input", "Reasoning that led to nothing was left out");
            turn.end();
            return;
        }
        items.addAll(turn.items);
        answered = turn.calls.isEmpty() ? -1 : items.size();
        if (messages) {
            turn.calls.stream().map(pairs::other).filter(output -> output >= 0).sorted()
                    .forEach(output -> addAnswer(output));
        }
        for (int call : turn.calls) {
            if (pairs.other(call) < 0 && !continued) {
                same = false;
                notes.add(call, "A call without an output got one that says so");
                ToolOutput none = ToolOutput.of(pairs.callId(call), "[No output of this call was recorded.]")
                        .withKind(((ToolCall) received.get(call)).kind());
                items.add(lowering.apply(none));
            }
        }
        turn.end();
    }

    private void addAnswer(int output) {
        Item fits = answer(output, pairs.other(output));
        same &= fits == received.get(output);
        items.add(fits);
    }

    /** What the assistant does between two others. */
    private static final class Turn {

        final List<Item> items = new ArrayList<>();
        final List<Integer> calls = new ArrayList<>();
        private int firstCall = Integer.MAX_VALUE;

        void add(Item item, int call) {
            items.add(item);
            if (call >= 0) {
                calls.add(call);
            }
        }

        boolean isEmpty() {
            return items.isEmpty();
        }

        boolean says() {
            return items.stream().anyMatch(item -> !(item instanceof Reasoning));
        }

        boolean hadLately(int call) {
            return call >= firstCall;
        }

        void end() {
            if (!calls.isEmpty()) {
                firstCall = calls.get(0);
            }
            items.clear();
            calls.clear();
        }
    }
}

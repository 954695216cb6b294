package io.quarkiverse.llm.runtime.wire.responses;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.Repair;
import io.quarkiverse.llm.runtime.wire.Ids;
import io.quarkiverse.llm.runtime.wire.JsonObjectTracker;
import io.quarkiverse.llm.runtime.wire.RepairLog;

/**
 * Puts tool calls together. A call begins when its item is known with its name; what comes before waits. A function call
 * completes when its arguments are told to be over and are a JSON object. No arguments at all, which are an empty object, and
 * the input of a custom call do not tell by themselves that nothing is missing: servers end those of a cut call, too. Such a
 * call completes when its item is told to be over, and is not told to be incomplete. What has not completed stays open to the
 * end.
 */
final class CallAssembler {

    private final Output output;
    private final RepairLog repairs;
    private final Set<String> callIds = new HashSet<>();
    private boolean completedAny;

    CallAssembler(Output output, RepairLog repairs) {
        this.output = output;
        this.repairs = repairs;
    }

    void added(OpenCall call, ReceivedItem received, String where) {
        String arguments = received.arguments();
        call.announcedArguments = arguments == null ? "" : arguments;
        beginIfNamed(call, where);
    }

    private void beginIfNamed(OpenCall call, String where) {
        if (call.name == null || call.hasBegun()) {
            return;
        }
        identify(call, where);
        output.begin(call, where);
        output.emit(new LlmEvent.ToolCallStart(call.id, call.outputIndex, call.callKind(), Optional.ofNullable(call.namespace),
                call.name, call.callId));
        emitDelta(call, call.arguments());
    }

    private void identify(OpenCall call, String where) {
        if (call.serverCallId == null) {
            repairs.add(Repair.MISSING_CALL_ID, where, "has a call without call_id");
        } else if (!callIds.add(call.serverCallId)) {
            repairs.add(Repair.MISSING_CALL_ID, where, "has a call with the call_id of another");
        } else {
            call.callId = call.serverCallId;
            return;
        }
        call.callId = Ids.made("call");
    }

    void delta(OpenCall call, String delta, String where) {
        boolean custom = call.kind == ItemKind.CUSTOM_CALL;
        if (call.over || call.completed || custom && call.argumentsOver || call.hasLastBrace() && !delta.isBlank()) {
            repairs.add(Repair.CONTRADICTING_DONE, where, "comes after the end of its call");
            return;
        }
        append(call, delta);
    }

    private void append(OpenCall call, String delta) {
        call.append(delta);
        if (call.hasBegun()) {
            emitDelta(call, delta);
        }
    }

    private void emitDelta(OpenCall call, String delta) {
        if (!delta.isEmpty()) {
            output.emit(new LlmEvent.ToolCallArgumentsDelta(call.id, call.outputIndex, call.callId, delta));
        }
    }

    void argumentsDone(OpenCall call, String whole, String name, String where) {
        if (call.over || call.completed) {
            return;
        }
        call.name = call.name == null ? name : call.name;
        call.argumentsOver = true;
        settle(call, whole, true, where);
        if (call.hasWholeObject()) {
            complete(call);
        }
    }

    /**
     * @param told whether the content should have come before
     */
    void itemDone(OpenCall call, ReceivedItem received, boolean told, String where) {
        if (told && !call.argumentsOver) {
            repairs.add(Repair.MISSING_DONE, where, "ends a call whose arguments were not ended");
        }
        call.argumentsOver = true;
        settle(call, received.arguments(), told, where);
        beginIfNamed(call, where);
        call.cut = received.status() == ItemStatus.INCOMPLETE;
        if (!call.cut && complete(call)) {
            output.close(call, ItemStatus.COMPLETED);
        }
    }

    private void settle(OpenCall call, String told, boolean shouldHaveCome, String where) {
        String whole = told == null || told.isBlank() || told.strip().equals("null") ? call.announcedArguments : told;
        String streamed = call.arguments();
        if (whole.isEmpty() || whole.equals(streamed)) {
            return;
        }
        if (!call.hasBegun()) {
            call.forgetArguments();
            append(call, whole);
        } else if (whole.startsWith(streamed)) {
            if (shouldHaveCome) {
                repairs.add(Repair.MISSING_DELTAS, where, "has arguments that did not come in deltas");
            }
            append(call, whole.substring(streamed.length()));
        } else if (!JsonObjectTracker.isSame(streamed, whole)) {
            repairs.add(Repair.CONTRADICTING_DONE, where, "has other arguments than its deltas");
        }
    }

    /** @return whether it is complete */
    private boolean complete(OpenCall call) {
        if (call.completed || !call.hasBegun() || call.name == null) {
            return call.completed;
        }
        if (call.kind == ItemKind.FUNCTION_CALL) {
            if (!call.hasArguments()) {
                append(call, "{}");
            } else if (!call.hasWholeObject()) {
                return false;
            }
        }
        call.completed = true;
        completedAny = true;
        output.emit(new LlmEvent.ToolCallComplete(call.id, call.outputIndex, call.snapshot(Optional.of(ItemStatus.COMPLETED))));
        return true;
    }

    /**
     * The response is over: closes the call.
     *
     * @param cut whether the model was stopped in the middle
     * @return whether the call is whole
     */
    boolean end(OpenCall call, boolean cut, String where) {
        if (!call.argumentsOver && !cut) {
            settle(call, call.announcedArguments, true, where);
        }
        beginIfNamed(call, where);
        if (!call.hasBegun()) {
            identify(call, where);
            output.begin(call, where);
        }
        boolean whole = (!cut && !call.cut || call.hasWholeObject()) && complete(call);
        output.close(call, whole || call.completed ? ItemStatus.COMPLETED : ItemStatus.INCOMPLETE);
        return whole || call.completed;
    }

    boolean hasCompletedAny() {
        return completedAny;
    }
}

package io.quarkiverse.llm.runtime.wire.chat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.Repair;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.runtime.wire.Ids;
import io.quarkiverse.llm.runtime.wire.RepairLog;

/**
 * Puts tool calls together from the fragments of a Chat Completions stream, for servers that number them, name them, do
 * both, do neither, or do it wrong.
 * <p>
 * A fragment belongs to the call of its index, else of its id, else to the last one; it begins another call when what it
 * says cannot be said of that one. A call starts when its name is known. It completes when the answer ends, and earlier
 * only when something else begins while its arguments are a whole JSON object: a server may always send the rest of
 * arguments that are not (vercel/ai #13137).
 */
final class ToolCallAssembler {

    private static final String A_TOOL_CALL = "a tool call";

    private final ResponseAssembler response;
    private final RepairLog repairs;
    private final List<ToolCallInProgress> calls = new ArrayList<>();
    private final Map<Integer, ToolCallInProgress> byIndex = new HashMap<>();
    private final Set<String> callIds = new HashSet<>();
    private boolean completed;

    ToolCallAssembler(ResponseAssembler response, RepairLog repairs) {
        this.response = response;
        this.repairs = repairs;
    }

    /** @return whether it brought anything */
    boolean fragment(int index, String id, ToolCall.Kind kind, String name, String arguments) {
        String knownId = id == null || id.isEmpty() ? null : id;
        String knownName = name == null || name.isEmpty() ? null : name;
        ToolCallInProgress call = index >= 0 ? ofIndex(index, knownId, knownName, arguments)
                : knownId != null ? ofId(knownId, knownName, arguments) : ofOrder(knownName, arguments);
        if (index >= 0) {
            byIndex.put(index, call);
        }
        String callName = knownName == null ? call.announcedName : knownName;
        boolean starts = call.isOpen() && call.name == null && callName != null;
        if (starts) {
            call.name = callName;
            call.kind = kind;
            start(call);
        }
        if (!call.isOpen() || call.hasWholeObject()) {
            // Nothing can follow the last brace of an object: servers repeat themselves, or send line ends.
            return starts;
        }
        append(call, arguments);
        return starts || !isBlank(arguments);
    }

    private ToolCallInProgress ofIndex(int index, String id, String name, String arguments) {
        ToolCallInProgress call = byIndex.get(index);
        if (call == null) {
            // The index of some servers counts fragments: an id that is known and no name mean the same call.
            ToolCallInProgress known = name != null ? null : id != null ? find(id) : last();
            return known != null && (id != null || isContinued(known, arguments)) ? known : open(id);
        }
        if (id != null && call.serverId != null && !id.equals(call.serverId)) {
            // All calls under one index (ollama #15457), unless the server makes up a new id for each fragment.
            ToolCallInProgress known = find(id);
            boolean begins = name != null && !(name.equals(call.name) && isContinued(call, arguments));
            if (known == null && begins) {
                repairs.add(Repair.MISSING_INDEX, A_TOOL_CALL, "has the index of another");
                return open(id);
            }
            return known != null ? known : call;
        }
        return isAnother(call, name, arguments) && !isRepeated(call, name, arguments) ? openAfter(call, id, name) : call;
    }

    /** Whether these arguments go on where those of the call stopped: they cannot be the beginning of an object. */
    private static boolean isContinued(ToolCallInProgress call, String arguments) {
        return call.name != null && call.hasArguments() && !call.hasWholeObject() && !isBlank(arguments)
                && arguments.stripLeading().charAt(0) != '{';
    }

    private static boolean isBlank(String arguments) {
        return arguments == null || arguments.isBlank();
    }

    private ToolCallInProgress ofId(String id, String name, String arguments) {
        ToolCallInProgress known = find(id);
        if (known != null) {
            return isAnother(known, name, arguments) && !isRepeated(known, name, arguments) ? openAfter(known, id, name)
                    : known;
        }
        ToolCallInProgress last = last();
        boolean lateId = last != null && last.serverId == null && !last.hasWholeObject()
                && (name == null || name.equals(last.name) && !last.hasArguments());
        return lateId ? last : open(id);
    }

    private ToolCallInProgress ofOrder(String name, String arguments) {
        ToolCallInProgress last = last();
        if (last == null) {
            return open(null);
        }
        return isAnother(last, name, arguments) ? openAfter(last, null, name) : last;
    }

    /** Whether a fragment that would belong to the call, going by index, id or order, must be the beginning of another one. */
    private static boolean isAnother(ToolCallInProgress call, String name, String arguments) {
        boolean more = !isBlank(arguments);
        if (name == null) {
            return more && call.isNamedAgain();
        }
        if (call.name == null || !name.equals(call.name)) {
            return call.name != null;
        }
        boolean whole = call.hasWholeObject() || call.hasPlaceholder();
        if (whole && !more) {
            // The name repeated, or another call of the same tool: the next arguments will tell.
            call.nameAgain();
        }
        return whole && more;
    }

    private static boolean isRepeated(ToolCallInProgress call, String name, String arguments) {
        return (name == null || name.equals(call.name)) && !isBlank(arguments) && call.isRepeatedBy(arguments);
    }

    private ToolCallInProgress openAfter(ToolCallInProgress call, String serverId, String name) {
        ToolCallInProgress next = open(serverId);
        next.announcedName = name == null ? call.name : name;
        return next;
    }

    private ToolCallInProgress find(String serverId) {
        for (ToolCallInProgress call : calls) {
            if (serverId.equals(call.serverId)) {
                return call;
            }
        }
        return null;
    }

    private ToolCallInProgress last() {
        return calls.isEmpty() ? null : calls.get(calls.size() - 1);
    }

    private ToolCallInProgress open(String serverId) {
        boolean unique = serverId != null && callIds.add(serverId);
        if (!unique) {
            repairs.add(Repair.MISSING_CALL_ID, A_TOOL_CALL, serverId == null ? "has no id" : "has the id of another");
        }
        ToolCallInProgress call = new ToolCallInProgress(serverId, unique ? serverId : Ids.made("call"));
        calls.add(call);
        return call;
    }

    private void start(ToolCallInProgress call) {
        response.begin(call);
        response.emit(new LlmEvent.ToolCallStart(call.id, call.outputIndex, call.kind, Optional.empty(), call.name,
                call.callId));
        emitDelta(call, call.arguments());
    }

    private void append(ToolCallInProgress call, String arguments) {
        if (arguments == null || arguments.isEmpty() || call.holdBack(arguments)) {
            return;
        }
        call.append(arguments);
        if (call.outputIndex >= 0) {
            emitDelta(call, arguments);
        }
    }

    private void emitDelta(ToolCallInProgress call, String delta) {
        if (!delta.isEmpty()) {
            response.emit(new LlmEvent.ToolCallArgumentsDelta(call.id, call.outputIndex, call.callId, delta));
        }
    }

    /** Completes the calls to which nothing can be added any more. */
    void completeReady() {
        for (ToolCallInProgress call : calls) {
            if (call.isOpen() && call.outputIndex >= 0 && call.hasWholeObject()) {
                complete(call);
            }
        }
    }

    /**
     * The answer has ended: completes the calls that are whole, and closes the others as incomplete.
     *
     * @param cut whether the model was stopped in the middle
     * @return whether all calls are whole
     */
    boolean closeAll(boolean cut) {
        boolean whole = true;
        for (ToolCallInProgress call : calls) {
            if (!call.isOpen()) {
                continue;
            }
            if (isWhole(call, cut)) {
                complete(call);
            } else {
                whole = false;
                if (call.outputIndex < 0) {
                    response.begin(call);
                }
                response.close(call, ItemStatus.INCOMPLETE);
            }
        }
        return whole;
    }

    private boolean isWhole(ToolCallInProgress call, boolean cut) {
        if (call.name == null) {
            return false;
        }
        if (cut) {
            // Only an object tells by itself that nothing is missing: 1 may have been about to become 12.
            return call.hasWholeObject();
        }
        return call.kind == ToolCall.Kind.CUSTOM || !call.hasArguments() || call.hasWholeObject();
    }

    private void complete(ToolCallInProgress call) {
        if (call.kind == ToolCall.Kind.FUNCTION && !call.hasArguments()) {
            // A function without parameters: some servers send nothing where an empty object is meant.
            call.append("{}");
            emitDelta(call, "{}");
        }
        completed = true;
        ToolCall whole = call.snapshot(ItemStatus.COMPLETED);
        response.emit(new LlmEvent.ToolCallComplete(call.id, call.outputIndex, whole));
        response.close(call, ItemStatus.COMPLETED);
    }

    boolean hasCompleted() {
        return completed;
    }
}

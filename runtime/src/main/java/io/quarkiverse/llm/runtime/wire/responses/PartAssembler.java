package io.quarkiverse.llm.runtime.wire.responses;

import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.Annotation;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ReasoningDelta;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Repair;
import io.quarkiverse.llm.runtime.wire.RepairLog;

/**
 * Puts the parts of messages and of reasoning together: from deltas, and from what is told once more at the end of a text, of
 * its part and of its item.
 */
final class PartAssembler {

    private final Output output;
    private final RepairLog repairs;

    PartAssembler(Output output, RepairLog repairs) {
        this.output = output;
        this.repairs = repairs;
    }

    void added(OpenParts item, ReceivedPart received, int serverIndex, String where) {
        Parts parts = item.parts(received.kind());
        if (serverIndex == ResponsesEvent.NO_INDEX) {
            repairs.add(Repair.MISSING_INDEX, where, "does not say which part it is of");
        }
        Part part = serverIndex == ResponsesEvent.NO_INDEX ? null : parts.find(received.kind(), serverIndex);
        Part last = parts.last(received.kind());
        if (part == null && last != null && !last.added && !last.over && last.serverIndex == ResponsesEvent.NO_INDEX) {
            // its content came before it
            part = last;
        } else if (part == null) {
            part = parts.add(received.kind(), serverIndex);
        }
        part.added = true;
        if (part.kind == PartKind.OTHER) {
            part.keep(received);
        }
    }

    void delta(OpenParts item, PartKind kind, int serverIndex, String delta, RawJson logprobs, String where) {
        if (item.over) {
            repairs.add(Repair.CONTRADICTING_DONE, where, "comes after the end of its item");
            return;
        }
        Part part = find(item, kind, serverIndex, where);
        if (part == null || serverIndex == ResponsesEvent.NO_INDEX && part.over) {
            part = neverAdded(item, kind, serverIndex, where);
        }
        part.over = false;
        append(item, part, delta, logprobs);
    }

    private Part find(OpenParts item, PartKind kind, int serverIndex, String where) {
        Parts parts = item.parts(kind);
        if (serverIndex == ResponsesEvent.NO_INDEX) {
            repairs.add(Repair.MISSING_INDEX, where, "does not say which part it is of");
            return parts.last(kind);
        }
        Part part = parts.find(kind, serverIndex);
        Part last = part == null ? parts.last(kind) : null;
        return last != null && last.serverIndex == ResponsesEvent.NO_INDEX && !last.over ? last : part;
    }

    /** The part that ends: in a burst of ends that tell no index, the first one which what is told can be of. */
    private Part findEnded(OpenParts item, PartKind kind, int serverIndex, String told, String where) {
        Part part = find(item, kind, serverIndex, where);
        return serverIndex == ResponsesEvent.NO_INDEX && told != null ? item.parts(kind).ending(kind, told, part) : part;
    }

    private Part neverAdded(OpenParts item, PartKind kind, int serverIndex, String where) {
        repairs.add(Repair.PART_NEVER_ADDED, where, "is of a part that was not added");
        return item.parts(kind).add(kind, serverIndex);
    }

    private void append(OpenParts item, Part part, String delta, RawJson logprobs) {
        part.append(delta, logprobs);
        output.emit(switch (part.kind) {
            case REFUSAL -> new LlmEvent.RefusalDelta(item.id, item.outputIndex, part.index, delta);
            case SUMMARY -> new ReasoningDelta(item.id, item.outputIndex, ReasoningDelta.Kind.SUMMARY, part.index, delta);
            case REASONING -> new ReasoningDelta(item.id, item.outputIndex, ReasoningDelta.Kind.TEXT, part.index, delta);
            default -> new LlmEvent.TextDelta(item.id, item.outputIndex, part.index, delta, Optional.ofNullable(logprobs));
        });
    }

    void annotation(OpenParts item, int serverIndex, Annotation annotation, String where) {
        if (item.over) {
            repairs.add(Repair.CONTRADICTING_DONE, where, "comes after the end of its item");
            return;
        }
        Part part = find(item, PartKind.TEXT, serverIndex, where);
        annotate(item, part == null ? neverAdded(item, PartKind.TEXT, serverIndex, where) : part, annotation);
    }

    private void annotate(OpenParts item, Part part, Annotation annotation) {
        int index = part.annotate(annotation);
        output.emit(new LlmEvent.AnnotationAdded(item.id, item.outputIndex, part.index, index, annotation));
    }

    /** The end of a text, whose part goes on. */
    void textDone(OpenParts item, PartKind kind, int serverIndex, String whole, RawJson logprobs, String where) {
        if (item.over) {
            return;
        }
        Part part = findEnded(item, kind, serverIndex, whole, where);
        if (part == null) {
            part = neverAdded(item, kind, serverIndex, where);
        }
        part.over = true;
        if (whole != null) {
            settle(item, part, whole, true, where);
        }
        if (logprobs != null) {
            part.replaceLogprobs(logprobs);
        }
    }

    void partDone(OpenParts item, ReceivedPart received, int serverIndex, String where) {
        if (item.over) {
            return;
        }
        Part part = findEnded(item, received.kind(), serverIndex, received.text(), where);
        if (part == null) {
            part = neverAdded(item, received.kind(), serverIndex, where);
        }
        part.over = true;
        part.ended = true;
        whole(item, part, received, true, where);
    }

    /**
     * @param told whether the content should have come before
     */
    void itemDone(OpenParts item, ReceivedItem received, boolean told, String where) {
        if (item.kind == ItemKind.REASONING) {
            whole(item, item.parts(PartKind.SUMMARY), received.summary(), told, where);
            whole(item, item.parts(PartKind.REASONING), received.content(), told, where);
        } else {
            whole(item, item.parts(PartKind.TEXT), received.content(), told, where);
        }
    }

    private void whole(OpenParts item, Parts parts, List<ReceivedPart> received, boolean told, String where) {
        boolean partsEnded = true;
        for (int i = 0; i < parts.size(); i++) {
            partsEnded &= parts.get(i).over || parts.get(i).kind == PartKind.OTHER;
        }
        if (!partsEnded) {
            repairs.add(Repair.MISSING_DONE, where, "ends an item whose content was not ended");
        }
        if (received.size() < parts.size()) {
            repairs.add(Repair.CONTRADICTING_DONE, where, "ends an item without content that came");
        }
        Part[] found = parts.match(received);
        for (int i = 0; i < received.size(); i++) {
            ReceivedPart one = received.get(i);
            // at the end: where a part stands has been said by its deltas
            Part part = found[i] == null ? parts.add(one.kind(), i) : found[i];
            part.over = true;
            whole(item, part, one, told, where);
        }
    }

    private void whole(OpenParts item, Part part, ReceivedPart received, boolean told, String where) {
        if (part.kind == PartKind.OTHER) {
            part.keep(received);
            return;
        }
        settle(item, part, received.text(), told, where);
        if (received.logprobs() != null) {
            part.replaceLogprobs(received.logprobs());
        }
        List<Annotation> annotations = received.annotations();
        if (told && annotations.size() > part.annotations().size()) {
            repairs.add(Repair.MISSING_DELTAS, where, "has annotations that did not come before");
        }
        for (int i = part.annotations().size(); i < annotations.size(); i++) {
            annotate(item, part, annotations.get(i));
        }
    }

    private void settle(OpenParts item, Part part, String whole, boolean told, String where) {
        if (part.isWhole(whole)) {
            return;
        }
        if (part.isBeginningOf(whole)) {
            if (told) {
                repairs.add(Repair.MISSING_DELTAS, where, "has content that did not come in deltas");
            }
            append(item, part, whole.substring(part.streamedLength()), null);
            return;
        }
        repairs.add(Repair.CONTRADICTING_DONE, where, "has other content than its deltas");
        if (!part.goesBeyond(whole)) {
            part.replaceText(whole);
        }
    }
}

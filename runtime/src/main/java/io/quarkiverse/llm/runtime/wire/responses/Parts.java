package io.quarkiverse.llm.runtime.wire.responses;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

import io.quarkiverse.llm.Content;

/** The parts of an item in their order. */
final class Parts {

    private final List<Part> list = new ArrayList<>(1);

    int size() {
        return list.size();
    }

    Part get(int index) {
        return list.get(index);
    }

    /** The part that the server calls so; {@code null} when there is none of that kind. */
    Part find(PartKind kind, int serverIndex) {
        for (int i = list.size() - 1; i >= 0; i--) {
            Part part = list.get(i);
            if (part.serverIndex == serverIndex && part.kind == kind) {
                return part;
            }
        }
        return null;
    }

    /** The last one, when it is of that kind. */
    Part last(PartKind kind) {
        Part last = list.isEmpty() ? null : list.get(list.size() - 1);
        return last != null && last.kind == kind ? last : null;
    }

    /** The first one of that kind that has not ended and to which this text can belong; else that which is given. */
    Part ending(PartKind kind, String text, Part otherwise) {
        for (Part part : list) {
            if (part.kind == kind && !part.ended && (part.isWhole(text) || !part.over && part.isBeginningOf(text))) {
                return part;
            }
        }
        return otherwise;
    }

    Part add(PartKind kind, int serverIndex) {
        Part part = new Part(kind, list.size(), serverIndex);
        list.add(part);
        return part;
    }

    /**
     * Of each part that is told at the end of their item the one that came; {@code null} when it has not come. Servers tell
     * parts there that they did not stream, in front of the others, too: a part is known by its content, else by its place,
     * else it is the next of its kind.
     */
    Part[] match(List<ReceivedPart> told) {
        Part[] found = new Part[told.size()];
        Set<Part> taken = new HashSet<>();
        match(told, found, taken, (part, i) -> part.serverIndex == i && part.isWhole(told.get(i).text()));
        match(told, found, taken, (part, i) -> part.isWhole(told.get(i).text()));
        match(told, found, taken, (part, i) -> part.serverIndex == i);
        match(told, found, taken, (part, i) -> true);
        return found;
    }

    private void match(List<ReceivedPart> told, Part[] found, Set<Part> taken, BiPredicate<Part, Integer> condition) {
        for (int i = 0; i < found.length && taken.size() < list.size(); i++) {
            for (int j = 0; j < list.size() && found[i] == null; j++) {
                Part part = list.get(j);
                if (part.kind == told.get(i).kind() && !taken.contains(part) && condition.test(part, i)) {
                    found[i] = part;
                    taken.add(part);
                }
            }
        }
    }

    /** Whether one of them is exactly this. */
    boolean say(String whole) {
        return list.stream().anyMatch(part -> part.isWhole(whole));
    }

    /** Whether this is their text, however it is divided. */
    boolean areTold(List<ReceivedPart> received) {
        return received.stream().map(ReceivedPart::text).collect(Collectors.joining()).equals(String.join("", texts()));
    }

    List<Content> contents() {
        return list.stream().map(Part::content).toList();
    }

    List<String> texts() {
        return list.stream().map(Part::text).toList();
    }
}

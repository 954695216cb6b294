package io.quarkiverse.llm.gateway.runtime.compaction;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.llm.RawJson;

/**
 * What of a conversation is told in a summary, and what stays word for word: what the application has said, the step that the
 * model is at, with the calls whose outputs are there or still to come, and all from there on. Where the user has said nothing
 * in that step, what he said last stays, too.
 *
 * @param application what the application has said before the step, in its order
 * @param told what the summary is of, in its order
 * @param user what the user said last before the step, where he says nothing in it
 * @param step all from the step on
 */
public record Cut(List<RawJson> application, List<RawJson> told, Optional<RawJson> user, List<RawJson> step) {

    /** In characters of its JSON. What is longer is not kept twice. */
    private static final int LONGEST_OF_USER = 40_000;

    public Cut {
        application = List.copyOf(application);
        told = List.copyOf(told);
        step = List.copyOf(step);
    }

    /**
     * Before what a request says itself, or, where it says all of the conversation, before its last step.
     *
     * @param items all of the conversation
     * @param own the place of the first one that the request says itself; 0 where it says all of it
     * @return empty where there is nothing to tell
     */
    public static Optional<Cut> of(List<RawJson> items, int own) {
        List<ItemKind> kinds = items.stream().map(ItemKind::of).toList();
        int step = own > 0 ? own : lastStep(kinds);
        int from = withItsCalls(items, kinds, step);
        List<RawJson> application = new ArrayList<>();
        List<RawJson> told = new ArrayList<>();
        Optional<RawJson> user = Optional.empty();
        for (int i = 0; i < from; i++) {
            if (kinds.get(i) == ItemKind.APPLICATION) {
                application.add(items.get(i));
            } else {
                told.add(items.get(i));
                user = kinds.get(i) == ItemKind.USER ? Optional.of(items.get(i)) : user;
            }
        }
        boolean needed = !kinds.subList(from, items.size()).contains(ItemKind.USER);
        // nothing new: the notes alone, and what was kept with them
        boolean nothing = told.stream().allMatch(item -> Compacted.isNotes(item) || ItemKind.of(item) == ItemKind.USER
                && told.size() <= 2 && Compacted.isNotes(told.get(0)));
        return nothing ? Optional.empty()
                : Optional.of(new Cut(application, told, user.filter(said -> needed && !Compacted.isNotes(said)
                        && said.text().length() <= LONGEST_OF_USER), items.subList(from, items.size())));
    }

    /** What came after the model's last word; where it has said nothing, the last item alone. */
    private static int lastStep(List<ItemKind> kinds) {
        int step = kinds.size();
        while (step > 0 && kinds.get(step - 1) != ItemKind.ASSISTANT) {
            step--;
        }
        return step > 0 ? step : Math.max(0, kinds.size() - 1);
    }

    /** The step begins with the turn of the first call whose output is in it, or that the model waits for. */
    private static int withItsCalls(List<RawJson> items, List<ItemKind> kinds, int step) {
        int from = firstWaiting(items, kinds, step);
        int call = firstAnswered(items, from);
        while (call < from) {
            from = turnOf(kinds, call);
            call = firstAnswered(items, from);
        }
        return from;
    }

    /** The first call of the last turn that has no output yet. */
    private static int firstWaiting(List<RawJson> items, List<ItemKind> kinds, int step) {
        for (int i = turnOf(kinds, step); i < step; i++) {
            if (ItemKind.call(items.get(i)).isPresent()) {
                return turnOf(kinds, i);
            }
        }
        return step;
    }

    /** Of the calls whose outputs come from there on, the first. Of calls with one id it is the last that is answered. */
    private static int firstAnswered(List<RawJson> items, int from) {
        Set<String> missing = new HashSet<>();
        for (int i = items.size() - 1; i >= from; i--) {
            ItemKind.output(items.get(i)).ifPresent(missing::add);
            ItemKind.call(items.get(i)).ifPresent(missing::remove);
        }
        int first = from;
        for (int i = from - 1; i >= 0 && !missing.isEmpty(); i--) {
            if (ItemKind.call(items.get(i)).filter(missing::remove).isPresent()) {
                first = i;
            }
        }
        return first;
    }

    private static int turnOf(List<ItemKind> kinds, int place) {
        int turn = place;
        while (turn > 0 && kinds.get(turn - 1) == ItemKind.ASSISTANT) {
            turn--;
        }
        return turn;
    }

    /** All that stays word for word behind the summary. */
    List<RawJson> last() {
        List<RawJson> last = new ArrayList<>();
        user.ifPresent(last::add);
        last.addAll(step);
        return last;
    }

    /** What stands for the conversation, with that summary. */
    public Compacted with(String summary) {
        return new Compacted(true, application, summary, last());
    }
}

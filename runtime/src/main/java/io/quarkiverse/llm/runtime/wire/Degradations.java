package io.quarkiverse.llm.runtime.wire;

import java.util.ArrayList;
import java.util.List;

/** Collects what of a request could not be handed on as it was, as far as anybody reads it. */
public final class Degradations {

    /** More than anybody reads, and no more than a line of a log can hold. */
    private static final int MAX = 50;

    private final String conversation;
    private final List<Degradation> all;

    /**
     * @param conversation the field that has it, such as {@code input}
     */
    public Degradations(String conversation) {
        this(conversation, List.of());
    }

    /**
     * @param before those that were collected earlier, which count
     */
    public Degradations(String conversation, List<Degradation> before) {
        this.conversation = conversation;
        this.all = new ArrayList<>(before);
    }

    /** Adds one; the one behind the last that is listed says that there are more. */
    public void add(String place, String what) {
        if (all.size() < MAX) {
            all.add(new Degradation(place, what));
        } else if (all.size() == MAX) {
            all.add(new Degradation(conversation, "There is more of the kind, which is not listed."));
        }
    }

    /** A copy. */
    public List<Degradation> all() {
        return List.copyOf(all);
    }
}

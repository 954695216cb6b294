package io.quarkiverse.llm.gateway.runtime.compaction;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.gateway.runtime.seal.Seal;
import io.quarkiverse.llm.gateway.runtime.state.ItemResource;
import io.quarkiverse.llm.runtime.wire.Ids;

/**
 * What a client goes on with in place of a conversation: the messages of the user and of the application, as OpenAI's servers
 * keep them, and behind them the item that stands for all the rest. Of the user's messages those that were said last are kept,
 * about 20,000 tokens of them; what was said before is in the notes.
 */
public final class CompactedWindow {

    static final int MOST_TOKENS = 20_000;

    private CompactedWindow() {
    }

    /**
     * @param notes the summary of what the cut tells
     */
    public static List<RawJson> of(Cut cut, String notes, Seal seal) {
        List<RawJson> messages = new ArrayList<>();
        List<RawJson> others = new ArrayList<>();
        cut.application().forEach(item -> (isMessage(item) ? messages : others).add(item));
        messages.addAll(lately(cut.told()));
        List<RawJson> window = new ArrayList<>();
        messages.forEach(item -> window.add(shown(item)));
        window.add(new Compacted(false, others, notes, cut.step()).item(Ids.made("cmp"), seal));
        return window;
    }

    private static boolean isMessage(RawJson item) {
        return ItemResource.type(item).equals("message");
    }

    private static RawJson shown(RawJson item) {
        return ItemResource.of(ItemKind.text(item, "id").filter(id -> !id.isBlank()).orElseGet(() -> ItemResource.newId(item)),
                item);
    }

    private static List<RawJson> lately(List<RawJson> told) {
        List<RawJson> kept = new ArrayList<>();
        long tokens = 0;
        for (int i = told.size() - 1; i >= 0; i--) {
            RawJson item = told.get(i);
            if (ItemKind.of(item) == ItemKind.USER && !Compacted.isNotes(item)) {
                tokens += TokenEstimate.of(item);
                if (tokens > MOST_TOKENS) {
                    break;
                }
                kept.add(item);
            }
        }
        Collections.reverse(kept);
        return kept;
    }
}

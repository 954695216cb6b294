package io.quarkiverse.llm.gateway.runtime.compaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.gateway.runtime.seal.Opening;
import io.quarkiverse.llm.gateway.runtime.seal.Seal;
import io.quarkiverse.llm.gateway.runtime.seal.Sealing;
import io.quarkiverse.llm.runtime.wire.Degradation;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;

/**
 * A conversation with what its compactions stand for in their places, and without what they stand for. One of another
 * server stays as it is: the provider may be that server. One that this gateway has made and cannot open any more
 * becomes a short text, since the conversation would be over if it were refused.
 *
 * @param items the very same list where there is no compaction of ours
 * @param own where those begin that the request says itself
 * @param degradations what could not be opened
 */
public record OpenedItems(List<RawJson> items, int own, List<Degradation> degradations) {

    private static final RawJson CLOSED = RawJson.verbatim("{\"type\":\"message\",\"role\":\"user\",\"content\":"
            + "\"[The earlier part of this conversation was shortened to notes, which cannot be shown to you.]\"}");

    /**
     * @param own where those begin that the request says itself
     * @throws InvalidRequestException when the compactions stand for too much together
     */
    public static OpenedItems of(List<RawJson> items, int own, Seal seal) {
        if (items.stream().noneMatch(Compacted::isItem)) {
            return new OpenedItems(items, own, List.of());
        }
        Opening opening = new Opening(seal);
        List<RawJson> opened = new ArrayList<>();
        List<Degradation> degradations = new ArrayList<>();
        int ownOpened = 0;
        boolean same = true;
        for (int i = 0; i < items.size(); i++) {
            if (i == own) {
                ownOpened = opened.size();
            }
            RawJson item = items.get(i);
            Optional<String> content = Compacted.isItem(item) ? Compacted.content(item) : Optional.empty();
            Optional<Compacted> compacted = content.flatMap(sealed -> Compacted.open(sealed, opening));
            same &= content.filter(Sealing::isSealed).isEmpty();
            if (compacted.isPresent()) {
                if (compacted.get().whole()) {
                    opened.clear();
                    ownOpened = 0;
                }
                opened.addAll(compacted.get().items());
            } else if (content.filter(Sealing::isSealed).isPresent()) {
                opened.add(CLOSED);
                degradations
                        .add(new Degradation("input[" + i + "]", "A compaction was replaced by a short text: it was given by"
                                + " a gateway with other quarkus.llm-gateway.encryption-keys or to somebody else, or was changed"));
            } else {
                opened.add(item);
            }
        }
        return same ? new OpenedItems(items, own, List.of())
                : new OpenedItems(opened, own >= items.size() ? opened.size() : ownOpened, degradations);
    }
}

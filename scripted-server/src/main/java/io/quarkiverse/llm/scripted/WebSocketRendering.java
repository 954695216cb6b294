package io.quarkiverse.llm.scripted;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns an answer into the messages of a WebSocket: what HTTP would stream, an event a message. */
final class WebSocketRendering {

    private static final int NORMAL = 1000;

    private WebSocketRendering() {
    }

    /** @param streamId what the messages say back */
    static Reply of(Answer answer, RecordedRequest request, Optional<String> streamId) {
        Reply http = Rendering.of(answer.withFaults(Deviation.class::isInstance), request);
        List<Stage> stages = new ArrayList<>();
        if (http.status() >= 400) {
            stages.add(new ErrorMessage(http, streamId));
        } else if (http.headers().getOrDefault("content-type", "").startsWith(Answer.EVENT_STREAM)) {
            stages.add(new EventMessages(streamId));
        }
        // those that count events come before those that add messages, and what comes at the end comes last
        List<Stage> atEnd = new ArrayList<>();
        List<Stage> extra = new ArrayList<>();
        Optional<Ending> early = Optional.empty();
        for (Fault fault : answer.faults()) {
            if (fault instanceof Cut cut && cut.unit() == Cut.Unit.HEAD) {
                early = Optional.of(cut.ending());
            } else if (fault instanceof Cut cut) {
                stages.add(cut.ending() == Ending.END ? cut.stage(new Piece.Close(NORMAL)) : cut.stage());
            } else if (fault instanceof Closing closing) {
                (closing.events().isEmpty() ? atEnd : stages).add(closing.stage());
            } else if (fault instanceof WebSocketFault other) {
                other.stage().ifPresent(extra::add);
            } else if (fault instanceof HugeEvent huge) {
                extra.add(huge.stage());
            }
        }
        stages.addAll(extra);
        stages.addAll(atEnd);
        return new Reply(http.status(), http.headers(), Pieces.through(stages, http.pieces()), early);
    }
}

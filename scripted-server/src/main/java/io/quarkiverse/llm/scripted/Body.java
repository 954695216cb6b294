package io.quarkiverse.llm.scripted;

import java.util.List;

import io.vertx.core.buffer.Buffer;

/** What an answer says, before it has a wire form. */
sealed interface Body {

    /** A model's answer, served as chunks or as one completion, whichever the request asks for. */
    record Scripted(List<Step> steps) implements Body {
    }

    /** Bytes that go out as they are, for any request. */
    record Raw(Buffer bytes) implements Body {
    }

    /** What a server once answered. */
    record Recorded(Recording recording, List<Piece> pieces) implements Body {

        @Override
        public String toString() {
            return "Recorded[" + recording + "]";
        }
    }

    /** The same text delta for ever. */
    record Endless(String delta) implements Body {
    }
}

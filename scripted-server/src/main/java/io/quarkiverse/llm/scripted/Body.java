package io.quarkiverse.llm.scripted;

import java.util.List;

import io.vertx.core.buffer.Buffer;

/** What an answer says, before it has a wire form. */
sealed interface Body {

    /** A model's answer, told in the form that the request asks for. */
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

    /** Events of the Responses API that another answer has made. */
    record Events(ScriptedEvents stream) implements Body {
    }

    /** The same text delta for ever. */
    record Endless(String delta) implements Body {
    }
}

package io.quarkiverse.llm.runtime.wire.responses;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;

/** Which item an event is of. */
record ItemPlace(String id, int outputIndex) {

    void write(JsonGenerator json) throws IOException {
        json.writeStringField("item_id", id);
        json.writeNumberField("output_index", outputIndex);
    }

    /**
     * The beginning that all deltas of one part have in common, up to their number.
     *
     * @param further fields, each with a comma behind it
     */
    SerializedString deltaHead(String type, String further) {
        return new SerializedString(
                "{\"type\":\"" + type + "\",\"item_id\":\"" + String.valueOf(new SerializedString(id).asQuotedChars())
                        + "\",\"output_index\":" + outputIndex + "," + further + "\"sequence_number\":");
    }
}

package io.quarkiverse.llm.runtime.wire;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/**
 * How far the stream of a stored response has come: which response it is of, and the number of its last event. Read from the
 * events of the Responses API without understanding them. Not thread-safe.
 */
public final class StreamPlace {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final long NONE = -1;

    private String responseId;
    private long last;
    private boolean inContent;

    private StreamPlace(String responseId, long last) {
        this.responseId = responseId;
        this.last = last;
    }

    /** Before the first event of a stream of which nothing is known. */
    public static StreamPlace unknown() {
        return new StreamPlace(null, NONE);
    }

    /**
     * @param last the number of the last event that was seen; -1 for none
     */
    public static StreamPlace in(String responseId, long last) {
        return new StreamPlace(responseId, last);
    }

    /** {@code null} as long as no event has told it. */
    public String responseId() {
        return responseId;
    }

    /** The number of the last event; -1 for none. */
    public long last() {
        return last;
    }

    /** Whether there has been more than announcements of the response, its items and their parts. */
    public boolean isInContent() {
        return inContent;
    }

    /**
     * Takes note of the next event.
     *
     * @return whether it is further than all before; an event without a number counts as that
     */
    public boolean take(byte[] data, int offset, int length) {
        long number = Long.MAX_VALUE;
        try (JsonParser parser = FACTORY.createParser(data, offset, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return true;
            }
            boolean announcement = false;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("sequence_number") && value == JsonToken.VALUE_NUMBER_INT) {
                    number = parser.getLongValue();
                } else if (name.equals("response") && value == JsonToken.START_OBJECT) {
                    announcement = true;
                    takeId(parser);
                } else if (name.equals("type") && value == JsonToken.VALUE_STRING) {
                    announcement |= parser.getText().endsWith(".added");
                } else {
                    parser.skipChildren();
                }
            }
            inContent |= !announcement;
        } catch (IOException e) {
            // the decoder says what is wrong with it
            return true;
        }
        if (number == Long.MAX_VALUE) {
            return true;
        }
        boolean further = number > last;
        last = Math.max(number, last);
        return further;
    }

    private void takeId(JsonParser response) throws IOException {
        while (response.nextToken() == JsonToken.FIELD_NAME) {
            boolean id = response.currentName().equals("id");
            if (response.nextToken() == JsonToken.VALUE_STRING && id && responseId == null) {
                responseId = response.getText();
            }
            response.skipChildren();
        }
    }
}

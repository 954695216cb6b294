package io.quarkiverse.llm.scripted;

import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * An answer in the form it takes on the wire for one request.
 *
 * @param headers names in lower case
 * @param pieces the body, made as it is read: it may be endless
 * @param early what happens in place of any answer, if something does
 */
public record Reply(int status, Map<String, String> headers, Iterator<Piece> pieces, Optional<Ending> early) {
}

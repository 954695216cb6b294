package io.quarkiverse.llm.scripted;

import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * An answer in the form it takes on the wire for one request.
 *
 * @param early what happens in place of any answer, if something does
 */
record Reply(int status, Map<String, String> headers, Iterator<Piece> pieces, Optional<Cut.Ending> early) {
}

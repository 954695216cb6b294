package io.quarkiverse.llm.runtime.config;

import java.util.Locale;
import java.util.Set;

/**
 * Headers that say where a message ends or belong to the connection (RFC 9110, 7.6.1; RFC 9112, 6). Set by hand they would
 * cut requests short and mix up those that follow on the same connection.
 */
public final class FramingHeaders {

    private static final Set<String> NAMES = Set.of("connection", "content-length", "expect", "host", "keep-alive",
            "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade");

    private FramingHeaders() {
    }

    public static boolean contains(String name) {
        return NAMES.contains(name.toLowerCase(Locale.ROOT));
    }
}

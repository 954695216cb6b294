package io.quarkiverse.llm.messaging.runtime.kafka;

import java.util.Map;
import java.util.TreeMap;

/**
 * The text form of a {@link PartitionLedger}, for instance {@code llm1:b,f12,n,b3}: from the committed offset on, one record
 * at which one attempt was begun, twelve finished ones, one of which nothing is known, and one at which three attempts were
 * begun.
 */
final class LedgerText {

    /** In characters. A broker takes 4096 unless {@code offset.metadata.max.bytes} says otherwise. */
    static final int CAPACITY = 4000;

    private static final String PREFIX = "llm1:";
    private static final char BEGUN = 'b';
    private static final char FINISHED = 'f';
    private static final char NOTHING = 'n';
    private static final int MOST_DIGITS = 15;

    private LedgerText() {
    }

    static String write(long committed, TreeMap<Long, Integer> begun, TreeMap<Long, Long> finished, int capacity) {
        TreeMap<Long, String> tokens = new TreeMap<>();
        begun.forEach((offset, times) -> tokens.put(offset, token(BEGUN, times)));
        finished.forEach((from, to) -> tokens.put(from, token(FINISHED, to - from)));
        StringBuilder text = new StringBuilder();
        long next = committed;
        for (Map.Entry<Long, String> token : tokens.entrySet()) {
            String added = text.isEmpty() ? PREFIX : ",";
            if (token.getKey() > next) {
                added += token(NOTHING, token.getKey() - next) + ",";
            }
            added += token.getValue();
            if (text.length() + added.length() > capacity) {
                break;
            }
            text.append(added);
            next = finished.getOrDefault(token.getKey(), token.getKey() + 1);
        }
        return text.toString();
    }

    private static String token(char kind, long count) {
        return count == 1 ? String.valueOf(kind) : kind + Long.toString(count);
    }

    /** All or nothing. */
    static void read(String text, long committed, TreeMap<Long, Integer> begun, TreeMap<Long, Long> finished) {
        if (text != null && text.startsWith(PREFIX) && !readTokens(text, committed, begun, finished)) {
            begun.clear();
            finished.clear();
        }
    }

    private static boolean readTokens(String text, long committed, TreeMap<Long, Integer> begun,
            TreeMap<Long, Long> finished) {
        long next = committed;
        for (String token : text.substring(PREFIX.length()).split(",", -1)) {
            long count = count(token);
            if (count < 1) {
                return false;
            }
            switch (token.charAt(0)) {
                case BEGUN -> begun.put(next++, (int) Math.min(count, Integer.MAX_VALUE - 1));
                case FINISHED -> {
                    Map.Entry<Long, Long> last = finished.lastEntry();
                    boolean joins = last != null && last.getValue() == next;
                    finished.put(joins ? last.getKey() : next, next + count);
                    next += count;
                }
                case NOTHING -> next += count;
                default -> {
                    return false;
                }
            }
        }
        return true;
    }

    /** 0 or less when the token is not one. */
    private static long count(String token) {
        if (token.isEmpty() || token.length() > MOST_DIGITS + 1) {
            return 0;
        }
        long count = token.length() == 1 ? 1 : 0;
        for (int i = 1; i < token.length(); i++) {
            char digit = token.charAt(i);
            if (digit < '0' || digit > '9') {
                return 0;
            }
            count = count * 10 + digit - '0';
        }
        return count;
    }
}

package io.quarkiverse.llm.gateway.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is no log fails when it is decoded, never later, with one exception. */
@Timeout(60)
class MalformedLogTest {

    private static byte[] log() {
        List<LoggedEvent> events = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String type = List.of("response.created", "response.output_text.delta", "error").get(i % 3);
            events.add(new LoggedEvent(type,
                    "{\"type\":\"" + type + "\",\"sequence_number\":" + i + ",\"delta\":\"" + "ab☕".repeat(i % 7) + "\"}"));
        }
        return LoggedEvent.log(events).encoded();
    }

    private static byte[] withChecksum(byte[] log) {
        CRC32C checksum = new CRC32C();
        checksum.update(log, EventLog.HEAD, log.length - EventLog.HEAD);
        ByteBuffer.wrap(log).putInt(1, (int) checksum.getValue());
        return log;
    }

    private static void assertRefused(byte[] log) {
        assertThatThrownBy(() -> EventLog.decoded(log)).isInstanceOf(MalformedLogException.class);
    }

    @Test
    void one_that_was_cut_is_refused() {
        byte[] log = log();
        for (int length = 0; length < log.length; length++) {
            assertRefused(Arrays.copyOf(log, length));
        }
    }

    @Test
    void one_with_a_bit_that_flipped_is_refused() {
        byte[] log = log();
        for (int bit = 0; bit < log.length * 8; bit++) {
            byte[] flipped = log.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertRefused(flipped);
        }
    }

    /** Even when the checksum says that it is whole. */
    @Test
    void one_that_makes_no_sense_is_refused_or_can_be_read() {
        Random random = new Random(17);
        byte[] good = log();
        int refused = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] log = i % 2 == 0 ? changed(good.clone(), random) : garbage(random);
            try {
                EventLog decoded = EventLog.decoded(withChecksum(log));
                assertThat(LoggedEvent.read(decoded, -1)).hasSize(decoded.count());
                new LoggedEvent("error", "{}").addTo(decoded);
            } catch (MalformedLogException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(20_000, 99_999);
    }

    private static byte[] changed(byte[] log, Random random) {
        for (int times = 1 + random.nextInt(4); times > 0; times--) {
            log[EventLog.HEAD + random.nextInt(log.length - EventLog.HEAD)] = (byte) random.nextInt();
        }
        return random.nextInt(4) > 0 ? log : Arrays.copyOf(log, EventLog.HEAD + random.nextInt(log.length - EventLog.HEAD));
    }

    /** Small numbers mostly, which lead further in. */
    private static byte[] garbage(Random random) {
        byte[] log = new byte[EventLog.HEAD + random.nextInt(60)];
        for (int i = 0; i < log.length; i++) {
            log[i] = (byte) (random.nextInt(8) == 0 ? random.nextInt() : random.nextInt(4));
        }
        log[0] = 1;
        return log;
    }
}

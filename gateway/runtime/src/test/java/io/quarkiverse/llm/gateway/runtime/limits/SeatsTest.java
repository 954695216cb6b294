package io.quarkiverse.llm.gateway.runtime.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class SeatsTest {

    private final Seats seats = new Seats(2, 10);
    private final List<String> seated = new ArrayList<>();

    private Seats.Claim waiting(Runnable onSeat) {
        Seats.Claim claim = seats.claim();
        claim.onSeat(onSeat);
        return claim;
    }

    private Runnable failing(String name) {
        return () -> {
            seated.add(name);
            throw new IllegalStateException(name);
        };
    }

    @Test
    void oneThatFailsWhenItsTurnComesDoesNotStopTheQueue() {
        Seats.Claim first = seats.claim();
        Seats.Claim second = seats.claim();
        waiting(failing("third"));
        Seats.Claim fourth = waiting(() -> seated.add("fourth"));
        waiting(() -> seated.add("fifth"));

        assertThatThrownBy(first::leave).isInstanceOf(IllegalStateException.class).hasMessage("third");
        second.leave();
        fourth.leave();

        assertThat(seated).containsExactly("third", "fourth", "fifth");
        assertThat(seats.queued()).isZero();
    }

    /** The second gets its turn while the first is told of its own. */
    @Test
    void whoIsCalledBehindOneThatFailsIsToldAllTheSame() {
        Seats.Claim first = seats.claim();
        Seats.Claim second = seats.claim();
        waiting(() -> {
            second.leave();
            failing("third").run();
        });
        waiting(() -> seated.add("fourth"));

        assertThatThrownBy(first::leave).hasMessage("third");

        assertThat(seated).containsExactly("third", "fourth");
    }
}

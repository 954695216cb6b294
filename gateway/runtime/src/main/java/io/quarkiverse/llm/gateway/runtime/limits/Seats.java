package io.quarkiverse.llm.gateway.runtime.limits;

import java.util.ArrayDeque;
import java.util.Deque;

/** So many at once, and so many who wait for that, in order. No thread is blocked. Thread-safe. */
final class Seats {

    private final int most;
    private final int mostWaiting;
    private final Deque<Claim> waiting = new ArrayDeque<>();
    /** Who has got a seat and does not know yet. */
    private final Deque<Claim> called = new ArrayDeque<>();
    private boolean calling;
    private int taken;

    Seats(int most, int mostWaiting) {
        this.most = most;
        this.mostWaiting = mostWaiting;
    }

    /** A seat, or a place in the queue. */
    final class Claim {

        private boolean seated;
        private boolean left;
        private Runnable onSeat = () -> {
        };

        private Claim(boolean seated) {
            this.seated = seated;
        }

        boolean isSeated() {
            synchronized (Seats.this) {
                return seated;
            }
        }

        /** Calls once when there is a seat; at once when there is one. Else on the thread of who leaves it. */
        void onSeat(Runnable action) {
            synchronized (Seats.this) {
                if (!seated) {
                    onSeat = action;
                    return;
                }
            }
            action.run();
        }

        /** Gives back the place in the queue. False when there is a seat already, or nothing any more. */
        boolean giveUp() {
            synchronized (Seats.this) {
                if (seated || left) {
                    return false;
                }
                left = true;
                return waiting.remove(this);
            }
        }

        /** Gives back the seat, or the place in the queue. The second time nothing happens. */
        void leave() {
            Seats.this.leave(this);
        }
    }

    /** Null when nobody may wait any more. */
    Claim claim() {
        synchronized (this) {
            if (taken < most) {
                taken++;
                return new Claim(true);
            } else if (waiting.size() < mostWaiting) {
                Claim claim = new Claim(false);
                waiting.add(claim);
                return claim;
            }
            return null;
        }
    }

    private void leave(Claim claim) {
        synchronized (this) {
            if (claim.left) {
                return;
            }
            claim.left = true;
            if (!claim.seated) {
                waiting.remove(claim);
            } else if (waiting.isEmpty()) {
                taken--;
            } else {
                Claim next = waiting.poll();
                next.seated = true;
                called.add(next);
            }
            if (calling) {
                return;
            }
            calling = true;
        }
        call();
    }

    /** Not within the lock, nor one within the other: each goes on with its request, and that may end at once. */
    private void call() {
        while (true) {
            Claim next;
            synchronized (this) {
                next = called.poll();
                if (next == null) {
                    calling = false;
                    return;
                }
            }
            boolean gone = false;
            try {
                next.onSeat.run();
                gone = true;
            } finally {
                if (!gone) {
                    // whoever waits behind it must not pay for its failure, which is thrown on
                    call();
                }
            }
        }
    }

    synchronized int taken() {
        return taken;
    }

    synchronized int queued() {
        return waiting.size();
    }
}

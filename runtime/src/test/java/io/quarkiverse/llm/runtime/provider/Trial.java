package io.quarkiverse.llm.runtime.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmTransportException;
import io.quarkiverse.llm.runtime.wire.EventRules;
import io.quarkiverse.llm.runtime.wire.Turns;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Api;
import io.quarkiverse.llm.scripted.Deviation;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.Framing;
import io.quarkiverse.llm.scripted.RecordedRequest;

/** One exchange in which something random happens on both sides. The same seed and number give the same trial. */
final class Trial {

    /** What the subscriber may see. */
    private enum Legal {
        /** What an undisturbed answer gives. */
        UNDISTURBED,
        /** That, or a failure. */
        UNDISTURBED_OR_FAILURE,
        /** A good end whatever it says, or a failure. */
        ANY,
        FAILURE
    }

    /** Which provider the request goes to. */
    enum Target {
        /** Its time limits are minutes. */
        PATIENT,
        /** Its time limits are short. */
        HASTY,
        /** Nobody listens there. */
        NOBODY
    }

    /** What the request travels over. */
    enum Medium {
        HTTP,
        WEBSOCKET,
        /** A WebSocket, and HTTP where that fails. */
        EITHER
    }

    private static final String PROMPT = "Trial ";
    private static final Pattern NUMBER = Pattern.compile(PROMPT + "(\\d+)");
    static final Duration SHORT = Duration.ofMillis(30);

    private static final Set<Framing> OPEN = EnumSet.of(Framing.FINISH_THEN_OPEN, Framing.DONE_THEN_OPEN);
    private static final int[] STATUSES = { 400, 401, 402, 403, 404, 408, 413, 429, 500, 502, 503, 529, 302 };
    private static final List<String> GARBAGE = List.of("", "data: {\n\n", "data: [1,2]\n\n", "<html>", "[]", "{}", "{\"a\":",
            "data: \u0000\n\n", "\n\n\n", ": nothing\n\n", "data: {\"choices\":[{\"delta\":{\"content\":{\"a\":1}}}]}\n\n",
            "data: {\"type\":\"response.output_text.delta\",\"item_id\":7,\"delta\":{\"a\":1}}\n\n",
            "event: response.completed\ndata: {\"response\":[]}\n\n");

    private final Medium medium;
    private final long seed;
    private final int number;
    private final Random random;
    private final Api api;
    private final Answer turn;
    private final boolean whole;
    private Answer answer;
    private Target target = Target.PATIENT;
    private Legal legal = Legal.UNDISTURBED;
    private Behaviour behaviour;
    private boolean totalLimit;

    Trial(long seed, int number) {
        this(Medium.HTTP, seed, number);
    }

    Trial(Medium medium, long seed, int number) {
        this.medium = medium;
        this.seed = seed;
        this.number = number;
        this.random = new Random(seed * 1_000_003 + number);
        this.turn = Turns.random(random);
        // not the first thing drawn: that is the same for seeds in a row
        Api drawn = Api.values()[random.nextInt(2)];
        this.api = medium == Medium.HTTP ? drawn : Api.RESPONSES;
        this.answer = turn;
        this.whole = random.nextInt(6) == 0;
        this.behaviour = Behaviour.reading(random);
        choose(random.nextInt(100));
    }

    /** The number of the trial whose request this is; empty for another request. */
    static OptionalInt numberOf(RecordedRequest request) {
        Matcher number = NUMBER.matcher(request.body());
        return number.find() ? OptionalInt.of(Integer.parseInt(number.group(1))) : OptionalInt.empty();
    }

    private void choose(int kind) {
        if (kind < 40) {
            odd();
        } else if (kind < 62) {
            cut();
        } else if (kind < 63) {
            stall();
        } else if (kind < 74) {
            legal = Legal.FAILURE;
            answer = Answer.error(status(), "no").with(splits());
        } else if (kind < 80) {
            legal = Legal.ANY;
            answer = Answer.sse(GARBAGE.get(random.nextInt(GARBAGE.size())));
            if (medium != Medium.HTTP) {
                // which has no end there
                target = Target.HASTY;
            }
        } else if (kind < 82) {
            legal = Legal.FAILURE;
            target = Target.NOBODY;
        } else if (kind < 84) {
            legal = Legal.FAILURE;
            answer = Answer.endless("x".repeat(1000));
        } else if (kind < 95) {
            legal = Legal.ANY;
            behaviour = Behaviour.cancelling(random);
            answer = switch (random.nextInt(4)) {
                case 0 -> Answer.endless();
                case 1 -> turn.with(Fault.stallAfterEvents(random.nextInt(4)));
                case 2 -> turn.with(splits());
                default -> turn;
            };
            if (answer.toString().contains("stall-")) {
                behaviour = Behaviour.cancellingElsewhere(random);
            }
        } else {
            legal = Legal.ANY;
            behaviour = Behaviour.throwing(random);
            answer = random.nextBoolean() ? turn : Answer.endless();
        }
    }

    private List<Fault> splits() {
        return List.of(Fault.splitRandomly(random.nextLong(), 20 + random.nextInt(1000)));
    }

    private int status() {
        int status = STATUSES[random.nextInt(STATUSES.length)];
        // there is no redirect within a WebSocket
        return status < 400 && medium != Medium.HTTP ? 500 : status;
    }

    private void odd() {
        List<Deviation> deviations = Turns.deviations(api, random);
        List<Fault> faults = new ArrayList<>(deviations);
        Framing framing = Framing.values()[random.nextInt(Framing.values().length)];
        // what stays open takes time to end
        boolean often = !OPEN.contains(framing) || random.nextInt(20) == 0;
        if (framing == Framing.FINISH_THEN_OPEN) {
            target = Target.HASTY;
            legal = Legal.ANY;
        }
        if (often && Turns.isEndSaid(framing, deviations)) {
            faults.add(framing);
        }
        if (random.nextBoolean()) {
            faults.addAll(splits());
        }
        if (medium != Medium.HTTP) {
            faults.addAll(WebSocketFaults.harmless(random));
        }
        answer = turn.with(faults);
    }

    private void cut() {
        legal = Legal.UNDISTURBED_OR_FAILURE;
        int at = random.nextInt(12);
        int bytes = random.nextInt(1500);
        Fault cut = medium != Medium.HTTP && random.nextBoolean() ? WebSocketFaults.breaking(random)
                : switch (random.nextInt(9)) {
                    case 0 -> Fault.dropBeforeHead();
                    case 1 -> Fault.dropAfterEvents(at);
                    case 2 -> Fault.dropAfterBytes(bytes);
                    case 3 -> Fault.resetBeforeHead();
                    case 4 -> Fault.resetAfterEvents(at);
                    case 5 -> Fault.resetAfterBytes(bytes);
                    case 6 -> Fault.endAfterEvents(at);
                    case 7 -> Fault.endAfterBytes(bytes);
                    default -> Fault.contentType("text/html");
                };
        answer = turn.with(cut);
        if (medium != Medium.HTTP && cut.toString().startsWith("end-after-bytes")) {
            // the close frame is lost in the frame that is cut
            target = Target.HASTY;
        }
        if (random.nextBoolean()) {
            legal = Legal.ANY;
            List<Deviation> deviations = Deviation.of(api);
            answer = answer.with(Framing.values()[random.nextInt(Framing.FINISH_THEN_OPEN.ordinal() - 1)],
                    deviations.get(random.nextInt(deviations.size()))).with(splits());
        } else if (random.nextInt(4) == 0) {
            legal = Legal.ANY;
            answer = answer.with(Framing.GZIP);
        }
    }

    private void stall() {
        legal = Legal.UNDISTURBED_OR_FAILURE;
        answer = turn.with(switch (random.nextInt(3)) {
            case 0 -> Fault.stallBeforeHead();
            case 1 -> Fault.stallAfterEvents(random.nextInt(6));
            default -> Fault.stallAfterBytes(random.nextInt(800));
        });
        totalLimit = whole || random.nextInt(3) == 0;
        target = totalLimit ? Target.PATIENT : Target.HASTY;
    }

    Answer answer() {
        return answer;
    }

    Api api() {
        return api;
    }

    Target target() {
        return target;
    }

    boolean isWhole() {
        return whole && behaviour.isPatient() && legal != Legal.ANY && !answer.toString().contains("Endless");
    }

    Behaviour behaviour() {
        return behaviour;
    }

    LlmRequest request() {
        LlmRequest.Builder request = LlmRequest.builder().user(PROMPT + number);
        return (totalLimit ? request.timeout(SHORT) : request).build();
    }

    /** Fails when the subscriber saw what it must not see. */
    void check(TrialSubscriber subscriber) {
        assertThat(subscriber.violations()).as("%s", this).isEmpty();
        if (subscriber.failure() != null) {
            assertThat(subscriber.failure()).as("%s", this).isInstanceOf(LlmException.class);
            assertThat(legal).as("%s failed with %s", this, subscriber.failure())
                    .isNotEqualTo(isOfTheConnection(subscriber.failure()) ? null : Legal.UNDISTURBED);
            assertThat(subscriber.failure()).as("%s", this).hasMessageStartingWith("Provider 'test'");
            EventRules.check(subscriber.events());
        } else if (subscriber.isComplete()) {
            assertThat(legal).as("%s", this).isNotEqualTo(Legal.FAILURE);
            Turns.Outcome outcome = Turns.Outcome.of(subscriber.response());
            if (legal != Legal.ANY) {
                assertThat(outcome.withoutUsage()).as("%s", this).isEqualTo(Turns.undisturbed(turn, api).withoutUsage());
            }
        } else {
            EventRules.check(subscriber.events());
        }
    }

    /**
     * What an undisturbed exchange may meet on a connection that it shares with others: another trial's server closes it after
     * a whole answer, at the moment when it is taken from the pool; or a server that is so busy that it reads a reset a second
     * late makes Netty close the connection of HTTP/2: see {@code Resets}.
     */
    private static boolean isOfTheConnection(Throwable failure) {
        return failure instanceof LlmTransportException && failure.getMessage().contains("broke before an answer came")
                || failure.getMessage().contains("Maximum number 200 of RST frames");
    }

    @Override
    public String toString() {
        return "Trial " + number + " of seed " + seed + ": " + api + " over " + medium + (isWhole() ? " whole " : " ") + answer
                + " from " + target
                + " to "
                + behaviour + ", where " + legal + " is legal";
    }
}

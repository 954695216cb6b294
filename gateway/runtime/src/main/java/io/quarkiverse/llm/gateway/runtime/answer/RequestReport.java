package io.quarkiverse.llm.gateway.runtime.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jboss.logging.Logger;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Usage;
import io.quarkiverse.llm.gateway.runtime.limits.Ticket;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.Degradation;

/** What the log tells of one request, in one line and without a word of what was said. Not thread-safe. */
public final class RequestReport {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.llm.gateway.requests");
    private static final long NOT_YET = -1;
    private static final int MOST_OF_A_NAME = 100;
    private static final DegradationLog DEGRADATIONS = new DegradationLog(LOG);

    private final String id;
    private final WireApi api;
    private final long begun = System.nanoTime();
    private String model = "-";
    private String provider = "-";
    private String form = "";
    private boolean background;
    private long firstToken = NOT_YET;
    private List<Degradation> degradations = List.of();
    private Optional<LlmResponse> response = Optional.empty();
    private String caller = "-";
    private Optional<Ticket> ticket = Optional.empty();
    private Optional<Usage> usageOfFailed = Optional.empty();
    private boolean failed;
    private boolean told;

    RequestReport(String id, WireApi api) {
        this.id = id;
        this.api = api;
    }

    /** That of what goes on when this request is over. */
    RequestReport ofJob() {
        RequestReport report = new RequestReport(id, api);
        report.background = true;
        report.form = form;
        report.model = model;
        report.provider = provider;
        report.degradations = degradations;
        return report;
    }

    /** What the request uses counts when the other one ends, or now if it has ended. Before this one ends. */
    void handsOverTo(RequestReport other) {
        if (other.told) {
            ticket.ifPresent(of -> of.close(other.failed));
        } else {
            other.ticket = ticket;
        }
        ticket = Optional.empty();
    }

    public String id() {
        return id;
    }

    void calledBy(String name) {
        caller = name;
    }

    /** What the request uses counts for its caller, who has one more to make when it ends. */
    void countsOn(Ticket of) {
        ticket = Optional.of(of);
    }

    /** There is no answer, or only a part of one. */
    void failed(Throwable why) {
        failed = true;
        usageOfFailed = why instanceof LlmException known ? known.partial().flatMap(LlmResponse::usage) : Optional.empty();
    }

    void asks(Optional<String> askedModel, boolean inEvents) {
        model = askedModel.orElse("-");
        form = form.isEmpty() && inEvents ? " stream" : form;
    }

    /** In one of the turns of a WebSocket, which are always in events. */
    public void overWebSocket() {
        form = " websocket";
    }

    void goesTo(String name) {
        provider = name.equals(LlmClient.DEFAULT) ? "default" : name;
    }

    /** Besides what was told of before. */
    public void degraded(List<Degradation> what) {
        List<Degradation> all = new ArrayList<>(degradations);
        all.addAll(what);
        degradations = all;
    }

    /** The first that is heard of the answer. */
    void firstToken() {
        if (firstToken == NOT_YET) {
            firstToken = System.nanoTime() - begun;
        }
    }

    void answered(LlmResponse with) {
        response = Optional.of(with);
    }

    /**
     * @param outcome the HTTP status, and what became of the answer where that is not all
     */
    void end(int status, String outcome) {
        if (told) {
            return;
        }
        told = true;
        long duration = System.nanoTime() - begun;
        ticket.ifPresent(of -> {
            usage().ifPresent(of::used);
            of.close(failed);
        });
        DEGRADATIONS.tell(id, degradations);
        if (LOG.isInfoEnabled()) {
            LOG.infof(
                    "%s %s%s%s key=%s model=%s provider=%s status=%d outcome=%s first-token=%s tokens=%s duration=%dms repairs=%d"
                            + " degradations=%d",
                    id, api.configName(), form, background ? " background" : "", name(caller), name(model),
                    provider, status,
                    name(outcome), firstToken == NOT_YET ? "-" : firstToken / 1_000_000 + "ms", tokens(), duration / 1_000_000,
                    response.map(RequestReport::repairs).orElse(0), degradations.size());
        }
    }

    private static String name(String text) {
        return Printable.word(text, MOST_OF_A_NAME);
    }

    private Optional<Usage> usage() {
        return response.flatMap(LlmResponse::usage).or(() -> usageOfFailed);
    }

    private String tokens() {
        Optional<Usage> usage = usage();
        return usage.isEmpty() ? "-" : usage.get().inputTokens() + "+" + usage.get().outputTokens();
    }

    private static int repairs(LlmResponse response) {
        return response.repairs().values().stream().mapToInt(Integer::intValue).sum();
    }
}

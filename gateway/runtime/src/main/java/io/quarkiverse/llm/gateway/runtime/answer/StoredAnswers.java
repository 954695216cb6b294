package io.quarkiverse.llm.gateway.runtime.answer;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.gateway.runtime.state.ItemListing;
import io.quarkiverse.llm.gateway.runtime.state.ListedItem;
import io.quarkiverse.llm.gateway.runtime.state.NotKeptException;
import io.quarkiverse.llm.gateway.runtime.state.StoredJobs;
import io.quarkiverse.llm.gateway.runtime.state.StoredResponse;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonText;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesServerCodec;
import io.smallrye.mutiny.Uni;

/** Tells of responses that are kept, and of those that are being made in the background. Thread-safe. */
public final class StoredAnswers {

    private final StoredJobs stored;
    private final Optional<Jobs> jobs;
    private final GatewayTimes times;
    private final ResponsesServerCodec codec;

    /**
     * @param jobs those of this instance
     */
    public StoredAnswers(StoredJobs stored, Optional<Jobs> jobs, GatewayTimes times, ResponsesServerCodec codec) {
        this.stored = stored;
        this.jobs = jobs;
        this.times = times;
        this.codec = codec;
    }

    private Uni<StoredResponse> find(Exchange exchange, String id) {
        return stored.find(exchange.owner(), id)
                .map(found -> found.orElseThrow(() -> NotKeptException.response(id)));
    }

    private Optional<Job> job(Exchange exchange, String id) {
        return jobs.flatMap(here -> here.find(exchange.owner(), id));
    }

    /**
     * The response as it is now.
     *
     * @param encrypted whether the client wants the encrypted reasoning, too
     */
    public void get(Exchange exchange, String id, boolean encrypted) {
        exchange.await(find(exchange, id).chain(found -> encrypted ? withEncrypted(exchange.owner(), id, found)
                : Uni.createFrom().item(found.resource())), resource -> answer(exchange, resource, "retrieved"));
    }

    private static void answer(Exchange exchange, RawJson resource, String outcome) {
        exchange.answer(Keeping.utf8(resource), outcome);
    }

    private Uni<RawJson> withEncrypted(String owner, String id, StoredResponse response) {
        return stored.responses().output(owner, id, response).map(output -> {
            if (output.size() != response.outputIds().size()) {
                return response.resource();
            }
            Map<String, RawJson> fields = new LinkedHashMap<>();
            JsonFields.of(response.resource()).toMap().forEach((name, value) -> fields.put(name, value.raw()));
            fields.put("output",
                    RawJson.verbatim(output.stream().map(RawJson::text).collect(Collectors.joining(",", "[", "]"))));
            return JsonText.object(fields);
        });
    }

    /**
     * The events of the response, as they were or come.
     *
     * @param after the number of the last one that is left out; -1 for none
     */
    public void stream(Exchange exchange, String id, int after) {
        Consumer<EventFeed> tell = feed -> FollowedAnswer.tell(exchange, times, feed);
        Optional<Job> here = job(exchange, id);
        if (here.isPresent()) {
            tell.accept(new JobFeed(here.get(), after));
            return;
        }
        String owner = exchange.owner();
        exchange.await(find(exchange, id).chain(found -> found.isOpen()
                ? Uni.createFrom().<EventFeed> item(new SharedFeed(stored, codec, owner, id, after))
                : stored.responses().events(owner, id)
                        .map(events -> new KeptFeed(ToldLog.of(events, found, codec), after))),
                tell);
    }

    /** Forgets the response. */
    public void delete(Exchange exchange, String id) {
        Uni<Boolean> deleted = stored.find(exchange.owner(), id)
                .chain(found -> found.isEmpty() ? Uni.createFrom().item(false) : stored.delete(exchange.owner(), id));
        exchange.await(deleted, was -> {
            if (!was) {
                throw NotKeptException.response(id);
            }
            job(exchange, id).ifPresent(job -> job.context().runOnContext(there -> job.deleted()));
            exchange.answer(("{\"id\":" + JsonText.quoted(id) + ",\"object\":\"response\",\"deleted\":true}")
                    .getBytes(StandardCharsets.UTF_8), "deleted");
        });
    }

    /** Stops a response that is being made in the background; one that is over stays what it is. */
    public void cancel(Exchange exchange, String id) {
        exchange.await(find(exchange, id).chain(found -> {
            if (!found.isBackground()) {
                throw new InvalidRequestException("Response with id '" + id + "' cannot be cancelled: only those that were"
                        + " created with \"background\": true can", "response_id", "invalid_value");
            }
            return found.isOpen() ? stopped(exchange, id) : Uni.createFrom().item(found);
        }), now -> answer(exchange, now.resource(), "cancelled"));
    }

    private Uni<StoredResponse> stopped(Exchange exchange, String id) {
        Optional<Job> here = job(exchange, id);
        if (here.isPresent()) {
            Job job = here.get();
            job.context().runOnContext(there -> job.cancel());
            return Uni.createFrom().completionStage(job.whenOver()).chain(() -> find(exchange, id));
        }
        long until = System.nanoTime() + stored.times().lease().multipliedBy(2).toNanos();
        // the instance that makes it looks at its mark often, or else is gone
        return stored.cancel(exchange.owner(), id).chain(() -> Uni.createFrom().deferred(() -> find(exchange, id)).repeat()
                .withDelay(stored.times().flush()).whilst(found -> found.isOpen() && System.nanoTime() <= until)
                .select().last().toUni());
    }

    /** What the response was asked, previous turns included. */
    public void inputItems(Exchange exchange, String id, ItemListing listing) {
        Uni<Optional<List<ListedItem>>> items = stored.find(exchange.owner(), id)
                .chain(found -> found.isEmpty() ? Uni.createFrom().item(Optional.empty())
                        : stored.responses().inputItems(exchange.owner(), id));
        exchange.await(items, found -> exchange.answer(
                Keeping.utf8(listing.list(found.orElseThrow(() -> NotKeptException.response(id)))), "listed"));
    }
}

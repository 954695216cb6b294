package io.quarkiverse.llm.scripted.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.llm.scripted.grammar.EveryChange.Changed;
import io.vertx.core.json.JsonObject;

/** No event and no field of a legal stream can be changed unnoticed, but for those that are listed here. */
class EveryChangeOfResponsesTest {

    /** What a server is free to send otherwise. */
    private static final Pattern FREE = Pattern.compile(String.join("|",
            // it may come several times
            "twice 1 response.in_progress",
            // annotations and deltas come in any order
            "swapped .*output_text.delta and .*annotation.added",
            // results that nothing else tells
            "other value .*/usage/.*", "other value .*/completed_at", "(other value|null) .*/reason",
            "other value .*/(model|service_tier)", "other value .* error/error/type", ".*/logprobs/./top_logprobs",
            // that it could not be kept is known at the end
            "other value .*response.(completed|incomplete|failed)/response/store",
            // reasoning is encrypted anew each time
            ".*added/item/encrypted_content"));

    static Set<String> streams() {
        return LegalStream.all().keySet();
    }

    @ParameterizedTest
    @MethodSource("streams")
    void eventsThatAreMissingDoubledOrSwappedAreNoticed(String stream) {
        notices(EveryChange.ofOrder(events(stream)));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void fieldsThatAreMissingNullOrOfAnotherKindOrValueAreNoticed(String stream) {
        notices(EveryChange.ofFields(events(stream)));
    }

    private static List<JsonObject> events(String stream) {
        Supplier<List<JsonObject>> supplier = LegalStream.all().get(stream);
        return supplier.get();
    }

    private static void notices(List<Changed> changes) {
        Predicate<Changed> legal = changed -> ResponsesGrammar.violationsOfCarefulServer(changed.events()).isEmpty();
        assertThat(changes.stream().filter(legal).map(changed -> changed.how() + " " + changed.where())
                .filter(change -> !FREE.matcher(change).matches())).isEmpty();
        assertThat(changes).hasSizeGreaterThan(5);
    }
}

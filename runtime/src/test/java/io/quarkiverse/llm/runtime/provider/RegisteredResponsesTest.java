package io.quarkiverse.llm.runtime.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.StoredResponses;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

class RegisteredResponsesTest {

    private final List<String> called = new ArrayList<>();
    private String current = "one";
    private final StoredResponses responses = new RegisteredResponses(() -> new Eager(current));

    @Test
    void eachSubscriptionAsksTheOneOfTheMoment() {
        Uni<Void> deletion = responses.delete("id");
        current = "two";

        deletion.await().indefinitely();

        assertThat(called).containsExactly("two deletes id");
    }

    @Test
    void whatIsWrongFailsAtOnce() {
        assertThatIllegalArgumentException().isThrownBy(() -> responses.get("a/b"));
        assertThatIllegalArgumentException().isThrownBy(() -> responses.resume("id", -2));
        assertThat(called).isEmpty();
    }

    /** Of an application, which does its work when it is called. */
    private final class Eager implements StoredResponses {

        private final String name;

        Eager(String name) {
            this.name = name;
        }

        @Override
        public Uni<LlmResponse> get(String responseId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<Void> delete(String responseId) {
            called.add(name + " deletes " + responseId);
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<LlmResponse> cancel(String responseId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<List<Item>> inputItems(String responseId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Multi<LlmEvent> resume(String responseId, long startingAfter) {
            throw new UnsupportedOperationException();
        }
    }
}

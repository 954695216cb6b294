package io.quarkiverse.llm.gateway.runtime.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;
import io.smallrye.mutiny.Uni;

class ModelRouterTest {

    private final TestProviders test = new TestProviders();

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void anAliasLeadsToTheModelOfAProvider() {
        test.provider("local").provider("cloud").route("fast", "local:qwen3:4b");

        assertThat(test.target("fast")).isEqualTo("local:qwen3:4b");
    }

    @Test
    void anAliasMayNameAProviderAlone() {
        test.provider("local").provider("cloud").route("fast", "local");

        assertThat(test.target("fast")).isEqualTo("local");
    }

    @Test
    void anAliasGoesBeforeAProviderOfThatName() {
        test.provider("local").provider("cloud").route("local/a", "cloud:b");

        assertThat(test.target("local/a")).isEqualTo("cloud:b");
    }

    @Test
    void aModelMayBeNamedWithItsProvider() {
        test.provider("local").provider("cloud");

        assertThat(test.target("local/qwen3:4b")).isEqualTo("local:qwen3:4b");
        assertThat(test.target("cloud/org/Model:Q4")).isEqualTo("cloud:org/Model:Q4");
    }

    @Test
    void whatStandsBeforeASlashMayBelongToTheModel() {
        test.provider("local", "org/Model:Q4_K_M").provider("cloud");

        assertThat(test.target("org/Model:Q4_K_M")).isEqualTo("local:org/Model:Q4_K_M");
    }

    @Test
    void theDefaultProviderIsCalledDefault() {
        test.provider(LlmClient.DEFAULT).provider("cloud").route("fast", "default:small");

        assertThat(test.target("fast")).isEqualTo("<default>:small");
        assertThat(test.target("default/large")).isEqualTo("<default>:large");
    }

    @Test
    void aModelGoesToTheProviderThatListsIt() {
        test.provider("local", "qwen").provider("cloud", "gpt");

        assertThat(test.target("gpt")).isEqualTo("cloud:gpt");
        assertThat(test.target("qwen")).isEqualTo("local:qwen");
    }

    @Test
    void ofSeveralThatListAModelTheDefaultProviderGoesFirstThenTheName() {
        test.provider("a", "x", "y").provider("b", "x", "y").provider(LlmClient.DEFAULT, "x");

        assertThat(test.target("x")).isEqualTo("<default>:x");
        assertThat(test.target("y")).isEqualTo("a:y");
    }

    @Test
    void theProviderBehindTheDefaultOneGoesFirst() {
        test.provider("a", "x").provider("b", "x").active("b");

        assertThat(test.target("x")).isEqualTo("b:x");
    }

    @Test
    void theModelThatAProviderIsConfiguredWithIsKnownWithoutAList() {
        test.provider("a", () -> Uni.createFrom().failure(new IllegalStateException("no list")))
                .setting("a", "model", "own").provider("b", "other");

        assertThat(test.target("own")).isEqualTo("a:own");
        assertThat(test.asked("a")).isZero();
    }

    @Test
    void aWildcardTakesOverWhatItStandsFor() {
        test.provider("local").provider("cloud").route("gpt-*", "cloud:openai/gpt-*");

        assertThat(test.target("gpt-5-mini")).isEqualTo("cloud:openai/gpt-5-mini");
        assertThat(test.target("gpt-")).isEqualTo("cloud:openai/gpt-");
    }

    @Test
    void aWildcardMayLeadToOneModelOrToAProvidersOwn() {
        test.provider("local").provider("cloud").route("gpt-*", "cloud:small").route("claude-*", "local");

        assertThat(test.target("gpt-5")).isEqualTo("cloud:small");
        assertThat(test.target("claude-x")).isEqualTo("local");
    }

    @Test
    void theLongestWildcardDecides() {
        test.provider("local").provider("cloud").route("*", "local").route("gpt-*", "cloud:a").route("gpt-5*", "cloud:b");

        assertThat(test.target("gpt-5")).isEqualTo("cloud:b");
        assertThat(test.target("gpt-4")).isEqualTo("cloud:a");
        assertThat(test.target("o3")).isEqualTo("local");
    }

    @Test
    void aListedModelGoesBeforeAWildcard() {
        test.provider("local", "gpt-oss:20b").provider("cloud").route("gpt-*", "cloud:gpt-*");

        assertThat(test.target("gpt-oss:20b")).isEqualTo("local:gpt-oss:20b");
    }

    @Test
    void theOnlyProviderIsHandedAnyNameWithoutBeingAskedForItsModels() {
        test.provider("local", "qwen");

        assertThat(test.target("whatever")).isEqualTo("local:whatever");
        assertThat(test.asked("local")).isZero();
    }

    @Test
    void aDefaultProviderThatStandsForAnotherDoesNotCountTwice() {
        test.provider("local").active("local");

        assertThat(test.target("whatever")).isEqualTo("local:whatever");
    }

    @Test
    void theOnlyProviderIsHandedNoUnknownNameWhereThoseAreRejected() {
        test.provider("local", "qwen").reject();

        assertThat(test.target("qwen")).isEqualTo("local:qwen");
        assertThatThrownBy(() -> test.target("qwem")).isInstanceOfSatisfying(ModelNotFoundException.class, missing -> {
            assertThat(missing).hasMessage("The model 'qwem' does not exist. Did you mean 'qwen'?");
            assertThat(missing.code()).isEqualTo("model_not_found");
            assertThat(missing.param()).isEqualTo("model");
        });
    }

    @Test
    void ofSeveralProvidersNoneIsHandedAnUnknownName() {
        test.provider(LlmClient.DEFAULT, "qwen3").provider("cloud", "qwen2", "gpt").route("qwen1", "cloud");

        assertThatThrownBy(() -> test.target("qwen4"))
                .hasMessage("The model 'qwen4' does not exist. Did you mean 'qwen1' or 'qwen2' or 'qwen3'?");
        assertThatThrownBy(() -> test.target("zzz")).hasMessage("The model 'zzz' does not exist.");
    }

    @Test
    void anEndlessNameIsNotComparedWithOthers() {
        test.provider("local", "qwen").provider("cloud");

        assertThatThrownBy(() -> test.target("q".repeat(10_000_000)))
                .hasMessage("The model '" + "q".repeat(200) + "...' does not exist.");
    }

    @Test
    void withoutAModelTheDefaultProviderIsAskedForItsOwn() {
        test.provider(LlmClient.DEFAULT).provider("cloud");

        assertThat(test.target(null)).isEqualTo("<default>");
        assertThat(test.target(" ")).isEqualTo("<default>");
    }

    @Test
    void withoutAModelTheOnlyProviderIsAskedForItsOwn() {
        test.provider("local");

        assertThat(test.target(null)).isEqualTo("local");
    }

    @Test
    void withoutAModelAndADefaultProviderOneMustBeNamed() {
        test.provider("local").provider("cloud");

        assertThatThrownBy(() -> test.target(null)).isInstanceOfSatisfying(InvalidRequestException.class, invalid -> {
            assertThat(invalid).hasMessageStartingWith("You must name a model");
            assertThat(invalid.param()).contains("model");
        });
    }

    @Test
    void whatIsKnownIsDecidedOnTheCallersThreadAtOnce() {
        test.provider("local", "qwen").provider("cloud", "gpt").route("fast", "local:qwen");
        test.target("gpt");
        test.target("qwen");

        for (String model : new String[] { "fast", "cloud/x", "qwen", "gpt" }) {
            AtomicReference<Target> target = new AtomicReference<>();
            test.router().route(Optional.of(model), all -> true).subscribe().with(target::set);
            assertThat(target.get()).as(model).isNotNull();
        }
    }

    @Test
    void anotherActiveProviderTakesOverAtOnce() {
        test.provider("a", "x").provider("b", "x").active("a");
        assertThat(test.target("x")).isEqualTo("a:x");

        test.active("b").change();

        assertThat(test.target("x")).isEqualTo("b:x");
        assertThat(test.target(null)).isEqualTo("b");
    }

    @Test
    void whatAnotherServerListedIsForgotten() {
        test.provider("a", "old").provider("b");
        assertThat(test.target("old")).isEqualTo("a:old");

        test.provider("a", "new").setting("a", "base-url", "http://127.0.0.1:2/v1").change();

        assertThat(test.target("new")).isEqualTo("a:new");
        assertThatThrownBy(() -> test.target("old")).isInstanceOf(ModelNotFoundException.class);
    }
}

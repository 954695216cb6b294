package io.quarkiverse.llm.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;

import org.jboss.jandex.Index;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.OutputType;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ServiceProviderBuildItem;

/** What the build finds of the types that an application asks for. */
class LlmStructuredOutputProcessorTest {

    record Parsed(List<Part> parts) {
    }

    record Part(Shape shape) {
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes(@JsonSubTypes.Type(Circle.class))
    interface Shape {
    }

    record Circle(double radius) implements Shape {
    }

    record Streamed(String text) {
    }

    record Awaited(String text) {
    }

    record Named(String text) {
    }

    record OfOwnInterface(String text) {
    }

    record InLambda(String text) {
    }

    record NotAsked(String text) {
    }

    interface Closed {
    }

    interface OwnProvider extends LlmProvider {
    }

    static class Caller {

        void calls(LlmProvider llm, LlmRequest request) {
            llm.parse(request, Parsed.class).subscribe().with(value -> {
            });
            llm.parseStream(request.toBuilder().user("and now?").build(), Streamed.class).subscribe().with(event -> {
            });
            Runnable later = () -> llm.parseAndAwait(request, InLambda[].class);
            later.run();
            System.out.println(llm.parseAndAwait(request,
                    Awaited.class).text());
            OutputType.of(Named.class);
            llm.parseAndAwait(request, Closed.class);
            ask(llm, request, NotAsked.class);
        }

        private <T> T ask(LlmProvider llm, LlmRequest request, Class<T> type) {
            return llm.parseAndAwait(request, type);
        }
    }

    static class CallerOfOwnInterface {

        OfOwnInterface calls(OwnProvider own, LlmRequest request) {
            return own.parseAndAwait(request, OfOwnInterface.class);
        }
    }

    private static final LlmStructuredOutputProcessor PROCESSOR = new LlmStructuredOutputProcessor();

    private static LlmOutputTypesBuildItem types() throws IOException {
        Index index = Index.of(Caller.class, CallerOfOwnInterface.class, OwnProvider.class, LlmProvider.class, Parsed.class);
        return PROCESSOR.types(new CombinedIndexBuildItem(index, index));
    }

    @Test
    void typesAreFoundWhereProvidersAreCalledWithThem() throws IOException {
        assertThat(types().schemas()).containsOnlyKeys(Parsed.class.getName(), Streamed.class.getName(),
                Awaited.class.getName(), Named.class.getName(), OfOwnInterface.class.getName(), InLambda[].class.getName());
        assertThat(types().schemas().get(Parsed.class.getName()).schema()).contains("\"radius\"");
        assertThat(types().schemas().get(InLambda[].class.getName()).wrapped()).isTrue();
    }

    @Test
    void allThatAnAnswerIsBoundToIsKeptForReflection() throws IOException {
        ReflectiveClassBuildItem kept = PROCESSOR.reflection(types());

        assertThat(kept.getClassNames()).contains(Parsed.class.getName(), Part.class.getName(), Shape.class.getName(),
                Circle.class.getName(), InLambda.class.getName()).doesNotContain(NotAsked.class.getName(),
                        Closed.class.getName());
        assertThat(kept.isConstructors()).isTrue();
        assertThat(kept.isMethods()).isTrue();
        assertThat(kept.isFields()).isTrue();
    }

    @Test
    void theServiceIsKept() {
        ServiceProviderBuildItem service = PROCESSOR.service();

        assertThat(service.serviceDescriptorFile())
                .isEqualTo("META-INF/services/" + OutputType.Factory.class.getName());
        assertThat(service.providers()).containsExactly("io.quarkiverse.llm.runtime.structured.StructuredOutput");
    }
}

package io.quarkiverse.llm;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;

/**
 * Selects a provider by its name: {@code @Inject @LlmClient LlmProvider} is the default one, configured by
 * {@code quarkus.llm.*}, and {@code @Inject @LlmClient("local") LlmProvider} the one of {@code quarkus.llm.local.*}.
 * <p>
 * On a bean or producer of type {@link LlmProvider} it says which provider the bean is.
 */
@Qualifier
@Documented
@Retention(RUNTIME)
@Target({ TYPE, FIELD, METHOD, PARAMETER })
public @interface LlmClient {

    /** The name of the default provider. */
    String DEFAULT = "<default>";

    /** The provider's name in the configuration; the default provider unless said. */
    String value() default DEFAULT;

    /** For look-ups in code: {@code Instance.select(LlmClient.Literal.of("local"))}. */
    final class Literal extends AnnotationLiteral<LlmClient> implements LlmClient {

        private static final long serialVersionUID = 1L;

        private final String value;

        private Literal(String value) {
            this.value = value;
        }

        /** The qualifier with that name. */
        public static Literal of(String name) {
            return new Literal(name);
        }

        @Override
        public String value() {
            return value;
        }
    }
}

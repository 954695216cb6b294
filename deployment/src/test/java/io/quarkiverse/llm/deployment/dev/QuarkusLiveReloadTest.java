package io.quarkiverse.llm.deployment.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

class QuarkusLiveReloadTest {

    /** Our classes as they are in a Quarkus that has moved its own. */
    private static final class OtherQuarkus extends ClassLoader {

        OtherQuarkus() {
            super(QuarkusLiveReloadTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.equals("io.quarkus.deployment.dev.RuntimeUpdatesProcessor")) {
                throw new ClassNotFoundException(name);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null && name.startsWith(QuarkusLiveReloadTest.class.getPackageName()) ? define(name)
                    : super.loadClass(name, resolve);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream bytes = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] code = bytes.readAllBytes();
                return defineClass(name, code, 0, code.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @Test
    void whereQuarkusIsNotWhatWeKnowItRestartsAsWithoutUs() throws ReflectiveOperationException {
        Class<?> other = Class.forName(QuarkusLiveReload.class.getName(), true, new OtherQuarkus());
        Method begin = Arrays.stream(other.getMethods()).filter(method -> method.getName().equals("begin")).findAny()
                .orElseThrow();

        assertThat(other).isNotSameAs(QuarkusLiveReload.class);
        assertThatCode(() -> begin.invoke(null, null, List.of("dev"), List.of(), null)).doesNotThrowAnyException();
    }
}

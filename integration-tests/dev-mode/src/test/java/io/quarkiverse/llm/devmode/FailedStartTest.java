package io.quarkiverse.llm.devmode;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.quarkus.test.QuarkusDevModeTest;

class FailedStartTest {

    private static final ScriptedServer SERVER = ScriptedServer
            .start(request -> Answer.text(request.json().getString("model")));
    private static final Browser BROWSER = new Browser();

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = new QuarkusDevModeTest()
            .withApplicationRoot(jar -> jar.addClasses(AskResource.class, Observer.class).addAsResource(new StringAsset("""
                    quarkus.llm.base-url=%s
                    quarkus.llm.model=a
                    quarkus.llm.temperature=hot
                    """.formatted(SERVER.baseUrl())), "application.properties"))
            .setAllowFailedStart(true);

    static {
        // the server that stands in for an application that does not start reads no file of the test
        System.setProperty("quarkus.http.port", Integer.toString(BROWSER.port()));
    }

    @AfterAll
    static void stop() {
        System.clearProperty("quarkus.http.port");
        SERVER.close();
    }

    private static void replace(String old, String replacement) {
        APPLICATION.modifyResourceFile("application.properties", content -> content.replace(old, replacement));
    }

    @Test
    void aFailedStartIsMendedByTheSettingAndLaterChangesAreLive() {
        replace("temperature=hot", "temperature=0.5");
        Answered started = BROWSER.ask();
        assertThat(started.text()).isEqualTo("a");

        replace("model=a", "model=b");
        Answered changed = BROWSER.ask();

        assertThat(changed.text()).isEqualTo("b");
        assertThat(changed.id()).isEqualTo(started.id());
    }
}

package io.quarkiverse.llm.runtime.conflict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.runtime.config.ConflictMode;
import io.quarkus.runtime.configuration.ConfigurationException;

class ConflictReportTest {

    private static final Path GUIDE = Path.of("../docs/modules/ROOT/pages/conflicts.adoc");

    private static final Path RULES = Path.of("src/main/java/io/quarkiverse/llm/runtime/conflict");
    private static final Pattern KIND = Pattern.compile("(?:Conflict\\.(?:error|warn|info)|conflict)\\(\"([a-z-]+)\"");

    private static Application threeConflicts() {
        return Application.withLocal().with("quarkus.llm.local.api-key", "hush").bean("mine", "com.acme.Mine", true)
                .with("quarkus.llm.mine.base-url", "http://host?token=hush").with("quarkus.llm.local.baseurl", "http://x/hush")
                .injects("mine");
    }

    @Test
    void itIsWrittenForTheTerminal() {
        assertThat(threeConflicts().report().text()).isEqualTo(
                """
                        Quarkus LLM found 2 warnings and 1 note about its providers:

                        [warn] bean-over-configuration:mine
                          The name 'mine' is claimed twice, by a bean and by configuration:
                            bean com.acme.Mine
                            quarkus.llm.mine.base-url  application.properties
                          The bean is used: beans go before configuration, which has no effect.
                          Remove quarkus.llm.mine.* or the bean, or give the bean another name.

                        [warn] unknown-key:quarkus.llm.local.baseurl
                          There is no such setting:
                            quarkus.llm.local.baseurl  application.properties
                          It has no effect.
                          Did you mean quarkus.llm.local.base-url?

                        [info] never-used:local
                          Provider 'local' is configured, but nothing injects it:
                            quarkus.llm.local.base-url  application.properties
                          Inject it with @LlmClient("local"), or remove its settings.

                        Silence one with quarkus.llm.conflicts-ignore=<id>, which the build reads; with quarkus.llm.conflicts=fail warnings fail the build \
                        or the start.""");
    }

    @Test
    void theGuideShowsItAsItIs() throws IOException {
        assertThat(Files.readString(GUIDE).replaceAll("(application\\.properties):\\d+", "$1"))
                .contains("----\n" + threeConflicts().report().text() + "\n----");
    }

    @Test
    void theGuideTellsOfEachKind() throws IOException {
        String guide = Files.readString(GUIDE);
        try (Stream<Path> sources = Files.list(RULES)) {
            List<String> kinds = sources.flatMap(ConflictReportTest::kinds).toList();

            assertThat(kinds).hasSizeGreaterThan(15).allSatisfy(kind -> assertThat(guide).contains("`" + kind + ":"));
        }
    }

    private static Stream<String> kinds(Path source) {
        try {
            return KIND.matcher(Files.readString(source)).results().map(result -> result.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void noSecretIsInIt() {
        assertThat(threeConflicts().report().text()).doesNotContain("hush");
    }

    @Test
    void warningsFailWhereTheyShall() {
        assertThatCode(() -> threeConflicts().report().orFail()).doesNotThrowAnyException();
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> threeConflicts().mode(ConflictMode.FAIL).report().orFail())
                .withMessageStartingWith("Quarkus LLM found 2 warnings about its providers:")
                .withMessageContaining("unknown-key:quarkus.llm.local.baseurl")
                .withMessageNotContaining("never-used")
                .withMessageEndingWith("Warnings fail, because of quarkus.llm.conflicts=fail. Silence one with "
                        + "quarkus.llm.conflicts-ignore=<id>, which the build reads.");
    }

    @Test
    void oneThatIsSilencedIsNeitherShownNorFails() {
        ConflictReport report = threeConflicts().ignoring("bean-over-configuration:mine")
                .ignoring("unknown-key:quarkus.llm.local.baseurl").mode(ConflictMode.FAIL).report().orFail();

        assertThat(report.shown()).extracting(Conflict::id).containsExactly("never-used:local");
        assertThat(report.isHarmless()).isTrue();
    }

    @Test
    void errorsCannotBeSilenced() {
        Application reserved = Application.withLocal().with("quarkus.llm.health.base-url", "http://host");

        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> reserved.mode(ConflictMode.IGNORE)
                .ignoring("reserved-name:health").report().orFail()).withMessageContaining("[error] reserved-name:health")
                .withMessageNotContaining("Silence");
    }

    @Test
    void allElseIsIgnoredWhereThatIsAsked() {
        assertThat(threeConflicts().mode(ConflictMode.IGNORE).report().shown()).isEmpty();
    }

    @Test
    void aBuildDoesNotFailForWhatTheRunningApplicationMayMend() {
        Application reserved = Application.withLocal().with("quarkus.llm.health.base-url", "http://host");
        ConflictReport report = reserved.mode(ConflictMode.FAIL).reportOfBuild();

        assertThat(report.failing()).isEmpty();
        assertThat(report.text())
                .contains("[error] reserved-name:health (as far as the build sees; the start decides)");
    }

    @Test
    void aBuildFailsForWhatItKnowsItself() {
        ConflictReport report = Application.withLocal().bean("mine", "One", false).bean("mine", "Two", false).reportOfBuild();

        assertThat(report.failing()).extracting(Conflict::id).containsExactly("equal-beans:mine");
        assertThat(report.text()).doesNotContain("as far as the build sees");
    }

    @Test
    void whoIsAbsentIsSoThoughTheConflictIsSilenced() {
        ConflictReport report = Application.withLocal().with("quarkus.llm.local.tls-configuration-name", "other")
                .mode(ConflictMode.IGNORE).report();

        assertThat(report.shown()).isEmpty();
        assertThat(report.absent()).containsEntry("local", "Provider 'local' wants the TLS configuration 'other', which "
                + "does not exist. Set quarkus.tls.other.*.");
    }

    @Test
    void anApplicationInOrderHasNone() {
        ConflictReport report = Application.withLocal().with("quarkus.llm.base-url", "http://other")
                .with("quarkus.llm.active", "local").with("quarkus.llm.conflicts", "fail")
                .with("quarkus.llm.devservices.enabled", "false").with("quarkus.llm.local.headers.\"X-Team\"", "a")
                .with("quarkus.llm.headers.x", "a").with("quarkus.llm.stop[0]", "a").with("quarkus.llm-gateway.port", "1")
                .report();

        assertThat(report.conflicts()).isEmpty();
        assertThat(report.isHarmless()).isTrue();
    }
}

package io.quarkiverse.llm.deployment.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

import org.aesh.command.AeshCommandRuntimeBuilder;
import org.aesh.command.CommandRuntime;
import org.aesh.command.impl.registry.AeshCommandRegistryBuilder;
import org.aesh.command.invocation.CommandInvocation;
import org.aesh.command.shell.Shell;
import org.aesh.complete.AeshCompleteOperation;
import org.aesh.readline.terminal.formatting.TerminalString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.dev.console.DevConsoleManager;

class LlmCommandTest {

    private final List<String> printed = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private CommandRuntime<CommandInvocation> console;

    @BeforeEach
    void start() throws Exception {
        Shell shell = (Shell) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Shell.class },
                (proxy, method, arguments) -> {
                    if (method.getName().startsWith("write")) {
                        printed.add(String.valueOf(arguments[0]));
                    }
                    return null;
                });
        console = AeshCommandRuntimeBuilder.<CommandInvocation> builder()
                .commandRegistry(AeshCommandRegistryBuilder.<CommandInvocation> builder().command(new LlmCommand()).create())
                .shell(shell).build();
        for (String command : List.of("list", "show", "use", "set", "reset")) {
            DevConsoleManager.register("io.quarkiverse.llm." + command, parameters -> {
                asked.add(command + new TreeMap<>(parameters));
                return List.of("answer to " + command, "second line");
            });
        }
        DevConsoleManager.register("io.quarkiverse.llm.names", parameters -> List.of("local", "cloud"));
    }

    @AfterEach
    void stop() {
        DevConsoleManager.close();
    }

    @Test
    void aloneItListsTheProviders() throws Exception {
        console.executeCommand("llm");

        assertThat(asked).containsExactly("list{}");
        assertThat(printed).containsExactly("answer to list", "second line");
    }

    @Test
    void theOthersTakeTheirWords() throws Exception {
        console.executeCommand("llm use local");
        console.executeCommand("llm show default");
        console.executeCommand("llm set local reasoning-effort high");
        console.executeCommand("llm set local model gpt 4");
        console.executeCommand("llm reset");
        console.executeCommand("llm reset local");

        assertThat(asked).containsExactly("use{name=local}", "show{name=default}",
                "set{key=reasoning-effort, name=local, value=high}", "set{key=model, name=local, value=gpt 4}",
                "reset{}", "reset{name=local}");
    }

    @Test
    void aSettingWithoutValueIsExplained() throws Exception {
        console.executeCommand("llm set local model");

        assertThat(asked).isEmpty();
        assertThat(printed).singleElement().asString().contains("llm set NAME SETTING VALUE");
    }

    @Test
    void withoutAnApplicationItSaysSo() throws Exception {
        DevConsoleManager.close();

        console.executeCommand("llm use local");

        assertThat(printed).containsExactly("The application does not run.");
    }

    @Test
    void theNamesOfTheProvidersAreCompleted() {
        assertThat(completions("llm use ")).containsExactlyInAnyOrder("local", "cloud");
        assertThat(completions("llm show lo")).hasSize(1);
        assertThat(completions("llm set local mod")).containsExactly("model", "models-path");
    }

    private List<String> completions(String line) {
        AeshCompleteOperation operation = new AeshCompleteOperation(console.getAeshContext(), line, line.length());
        console.complete(operation);
        return operation.getCompletionCandidates().stream().map(TerminalString::getCharacters).toList();
    }

    @Test
    void helpNamesTheCommands() throws Exception {
        console.executeCommand("llm -h");

        assertThat(String.join("\n", printed)).contains("use", "show", "set", "reset");
        assertThat(asked).isEmpty();
    }
}

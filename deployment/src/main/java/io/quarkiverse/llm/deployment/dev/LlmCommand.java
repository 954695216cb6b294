package io.quarkiverse.llm.deployment.dev;

import java.util.List;
import java.util.Map;

import org.aesh.command.Command;
import org.aesh.command.CommandDefinition;
import org.aesh.command.CommandResult;
import org.aesh.command.GroupCommandDefinition;
import org.aesh.command.invocation.CommandInvocation;
import org.aesh.command.option.Argument;
import org.aesh.command.option.Arguments;
import org.aesh.command.option.Option;

/** The command {@code llm} of the console of dev mode: lists the providers, and changes them until they are reset. */
@GroupCommandDefinition(name = "llm", description = "Lists the language model providers, or changes them", groupCommands = {
        LlmCommand.Use.class, LlmCommand.Show.class, LlmCommand.SetSetting.class, LlmCommand.Reset.class })
public final class LlmCommand implements Command<CommandInvocation> {

    private static final Application APPLICATION = new Application();

    // help that the console makes by itself would also answer a command without words
    @Option(shortName = 'h', hasValue = false, description = "What the commands are")
    private boolean help;

    @Override
    public CommandResult execute(CommandInvocation console) {
        if (help) {
            console.println(console.getHelpInfo("llm"));
            return CommandResult.SUCCESS;
        }
        return print(console, "list", Map.of());
    }

    private static CommandResult print(CommandInvocation console, String command, Map<String, String> parameters) {
        APPLICATION.lines(command, parameters).forEach(console::println);
        return CommandResult.SUCCESS;
    }

    /** {@code llm use local}. */
    @CommandDefinition(name = "use", description = "Puts a provider behind the default one", generateHelp = true)
    public static final class Use implements Command<CommandInvocation> {

        @Argument(required = true, completer = ProviderNameCompleter.class, description = "The provider's name")
        private String name;

        @Override
        public CommandResult execute(CommandInvocation console) {
            return print(console, "use", Map.of("name", name));
        }
    }

    /** {@code llm show local}. */
    @CommandDefinition(name = "show", description = "Shows the settings of a provider", generateHelp = true)
    public static final class Show implements Command<CommandInvocation> {

        @Argument(required = true, completer = ProviderNameCompleter.class, description = "The provider's name, or default")
        private String name;

        @Override
        public CommandResult execute(CommandInvocation console) {
            return print(console, "show", Map.of("name", name));
        }
    }

    /** {@code llm set local model qwen3:4b}. */
    @CommandDefinition(name = "set", description = "Changes a setting of a provider until it is reset", generateHelp = true)
    public static final class SetSetting implements Command<CommandInvocation> {

        @Arguments(required = true, completer = SettingCompleter.class, description = "Provider or default, setting, value")
        private List<String> words;

        @Override
        public CommandResult execute(CommandInvocation console) {
            if (words.size() < 3) {
                console.println("Say which: llm set NAME SETTING VALUE, for example llm set default model qwen3:4b");
                return CommandResult.FAILURE;
            }
            return print(console, "set", Map.of("name", words.get(0), "key", words.get(1),
                    "value", String.join(" ", words.subList(2, words.size()))));
        }
    }

    /** {@code llm reset}, {@code llm reset local}. */
    @CommandDefinition(name = "reset", description = "Takes back what was changed")
    public static final class Reset implements Command<CommandInvocation> {

        @Argument(completer = ProviderNameCompleter.class, description = "The provider's name, or default; without it, all")
        private String name;

        @Override
        public CommandResult execute(CommandInvocation console) {
            return print(console, "reset", name == null ? Map.of() : Map.of("name", name));
        }
    }
}

package io.leat.cli;

import io.leat.cli.output.Form;
import io.leat.config.Suggestion;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** One run of the program: arguments in, exit code out. Never throws, never ends the process. */
public final class Program {
    private final PrintStream data;
    private final PrintStream messages;
    private final Map<String, String> environment;
    private final Path folder;

    /**
     * @param environment the environment variables
     * @param folder the folder in which the program was started
     */
    public Program(PrintStream data, PrintStream messages, Map<String, String> environment, Path folder) {
        this.data = data;
        this.messages = messages;
        this.environment = Map.copyOf(environment);
        this.folder = folder.toAbsolutePath();
    }

    /** Runs the command that the arguments name and returns its exit code. */
    public int run(String... args) {
        var session = new Session(new GlobalOptions(), data, messages, environment, folder, List.of(args));
        var commandLine = commandLine(session);
        if (args.length == 0) {
            commandLine.usage(messages);
            messages.flush();
            return CommandLine.ExitCode.USAGE;
        }
        int code = session.exitCode(commandLine.execute(args));
        data.flush();
        messages.flush();
        return code;
    }

    static CommandLine commandLine(Session session) {
        var top = new CommandLine(new LeatCommand(session.options()));
        for (Object command : commands(session)) {
            top.addSubcommand(command);
        }
        top.addSubcommand(new CommandLine(new BackfillsCommand(session))
                .addSubcommand(new BackfillsCommand.Pause(session))
                .addSubcommand(new BackfillsCommand.Resume(session))
                .addSubcommand(new BackfillsCommand.Cancel(session)));
        top.addSubcommand(new CommandLine(new LakeCommand())
                .addSubcommand(new LakeMaintainCommand(session))
                .addSubcommand(new LakeRecoverCommand(session))
                .addSubcommand(new LakeRelocateCommand(session)));
        top.addSubcommand(new CommandLine(new StateCommand())
                .addSubcommand(new StateInfoCommand(session))
                .addSubcommand(new StateMigrateCommand(session))
                .addSubcommand(new StateExportCommand(session))
                .addSubcommand(new StateImportCommand(session))
                .addSubcommand(new StatePurgeCommand(session)));
        return configured(top, session);
    }

    /** In the order in which the help lists them. */
    private static List<Object> commands(Session session) {
        return List.of(
                new DemoCommand(session),
                new InitCommand(session),
                new AddCommand(session),
                new ValidateCommand(session),
                new RunCommand(session),
                new WorkerCommand(session),
                new BackfillCommand(session),
                new RestateCommand(session),
                new RegridCommand(session),
                new RecordsCommand.Retry(session),
                new RecordsCommand.Cancel(session),
                new RecordsCommand.Release(session),
                new RecordsCommand.RestoreSlice(session),
                new AdoptCommand(session),
                new NextCommand(session),
                new ReportCommand(session),
                new StatusCommand(session),
                new WindowsCommand(session),
                new WhyCommand(session),
                new RejectsCommand(session),
                new QueryCommand(session),
                new CatalogCommand(session),
                new ModelsCommand(session),
                new LsCommand(session),
                new PluginsCommand(session),
                new LogsCommand(session),
                new DoctorCommand(session),
                new ExplainCommand(session),
                new SchemaCommand(session),
                new CompletionCommand(session),
                new VersionCommand(session));
    }

    private static CommandLine configured(CommandLine top, Session session) {
        var terminal = session.terminal();
        unsorted(top);
        words(top).forEach(type -> registerWords(top, type));
        return top.setAbbreviatedOptionsAllowed(false)
                .setOut(new PrintWriter(session.data(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(session.messages(), true, StandardCharsets.UTF_8))
                .setColorScheme(scheme(terminal.colour()))
                .setUsageHelpWidth(Math.clamp(terminal.width(), 80, 120))
                .setUsageHelpLongOptionsMaxWidth(24)
                .setParameterExceptionHandler((failure, args) -> usageError(session, failure, args))
                .setExecutionExceptionHandler((failure, command, parsed) -> session.report(failure));
    }

    /** A command's own options come first, in the order of its class; the global ones follow. */
    private static void unsorted(CommandLine command) {
        command.getCommandSpec().usageMessage().sortOptions(false);
        command.getSubcommands().values().forEach(Program::unsorted);
    }

    /** The types of all options and parameters of a command, and of those below it, that are one of a few words. */
    private static Set<Class<?>> words(CommandLine command) {
        Set<Class<?>> types = new HashSet<>();
        command.getCommandSpec().args().stream()
                .flatMap(argument -> Arrays.stream(argument.auxiliaryTypes()))
                .filter(Class::isEnum)
                .forEach(types::add);
        command.getSubcommands().values().forEach(each -> types.addAll(words(each)));
        return types;
    }

    private static <T> void registerWords(CommandLine top, Class<T> type) {
        top.registerConverter(type, text -> word(type, text));
    }

    /** One of a few words, in upper or lower case. */
    private static <T> T word(Class<T> words, String text) {
        return Arrays.stream(words.getEnumConstants())
                .filter(word -> word.toString().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("expected one of "
                        + Arrays.stream(words.getEnumConstants())
                                .map(word -> word.toString().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))
                        + " but was '" + text + "'"));
    }

    private static ColorScheme scheme(boolean colour) {
        return CommandLine.Help.defaultColorScheme(colour ? Ansi.ON : Ansi.OFF);
    }

    private static int usageError(Session session, ParameterException failure, String[] args) {
        var command = failure.getCommandLine();
        String suggestion = failure instanceof UnmatchedArgumentException unmatched ? suggestion(unmatched) : "";
        return session.reporter(formIn(args))
                .usage(
                        String.valueOf(failure.getMessage()),
                        suggestion,
                        command.getCommandSpec().qualifiedName(" "));
    }

    private static String suggestion(UnmatchedArgumentException failure) {
        String known = failure.getSuggestions().stream().limit(3).collect(Collectors.joining(", "));
        if (!known.isEmpty() || failure.getUnmatched().isEmpty()) {
            return known;
        }
        var commands = failure.getCommandLine().getSubcommands().keySet();
        return Suggestion.nearest(failure.getUnmatched().getFirst(), commands).orElse("");
    }

    /** The form that the arguments ask for, found without a parser: they may be the reason that parsing failed. */
    private static Form formIn(String[] args) {
        for (int i = 0; i < args.length; i++) {
            String value = args[i].startsWith("--output=")
                    ? args[i].substring("--output=".length())
                    : args[i].startsWith("-o") && args[i].length() > 2
                            ? args[i].substring(2)
                            : i > 0 && (args[i - 1].equals("-o") || args[i - 1].equals("--output")) ? args[i] : "";
            var asked = Arrays.stream(Form.values())
                    .filter(form -> form.toString().equals(value.toLowerCase(Locale.ROOT)))
                    .findFirst();
            if (asked.isPresent()) {
                return asked.get();
            }
        }
        return Form.TABLE;
    }
}

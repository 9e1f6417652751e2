package dev.rapport.client;

import dev.rapport.client.failure.ClientFailure;
import dev.rapport.client.failure.Exit;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program {@code rapport}. */
@Command(
        name = "rapport",
        mixinStandardHelpOptions = true,
        versionProvider = RapportClient.Version.class,
        header = "Imports into Rapport, exports from it, tells a history, and verifies evidence.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ImportCommand.class,
            ExportCommand.class,
            HistoryCommand.class,
            VerifyCommand.class,
            MappingCommand.class,
            GenerateCompletion.class
        },
        exitCodeListHeading = "%nHow it ends:%n",
        exitCodeList = {
            "0:what was asked for is done",
            "1:done, but lines were left out (import), or the bundle is refused (verify)",
            "2:what was typed makes no sense",
            "3:Rapport refuses",
            "4:Rapport can't be reached or broke off; the same command may succeed later",
            "5:a file can't be read or written, or isn't what it should be",
            "70:a fault of this program"
        },
        footerHeading = "%nIn the environment:%n",
        footer = {
            "  RAPPORT_URL       where Rapport is, such as https://rapport.example.com",
            "  RAPPORT_USER      who calls, with RAPPORT_PASSWORD",
            "  RAPPORT_TOKEN     or: the bearer token to call with",
            "  NO_COLOR          no colours, whatever the terminal can",
            "",
            "Examples:",
            "  rapport import history.ndjson",
            "  rapport import --mapping salesforce-accounts --dry-run Account.csv",
            "  rapport export commitments --filter overdue=true --output overdue.csv",
            "  rapport history skerrow --limit 10",
            "  rapport verify skerrow.zip --key \"$(cat log.key)\"",
            "  source <(rapport generate-completion)"
        })
public final class RapportClient implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private RapportClient() {}

    /** Runs a command and ends the process. */
    public static void main(String[] arguments) {
        System.exit(run(Surroundings.ofThisProcess(), arguments));
    }

    /** Runs a command; tells how it ended. */
    public static int run(Surroundings surroundings, String... arguments) {
        CommandLine line = new CommandLine(new RapportClient(), new Commands(surroundings))
                .setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(CommandLine.Help.defaultColorScheme(surroundings.isTerminal() ? Ansi.AUTO : Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(surroundings.isTerminal())
                .setParameterExceptionHandler((e, typed) -> misused(surroundings, e))
                .setExecutionExceptionHandler((e, at, parsed) -> failed(surroundings, e));
        return line.execute(arguments);
    }

    private static int misused(Surroundings surroundings, ParameterException e) {
        surroundings.say(String.valueOf(e.getMessage()));
        surroundings.err().println("See " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help.");
        return Exit.MISUSED.code();
    }

    private static int failed(Surroundings surroundings, Exception e) {
        if (e instanceof ClientFailure failure) {
            surroundings.say(failure.words());
            return failure.exit().code();
        }
        Throwable cause = e instanceof UncheckedIOException ? e.getCause() : e;
        if (cause instanceof IOException) {
            surroundings.say(cause.getClass().getSimpleName() + ": " + cause.getMessage());
            return Exit.FILE.code();
        }
        surroundings.say("a fault of this program: " + e + "; RAPPORT_TRACE=1 tells where");
        if (surroundings.variable("RAPPORT_TRACE").isPresent()) {
            e.printStackTrace(surroundings.err());
        }
        return Exit.FAULT.code();
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "what is to be done?");
    }

    /** Gives each command its surroundings. */
    private static final class Commands implements CommandLine.IFactory {

        private final Surroundings surroundings;
        private final CommandLine.IFactory plain = CommandLine.defaultFactory();

        Commands(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public <K> K create(Class<K> type) throws Exception {
            return SurroundedCommand.class.isAssignableFrom(type)
                    ? type.getDeclaredConstructor(Surroundings.class).newInstance(surroundings)
                    : plain.create(type);
        }
    }

    /** Tells the version that the jar says it has. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Optional.ofNullable(
                            RapportClient.class.getPackage().getImplementationVersion())
                    .orElse("(not built as a jar)");
            return new String[] {"rapport " + version, "Java " + System.getProperty("java.version")};
        }
    }
}

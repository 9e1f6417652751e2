package dev.rapport.client;

import static dev.rapport.client.failure.Exit.DONE;
import static dev.rapport.client.failure.Exit.MISUSED;

import dev.rapport.client.api.ApiDocument;
import dev.rapport.client.csv.Mapping;
import dev.rapport.client.failure.ClientFailure;
import dev.rapport.client.failure.Exit;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows the ready mappings. */
@Command(
        name = "mapping",
        mixinStandardHelpOptions = true,
        header = "Lists the ready mappings for CSV, or shows one, to make your own of.",
        footerHeading = "%nExample:%n",
        footer = {"  rapport mapping salesforce-accounts > ours.json"})
final class MappingCommand extends SurroundedCommand {

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "The mapping to be shown.")
    private @Nullable String name;

    MappingCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    Exit run() {
        if (name == null) {
            ApiDocument api = ApiDocument.own();
            Mapping.ready()
                    .forEach(ready -> surroundings()
                            .out()
                            .printf(
                                    "%-20s  %s%n",
                                    ready, Mapping.named(ready, api).about()));
            return DONE;
        }
        byte[] text = Mapping.text(name)
                .orElseThrow(() -> new ClientFailure(
                        MISUSED, "there is no ready mapping " + name + ", only " + String.join(", ", Mapping.ready())));
        surroundings().out().print(new String(text, StandardCharsets.UTF_8));
        return DONE;
    }
}

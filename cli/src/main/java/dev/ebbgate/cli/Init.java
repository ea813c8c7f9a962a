package dev.ebbgate.cli;

import dev.ebbgate.gateway.config.Discovery;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;

/// `ebbgate init`: writes the configuration that `serve` would use without a file.
@Command(
        name = "init",
        description = "Writes a commented configuration with the providers that are found.")
final class Init implements Callable<Integer> {
    private static final OpenOption[] NEW = {StandardOpenOption.CREATE_NEW};
    private static final OpenOption[] OVER = {
        StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE
    };

    private static final String NOTHING_FOUND =
            "found nothing: none of OPENAI_API_KEY, ANTHROPIC_API_KEY, VLLM_BASE_URL, OLLAMA_HOST"
                    + " is set, so that the file holds an example to be changed";

    private final World world;
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--force", description = "Replace the file if it exists.")
    private boolean force;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            defaultValue = ConfigOption.FILE,
            description = "What to write (default: ${DEFAULT-VALUE}).")
    private Path output = Path.of(ConfigOption.FILE);

    Init(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws CommandFailed, IOException {
        Discovery discovery = Discovery.fromEnvironment(world.environment());
        write(discovery.yaml());
        PrintWriter out = spec.commandLine().getOut();
        discovery.found().forEach(line -> out.println("found " + line));
        if (discovery.isEmpty()) {
            out.println(NOTHING_FOUND);
        }
        out.println("wrote " + output + "; next: ebbgate check, then ebbgate serve");
        return 0;
    }

    private void write(String yaml) throws CommandFailed, IOException {
        Path file = world.folder().resolve(output);
        if (Files.isDirectory(file)) {
            throw new CommandFailed(
                    "ebbgate: " + file + " is a folder; write --output " + ConfigOption.FILE);
        }
        try {
            Files.writeString(file, yaml, force ? OVER : NEW);
        } catch (FileAlreadyExistsException _) {
            throw new CommandFailed(
                    "ebbgate: " + output + " exists already; replace it with --force");
        }
    }
}

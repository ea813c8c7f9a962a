package dev.ebbgate.cli;

import picocli.CommandLine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;

/// The commands, in the order of the help.
///
/// To read what they all say of themselves takes a good part of a start. So where the first word
/// names one, the others are left out: nothing but the help of all asks for them.
final class Commands {
    private static final String COMPLETION = "completion";

    private Commands() {}

    /// Those that these arguments can ask for.
    static List<CommandLine> of(World world, String... args) {
        SequencedMap<String, Supplier<CommandLine>> all = all(world);
        String first = args.length == 0 ? "" : args[0];
        if (all.containsKey(first) && !first.equals(COMPLETION)) {
            return List.of(all.get(first).get());
        }
        return all.values().stream().map(Supplier::get).toList();
    }

    private static SequencedMap<String, Supplier<CommandLine>> all(World world) {
        SequencedMap<String, Supplier<CommandLine>> all = new LinkedHashMap<>();
        all.put("demo", () -> line(new Demo(world)).addSubcommand(new DemoTools(world)));
        all.put("serve", () -> line(new Serve(world)));
        all.put("run", () -> line(new RunCommand(world)).setStopAtPositional(true));
        all.put("init", () -> line(new Init(world)));
        all.put("check", () -> line(new Check(world)));
        all.put("route", () -> line(new RouteCommand(world)));
        all.put("provider", () -> line(new ProviderCommand(world)));
        all.put("top", () -> line(new Top(world)));
        all.put("cancel", () -> line(new Cancel(world)));
        all.put("reload", () -> line(new Reload(world)));
        all.put("audit", () -> line(new AuditCommand(world)).addSubcommand(new AuditShow(world)));
        all.put("simulate", () -> line(new Simulate(world)));
        all.put(COMPLETION, () -> line(new Completion()));
        all.put("warm-up", () -> line(new WarmUp()));
        return all;
    }

    private static CommandLine line(Object command) {
        return new CommandLine(command);
    }
}

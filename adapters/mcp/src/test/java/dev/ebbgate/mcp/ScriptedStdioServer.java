package dev.ebbgate.mcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicReference;

/// A program that is an MCP server: what it hears goes to a file, what it does follows from the
/// name of the tool. `stubborn` as second argument: it ends for nothing but KILL.
final class ScriptedStdioServer {

    private static final PrintStream OUT =
            new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final AtomicReference<String> HELD = new AtomicReference<>("");

    private ScriptedStdioServer() {}

    public static void main(String[] args) throws Exception {
        Path heard = Path.of(args[0]);
        boolean stubborn = args.length > 1;
        if (stubborn) {
            Runtime.getRuntime().addShutdownHook(new Thread(ScriptedStdioServer::sleep));
        }
        say("a greeting that is no message");
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            Files.writeString(
                    heard, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            hear(line);
        }
        if (stubborn) {
            sleep();
        }
    }

    private static void hear(String message) throws IOException {
        switch (Script.method(message)) {
            case "initialize" -> say(Script.introduction(message));
            case "tools/call" -> call(message);
            case "notifications/cancelled" -> {
                if (!HELD.get().isEmpty()) {
                    say(Script.text(HELD.get(), "too late", false));
                }
            }
            default -> {}
        }
    }

    private static void call(String message) {
        switch (Script.tool(message)) {
            case "echo" -> say(Script.text(message, "an answer", false));
            case "fail" -> say(Script.text(message, "the disk is full", true));
            case "refuse" -> say(Script.refusal(message));
            case "late" -> HELD.set(message);
            case "deaf" -> sleep(); // and reads no more
            case "die" -> Runtime.getRuntime().halt(3);
            case "slow" ->
                    Thread.startVirtualThread(() -> {
                        pause(21_000);
                        say(Script.text(message, "at last", false));
                    });
            case "busy" -> Thread.startVirtualThread(() -> report(message));
            default -> {} // it hangs
        }
    }

    private static void report(String message) {
        for (int step = 1; step < 1_000; step++) {
            pause(50);
            say(Script.progress(message, step));
        }
    }

    private static void say(String message) {
        synchronized (OUT) {
            OUT.println(message);
        }
    }

    private static void sleep() {
        pause(600_000);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.ebbgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The launcher's search for a JDK, among fake ones: nothing is built and no java is started.
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    private static final List<String> TOOLS =
            List.of(
                    "cat",
                    "cksum",
                    "cut",
                    "dirname",
                    "find",
                    "getconf",
                    "head",
                    "nproc",
                    "readlink",
                    "sed",
                    "sh");

    @TempDir private Path folder = Path.of("");
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void emptyMachine() throws IOException {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : TOOLS) {
            Path there = Path.of("/usr/bin", tool);
            Path found = Files.exists(there) ? there : Path.of("/bin", tool);
            executable(tools.resolve(tool), "#!/bin/sh\nexec " + found + " \"$@\"\n");
        }
        environment.put("PATH", tools.toString());
        environment.put("HOME", folder.resolve("my home").toString());
        environment.put("EBBGATE_SEARCH_ROOT", folder.toString());
        environment.put("EBBGATE_DRY_RUN", "1");
    }

    @Test
    void noJdk_saysHowToGetOne() throws Exception {
        Launch launch = launch("serve");

        assertThat(launch.code()).isEqualTo(1);
        assertThat(launch.text())
                .contains("no JDK 25 or later found", "apt", "brew", "sdk install");
    }

    @Test
    void javaHome_winsOverPath() throws Exception {
        Path home = jdk("a/jdk home", "25");
        addToPath(jdk("b", "26.0.1"));
        environment.put("JAVA_HOME", home.toString());

        assertThat(launch().java()).isEqualTo(home.resolve("bin/java"));
    }

    @Test
    void relativeJavaHome_isTakenFromWhereOneStands() throws Exception {
        Path home = jdk("a", "25");
        environment.put("JAVA_HOME", "a");

        assertThat(launch().java()).isEqualTo(home.resolve("bin/java"));
    }

    @Test
    void oldJavaHome_isPassedOver() throws Exception {
        Path onPath = jdk("b", "25.0.3");
        addToPath(onPath);
        environment.put("JAVA_HOME", jdk("a", "17.0.15").toString());

        assertThat(launch().java()).isEqualTo(onPath.resolve("bin/java"));
    }

    @Test
    void linkOnPath_leadsToItsJdk() throws Exception {
        Path jdk = jdk("somewhere/jdk", "25.0.3");
        Files.createSymbolicLink(folder.resolve("tools/java"), jdk.resolve("bin/java"));

        assertThat(launch().java()).isEqualTo(jdk.resolve("bin/java"));
    }

    @Test
    void switcherOnPath_isAskedForItsJdk() throws Exception {
        Path jdk = jdk("hidden/jdk", "25.0.3");
        executable(
                folder.resolve("tools/java"),
                "#!/bin/sh\necho \"    java.home = " + jdk + "\" >&2\n");

        assertThat(launch().java()).isEqualTo(jdk.resolve("bin/java"));
    }

    @Test
    void usualFolders_areSearched() throws Exception {
        for (String place :
                List.of(
                        "usr/lib/jvm/x",
                        "usr/java/x",
                        "opt/x",
                        "my home/.jdks/x",
                        "my home/.sdkman/candidates/java/x",
                        "my home/Library/Java/JavaVirtualMachines/x/Contents/Home",
                        "Library/Java/JavaVirtualMachines/x/Contents/Home")) {
            Path jdk = jdk(place, "25-ea");

            assertThat(launch().java()).as(place).isEqualTo(jdk.resolve("bin/java"));

            Files.delete(jdk.resolve("bin/java"));
        }
    }

    @Test
    void runtimeWithoutCompiler_isPassedOver() throws Exception {
        Path jdk = jdk("usr/lib/jvm/x", "25");
        Files.delete(jdk.resolve("bin/javac"));

        assertThat(launch().code()).isEqualTo(1);
    }

    @Test
    void linkFromElsewhere_findsTheJar_andKeepsArgumentsWhole() throws Exception {
        jdk("usr/lib/jvm/x", "25");
        environment.put("EBBGATE_JAVA_OPTS", "-Xmx64m -Da=*");
        Path link = Files.createSymbolicLink(folder.resolve("a link"), root().resolve("ebbgate"));

        List<String> lines = launch(link, "check", "--config", "a b.yaml").lines();

        Files.delete(link); // JUnit warns of links that lead out of its folder
        assertThat(lines)
                .contains("--enable-native-access=ALL-UNNAMED")
                .containsSequence(
                        "-Xmx64m",
                        "-Da=*",
                        "-jar",
                        root().toRealPath().resolve("cli/target/ebbgate.jar").toString(),
                        "check",
                        "--config",
                        "a b.yaml");
    }

    @Test
    void collectorOfOnesOwn_replacesOurs() throws Exception {
        jdk("usr/lib/jvm/x", "25");

        assertThat(launch().lines()).filteredOn(line -> line.endsWith("GC")).hasSize(1);

        environment.put("EBBGATE_JAVA_OPTS", "-Xmx1g -XX:+UseZGC");
        assertThat(launch().lines())
                .filteredOn(line -> line.endsWith("GC"))
                .containsExactly("-XX:+UseZGC");
    }

    @Test
    void nettyUsesUnsafe_onlyWhereJavaIsAskedNotToWarn() throws Exception {
        Path jdk = jdk("usr/lib/jvm/x", "25.0.3");

        assertThat(launch().lines())
                .contains("--sun-misc-unsafe-memory-access=allow", "-Dio.netty.noUnsafe=false");

        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"28\"\n");
        assertThat(launch().lines())
                .contains("-Dio.netty.noUnsafe=true")
                .noneMatch(line -> line.contains("sun-misc-unsafe"));
    }

    private Path jdk(String place, String version) throws IOException {
        Path jdk = folder.resolve(place);
        Files.createDirectories(jdk.resolve("bin"));
        executable(jdk.resolve("bin/java"), "#!/bin/sh\nexit 9\n");
        executable(jdk.resolve("bin/javac"), "#!/bin/sh\nexit 9\n");
        Files.writeString(
                jdk.resolve("release"),
                "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\nJAVA_VERSION_DATE=\"x\"\n");
        return jdk;
    }

    private void addToPath(Path jdk) {
        environment.merge("PATH", jdk.resolve("bin").toString(), (old, more) -> more + ":" + old);
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Launch launch(String... arguments) throws Exception {
        return launch(root().resolve("ebbgate"), arguments);
    }

    private Launch launch(Path script, String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", script.toString());
        builder.command().addAll(List.of(arguments));
        builder.directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Launch(process.waitFor(), text);
    }

    private static Path root() {
        return Path.of(Objects.requireNonNull(System.getProperty("ebbgate.root")));
    }

    private record Launch(int code, String text) {
        List<String> lines() {
            return text.lines().toList();
        }

        Path java() {
            assertThat(code).as(text).isZero();
            return Path.of(lines().getFirst());
        }
    }
}

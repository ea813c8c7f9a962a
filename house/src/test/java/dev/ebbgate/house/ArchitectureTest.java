package dev.ebbgate.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The floor plan: who may know whom, and what the pure rooms may not touch.
class ArchitectureTest {
    private static final String CORE = "dev.ebbgate.core..";
    private static final String DIALECTS = "dev.ebbgate.dialects..";
    private static final String GATEWAY = "dev.ebbgate.gateway..";
    private static final String LEDGER = "dev.ebbgate.ledger..";
    private static final String WATCH = "dev.ebbgate.core.watch..";
    private static final String EVENTS = "dev.ebbgate.gateway.events..";
    private static final String TOOLS = "dev.ebbgate.tools..";
    private static final String MCP = "dev.ebbgate.mcp..";
    private static final String MICROMETER = "dev.ebbgate.micrometer..";
    private static final String OPENTELEMETRY = "dev.ebbgate.opentelemetry..";
    private static final String EXAMPLES = "dev.ebbgate.examples..";
    private static final String LANGCHAIN4J = "dev.ebbgate.langchain4j..";
    private static final String SPRING_AI = "dev.ebbgate.springai..";
    private static final String SIM = "dev.ebbgate.sim..";
    private static final String CLI = "dev.ebbgate.cli..";

    private static final JavaClasses MAIN = read("target/classes");
    private static final JavaClasses PURE_TESTS =
            new ClassFileImporter()
                    .importPaths(
                            folder("core", "target/test-classes"),
                            folder("dialects", "target/test-classes"));

    @Test
    void classFiles_areRead() {
        assertThat(MAIN.contain("dev.ebbgate.core.limit.Limit")).isTrue();
        assertThat(MAIN.contain("dev.ebbgate.dialects.Operation")).isTrue();
        assertThat(MAIN.get("dev.ebbgate.core.limit.Limit").getMethods()).isNotEmpty();
    }

    @Test
    void core_knowsTheJdkOnly() {
        classes()
                .that(resideInAPackage(CORE))
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(CORE, "java..", "org.jspecify.annotations.."))
                .check(MAIN);
    }

    @Test
    void dialects_knowCoreOnly() {
        classes()
                .that(resideInAPackage(DIALECTS))
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(CORE, DIALECTS, "java..", "org.jspecify.annotations.."))
                .check(MAIN);
    }

    @Test
    void coreAndDialects_touchNoOutsideWorld() {
        noClasses()
                .that(resideInAnyPackage(CORE, DIALECTS))
                .should()
                .dependOnClassesThat(
                        // Of java.nio, naming an encoding or a byte order is no I/O.
                        resideInAnyPackage(
                                "java.io..",
                                "java.net..",
                                "java.nio.file..",
                                "java.nio.channels..",
                                "java.lang.foreign.."))
                .check(MAIN);
    }

    @Test
    void coreAndDialects_haveNoThreadAndNoClock() {
        noClasses()
                .that(resideInAnyPackage(CORE, DIALECTS))
                .should(Purity.startOrBlockThreads())
                .orShould(Purity.readAClock())
                .orShould(Purity.drawUnseededChance())
                .check(MAIN);
    }

    @Test
    void testsOfCoreAndDialects_liveInVirtualTime() {
        noClasses()
                .should(Purity.startOrBlockThreads())
                .orShould(Purity.readAClock())
                .orShould(Purity.drawUnseededChance())
                .check(PURE_TESTS);
    }

    /// What is usual at a target marks calls and warns. A limit that was derived from it would be a
    /// hidden one.
    @Test
    void whatIsLearntFromEntries_reachesNoLimit() {
        noClasses()
                .that(resideInAnyPackage(CORE, DIALECTS, GATEWAY))
                .and(resideOutsideOfPackages(WATCH, EVENTS))
                .should()
                .dependOnClassesThat(resideInAnyPackage(WATCH, EVENTS))
                .check(MAIN);
    }

    @Test
    void gateway_knowsNeitherLedgerNorSimNorCli() {
        noClasses()
                .that(resideInAPackage(GATEWAY))
                .should()
                .dependOnClassesThat(resideInAnyPackage(LEDGER, SIM, CLI))
                .check(MAIN);
    }

    @Test
    void ledger_knowsCoreOnly() {
        noClasses()
                .that(resideInAPackage(LEDGER))
                .should()
                .dependOnClassesThat(resideInAnyPackage(DIALECTS, GATEWAY, SIM, CLI))
                .check(MAIN);
    }

    /// It is for any program, so it brings nothing with it.
    @Test
    void tools_knowCoreAndTheJdkOnly() {
        classes()
                .that(resideInAPackage(TOOLS))
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(CORE, TOOLS, "java..", "org.jspecify.annotations.."))
                .check(MAIN);
    }

    @Test
    void observersOfTools_knowToolsAndTheirLibraryOnly() {
        classes()
                .that(resideInAnyPackage(MICROMETER, OPENTELEMETRY))
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(
                                CORE,
                                TOOLS,
                                MICROMETER,
                                OPENTELEMETRY,
                                "io.micrometer..",
                                "io.opentelemetry..",
                                "java..",
                                "org.jspecify.annotations.."))
                .check(MAIN);
        slices().matching("dev.ebbgate.(micrometer|opentelemetry)..")
                .should()
                .notDependOnEachOther()
                .check(MAIN);
    }

    @Test
    void adapterForMcp_knowsToolsAndItsLibraryOnly() {
        noClasses()
                .that(resideInAPackage(MCP))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(DIALECTS, GATEWAY, LEDGER, EXAMPLES, SIM, CLI))
                .check(MAIN);
    }

    /// What they show works without the gateway.
    @Test
    void examples_knowToolsOnly() {
        classes()
                .that(resideInAPackage(EXAMPLES))
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(
                                CORE,
                                TOOLS,
                                EXAMPLES,
                                "java..",
                                "javax.sql..",
                                "org.jspecify.annotations.."))
                .check(MAIN);
    }

    /// Nor the gateway, nor each other: each brings its own framework and nothing else.
    @Test
    void adapters_knowToolsAndTheirFrameworkOnly() {
        onlyKnows(LANGCHAIN4J, "dev.langchain4j..");
        onlyKnows(SPRING_AI, "org.springframework..", "reactor.core..");
    }

    private static void onlyKnows(String adapter, String... framework) {
        DescribedPredicate<JavaClass> ours =
                resideInAnyPackage(
                        adapter,
                        CORE,
                        TOOLS,
                        "java..",
                        "javax.net.ssl..",
                        "org.jspecify.annotations..");
        classes()
                .that(resideInAPackage(adapter))
                .should()
                .onlyDependOnClassesThat(ours.or(resideInAnyPackage(framework)))
                .check(MAIN);
    }

    /// A codec shared by both ends would hide its own errors.
    @Test
    void sim_knowsNoOtherRoom() {
        noClasses()
                .that(resideInAPackage(SIM))
                .should()
                .dependOnClassesThat(resideInAnyPackage(CORE, DIALECTS, GATEWAY, LEDGER, CLI))
                .check(MAIN);
    }

    @Test
    void nobody_knowsTheFace() {
        noClasses()
                .that(resideOutsideOfPackage(CLI))
                .should()
                .dependOnClassesThat(resideInAPackage(CLI))
                .check(MAIN);
    }

    @Test
    void packagesOfARoom_haveNoCycles() {
        for (String room :
                List.of("core", "dialects", "gateway", "ledger", "tools", "sim", "cli")) {
            slices().matching("dev.ebbgate." + room + ".(*)..")
                    .should()
                    .beFreeOfCycles()
                    .allowEmptyShould(true)
                    .check(MAIN);
        }
    }

    private static JavaClasses read(String output) {
        List<Path> folders =
                Stream.of(
                                "core",
                                "dialects",
                                "gateway",
                                "ledger",
                                "tools",
                                "adapters/mcp",
                                "adapters/micrometer",
                                "adapters/opentelemetry",
                                "examples",
                                "adapters/langchain4j",
                                "adapters/spring-ai",
                                "sim",
                                "cli")
                        .map(module -> folder(module, output))
                        .toList();
        return new ClassFileImporter().importPaths(folders);
    }

    private static Path folder(String module, String output) {
        return Tree.root().resolve(module).resolve(output);
    }
}

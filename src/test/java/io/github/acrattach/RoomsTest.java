package io.github.acrattach;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rooms of the code and the doors between them, as CONTRIBUTING.md draws them. */
@AnalyzeClasses(packages = "io.github.acrattach", importOptions = RoomsTest.ProductAndEmulator.class)
class RoomsTest {

    /** The emulator is compiled with the tests, whose packages have the same names: the source roots tell them apart. */
    static final class ProductAndEmulator implements ImportOption {

        private static final Pattern TYPE = Pattern.compile(".*/(io/github/acrattach/[^$]+)([$].*)?[.]class");

        @Override
        public boolean includes(Location location) {
            Matcher type = TYPE.matcher(location.asURI().getPath());
            return type.matches()
                    && Stream.of("main", "emulator")
                            .anyMatch(root -> Files.exists(Path.of("src", root, "java", type.group(1) + ".java")));
        }
    }

    private static final String ROOT = "io.github.acrattach";
    private static final String DOMAIN = ROOT + ".domain..";
    private static final String CONCURRENT = ROOT + ".concurrent..";
    private static final String LOG = ROOT + ".log..";
    private static final String PORT = ROOT + ".port..";
    private static final String USECASE = ROOT + ".usecase..";
    private static final String TRIGGER = ROOT + ".trigger..";
    private static final String ADAPTER = ROOT + ".adapter..";
    private static final String EMULATOR = ROOT + ".emulator..";
    private static final String LOCAL = ROOT + ".local..";
    private static final String ALL = ROOT + "..";

    @ArchTest
    static final ArchRule DOMAIN_IS_PLAIN_JAVA = classes()
            .that()
            .resideInAPackage(DOMAIN)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", DOMAIN);

    @ArchTest
    static final ArchRule CONCURRENCY_IS_PLAIN_JAVA = classes()
            .that()
            .resideInAPackage(CONCURRENT)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", CONCURRENT);

    @ArchTest
    static final ArchRule CALLS_BLOCK =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.smallrye.mutiny..");

    @ArchTest
    static final ArchRule DOMAIN_KNOWS_NO_TIME_AND_NO_CHANCE = noClasses()
            .that()
            .resideInAPackage(DOMAIN)
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(java.util.UUID.class, "randomUUID");

    @ArchTest
    static final ArchRule PORTS_SPEAK_DOMAIN = only(PORT, PORT, DOMAIN);

    @ArchTest
    static final ArchRule USE_CASES_SEE_PORTS_AND_DOMAIN = only(USECASE, USECASE, PORT, DOMAIN, CONCURRENT);

    @ArchTest
    static final ArchRule TRIGGERS_SEE_USE_CASES_AND_DOMAIN = only(TRIGGER, TRIGGER, USECASE, DOMAIN, CONCURRENT, LOG);

    @ArchTest
    static final ArchRule ADAPTERS_SEE_PORTS_AND_DOMAIN = only(ADAPTER, ADAPTER, PORT, DOMAIN, CONCURRENT);

    @ArchTest
    static final ArchRule ADAPTERS_DO_NOT_SEE_EACH_OTHER = slices().matching(ROOT + ".adapter.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(resideInAPackage(ADAPTER), resideInAPackage(ROOT + ".adapter.azure.."));

    @ArchTest
    static final ArchRule SDKS_STAY_INSIDE_ADAPTERS = noClasses()
            .that()
            .resideOutsideOfPackage(ADAPTER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.azure..", "com.microsoft.aad..", "io.kubernetes..", "reactor..");

    /** They would be made while the executable is built, which then fails: docs/native.md. */
    @ArchTest
    static final ArchRule NO_STATIC_FIELD_HOLDS_WHAT_BEGINS_AT_RUN_TIME = noFields()
            .that()
            .areStatic()
            .should(ArchCondition.from(DescribedPredicate.describe(
                    "hold what is initialised at run time", field -> field.getType().getAllInvolvedRawTypes().stream()
                            .anyMatch(resideInAnyPackage(
                                    "com.azure..", "com.microsoft.aad..", "okhttp3..", "okio..", "reactor..")))));

    @ArchTest
    static final ArchRule USE_CASES_SEE_NO_WIRE = noClasses()
            .that()
            .resideInAnyPackage(USECASE, PORT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml..", "io.vertx..", "java.net..");

    @ArchTest
    static final ArchRule EMULATOR_KNOWS_NOTHING_OF_THE_PROGRAM = classes()
            .that()
            .resideInAPackage(EMULATOR)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "javax..", "com.sun.net.httpserver..", "com.fasterxml.jackson..", EMULATOR);

    @ArchTest
    static final ArchRule ONLY_THE_LOCAL_RUN_KNOWS_THE_EMULATOR = noClasses()
            .that()
            .resideOutsideOfPackages(EMULATOR, LOCAL)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(EMULATOR);

    @ArchTest
    static final ArchRule NOBODY_KNOWS_THE_LOCAL_RUN = noClasses()
            .that()
            .resideOutsideOfPackage(LOCAL)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(LOCAL);

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    /** Of our own packages, the room sees these alone. */
    private static ArchRule only(String room, String... seen) {
        return noClasses()
                .that()
                .resideInAPackage(room)
                .should()
                .dependOnClassesThat(resideInAPackage(ALL).and(DescribedPredicate.not(resideInAnyPackage(seen))));
    }
}

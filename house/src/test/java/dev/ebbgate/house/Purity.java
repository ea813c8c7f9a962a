package dev.ebbgate.house;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.conditions.ArchConditions;

import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// What a room without I/O, threads and clock must not call.
final class Purity {
    private static final Set<String> CLOCK_CALLS =
            Set.of(
                    "java.lang.System.nanoTime",
                    "java.lang.System.currentTimeMillis",
                    "java.util.Date.<init>");
    private static final Set<String> CHANCE_CALLS =
            Set.of("java.lang.Math.random", "java.util.UUID.randomUUID");

    private static final Pattern THREADS =
            Pattern.compile(
                    "java\\.lang\\.Thread(\\$.*)?|java\\.util\\.Timer(Task)?|java\\.util\\.concurrent\\."
                        + "(Exec|Scheduled|ForkJoin|ThreadPool|CountDown|Cyclic|Semaphore|locks).*");

    private Purity() {}

    static ArchCondition<JavaClass> startOrBlockThreads() {
        return ArchConditions.accessTargetWhere(
                        access(
                                "thread",
                                access ->
                                        THREADS.matcher(owner(access)).matches() || isWait(access)))
                .as("start, hold or block a thread");
    }

    static ArchCondition<JavaClass> readAClock() {
        return ArchConditions.accessTargetWhere(
                        access(
                                "clock",
                                access ->
                                        CLOCK_CALLS.contains(name(access))
                                                || isOwner(access, "java.time.Clock")
                                                || isNowOfTime(access)))
                .as("read a clock");
    }

    static ArchCondition<JavaClass> drawUnseededChance() {
        return ArchConditions.accessTargetWhere(
                        access(
                                "unseeded chance",
                                access ->
                                        CHANCE_CALLS.contains(name(access))
                                                || owner(access).endsWith(".ThreadLocalRandom")
                                                || isUnseededRandom(access)))
                .as("draw chance without a seed");
    }

    private static boolean isUnseededRandom(JavaAccess<?> access) {
        return access instanceof JavaConstructorCall call
                && isOwner(access, "java.util.Random")
                && call.getTarget().getRawParameterTypes().isEmpty();
    }

    private static boolean isNowOfTime(JavaAccess<?> access) {
        return owner(access).startsWith("java.time.") && access.getTarget().getName().equals("now");
    }

    private static boolean isWait(JavaAccess<?> access) {
        return name(access).equals("java.lang.Object.wait");
    }

    private static boolean isOwner(JavaAccess<?> access, String type) {
        return owner(access).equals(type);
    }

    private static String owner(JavaAccess<?> access) {
        return access.getTarget().getOwner().getName();
    }

    private static String name(JavaAccess<?> access) {
        AccessTarget target = access.getTarget();
        return target.getOwner().getName() + "." + target.getName();
    }

    private static DescribedPredicate<JavaAccess<?>> access(
            String description, Predicate<JavaAccess<?>> test) {
        return DescribedPredicate.describe(description, test);
    }
}

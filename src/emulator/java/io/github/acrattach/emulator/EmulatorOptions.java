package io.github.acrattach.emulator;

import io.github.acrattach.emulator.estate.Estate;
import io.github.acrattach.emulator.kubernetes.KubernetesOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** How an emulator is to behave; a port of 0 means any free one. */
public final class EmulatorOptions implements Cloneable {
    /** The median of recorded delays between the birth of an identity and its first role assignment. */
    private static final Duration REPLICATION = Duration.ofSeconds(37);

    private int port;
    private Estate estate;
    private Duration clusterCreation = Duration.ZERO;
    private Duration principalReplication = REPLICATION;
    private Duration applicationReplication = Duration.ZERO;
    private Duration passwordReplication = Duration.ZERO;
    private Duration deletionReplication = Duration.ZERO;
    private boolean deletedNamesLikeTaken;
    private int directoryQuota = Integer.MAX_VALUE;
    private double timeScale = 1;
    private int pageSize = 100;
    private int roleAssignmentLimit = 4000;
    private boolean throttling;
    private KubernetesOptions kubernetes = KubernetesOptions.standard();

    private EmulatorOptions(Estate estate) {
        this.estate = estate;
    }

    /** Real time, clusters and applications ready at once, Azure's limits, no throttling. */
    public static EmulatorOptions of(Estate estate) {
        return new EmulatorOptions(estate);
    }

    public int port() {
        return port;
    }

    public Estate estate() {
        return estate;
    }

    public Duration clusterCreation() {
        return clusterCreation;
    }

    public Duration principalReplication() {
        return principalReplication;
    }

    public Duration applicationReplication() {
        return applicationReplication;
    }

    public Duration passwordReplication() {
        return passwordReplication;
    }

    public Duration deletionReplication() {
        return deletionReplication;
    }

    public boolean deletedNamesLikeTaken() {
        return deletedNamesLikeTaken;
    }

    public int directoryQuota() {
        return directoryQuota;
    }

    public double timeScale() {
        return timeScale;
    }

    public int pageSize() {
        return pageSize;
    }

    public int roleAssignmentLimit() {
        return roleAssignmentLimit;
    }

    public boolean throttling() {
        return throttling;
    }

    public KubernetesOptions kubernetes() {
        return kubernetes;
    }

    public EmulatorOptions withPort(int number) {
        if (number < 0 || number > 65535) {
            throw new IllegalArgumentException("The port must be between 0 and 65535, not " + number);
        }
        return changed(copy -> copy.port = number);
    }

    public EmulatorOptions withEstate(Estate other) {
        return changed(copy -> copy.estate = other);
    }

    public EmulatorOptions withClusterCreation(Duration lasts) {
        return changed(copy -> copy.clusterCreation = notNegative(lasts));
    }

    /** How long a fresh principal stays unknown to role assignments, before division by the time scale. */
    public EmulatorOptions withPrincipalReplication(Duration lasts) {
        return changed(copy -> copy.principalReplication = notNegative(lasts));
    }

    /** How long Graph and Entra miss a fresh application or service principal, before division by the time scale. */
    public EmulatorOptions withApplicationReplication(Duration lasts) {
        return changed(copy -> copy.applicationReplication = notNegative(lasts));
    }

    /** How long Entra refuses a fresh password of an application, before division by the time scale. */
    public EmulatorOptions withPasswordReplication(Duration lasts) {
        return changed(copy -> copy.passwordReplication = notNegative(lasts));
    }

    /** How long a fresh deletion is missing among the deleted items of the directory, before division by the time scale. */
    public EmulatorOptions withDeletionReplication(Duration lasts) {
        return changed(copy -> copy.deletionReplication = notNegative(lasts));
    }

    /** The unique name of a deleted application is refused with the code for one that is taken, the rarer form of the two. */
    public EmulatorOptions withDeletedNamesLikeTaken() {
        return changed(copy -> copy.deletedNamesLikeTaken = true);
    }

    /** How many applications and service principals the tenant may hold, deleted ones included. */
    public EmulatorOptions withDirectoryQuota(int objects) {
        return changed(copy -> copy.directoryQuota = atLeastOne(objects));
    }

    /** How many times faster than in Azure Event Grid retries and the directory replicates. */
    public EmulatorOptions withTimeScale(double factor) {
        if (!(factor > 0)) {
            throw new IllegalArgumentException("The time scale must be greater than 0, not " + factor);
        }
        return changed(copy -> copy.timeScale = factor);
    }

    public EmulatorOptions withPageSize(int items) {
        return changed(copy -> copy.pageSize = atLeastOne(items));
    }

    public EmulatorOptions withRoleAssignmentLimit(int perSubscription) {
        return changed(copy -> copy.roleAssignmentLimit = atLeastOne(perSubscription));
    }

    /** ARM refuses with 429 whoever calls faster than Azure allows. */
    public EmulatorOptions withThrottling() {
        return changed(copy -> copy.throttling = true);
    }

    /** The folder in which Run Command finds kubectl before it looks on PATH. */
    public EmulatorOptions withKubectl(Path folder) {
        return changed(copy -> copy.kubernetes =
                new KubernetesOptions(kubernetes.controllerDelay(), Optional.of(folder), kubernetes.commandLimit()));
    }

    /** How long a command of Run Command may take. */
    public EmulatorOptions withCommandLimit(Duration limit) {
        return changed(copy ->
                copy.kubernetes = new KubernetesOptions(kubernetes.controllerDelay(), kubernetes.kubectl(), limit));
    }

    Duration scaled(Duration azure) {
        return Duration.ofNanos((long) (azure.toNanos() / timeScale));
    }

    private EmulatorOptions changed(Consumer<EmulatorOptions> change) {
        try {
            EmulatorOptions copy = (EmulatorOptions) clone();
            change.accept(copy);
            return copy;
        } catch (CloneNotSupportedException impossible) {
            throw new AssertionError("Options are cloneable", impossible);
        }
    }

    private static Duration notNegative(Duration lasts) {
        if (lasts.isNegative()) {
            throw new IllegalArgumentException("Nothing can end before it begins: " + lasts);
        }
        return lasts;
    }

    private static int atLeastOne(int number) {
        if (number < 1) {
            throw new IllegalArgumentException(
                    "The page size, the role assignment limit and the directory's quota must be at least 1, not "
                            + number);
        }
        return number;
    }
}

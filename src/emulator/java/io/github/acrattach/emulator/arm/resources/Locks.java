package io.github.acrattach.emulator.arm.resources;

import io.github.acrattach.emulator.arm.ArmError;
import io.github.acrattach.emulator.arm.authorization.Scope;
import io.github.acrattach.emulator.estate.Lock;
import java.util.List;
import java.util.stream.Collectors;

/** The management locks of the estate; text: learn.microsoft.com/azure/azure-resource-manager/management/lock-resources. */
final class Locks {
    private final List<Lock> locks;

    Locks(List<Lock> locks) {
        this.locks = locks;
    }

    void check(String id, boolean delete) {
        String held = locks.stream()
                .filter(lock -> delete || lock.readOnly())
                .map(Lock::scope)
                .filter(scope -> Scope.of(scope).covers(id))
                .map(scope -> "'" + scope + "'")
                .collect(Collectors.joining(","));
        if (!held.isEmpty()) {
            throw new ArmError(
                    409,
                    "ScopeLocked",
                    "The scope '" + id + "' cannot perform " + (delete ? "delete" : "write")
                            + " operation because following scope(s) are locked: " + held
                            + ". Please remove the lock and try again.");
        }
    }
}

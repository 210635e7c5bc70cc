package io.github.acrattach.trigger.handler;

import io.github.acrattach.trigger.HttpCall;
import io.github.acrattach.trigger.timer.RotationDue;
import io.quarkus.funqy.Funq;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;

/** It is time to look after the pull secrets, says the host's timer. */
public class RotatePullSecrets {

    /** The name of the function, and of its folder. */
    static final String NAME = "RotatePullSecrets";

    private final RotationDue rotationDue;
    private final CurrentVertxRequest request;

    RotatePullSecrets(RotationDue rotationDue, CurrentVertxRequest request) {
        this.rotationDue = rotationDue;
        this.request = request;
    }

    /** Answers with the outcomes. */
    @Funq(NAME)
    public HostAnswer rotatePullSecrets(HostCall call) {
        return HostAnswer.of(rotationDue.handle(HttpCall.invocation(request.getCurrent())));
    }
}

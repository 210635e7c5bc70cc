package io.github.acrattach.trigger.timer;

import io.github.acrattach.domain.Outcome;
import io.github.acrattach.trigger.DecisionLog;
import io.github.acrattach.trigger.Invocation;
import io.github.acrattach.trigger.Occasion;
import io.github.acrattach.usecase.RotatePullSecrets;
import jakarta.inject.Singleton;
import java.util.List;

/** It is time to look after the pull secrets, whichever host says so. */
@Singleton
public record RotationDue(RotatePullSecrets rotatePullSecrets, DecisionLog decisionLog) {

    /** One outcome for each pair; what could not be done now is done the next time. */
    public List<Outcome> handle(Invocation invocation) {
        Occasion occasion = Occasion.timer(invocation);
        decisionLog.began(occasion);
        List<Outcome> outcomes = occasion.during(rotatePullSecrets::rotate);
        decisionLog.write(outcomes, occasion);
        decisionLog.ended(outcomes, occasion);
        return outcomes;
    }
}

package io.github.acrattach.adapter.arm;

import io.github.acrattach.adapter.azure.Answers;
import io.github.acrattach.domain.ArmId;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The ids in ARM's answers, compared with what was asked for. */
final class AnsweredIds {

    private static final Logger LOG = Logger.getLogger(AnsweredIds.class);

    private AnsweredIds() {}

    /** The id as ARM spells it; an answer about anything else is as good as none. */
    static ArmId checked(ArmId asked, String answered) {
        if (answered == null || !asked.isSpelt(answered)) {
            throw Answers.useless("the answer is not about the resource that was asked for");
        }
        return ArmId.parse(answered);
    }

    /** The id of an item of a list; empty, and told in the log, when it cannot be read: the other items still count. */
    static Optional<ArmId> readable(String answered, String type) {
        try {
            return Optional.of(ArmId.parse(answered, type));
        } catch (IllegalArgumentException e) {
            LOG.warnf("ARM lists a %s whose id cannot be read; it is left out. %s", type, e.getMessage());
            return Optional.empty();
        }
    }
}

package io.github.acrattach.emulator.graph;

import io.github.acrattach.emulator.estate.Applications;
import io.github.acrattach.emulator.estate.Directory;

/**
 * How many applications and service principals the tenant may hold. What is deleted counts until it is so for good; source:
 * learn.microsoft.com/entra/identity/enterprise-apps/delete-recover-faq.
 */
public record Quota(Applications applications, Directory directory, int most) {

    void checkOneMore() {
        int objects = applications.list().size()
                + applications.deleted().all().size()
                + directory.list().size()
                + directory.deleted().all().size();
        if (objects >= most) {
            throw new GraphRefusal(GraphError.quotaExceeded());
        }
    }
}

package io.github.acrattach.port;

import io.github.acrattach.domain.installation.HostedApp;

/** The function app that this program runs in; Azure is not asked for it. */
public interface FunctionApps {

    /** As its environment and its files tell it now. */
    HostedApp own();
}

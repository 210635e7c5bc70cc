package io.github.acrattach.trigger.handler;

import io.github.acrattach.trigger.FailedStart;
import io.github.acrattach.trigger.SettingNames;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * Starts the program behind the custom handler. The names and texts of the settings are checked before the configuration
 * library reads them: it would tell of a reference that is not resolved that it is no duration, and drop a setting whose
 * placeholder names none.
 */
@QuarkusMain
public final class HandlerStart {

    private HandlerStart() {}

    /** For the Functions host. */
    public static void main(String... arguments) {
        try {
            SettingNames.check(System.getenv());
        } catch (ConfigurationException wrongSetting) {
            FailedStart.end(wrongSetting);
        }
        Quarkus.run(arguments);
    }
}

/** The timer that renewals go by. */
package io.github.acrattach.trigger.timer;

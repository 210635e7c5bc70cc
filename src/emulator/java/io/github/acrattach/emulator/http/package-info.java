/** HTTP as every part of the emulator sees it: a request in, an answer out, over the JDK's own server. */
package io.github.acrattach.emulator.http;

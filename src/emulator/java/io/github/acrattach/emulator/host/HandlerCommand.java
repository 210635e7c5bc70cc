package io.github.acrattach.emulator.host;

import java.util.List;
import java.util.Map;

/** How a handler is started: the executable and its arguments, and the settings of the app in its environment. */
public record HandlerCommand(List<String> command, Map<String, String> settings) {}

package dev.cinnabar.server.oversight;

import java.util.List;

/** Both logs. */
public record LedgerPage(List<LogState> logs) {}

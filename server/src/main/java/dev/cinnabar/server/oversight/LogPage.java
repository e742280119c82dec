package dev.cinnabar.server.oversight;

import dev.cinnabar.server.web.Form;
import java.util.List;

/**
 * A stretch of one log, the newest entry first.
 *
 * @param newerBefore where the newer stretch ends
 * @param olderBefore where the older stretch ends
 */
public record LogPage(
        LogState log, Form form, List<Line> lines, boolean newer, long newerBefore, boolean older, long olderBefore) {}

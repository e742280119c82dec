package dev.cinnabar.server;

import java.util.List;
import java.util.Map;

/** What was said in the file or the environment, with the place where it was said. */
sealed interface SaidSetting {
    /** File and line, or the variable. */
    String where();

    /** A group of further settings, by their names. */
    record Group(String where, Map<String, SaidSetting> entries) implements SaidSetting {}

    /** A plain value. */
    record Value(String where, String value) implements SaidSetting {}

    /** A list of plain values. */
    record Values(String where, List<String> values) implements SaidSetting {}
}

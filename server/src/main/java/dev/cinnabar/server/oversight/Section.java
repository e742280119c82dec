package dev.cinnabar.server.oversight;

import java.util.List;

/** A group of facts on the overview; the key is the message of its heading. */
public record Section(String key, List<Tile> tiles) {}

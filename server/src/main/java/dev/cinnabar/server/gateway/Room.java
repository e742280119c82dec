package dev.cinnabar.server.gateway;

import java.util.Locale;

/** The eight rooms, for the times that metrics and entries tell. */
enum Room {
    DOOR,
    WHO,
    MAY,
    ASKED,
    MADE,
    ANSWERED,
    MARKED,
    KEPT;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.cinnabar.server.gateway;

import dev.cinnabar.server.law.Outcome;

/** An interface under {@code /v1} beside the Journey: it makes nothing, and gives out only through room 8. */
@FunctionalInterface
interface Counter {
    Outcome<Handover> serve(Dossier dossier);
}

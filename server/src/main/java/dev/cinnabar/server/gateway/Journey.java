package dev.cinnabar.server.gateway;

import dev.cinnabar.server.gateway.Answered.ClearedAnswer;
import dev.cinnabar.server.gateway.Asked.ClearedPrompt;
import dev.cinnabar.server.gateway.Door.Incoming;
import dev.cinnabar.server.gateway.Kept.Released;
import dev.cinnabar.server.gateway.Made.Draft;
import dev.cinnabar.server.gateway.Marking.Marked;
import dev.cinnabar.server.gateway.May.Permitted;
import dev.cinnabar.server.gateway.Who.Admitted;
import dev.cinnabar.server.law.Outcome;

/** One request through eight rooms. Each takes what the one before gives, and nobody but a room can make its result: a room that is skipped does not compile. */
record Journey(Door door, Who who, May may, Asked asked, Made made, Answered answered, Marking marking, Kept kept) {
    Released run(Dossier dossier, ReplyTo client) {
        Outcome<Incoming> incoming = door.enter(dossier);
        Outcome<Admitted> admitted = incoming.then(who::admit);
        Outcome<Permitted> permitted = admitted.then(may::permit);
        Outcome<ClearedPrompt> cleared = permitted.then(asked::clear);
        Outcome<Draft> draft = cleared.then(made::make);
        Outcome<ClearedAnswer> answer = draft.then(answered::clear);
        Outcome<Marked> marked = answer.then(marking::mark);
        return kept.release(marked, dossier, client);
    }
}

package dev.cinnabar.server.people;

import dev.cinnabar.server.cases.CaseStore;
import dev.cinnabar.server.law.Ulid;
import dev.cinnabar.server.store.Changes;
import dev.cinnabar.server.store.Database;
import dev.cinnabar.server.store.Outbox;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;

/** What this room stands on. */
record Ground(Database database, Outbox outbox, Changes changes, CaseStore cases, InstantSource clock, Ulid ids) {
    /** The kind under which changes of users are told. */
    static final String PEOPLE = "people";

    /** Says that what memory holds of the user is old. */
    void changed(Handle handle, Account user) {
        user.name().ifPresent(name -> changed(handle, name));
    }

    /** Says that what memory holds under the name is old. */
    void changed(Handle handle, Name name) {
        changes.bump(handle, PEOPLE, name.stripeKey());
    }
}

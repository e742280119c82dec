/**
 * Connections, migrations, versions of what is kept in memory, and the outbox of governance events. With each domain's own store, the only SQL.
 */
@NullMarked
package dev.cinnabar.server.store;

import org.jspecify.annotations.NullMarked;

/**
 * The two tamper-evident logs, traffic and governance (Articles 10 and 16: keep the relevant network logs).
 */
@NullMarked
package dev.cinnabar.server.logs;

import org.jspecify.annotations.NullMarked;

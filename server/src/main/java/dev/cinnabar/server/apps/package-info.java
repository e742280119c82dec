/**
 * The applications that call the gateway and their keys.
 */
@NullMarked
package dev.cinnabar.server.apps;

import org.jspecify.annotations.NullMarked;

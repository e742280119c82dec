/**
 * The users of the service: real identity, agreements accepted, standing (Articles 7 and 9).
 */
@NullMarked
package dev.cinnabar.server.people;

import org.jspecify.annotations.NullMarked;

/**
 * The Journey: one request goes through eight rooms (Articles 9, 10, 16 and 17).
 */
@NullMarked
package dev.cinnabar.server.gateway;

import org.jspecify.annotations.NullMarked;

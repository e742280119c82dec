/**
 * The forms of what is asked and answered on each surface: read strictly, by lists of what is allowed, and written anew, so that nothing passes that nobody looked at
 * (Articles 10, 16 and 17). Knows nothing of who asks, of rooms, or of HTTP.
 */
@NullMarked
package dev.cinnabar.server.gateway.surface;

import org.jspecify.annotations.NullMarked;

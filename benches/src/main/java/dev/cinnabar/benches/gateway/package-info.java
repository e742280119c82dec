/** The gateway beside nginx's proxy_pass and Portkey's gateway, all in front of the same mock model. */
@NullMarked
package dev.cinnabar.benches.gateway;

import org.jspecify.annotations.NullMarked;

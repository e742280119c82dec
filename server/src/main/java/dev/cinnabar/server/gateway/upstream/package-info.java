/**
 * The models behind the gateway: any OpenAI-compatible endpoint, several for a model, and the demo upstream that needs none (Article 10 asks that their output be
 * reviewed, which is why nothing here hands anything to a client).
 */
@NullMarked
package dev.cinnabar.server.gateway.upstream;

import org.jspecify.annotations.NullMarked;

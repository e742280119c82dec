package dev.cinnabar.server;

import org.springframework.context.annotation.Configuration;

/** The part of {@link Wiring} that makes the gateway: upstreams, surfaces, the Journey. */
@Configuration(proxyBeanMethods = false)
class GatewayWiring {}

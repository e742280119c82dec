package dev.cinnabar.server;

import org.springframework.context.annotation.Configuration;

/** The part of {@link Wiring} that makes the domains: people, conduct, apps, features, algorithms, cases. */
@Configuration(proxyBeanMethods = false)
class DomainWiring {}

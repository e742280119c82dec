package dev.cinnabar.server;

import org.springframework.context.annotation.Configuration;

/** The part of {@link Wiring} that makes the pages: sign-in, console, public pages. */
@Configuration(proxyBeanMethods = false)
class WebWiring {}

package dev.cinnabar.server.gateway;

import dev.cinnabar.server.law.Setting;
import dev.cinnabar.server.law.Size;

/** How much one caller may send, and how often. */
public record LimitSettings(
        @Setting(value = "The largest JSON body of a request.", otherwise = "4MB")
        Size body,

        @Setting(value = "The largest uploaded file, to label or to verify.", otherwise = "64MB")
        Size upload,

        @Setting(value = "The largest answer taken from an upstream.", otherwise = "64MB")
        Size answer,

        @Setting(value = "Requests a minute of one key that has no limit of its own.", otherwise = "6000")
        int perMinute,

        @Setting(
                value = "Refusals a minute of one address that shows no valid key, before it is turned away unheard.",
                otherwise = "60")
        int strangersPerMinute) {}

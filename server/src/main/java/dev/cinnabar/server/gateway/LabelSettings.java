package dev.cinnabar.server.gateway;

import dev.cinnabar.server.law.Lang;
import dev.cinnabar.server.law.Setting;
import java.util.Optional;

/** What the labels say (GB 45438-2025, Annexes E and F). */
public record LabelSettings(
        @Setting(
                value =
                        "The code of the provider in ContentProducer: 27 characters, from the subject code and the service code. Without it nothing can be released, save in the demo.",
                example = "001191110108MA01ABCD1X00001")
        Optional<String> producer,

        @Setting(
                value =
                        "The language of explicit labels: zh or en (which keeps the Chinese words and adds English ones).",
                otherwise = "zh")
        Lang lang) {}

package dev.cinnabar.server.gateway;

import dev.cinnabar.server.law.Lang;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The numbers and choices the rooms work by.
 *
 * @param producer the provider's code for ContentProducer; without one nothing is made, because a label must name who made it
 * @param software name and version of this software, as entries say it
 * @param functionTable the version of the function table, as entries say it
 * @param identityToGenerate whether real identity is asked before anything is made, and not only before it is published
 * @param maxBody the longest JSON body, in bytes
 * @param maxUpload the longest file to label or verify, in bytes
 * @param mostChoices how many answers may be asked for at once
 * @param mostPictures how many pictures may be asked for at once
 * @param mostCharacters how many characters the texts of one answer may have together
 * @param strangersPerMinute refusals a minute of one address that shows no valid key
 * @param atOnce requests in the house at the same time
 * @param drains answers that are read to their end for the usage, after their client left, at the same time
 * @param drainFor how long such an answer may take
 * @param baseUrl where clients reach us, for the addresses of pictures; empty: as the request says
 * @param addressFor how long the public address of a picture holds
 * @param lang the language of those who name none
 */
public record GatewayRules(
        Optional<String> producer,
        String software,
        String functionTable,
        boolean identityToGenerate,
        int maxBody,
        int maxUpload,
        int mostChoices,
        int mostPictures,
        int mostCharacters,
        int strangersPerMinute,
        int atOnce,
        int drains,
        Duration drainFor,
        Optional<URI> baseUrl,
        Duration addressFor,
        Lang lang) {
    /** The usual numbers, for a provider. */
    public static GatewayRules of(Optional<String> producer, String software, String functionTable) {
        return new GatewayRules(
                producer,
                software,
                functionTable,
                true,
                4 << 20,
                64 << 20,
                8,
                4,
                2_000_000,
                60,
                4096,
                64,
                Duration.ofSeconds(10),
                Optional.empty(),
                Duration.ofHours(1),
                Lang.ZH);
    }

    /** The same with what the operator set. */
    public GatewayRules limited(boolean identity, LimitSettings limits, Lang language) {
        return new GatewayRules(
                producer,
                software,
                functionTable,
                identity,
                Math.toIntExact(limits.body().bytes()),
                Math.toIntExact(limits.upload().bytes()),
                mostChoices,
                mostPictures,
                mostCharacters,
                limits.strangersPerMinute(),
                atOnce,
                drains,
                drainFor,
                baseUrl,
                addressFor,
                language);
    }
}

package dev.cinnabar.label.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cinnabar.label.AigcLabel;
import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Field;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Labels;
import dev.cinnabar.label.Lang;
import dev.cinnabar.label.Level;
import dev.cinnabar.label.Limits;
import dev.cinnabar.label.Look;
import dev.cinnabar.label.Memory;
import dev.cinnabar.label.Order;
import dev.cinnabar.label.Reading;
import dev.cinnabar.label.ReadingJson;
import dev.cinnabar.label.SignatureSeen;
import dev.cinnabar.label.Source;
import dev.cinnabar.label.Verdict;
import dev.cinnabar.testkit.PngBytes;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Signed labels: the vectors met in real files, what is signed here, and everything that may be done to either. */
class SignedLabelTest {
    private static final String STEP = "001191310104MACE0YX63918020";
    private static final String STEP_ID = "142569260085903360";
    private static final String STEP_KEY =
            "3059301306072A8648CE3D020106082A811CCF5501822D034200045728F08C58D9C72150A705693EF7337859F8FF216E802630041AFAE5C036F0A67CB1FDF8C57F5F8B623284AE09E4E545464B7140B26BBDA51BAE965F854C57AA";
    private static final String STEP_SIGNATURE =
            "3046022100AE6B84B3342128AE301A597596FCD9EECF3EA0FC2DB6C250BAF234E167298E9002210097223ABB647B786A90D0A1B93CB9382EA879563B2C7F025FA006BE16AE926C14";
    private static final String CODE = "001191110102MACQD9K64010000";

    private final SecureRandom random = new SecureRandom();
    private final SigningKey key = new Sm2Key(new BigInteger(250, random).add(BigInteger.TWO), random);
    private final Labels labels = new Labels(Limits.standard());

    private static String data(String list, String type, String algorithm, String signature, String key) {
        return "{\"SecurityData\":{\"Type\":\"TC260PG\",\"Version\":1,\"" + list + "\":[{\"Type\":\"DS\",\"AlgID\":\""
                + algorithm + "\",\"TBSData\":{\"Type\":\"" + type + "\"},\"Signature\":\"" + signature
                + "\"},{\"Type\":\"PubKey\",\"AlgID\":\"" + algorithm + "\",\"KeyValue\":\"" + key
                + "\"}],\"Bindings\":[]}}";
    }

    private static AigcLabel step(String data) {
        return AigcLabel.first(STEP, STEP_ID).withReservedCode1(data);
    }

    /** A picture with the label, read. */
    private Reading reading(AigcLabel label) {
        try {
            Memory file = new Memory();
            labels.write(Source.of("a.png", PngBytes.of(16, 16).bytes()), Order.implicitOnly(label), file);
            return labels.read(Source.of("a.png", file.bytes()), Look.METADATA);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private SignatureSeen seen(AigcLabel label, TrustList trust) {
        List<SignatureSeen> all =
                new SignatureCheck(trust).check(reading(label)).signatures();
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private SignatureSeen seen(AigcLabel label) {
        return seen(label, TrustList.none());
    }

    @Test
    void theRealVectorHoldsOverTheDigestAndNotOverTheMessage() throws KeyFailed {
        VerifyingKey step = PublicKeys.ofHex(STEP_KEY).getFirst();
        byte[] message = ("\"Label\":\"1\",\"ContentProducer\":\"" + STEP + "\",\"ProduceID\":\"" + STEP_ID + "\"")
                .getBytes(StandardCharsets.UTF_8);
        byte[] signature = HexFormat.of().parseHex(STEP_SIGNATURE);
        assertThat(step.verifies(step.digest(message), signature)).isTrue();
        assertThat(step.verifies(message, signature)).isFalse();
    }

    @Test
    void theRealVectorIsValidInEveryVendorsDressAndTrustedOnlyWherePinned() throws KeyFailed {
        TrustList pinned =
                TrustList.none().with(STEP, PublicKeys.ofHex(STEP_KEY).getFirst(), "Step");
        TrustList forAnother =
                TrustList.none().with(CODE, PublicKeys.ofHex(STEP_KEY).getFirst(), "Step");
        for (String list : List.of("PubSD", "PubSd")) {
            for (String type : List.of("Md", "LabelMataData", "LabelMetaData")) {
                AigcLabel label = step(data(list, type, Algorithm.SM2.oid(), STEP_SIGNATURE, STEP_KEY));
                assertThat(seen(label).valid()).contains(true);
                assertThat(seen(label).trusted()).contains(false);
                assertThat(seen(label, pinned).trusted()).contains(true);
                assertThat(seen(label, pinned).by()).contains("Step");
                assertThat(seen(label, forAnother).trusted())
                        .as("pinned for somebody else's labels")
                        .contains(false);
            }
        }
    }

    @Test
    void everySpellingOfTheKeyIsRead() throws KeyFailed {
        String xy = STEP_KEY.substring(54);
        String x = xy.substring(0, 64);
        boolean odd = (HexFormat.fromHexDigit(xy.charAt(127)) & 1) == 1;
        for (String spelled : List.of(
                STEP_KEY,
                STEP_KEY.toLowerCase(java.util.Locale.ROOT),
                "04" + xy,
                "00" + xy,
                "0004" + xy,
                xy,
                "00" + x,
                (odd ? "03" : "02") + x)) {
            SignatureSeen seen = seen(step(data("PubSD", "Md", Algorithm.SM2.oid(), STEP_SIGNATURE, spelled)));
            assertThat(seen.valid()).as(spelled).contains(true);
            assertThat(seen.by())
                    .contains("key " + PublicKeys.ofHex(STEP_KEY).getFirst().fingerprint());
        }
    }

    @Test
    void whatIsSignedHereIsValidAndTrustedByItsRing() throws KeyFailed {
        AigcLabel label = new LabelSigner(key).producer(AigcLabel.first(CODE, "id-1"));
        SignatureSeen seen = seen(label, TrustList.none().with(CODE, key.publicKey(), "ours"));
        assertThat(seen)
                .isEqualTo(new SignatureSeen(
                        SignatureSeen.Scheme.TC260PG,
                        "png:iTXt/xmp#ReservedCode1",
                        Optional.of(true),
                        Optional.of(true),
                        Optional.of("ours")));
        assertThat(new SignatureCheck(TrustList.none()).check(reading(label)).verdict())
                .isEqualTo(new Verdict.Compliant());
    }

    @Test
    void everyChangedFieldIsFound() throws KeyFailed {
        LabelSigner signer = new LabelSigner(key);
        AigcLabel good = signer.propagator(signer.producer(AigcLabel.first(CODE, "id-1")));
        assertThat(new SignatureCheck(TrustList.none()).check(reading(good)).signatures())
                .extracting(SignatureSeen::valid)
                .containsExactly(Optional.of(true), Optional.of(true));
        String one = good.reservedCode1();
        String two = good.reservedCode2();
        for (AigcLabel changed : List.of(
                new AigcLabel(Level.MAY, CODE, "id-1", one, CODE, "id-1", two),
                new AigcLabel(Level.IS, STEP, "id-1", one, CODE, "id-1", two),
                new AigcLabel(Level.IS, CODE, "id-2", one, CODE, "id-1", two),
                new AigcLabel(Level.IS, CODE, "id-1", one, STEP, "id-1", two),
                new AigcLabel(Level.IS, CODE, "id-1", one, CODE, "id-2", two),
                new AigcLabel(Level.IS, CODE + "\",\"ProduceID\":\"id-1", "", one, CODE, "id-1", two))) {
            Reading reading = new SignatureCheck(TrustList.none()).check(reading(changed));
            assertThat(reading.signatures()).anyMatch(seen -> seen.valid().equals(Optional.of(false)));
            assertThat(reading.verdict()).isInstanceOf(Verdict.NonCompliant.class);
            assertThat(reading.findings().getFirst())
                    .satisfies(finding -> assertThat(finding.message(Lang.ZH)).isNotBlank());
            assertThat(ReadingJson.of("a", reading, Lang.EN)).contains("\"valid\":false,\"trusted\":false");
        }
    }

    @Test
    void aSignatureWithOneBitTurnedDoesNotHold() {
        byte[] signature = HexFormat.of().parseHex(STEP_SIGNATURE);
        for (int i = 0; i < signature.length; i++) {
            byte[] broken = signature.clone();
            broken[i] ^= 1;
            String hex = HexFormat.of().withUpperCase().formatHex(broken);
            assertThat(seen(step(data("PubSD", "Md", Algorithm.SM2.oid(), hex, STEP_KEY)))
                            .valid())
                    .as("byte %s", i)
                    .isNotEqualTo(Optional.of(true));
        }
    }

    @Test
    void rsaAndEcdsaHoldDirectlyAndOverTheDigest() throws GeneralSecurityException, KeyFailed {
        for (String kind : List.of("RSA", "EC")) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
            generator.initialize(kind.equals("RSA") ? 2048 : 256);
            KeyPair pair = generator.generateKeyPair();
            SigningKey signing = new JcaKey(pair.getPrivate(), new JcaPublic(pair.getPublic()), Optional.empty());
            AigcLabel label = new LabelSigner(signing).producer(AigcLabel.first(CODE, "id-1"));
            assertThat(seen(label).valid()).contains(true);
            byte[] digest = signing.publicKey()
                    .digest(("\"Label\":\"1\",\"ContentProducer\":\"" + CODE + "\",\"ProduceID\":\"id-1\"")
                            .getBytes(StandardCharsets.UTF_8));
            String hashed = SecurityData.written(signing.publicKey(), List.of(), signing.sign(digest));
            assertThat(seen(label.withReservedCode1(hashed)).valid()).contains(true);
            assertThat(seen(AigcLabel.first(CODE, "id-2").withReservedCode1(hashed))
                            .valid())
                    .contains(false);
        }
    }

    @Test
    void aKeyOfAnotherKindIsNotTakenForTheAlgorithm() throws KeyFailed {
        assertThat(seen(step(data("PubSD", "Md", Algorithm.RSA.oid(), STEP_SIGNATURE, STEP_KEY)))
                        .valid())
                .isNotEqualTo(Optional.of(true));
    }

    @Test
    void aKeyThatStaysAtHomeIsFoundInTheTrustList() throws KeyFailed {
        String homeless = data("PubSD", "Md", Algorithm.SM2.oid(), STEP_SIGNATURE, STEP_KEY)
                .replaceFirst(",\\{\"Type\":\"PubKey\"[^}]*\\}", "");
        VerifyingKey step = PublicKeys.ofHex(STEP_KEY).getFirst();
        assertThat(seen(step(homeless), TrustList.none().with(STEP, step, "s")).valid())
                .contains(true);
        Reading open = new SignatureCheck(TrustList.none()).check(reading(step(homeless)));
        assertThat(open.signatures().getFirst().valid()).isEmpty();
        assertThat(open.findings()).anyMatch(finding -> finding.fault() == Fault.SIGNATURE_OPEN);
    }

    @Test
    void whatIsNotKnownIsLeftOpenAndNotCalledForged() {
        AigcLabel binding = step(data("PubSD", "Binding", Algorithm.SM2.oid(), "3000", STEP_KEY));
        AigcLabel propagator = AigcLabel.first(STEP, STEP_ID)
                .withReservedCode2(
                        data("PubSD", "Md", Algorithm.SM2.oid(), STEP_SIGNATURE.replace("AE6B", "AE6C"), STEP_KEY));
        AigcLabel algorithm = step(data("PubSD", "Md", "1.2.3", "3000", STEP_KEY));
        for (AigcLabel label : List.of(binding, propagator, algorithm)) {
            Reading reading = new SignatureCheck(TrustList.none()).check(reading(label));
            assertThat(reading.signatures().getFirst().valid()).isEmpty();
            assertThat(reading.verdict()).isEqualTo(new Verdict.Compliant());
        }
    }

    @Test
    void brokenSecurityDataIsAFindingAndNeverAThrow() {
        String good = data("PubSD", "Md", Algorithm.SM2.oid(), STEP_SIGNATURE, STEP_KEY);
        for (String broken : List.of(
                "SecurityData",
                "{\"SecurityData\":1}",
                "{\"SecurityData\":{\"PubSD\":{}}}",
                "{\"SecurityData\":{\"PubSD\":[]}}",
                good.replace(STEP_KEY, "00"),
                good.replace(STEP_KEY, "04" + "F".repeat(128)),
                good.replace(STEP_KEY, "30" + "8".repeat(200)),
                good.replace(STEP_KEY, "zz"),
                good.replace("\"TBSData\":{\"Type\":\"Md\"}", "\"TBSData\":{\"Fields\":\"Label\"}"),
                good.replace("\"TBSData\":{\"Type\":\"Md\"}", "\"TBSData\":{\"Fields\":\"Label,moon\"}"),
                good.replace(STEP_SIGNATURE, "xyz"))) {
            Reading reading = new SignatureCheck(TrustList.none()).check(reading(step(broken)));
            assertThat(reading.signatures().getFirst().valid()).as(broken).isEmpty();
            assertThat(reading.findings().stream().map(Finding::fault))
                    .as(broken)
                    .contains(Fault.SIGNATURE_UNREAD);
        }
        for (int length = 0; length < good.length(); length++) {
            new SignatureCheck(TrustList.none()).check(reading(step(good.substring(0, length))));
        }
    }

    @Test
    void aFileWithoutSignatureIsNoConcern() {
        assertThat(SignatureCheck.concerns(reading(AigcLabel.first(CODE, "id"))))
                .isFalse();
        assertThat(SignatureCheck.concerns(reading(step(data("PubSD", "Md", "1", "", "")))))
                .isTrue();
    }

    @Test
    void theSecurityDataHasTheShapeOfTheProfile() throws KeyFailed {
        String data = new LabelSigner(key).producer(AigcLabel.first(CODE, "id")).reservedCode1();
        assertThat(data)
                .matches(
                        "\\{\"SecurityData\":\\{\"Type\":\"TC260PG\",\"Version\":1,\"PubSD\":\\[\\{\"Type\":\"DS\",\"AlgID\":\"1\\.2\\.156\\.10197\\.1\\.501\","
                                + "\"TBSData\":\\{\"Type\":\"Md\"},\"Signature\":\"30[0-9A-F]+\"},\\{\"Type\":\"PubKey\",\"AlgID\":\"1\\.2\\.156\\.10197\\.1\\.501\","
                                + "\"KeyValue\":\"3059301306072A8648CE3D020106082A811CCF5501822D03420004[0-9A-F]{128}\"}],\"Bindings\":\\[]}}");
        assertThat(data.chars().allMatch(c -> AigcLabel.allowed((char) c))).isTrue();
        assertThat(Arrays.stream(Field.values()).map(AigcLabel::longest)).contains(1024, 4096);
        assertThatThrownBy(() -> AigcLabel.first("x".repeat(1025), "id")).isInstanceOf(IllegalArgumentException.class);
    }
}

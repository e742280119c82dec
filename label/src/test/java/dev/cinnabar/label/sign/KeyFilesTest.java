package dev.cinnabar.label.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys as OpenSSL and keytool make them, in every kind of file; and OpenSSL as the judge of what is signed with them. */
class KeyFilesTest {
    private static final Passwords MOON = name -> "moonlit".toCharArray();
    private static final byte[] MESSAGE = "tea".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder = Path.of(".");

    @BeforeEach
    void toolsAreThere() {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "tool absent: openssl");
    }

    private String run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(said).isZero();
            return said;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void openssl(String line) {
        run(("openssl " + line).split(" "));
    }

    private SigningKey load(String name) throws KeyFailed {
        return KeyRing.load(folder.resolve(name).toString(), MOON).active();
    }

    /** The file's key signs, its public half is the expected one, and the signature holds. */
    private void assertSigns(String name, Algorithm algorithm, VerifyingKey expected) throws KeyFailed {
        SigningKey key = load(name);
        assertThat(key.algorithm()).as(name).isEqualTo(algorithm);
        assertThat(key.publicKey().encoded()).as(name).isEqualTo(expected.encoded());
        assertThat(expected.verifies(MESSAGE, key.sign(MESSAGE))).as(name).isTrue();
    }

    private VerifyingKey pinned(String pem) throws KeyFailed, IOException {
        return Pem.publicKeys(Files.readString(folder.resolve(pem)), pem).getFirst();
    }

    @Test
    void anSm2KeyIsReadFromEveryKindOfFile() throws KeyFailed, IOException {
        openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:SM2 -out a.pem");
        openssl("pkey -in a.pem -pubout -out pub.pem");
        openssl("pkcs8 -topk8 -in a.pem -out sealed.pem -passout pass:moonlit");
        openssl("pkcs8 -topk8 -nocrypt -in a.pem -outform DER -out a.der");
        openssl("ec -in a.pem -out sec1.pem");
        openssl("req -x509 -new -key a.pem -subj /CN=teapot -days 2 -sm3 -out a.crt");
        openssl("pkcs12 -export -inkey a.pem -in a.crt -name label -passout pass:moonlit -out a.p12");
        VerifyingKey expected = pinned("pub.pem");
        assertThat(expected.encoded()).isEqualTo(pinned("a.crt").encoded());
        for (String file : List.of("a.pem", "sealed.pem", "a.der", "sec1.pem", "a.p12", "a.p12#label")) {
            assertSigns(file, Algorithm.SM2, expected);
        }
        // OpenSSL judges our signature
        Files.write(folder.resolve("message"), MESSAGE);
        Files.write(folder.resolve("signature"), load("a.p12").sign(MESSAGE));
        String judge =
                "openssl pkeyutl -verify -pubin -inkey pub.pem -in message -sigfile signature -rawin -digest sm3 -pkeyopt distid:1234567812345678";
        assertThat(run(judge.split(" "))).contains("Verified Successfully");
    }

    @Test
    void rsaAndEcdsaKeysAreReadFromStoresOfJava() throws KeyFailed, IOException {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        for (String type : List.of("JCEKS", "PKCS12", "JKS")) {
            for (String kind : List.of(type.equals("JCEKS") ? "RSA" : "EC")) {
                String file = kind + "." + type;
                run(
                        keytool,
                        "-genkeypair",
                        "-keystore",
                        file,
                        "-storetype",
                        type,
                        "-storepass",
                        "moonlit",
                        "-keypass",
                        "moonlit",
                        "-alias",
                        "label",
                        "-keyalg",
                        kind,
                        "-dname",
                        "CN=teapot");
                run(
                        keytool,
                        "-exportcert",
                        "-rfc",
                        "-keystore",
                        file,
                        "-storepass",
                        "moonlit",
                        "-alias",
                        "label",
                        "-file",
                        file + ".crt");
                Algorithm algorithm = kind.equals("RSA") ? Algorithm.RSA : Algorithm.ECDSA;
                assertSigns(file, algorithm, pinned(file + ".crt"));
                assertThatThrownBy(
                                () -> KeyRing.load(folder.resolve(file).toString(), name -> "wrong-one".toCharArray()))
                        .isInstanceOf(KeyFailed.class)
                        .hasMessageContaining("password")
                        .hasMessageNotContaining("wrong-one");
            }
        }
        run(
                keytool,
                "-genkeypair",
                "-keystore",
                "RSA.JCEKS",
                "-storepass",
                "moonlit",
                "-storetype",
                "JCEKS",
                "-keypass",
                "moonlit",
                "-alias",
                "second",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=teapot");
        assertThatThrownBy(() -> load("RSA.JCEKS"))
                .hasMessageContaining("several")
                .hasMessageContaining("second");
        assertSigns("RSA.JCEKS#label", Algorithm.RSA, pinned("RSA.JCEKS.crt"));
        assertThatThrownBy(() -> load("RSA.JCEKS#moon")).hasMessageContaining("moon");
    }

    @Test
    void aRingRotatesAndStillTrustsItsOldKeys() throws KeyFailed, IOException {
        for (String name : List.of("old", "new")) {
            openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:SM2 -out " + name + ".pem");
            openssl("pkey -in " + name + ".pem -pubout -out " + name + ".pub");
        }
        Path file = folder.resolve("ours.keys");
        Files.writeString(file, "active = 2026\nkey.2025 = old.pem\nkey.2026 = new.pem\n");
        KeyRing ring = KeyRing.load(file.toString(), MOON);
        assertThat(ring.active().publicKey().encoded())
                .isEqualTo(pinned("new.pub").encoded());
        assertThat(ring.trusted("x").trusts(pinned("old.pub"), "x")).isTrue();
        assertThat(ring.trusted("x").trusts(pinned("old.pub"), "y")).isFalse();
        assertThat(ring.trusted("x").name(pinned("old.pub"))).contains("2025");
        for (String wrong :
                List.of("key.1 = old.pem", "active = 2\nkey.1 = old.pem", "active=1\nkey.1=old.pem\npassword=x")) {
            Files.writeString(file, wrong);
            assertThatThrownBy(() -> KeyRing.load(file.toString(), MOON)).isInstanceOf(KeyFailed.class);
        }
    }

    @Test
    void aTrustListIsReadInBothShapes() throws KeyFailed, IOException {
        openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:SM2 -out a.pem");
        openssl("pkey -in a.pem -pubout -out pub.pem");
        VerifyingKey key = pinned("pub.pem");
        assertThat(TrustList.load(folder.resolve("pub.pem")).trusts(key, "anybody"))
                .isTrue();
        Path lines = folder.resolve("trust.txt");
        Files.writeString(lines, "# ours\nCODE1 " + HexFormat.of().formatHex(key.encoded()) + " our key\n* @pub.pem\n");
        TrustList list = TrustList.load(lines);
        assertThat(list.trusts(key, "CODE1")).isTrue();
        assertThat(list.name(key)).contains("our key");
        for (String wrong : List.of("CODE1", "CODE1 zz", "CODE1 @missing.pem")) {
            Files.writeString(lines, wrong);
            assertThatThrownBy(() -> TrustList.load(lines)).isInstanceOf(KeyFailed.class);
        }
    }

    @Test
    void whatIsNoKeyIsSaidSo() throws IOException {
        for (String wrong : List.of(
                "",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nAAAA",
                "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n",
                "0000000000000000",
                "0",
                "\u00CE\u00CE\u00CE\u00CE12345678",
                "0\u0003\u0002\u0001\u0003012345")) {
            Files.write(folder.resolve("bad"), wrong.getBytes(StandardCharsets.ISO_8859_1));
            assertThatThrownBy(() -> load("bad"))
                    .as(wrong)
                    .isInstanceOf(KeyFailed.class)
                    .hasMessageContaining("bad");
        }
        assertThatThrownBy(() -> load("missing")).isInstanceOf(KeyFailed.class);
        assertThatThrownBy(() -> KeyRing.load("pkcs11:" + folder.resolve("no.cfg") + "#a", MOON))
                .isInstanceOf(KeyFailed.class)
                .hasMessageContaining("hardware module");
    }

    @Test
    void passwordsComeFromTheEnvironmentOrAFile() throws KeyFailed, IOException {
        Path file = Files.writeString(folder.resolve("pw"), "moonlit\n");
        assertThat(Passwords.environment(Map.of("P", "tea"), "P").of("x")).containsExactly('t', 'e', 'a');
        assertThat(Passwords.environment(Map.of("P_FILE", file.toString()), "P").of("x"))
                .isEqualTo("moonlit".toCharArray());
        assertThat(Passwords.environment(Map.of(), "P").of("x")).isEmpty();
        assertThatThrownBy(() ->
                        Passwords.environment(Map.of("P_FILE", "/no/such"), "P").of("x"))
                .isInstanceOf(KeyFailed.class);
    }
}

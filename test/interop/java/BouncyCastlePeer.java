import java.io.ByteArrayInputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Security;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.StringJoiner;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cms.*;
import org.bouncycastle.cms.jcajce.*;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.OutputAEADEncryptor;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.operator.jcajce.JcaAlgorithmParametersConverter;

/**
 * BouncyCastle as the other side: opens and verifies what LexPost wrote, and writes what LexPost must read.
 *
 * <pre>
 * decrypt  KEY.pem IN OUT                                 -> recipient types that opened it
 * verify   SIGNATURE CONTENT|-                            -> "verified" of each signer
 * envelope auth|cbc definite|indefinite OUT CONTENT CERT… -> "written"
 * sign     attached|detached KEY.pem CERT CONTENT OUT     -> "written"
 * </pre>
 */
public final class BouncyCastlePeer {
  private static final String BC = BouncyCastleProvider.PROVIDER_NAME;

  private BouncyCastlePeer() {}

  public static void main(String[] args) throws Exception {
    Security.addProvider(new BouncyCastleProvider());
    Jobs.answer(
        words -> {
          switch (words[0]) {
            case "decrypt":
              return decrypt(key(words[1]), bytes(words[2]), Path.of(words[3]));
            case "verify":
              return verify(bytes(words[1]), words[2].equals("-") ? null : bytes(words[2]));
            case "envelope":
              return envelope(words);
            case "sign":
              return sign(words[1].equals("attached"), key(words[2]), certificate(words[3]), bytes(words[4]), words[5]);
            default:
              throw new IllegalArgumentException(words[0]);
          }
        });
  }

  private static byte[] bytes(String path) throws Exception {
    return Files.readAllBytes(Path.of(path));
  }

  private static PrivateKey key(String path) throws Exception {
    try (Reader reader = Files.newBufferedReader(Path.of(path));
        PEMParser parser = new PEMParser(reader)) {
      Object object = parser.readObject();
      JcaPEMKeyConverter converter = new JcaPEMKeyConverter().setProvider(BC);
      return object instanceof PEMKeyPair
          ? converter.getPrivateKey(((PEMKeyPair) object).getPrivateKeyInfo())
          : converter.getPrivateKey((PrivateKeyInfo) object);
    }
  }

  private static X509Certificate certificate(String path) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509", BC).generateCertificate(new ByteArrayInputStream(bytes(path)));
  }

  private static String decrypt(PrivateKey key, byte[] envelope, Path out) throws Exception {
    boolean authenticated =
        ContentInfo.getInstance(envelope).getContentType().equals(CMSObjectIdentifiers.authEnvelopedData);
    RecipientInformationStore recipients =
        authenticated
            ? new CMSAuthEnvelopedData(envelope).getRecipientInfos()
            : new CMSEnvelopedData(envelope).getRecipientInfos();
    StringJoiner problems = new StringJoiner("; ");
    for (RecipientInformation recipient : recipients.getRecipients()) {
      boolean rsa = key.getAlgorithm().equals("RSA");
      if (rsa != (recipient instanceof KeyTransRecipientInformation)) continue;
      try {
        byte[] content =
            recipient.getContent(
                rsa
                    ? new JceKeyTransEnvelopedRecipient(key).setProvider(BC)
                    : new JceKeyAgreeEnvelopedRecipient(key).setProvider(BC));
        Files.write(out, content);
        return rsa ? "key transport" : "key agreement";
      } catch (Exception problem) {
        problems.add(String.valueOf(problem.getMessage()));
      }
    }
    throw new CMSException("no recipient opened it: " + problems);
  }

  private static String verify(byte[] signature, byte[] content) throws Exception {
    CMSSignedData signed =
        content == null
            ? new CMSSignedData(signature)
            : new CMSSignedData(new CMSProcessableByteArray(content), signature);
    Collection<SignerInformation> signers = signed.getSignerInfos().getSigners();
    if (signers.isEmpty()) throw new CMSException("no signer");
    for (SignerInformation signer : signers) {
      @SuppressWarnings("unchecked")
      Collection<X509CertificateHolder> matches = signed.getCertificates().getMatches(signer.getSID());
      X509CertificateHolder holder = matches.iterator().next();
      if (!signer.verify(new JcaSimpleSignerInfoVerifierBuilder().setProvider(BC).build(holder))) {
        throw new CMSException("signature is not good");
      }
      checkSigningCertificate(signer, holder);
    }
    return "verified " + signers.size();
  }

  /** CAdES (ETSI EN 319 122-1, 5.2.2): the signed attribute names the certificate by its hash. */
  private static void checkSigningCertificate(SignerInformation signer, X509CertificateHolder holder) throws Exception {
    Attribute attribute = signer.getSignedAttributes().get(PKCSObjectIdentifiers.id_aa_signingCertificateV2);
    if (attribute == null) throw new CMSException("no signingCertificateV2");
    ESSCertIDv2 id = SigningCertificateV2.getInstance(attribute.getAttributeValues()[0]).getCerts()[0];
    ASN1ObjectIdentifier algorithm = id.getHashAlgorithm().getAlgorithm();
    byte[] hash = MessageDigest.getInstance(algorithm.getId(), BC).digest(holder.getEncoded());
    if (!MessageDigest.isEqual(hash, id.getCertHash())) throw new CMSException("signingCertificateV2 does not match");
  }

  private static List<RecipientInfoGenerator> recipients(String[] words) throws Exception {
    JcaX509ExtensionUtils utils = new JcaX509ExtensionUtils();
    List<RecipientInfoGenerator> generators = new ArrayList<>();
    for (int i = 5; i < words.length; i++) {
      X509Certificate certificate = certificate(words[i]);
      byte[] keyId = utils.createSubjectKeyIdentifier(certificate.getPublicKey()).getKeyIdentifier();
      if (certificate.getPublicKey().getAlgorithm().equals("RSA")) {
        OAEPParameterSpec oaep =
            new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);
        generators.add(
            new JceKeyTransRecipientInfoGenerator(
                    certificate,
                    new JcaAlgorithmParametersConverter().getAlgorithmIdentifier(PKCSObjectIdentifiers.id_RSAES_OAEP, oaep))
                .setProvider(BC));
      } else {
        java.security.KeyPairGenerator pairs = java.security.KeyPairGenerator.getInstance("EC", BC);
        pairs.initialize(((java.security.interfaces.ECPublicKey) certificate.getPublicKey()).getParams());
        java.security.KeyPair ephemeral = pairs.generateKeyPair();
        generators.add(
            new JceKeyAgreeRecipientInfoGenerator(
                    CMSAlgorithm.ECDH_SHA256KDF,
                    ephemeral.getPrivate(),
                    ephemeral.getPublic(),
                    CMSAlgorithm.AES256_WRAP)
                .addRecipient(keyId, certificate.getPublicKey())
                .setProvider(BC));
      }
    }
    return generators;
  }

  private static String envelope(String[] words) throws Exception {
    boolean authenticated = words[1].equals("auth");
    boolean indefinite = words[2].equals("indefinite");
    byte[] content = bytes(words[4]);
    OutputEncryptor encryptor =
        new JceCMSContentEncryptorBuilder(authenticated ? CMSAlgorithm.AES256_GCM : CMSAlgorithm.AES256_CBC)
            .setProvider(BC)
            .build();
    List<RecipientInfoGenerator> recipients = recipients(words);
    // BouncyCastle builds BER with indefinite lengths throughout; DER is the same structure encoded again
    ContentInfo built = build(authenticated, encryptor, recipients, content);
    Files.write(Path.of(words[3]), built.getEncoded(indefinite ? ASN1Encoding.BER : ASN1Encoding.DER));
    return "written";
  }

  private static ContentInfo build(
      boolean authenticated, OutputEncryptor encryptor, List<RecipientInfoGenerator> recipients, byte[] content)
      throws Exception {
    CMSTypedData data = new CMSProcessableByteArray(content);
    if (authenticated) {
      CMSAuthEnvelopedDataGenerator generator = new CMSAuthEnvelopedDataGenerator();
      recipients.forEach(generator::addRecipientInfoGenerator);
      return generator.generate(data, (OutputAEADEncryptor) encryptor).toASN1Structure();
    }
    CMSEnvelopedDataGenerator generator = new CMSEnvelopedDataGenerator();
    recipients.forEach(generator::addRecipientInfoGenerator);
    return generator.generate(data, encryptor).toASN1Structure();
  }

  private static String sign(boolean attached, PrivateKey key, X509Certificate certificate, byte[] content, String out)
      throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
    SigningCertificateV2 signingCertificate = new SigningCertificateV2(new ESSCertIDv2(hash));
    AttributeTable attributes =
        new AttributeTable(
            new DERSet(new Attribute(PKCSObjectIdentifiers.id_aa_signingCertificateV2, new DERSet(signingCertificate))));
    CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
    generator.addSignerInfoGenerator(
        new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().setProvider(BC).build())
            .setSignedAttributeGenerator(new DefaultSignedAttributeTableGenerator(attributes))
            .build(
                new JcaContentSignerBuilder(key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA")
                    .setProvider(BC)
                    .build(key),
                certificate));
    generator.addCertificates(new JcaCertStore(List.of(certificate)));
    Files.write(Path.of(out), generator.generate(new CMSProcessableByteArray(content), attached).getEncoded());
    return "written";
  }
}

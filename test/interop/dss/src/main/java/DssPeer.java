import eu.europa.esig.dss.asic.cades.ASiCWithCAdESSignatureParameters;
import eu.europa.esig.dss.asic.cades.signature.ASiCWithCAdESService;
import eu.europa.esig.dss.enumerations.ASiCContainerType;
import eu.europa.esig.dss.enumerations.DigestAlgorithm;
import eu.europa.esig.dss.enumerations.EncryptionAlgorithm;
import eu.europa.esig.dss.enumerations.SignatureAlgorithm;
import eu.europa.esig.dss.enumerations.SignatureLevel;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.model.SignatureValue;
import eu.europa.esig.dss.model.ToBeSigned;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.spi.x509.revocation.crl.ExternalResourcesCRLSource;
import eu.europa.esig.dss.spi.x509.revocation.ocsp.ExternalResourcesOCSPSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import java.io.File;
import java.io.FileInputStream;
import java.io.InputStream;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

/**
 * EU DSS as the other side, offline: no data loader, no trusted list, revocation from the CRL given.
 *
 * <pre>
 * validate CONTAINER ANCHOR CRL|-                     -> INDICATION SUB_INDICATION signatures errors
 * judge    CONTAINER POLICY MILLIS ANCHORS CRLS OCSPS -> INDICATION SUB_INDICATION FORMAT of each signature, by semicolons
 * sign     P12 PASSWORD OUT asic-e|asic-s FILE…       -> "written"
 * </pre>
 */
public final class DssPeer {
  private DssPeer() {}

  public static void main(String[] args) throws Exception {
    Jobs.answer(
        words -> {
          switch (words[0]) {
            case "validate":
              return validate(new File(words[1]), new File(words[2]), words[3].equals("-") ? null : words[3]);
            case "judge":
              return judge(words);
            case "sign":
              return sign(words);
            default:
              throw new IllegalArgumentException(words[0]);
          }
        });
  }

  private static CommonCertificateVerifier verifier(File anchor, String crl) throws Exception {
    CommonTrustedCertificateSource trusted = new CommonTrustedCertificateSource();
    trusted.addCertificate(DSSUtils.loadCertificate(anchor));
    CommonCertificateVerifier verifier = new CommonCertificateVerifier();
    verifier.setTrustedCertSources(trusted);
    verifier.setAIASource(null);
    if (crl != null) verifier.setCrlSource(new ExternalResourcesCRLSource(new FileDocument(crl)));
    return verifier;
  }

  private static String validate(File container, File anchor, String crl) throws Exception {
    SignedDocumentValidator validator = SignedDocumentValidator.fromDocument(new FileDocument(container));
    validator.setCertificateVerifier(verifier(anchor, crl));
    SimpleReport report = validator.validateDocument().getSimpleReport();
    if (report.getSignaturesCount() == 0) return "NO_SIGNATURE";
    StringBuilder answer = new StringBuilder();
    for (String id : report.getSignatureIdList()) {
      answer.append(report.getIndication(id)).append(' ').append(report.getSubIndication(id)).append(' ');
      answer.append(report.getSignatureFormat(id)).append(' ').append(report.getContainerType());
      report.getAdESValidationErrors(id).forEach(error -> answer.append("; ").append(error.getValue()));
    }
    return answer.toString();
  }

  /** At a time and under a validation policy, both given; lists of files are split by commas, "-" is none. */
  private static String judge(String[] words) throws Exception {
    CommonTrustedCertificateSource trusted = new CommonTrustedCertificateSource();
    for (DSSDocument anchor : documents(words[4])) trusted.addCertificate(DSSUtils.loadCertificate(anchor.openStream()));
    CommonCertificateVerifier verifier = new CommonCertificateVerifier();
    verifier.setTrustedCertSources(trusted);
    verifier.setAIASource(null);
    verifier.setCrlSource(new ExternalResourcesCRLSource(documents(words[5])));
    verifier.setOcspSource(new ExternalResourcesOCSPSource(documents(words[6])));
    SignedDocumentValidator validator = SignedDocumentValidator.fromDocument(new FileDocument(words[1]));
    validator.setCertificateVerifier(verifier);
    validator.setValidationTime(new Date(Long.parseLong(words[3])));
    SimpleReport report = validator.validateDocument(new File(words[2])).getSimpleReport();
    if (report.getSignaturesCount() == 0) return "NO_SIGNATURE";
    List<String> answers = new ArrayList<>();
    for (String id : report.getSignatureIdList()) {
      answers.add(report.getIndication(id) + " " + report.getSubIndication(id) + " " + report.getSignatureFormat(id));
    }
    return String.join("; ", answers);
  }

  private static DSSDocument[] documents(String paths) {
    if (paths.equals("-")) return new DSSDocument[0];
    return java.util.Arrays.stream(paths.split(",")).map(FileDocument::new).toArray(DSSDocument[]::new);
  }

  private static String sign(String[] words) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream input = new FileInputStream(words[1])) {
      store.load(input, words[2].toCharArray());
    }
    String alias = signingAlias(store);
    PrivateKey key = (PrivateKey) store.getKey(alias, words[2].toCharArray());
    EncryptionAlgorithm algorithm =
        key.getAlgorithm().equals("RSA") ? EncryptionAlgorithm.RSA : EncryptionAlgorithm.ECDSA;

    ASiCWithCAdESSignatureParameters parameters = new ASiCWithCAdESSignatureParameters();
    parameters.setSignatureLevel(SignatureLevel.CAdES_BASELINE_B);
    parameters.aSiC().setContainerType(words[4].equals("asic-s") ? ASiCContainerType.ASiC_S : ASiCContainerType.ASiC_E);
    parameters.setDigestAlgorithm(DigestAlgorithm.SHA256);
    parameters.setEncryptionAlgorithm(algorithm);
    parameters.bLevel().setSigningDate(new Date());
    parameters.setSigningCertificate(new CertificateToken((java.security.cert.X509Certificate) store.getCertificate(alias)));
    List<CertificateToken> chain = new ArrayList<>();
    for (Certificate certificate : store.getCertificateChain(alias)) {
      chain.add(new CertificateToken((java.security.cert.X509Certificate) certificate));
    }
    parameters.setCertificateChain(chain);

    List<DSSDocument> documents = new ArrayList<>();
    for (int i = 5; i < words.length; i++) documents.add(new FileDocument(words[i]));
    ASiCWithCAdESService service = new ASiCWithCAdESService(new CommonCertificateVerifier());
    ToBeSigned toBeSigned = service.getDataToSign(documents, parameters);
    SignatureAlgorithm signatureAlgorithm = SignatureAlgorithm.getAlgorithm(algorithm, DigestAlgorithm.SHA256);
    Signature signature = Signature.getInstance(signatureAlgorithm.getJCEId());
    signature.initSign(key);
    signature.update(toBeSigned.getBytes());
    SignatureValue value = new SignatureValue(signatureAlgorithm, signature.sign());
    service.signDocument(documents, parameters, value).save(words[3]);
    return "written";
  }

  /** A PKCS#12 of an office holds a signing and an encryption pair: the one that may sign is wanted. */
  private static String signingAlias(KeyStore store) throws Exception {
    for (String alias : java.util.Collections.list(store.aliases())) {
      boolean[] usage = ((java.security.cert.X509Certificate) store.getCertificate(alias)).getKeyUsage();
      if (store.isKeyEntry(alias) && (usage == null || usage[0] || usage[1])) return alias;
    }
    throw new IllegalArgumentException("no key that may sign");
  }
}

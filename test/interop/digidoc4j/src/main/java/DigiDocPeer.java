import eu.europa.esig.dss.enumerations.Indication;
import java.io.FileInputStream;
import java.io.InputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.StringJoiner;
import org.digidoc4j.Configuration;
import org.digidoc4j.Container;
import org.digidoc4j.ContainerBuilder;
import org.digidoc4j.ContainerValidationResult;
import org.digidoc4j.DataFile;
import org.digidoc4j.impl.asic.tsl.TSLCertificateSourceImpl;

/**
 * digidoc4j as the other side, offline.
 *
 * <pre>
 * open CONTAINER ANCHOR -> container type, data files with sizes, signatures, errors
 * </pre>
 */
public final class DigiDocPeer {
  private DigiDocPeer() {}

  public static void main(String[] args) throws Exception {
    Jobs.answer(words -> open(words[1], words[2]));
  }

  private static Configuration configuration(String anchor) throws Exception {
    TSLCertificateSourceImpl trusted = new TSLCertificateSourceImpl();
    try (InputStream input = new FileInputStream(anchor)) {
      trusted.addTSLCertificate((X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(input));
    }
    Configuration configuration = new Configuration(Configuration.Mode.TEST);
    // Its own trusted list would be fetched from the network
    configuration.setTSL(trusted);
    return configuration;
  }

  private static String open(String path, String anchor) throws Exception {
    Container container = ContainerBuilder.aContainer().withConfiguration(configuration(anchor)).fromExistingFile(path).build();
    StringJoiner files = new StringJoiner(",");
    for (DataFile file : container.getDataFiles()) files.add(file.getName() + "=" + file.getFileSize());
    ContainerValidationResult result = container.validate();
    StringJoiner answer = new StringJoiner(" ");
    answer.add(container.getType()).add("files").add(files.toString());
    answer.add("signatures").add(String.valueOf(container.getSignatures().size()));
    for (String id : result.getSignatureIdList()) answer.add(String.valueOf((Indication) result.getIndication(id)));
    result.getErrors().forEach(error -> answer.add("; " + error.getMessage()));
    result.getContainerErrors().forEach(error -> answer.add("; container: " + error.getMessage()));
    return answer.toString();
  }
}

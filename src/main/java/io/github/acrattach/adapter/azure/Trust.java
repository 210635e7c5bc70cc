package io.github.acrattach.adapter.azure;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** TLS that trusts certificates of one's own beside those that the platform trusts. */
final class Trust {

    private Trust() {}

    /**
     * Reads the file.
     *
     * @throws ConfigurationException when the file holds no certificates; the message names the setting
     */
    static Collection<? extends Certificate> certificates(Path pemFile) {
        try (InputStream pem = Files.newInputStream(pemFile)) {
            var certificates = CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (certificates.isEmpty()) {
                throw new CertificateException("The file is empty.");
            }
            return certificates;
        } catch (IOException | CertificateException e) {
            throw new ConfigurationException("The setting ACR_ATTACH_AZURE_TRUSTED_CERTIFICATES names " + pemFile
                    + ", which cannot be read as PEM certificates.");
        }
    }

    static SSLContext alsoTrusting(Path pemFile) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int count = 0;
            for (Certificate own : certificates(pemFile)) {
                store.setCertificateEntry("own-" + count++, own);
            }
            for (X509Certificate usual : usual()) {
                store.setCertificateEntry("usual-" + count++, usual);
            }
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, trusting(store), null);
            return tls;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform can trust further certificates.", e);
        }
    }

    private static X509Certificate[] usual() throws GeneralSecurityException {
        for (TrustManager manager : trusting(null)) {
            if (manager instanceof X509TrustManager x509) {
                return x509.getAcceptedIssuers();
            }
        }
        return new X509Certificate[0];
    }

    private static TrustManager[] trusting(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}

import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { say } from '../request/words.js';

/** In milliseconds since the epoch. */
interface Validity {
  readonly validFrom: number;
  readonly validUntil: number;
}

/**
 * Reads a certificate of a domain with its private key, both as PEM texts.
 * @throws {AlibabaError} `InvalidCertificateBody`, also for the certificate of another name and for one that has expired;
 * `InvalidCertificatePrivateKey` where the key is not the certificate's. The sentences are [I].
 */
export function readCertificate(domain: string, body: string, key: string, now: number): Validity {
  const certificate = certificateOf(body);
  const privateKey = keyOf(key);
  if (!certificate.checkPrivateKey(privateKey)) {
    throw say.invalid('CertificatePrivateKey', 'The private key does not match the certificate.');
  }
  if (!isFor(certificate, domain)) {
    throw say.invalid('CertificateBody', `The certificate is not for the domain ${domain}.`);
  }
  const [validFrom, validUntil] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)];
  if (now >= validUntil) throw say.invalid('CertificateBody', 'The certificate has expired.');
  return { validFrom, validUntil };
}

function certificateOf(text: string): X509Certificate {
  try {
    return new X509Certificate(text);
  } catch {
    throw say.invalid('CertificateBody');
  }
}

function keyOf(text: string): KeyObject {
  try {
    return createPrivateKey(text);
  } catch {
    throw say.invalid('CertificatePrivateKey');
  }
}

/** A domain with a wildcard needs a certificate with the same wildcard. */
function isFor(certificate: X509Certificate, domain: string): boolean {
  if (!domain.startsWith('*.')) return certificate.checkHost(domain) !== undefined;
  const names = certificate.subjectAltName?.split(', ') ?? [];
  return names.includes(`DNS:${domain}`) || certificate.subject.split('\n').includes(`CN=${domain}`);
}

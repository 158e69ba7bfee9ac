import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import type { KeyAlgorithm } from '@aws-sdk/client-acm';
import type { CertificateRow } from './state.js';
import { invalid } from './request.js';

/** What a row takes from the text of an imported certificate. */
type ParsedCertificate = Pick<
  CertificateRow['fields'],
  | 'DomainName'
  | 'SubjectAlternativeNames'
  | 'KeyAlgorithm'
  | 'NotBefore'
  | 'NotAfter'
  | 'Serial'
  | 'Subject'
  | 'Issuer'
  | 'SignatureAlgorithm'
>;

const BLOCK = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** Object identifiers of signatures, as the encoded certificate contains them. */
const SIGNATURES: readonly (readonly [oid: string, name: string])[] = [
  ['2a864886f70d010105', 'SHA1WITHRSA'],
  ['2a864886f70d01010b', 'SHA256WITHRSA'],
  ['2a864886f70d01010c', 'SHA384WITHRSA'],
  ['2a864886f70d01010d', 'SHA512WITHRSA'],
  ['2a8648ce3d040302', 'SHA256WITHECDSA'],
  ['2a8648ce3d040303', 'SHA384WITHECDSA'],
  ['2a8648ce3d040304', 'SHA512WITHECDSA'],
];
const CURVES: Readonly<Record<string, KeyAlgorithm>> = {
  prime256v1: 'EC_prime256v1',
  secp384r1: 'EC_secp384r1',
  secp521r1: 'EC_secp521r1',
};

/**
 * Reads a certificate, its private key and its chain, and checks that they belong together.
 * @throws {ServiceError} `ValidationException`.
 * @see https://docs.aws.amazon.com/acm/latest/userguide/import-certificate-prerequisites.html
 */
export function parseCertificate(
  certificate: Uint8Array,
  privateKey: Uint8Array,
  chain: Uint8Array | undefined,
  now: number,
): ParsedCertificate {
  const certificatePem = text(certificate);
  const blocks = certificatePem.match(BLOCK) ?? [];
  if (blocks.length > 1) {
    throw invalid(
      'The certificate field contains more than one certificate. You can specify only one certificate in this field.',
    );
  }

  const leaf = read(blocks[0]);
  if (!leaf.checkPrivateKey(key(privateKey))) throw invalid('The private key does not match the certificate.');

  // Only the end is judged: certificates made today begin after the simulation's first day.
  const notAfter = new Date(leaf.validTo);
  if (notAfter.getTime() <= now) throw invalid('The certificate has expired.');

  checkChain(leaf, chain);
  const subject = attributes(leaf.subject);
  const names = (leaf.subjectAltName ?? '')
    .split(', ')
    .flatMap((name) => (name.startsWith('DNS:') ? [name.slice(4)] : []));
  const domainName = subject['CN'] ?? names[0] ?? '';
  return {
    DomainName: domainName,
    SubjectAlternativeNames: names.length > 0 ? names : [domainName],
    KeyAlgorithm: keyAlgorithm(leaf.publicKey),
    NotBefore: new Date(leaf.validFrom),
    NotAfter: notAfter,
    Serial: (leaf.serialNumber.toLowerCase().match(/../g) ?? []).join(':'),
    Subject: Object.entries(subject)
      .map(([name, value]) => `${name}=${value}`)
      .join(', '),
    Issuer: attributes(leaf.issuer)['O'] ?? attributes(leaf.issuer)['CN'] ?? '',
    SignatureAlgorithm: signature(leaf),
  };
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}

function read(pem: string | undefined): X509Certificate {
  try {
    return new X509Certificate(pem ?? '');
  } catch {
    throw invalid('Unable to parse certificate. Please ensure the certificate is in PEM format.');
  }
}

function key(bytes: Uint8Array): KeyObject {
  try {
    return createPrivateKey(text(bytes));
  } catch {
    throw invalid('The private key is not supported.');
  }
}

function checkChain(leaf: X509Certificate, chain: Uint8Array | undefined): void {
  if (chain === undefined) return;

  const links = (text(chain).match(BLOCK) ?? []).map(read);
  if (links.length === 0) throw invalid('Unable to parse certificate chain. Please ensure the chain is in PEM format.');

  let below = leaf;
  for (const above of links) {
    if (!below.checkIssued(above)) throw invalid('Could not validate the certificate with the certificate chain.');

    below = above;
  }
}

/** `{ CN: 'orders.internal', O: 'Shop' }` */
function attributes(name: string): Record<string, string> {
  return Object.fromEntries(
    name.split('\n').flatMap((line) => {
      const at = line.indexOf('=');
      return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1)] as const];
    }),
  );
}

function keyAlgorithm({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject): KeyAlgorithm {
  const bits = details?.modulusLength;
  if (type === 'rsa' && (bits === 1024 || bits === 2048 || bits === 3072 || bits === 4096)) return `RSA_${bits}`;

  const curve = CURVES[details?.namedCurve ?? ''];
  if (type === 'ec' && curve !== undefined) return curve;

  throw invalid('The key algorithm of the certificate is not supported.');
}

function signature(leaf: X509Certificate): string {
  return SIGNATURES.find(([oid]) => leaf.raw.toString('hex').includes(oid))?.[1] ?? 'UNKNOWN';
}

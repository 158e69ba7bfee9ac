import { createECDH, createHash } from 'node:crypto';
import type { KeyAlgorithm } from '@aws-sdk/client-acm';
import type { CertificateRow } from './state.js';

/** What a certificate of Certificate Manager is issued by. @see https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html */
const ISSUER = 'Amazon RSA 2048 M02';

/** Fields of a certificate. */
interface Fields {
  readonly serial: string;
  readonly issuer: string;
  readonly subject: string;
  readonly names: readonly string[];
  readonly from: Date;
  readonly to: Date;
  readonly key: KeyAlgorithm;
}

/** A certificate that Amazon issued, and the one above it, as PEM. */
export interface IssuedText {
  readonly certificate: string;
  readonly chain: string;
}

/**
 * The text of a certificate that Amazon issues, with its names, dates and serial number. Nothing is signed: its signature and its key
 * are derived from the serial number, and no program can use them.
 */
export function issuedText({ content, domainName, subjectAlternativeNames, keyAlgorithm }: CertificateRow): IssuedText {
  const { serial = '', notBefore: from = new Date(0), notAfter: to = new Date(0) } = content ?? {};
  const both = { issuer: ISSUER, from, to };
  return {
    certificate: pem({ ...both, serial, subject: domainName, names: subjectAlternativeNames, key: keyAlgorithm }),
    chain: pem({ ...both, serial: '06:6c', subject: ISSUER, names: [], issuer: 'Amazon Root CA 1', key: 'RSA_2048' }),
  };
}

/** Object identifiers, encoded. */
const OID = {
  commonName: '550403',
  alternativeName: '551d11',
  rsa: '2a864886f70d010101',
  rsaSignature: '2a864886f70d01010b',
  curve: '2a8648ce3d0201',
  curveSignature: '2a8648ce3d040302',
} as const;
const CURVES: Readonly<Record<string, readonly [name: string, oid: string]>> = {
  EC_prime256v1: ['prime256v1', '2a8648ce3d030107'],
  EC_secp384r1: ['secp384r1', '2b81040022'],
  EC_secp521r1: ['secp521r1', '2b81040023'],
};

/** Tags of DER. @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1 */
const TAG = {
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  nothing: 0x05,
  oid: 0x06,
  text: 0x0c,
  time: 0x17,
  list: 0x30,
  set: 0x31,
};

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const { length } = body;
  const head =
    length < 128 ? [tag, length] : length < 256 ? [tag, 0x81, length] : [tag, 0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from(head), body]);
}

const list = (...parts: readonly Uint8Array[]): Buffer => der(TAG.list, ...parts);
const oid = (hex: string): Buffer => der(TAG.oid, Buffer.from(hex, 'hex'));
const text = (value: string): Buffer => der(TAG.text, Buffer.from(value, 'utf8'));
const nameOf = (value: string): Buffer => list(der(TAG.set, list(oid(OID.commonName), text(value))));
/** A positive number: a byte of zeros comes before a first bit. */
const positive = (bytes: Buffer): Buffer =>
  der(TAG.integer, (bytes[0] ?? 0) < 128 ? bytes : Buffer.concat([Buffer.from([0]), bytes]));
const bitsOf = (...parts: readonly Uint8Array[]): Buffer => der(TAG.bits, Buffer.from([0]), ...parts);

/** `261128070000Z` */
function timeOf(date: Date): Buffer {
  const digits = date.toISOString().replaceAll(/\D/g, '').slice(2, 14);
  return der(TAG.time, Buffer.from(`${digits}Z`, 'latin1'));
}

/** As many bytes as are wanted, the same ones for a seed each time. */
function derived(seed: string, count: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(count / 64) }, (_, at) =>
    createHash('sha512').update(`${seed} ${at}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, count);
}

function keyOf(key: KeyAlgorithm, seed: string): Buffer {
  const curve = CURVES[key];
  if (curve !== undefined) {
    const [name, id] = curve;
    const pair = createECDH(name);
    pair.setPrivateKey(Buffer.from([1]));
    return list(list(oid(OID.curve), oid(id)), bitsOf(pair.getPublicKey()));
  }
  const modulus = derived(seed, Number(key.replace('RSA_', '')) / 8);
  modulus.writeUInt8((modulus.readUInt8(0) | 128) & 255, 0);
  modulus.writeUInt8(modulus.readUInt8(modulus.length - 1) | 1, modulus.length - 1);
  const numbers = list(positive(modulus), positive(Buffer.from([1, 0, 1])));
  return list(list(oid(OID.rsa), der(TAG.nothing)), bitsOf(numbers));
}

function pem({ serial, issuer, subject, names, from, to, key }: Fields): string {
  const isCurve = CURVES[key] !== undefined;
  const algorithm = isCurve ? list(oid(OID.curveSignature)) : list(oid(OID.rsaSignature), der(TAG.nothing));
  const number = Buffer.from(serial.replaceAll(':', ''), 'hex');
  const alternatives = list(...names.map((one) => der(0x82, Buffer.from(one, 'latin1'))));
  const extensions = der(0xa3, list(list(oid(OID.alternativeName), der(TAG.octets, alternatives))));
  const signed = list(
    der(0xa0, der(TAG.integer, Buffer.from([2]))),
    positive(number),
    algorithm,
    nameOf(issuer),
    list(timeOf(from), timeOf(to)),
    nameOf(subject),
    keyOf(key, serial),
    ...(names.length === 0 ? [] : [extensions]),
  );
  const whole = list(signed, algorithm, bitsOf(derived(`signature ${serial}`, 256)));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

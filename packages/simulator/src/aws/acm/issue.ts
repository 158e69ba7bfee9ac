import type { AwsCall } from '../operation/call.js';

/**
 * How long a certificate is PENDING_VALIDATION. Validation itself is not simulated: the record, or the
 * answer to the e-mail, is assumed to exist. Real ones take some minutes once the record exists.
 */
export const ISSUE_MS = 180_000;

/** @see https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html (13 months) */
const VALID_DAYS = 395;
const DAY_MS = 86_400_000;

/** The timer's end of validation: the certificate is issued. */
export function issue(call: AwsCall, data: Readonly<Record<string, string | number>>): void {
  const row = call.state.acm.certificates.get(String(data['arn']));
  if (row?.status !== 'PENDING_VALIDATION') return;
  const midnight = Math.floor(call.now / DAY_MS) * DAY_MS;
  row.status = 'ISSUED';
  row.issuedAt = new Date(call.now);
  row.content = {
    notBefore: new Date(midnight),
    notAfter: new Date(midnight + VALID_DAYS * DAY_MS - 1000),
    serial: (call.id('', 32).match(/../g) ?? []).join(':'),
    subject: `CN=${row.domainName}`,
    issuer: 'Amazon',
    signatureAlgorithm: row.keyAlgorithm.startsWith('RSA') ? 'SHA256WITHRSA' : 'SHA256WITHECDSA',
    certificatePem: undefined,
    chainPem: undefined,
  };
}

import type { RegionSnapshot } from '@postern/core';
import type { Certificate } from '@postern/core/snapshot';
import type { AwsCall } from '../operation/call.js';
import type { CertificateRow } from '../acm/state.js';
import type { Lack } from './lack.js';

const STATUSES: readonly CertificateRow['status'][] = [
  'EXPIRED',
  'FAILED',
  'INACTIVE',
  'ISSUED',
  'PENDING_VALIDATION',
  'REVOKED',
  'VALIDATION_TIMED_OUT',
];

const TYPES: Readonly<Record<NonNullable<Certificate['issuer']>, CertificateRow['type']>> = {
  public: 'AMAZON_ISSUED',
  private: 'PRIVATE',
  imported: 'IMPORTED',
};

/** Certificates with their names and their end; where it was not read who issued one, Amazon did. */
export function loadCertificates(call: AwsCall, { certificates }: RegionSnapshot, lack: Lack): void {
  if (certificates === undefined) return lack(`the certificates of ${call.region} were not read`);
  for (const { id, names, notAfter, nativeState, issuer = 'public' } of certificates) {
    const domainName = names.find((name) => !name.startsWith('*')) ?? names[0] ?? '';
    const notBefore = new Date(call.now);
    call.state.acm.certificates.set(id, {
      arn: id,
      type: TYPES[issuer],
      domainName,
      subjectAlternativeNames: [...names],
      createdAt: notBefore,
      keyAlgorithm: 'RSA_2048',
      request: { idempotencyToken: undefined, validationMethod: 'DNS', validationDomains: {} },
      status: STATUSES.find((word) => word === nativeState) ?? 'ISSUED',
      issuedAt: notAfter === undefined ? undefined : notBefore,
      importedAt: undefined,
      content:
        notAfter === undefined
          ? undefined
          : {
              notBefore,
              notAfter: new Date(notAfter),
              serial: (call.id('', 32).match(/../g) ?? []).join(':'),
              subject: `CN=${domainName}`,
              issuer: 'Amazon',
              signatureAlgorithm: 'SHA256WITHRSA',
              certificatePem: undefined,
              chainPem: undefined,
            },
      transparencyLogging: 'ENABLED',
      exportOption: 'DISABLED',
      tags: {},
    });
  }
}

import type { ImportCertificateRequest, ImportCertificateResponse } from '@aws-sdk/client-acm';
import { invalid, limitExceeded } from '../../acm/errors.js';
import { getCertificateRow, newCertificateArn } from '../../acm/find.js';
import { ARN, TAGS } from '../../acm/limits.js';
import { parseCertificate } from '../../acm/pem.js';
import { mergedTags } from '../../acm/tags.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** Imports a certificate with its key and chain, or replaces the content of one that was imported. */
export const importCertificate = operation<Given<ImportCertificateRequest>, ImportCertificateResponse>({
  service: 'acm',
  name: 'ImportCertificate',
  kind: 'write',
  limits: {
    CertificateArn: ARN,
    Certificate: { length: [1, 32_768] },
    PrivateKey: { length: [1, 5120] },
    CertificateChain: { length: [1, 2_097_152] },
    ...TAGS,
  },
  run: (call, input) => {
    const parsed = parseCertificate(input.Certificate, input.PrivateKey, input.CertificateChain, call.now);
    const before = input.CertificateArn === undefined ? undefined : getCertificateRow(call, input.CertificateArn);
    if (before !== undefined && before.type !== 'IMPORTED')
      throw invalid('Only imported certificates can be imported again.');
    if (before !== undefined && input.Tags !== undefined)
      throw invalid('Tags cannot be given when a certificate is imported again.');
    const { certificates } = call.state.acm;
    if (before === undefined && certificates.size >= call.quota('certificates')) {
      throw limitExceeded('The limit on the number of certificates has been reached.');
    }
    const now = new Date(call.now);
    const arn = before?.arn ?? newCertificateArn(call);
    certificates.set(arn, {
      arn,
      type: 'IMPORTED',
      domainName: parsed.domainName,
      subjectAlternativeNames: parsed.names,
      createdAt: before?.createdAt ?? now,
      keyAlgorithm: parsed.keyAlgorithm,
      request: undefined,
      status: 'ISSUED',
      issuedAt: undefined,
      importedAt: now,
      content: parsed.content,
      transparencyLogging: 'DISABLED',
      exportOption: 'DISABLED',
      tags: before?.tags ?? mergedTags({}, input.Tags),
    });
    return { CertificateArn: arn };
  },
});

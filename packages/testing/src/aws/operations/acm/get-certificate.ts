import type { GetCertificateRequest, GetCertificateResponse } from '@aws-sdk/client-acm';
import { getCertificateRow } from '../../acm/find.js';
import { ARN } from '../../acm/limits.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';
import { ServiceError } from '../../service-error.js';

/** The PEM text of an imported certificate and its chain. */
export const getCertificate = operation<Given<GetCertificateRequest>, GetCertificateResponse>({
  service: 'acm',
  name: 'GetCertificate',
  kind: 'read',
  limits: { CertificateArn: ARN },
  run: (call, input) => {
    const row = getCertificateRow(call, input.CertificateArn);
    if (row.content === undefined) {
      throw new ServiceError('RequestInProgressException', `Certificate request ${row.arn} is in progress.`);
    }
    if (row.content.certificatePem === undefined) {
      throw new ServiceError('NotImplemented', 'The text of certificates that Amazon issues is not simulated.', 501);
    }
    return { Certificate: row.content.certificatePem, CertificateChain: row.content.chainPem };
  },
});

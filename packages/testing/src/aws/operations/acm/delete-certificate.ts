import type { DeleteCertificateRequest } from '@aws-sdk/client-acm';
import { getCertificateRow, usersOf } from '../../acm/find.js';
import { ARN } from '../../acm/limits.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';
import { ServiceError } from '../../service-error.js';

/** Deletes a certificate that no listener and no domain name serves. */
export const deleteCertificate = operation<Given<DeleteCertificateRequest>, Record<never, never>>({
  service: 'acm',
  name: 'DeleteCertificate',
  kind: 'write',
  limits: { CertificateArn: ARN },
  run: (call, input) => {
    const row = getCertificateRow(call, input.CertificateArn);
    if (usersOf(call, row.arn).length > 0) {
      throw new ServiceError('ResourceInUseException', `Certificate ${row.arn} in account ${call.account} is in use.`);
    }
    call.state.acm.certificates.delete(row.arn);
    return {};
  },
});

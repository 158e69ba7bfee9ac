import type { UpdateCertificateOptionsRequest } from '@aws-sdk/client-acm';
import { getCertificateRow } from '../../acm/find.js';
import { ARN, OPTIONS } from '../../acm/limits.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';
import { ServiceError } from '../../service-error.js';

/** Sets transparency logging, or whether a certificate can be exported. */
export const updateCertificateOptions = operation<Given<UpdateCertificateOptionsRequest>, Record<never, never>>({
  service: 'acm',
  name: 'UpdateCertificateOptions',
  kind: 'write',
  limits: { CertificateArn: ARN, ...OPTIONS },
  run: (call, input) => {
    const row = getCertificateRow(call, input.CertificateArn);
    if (row.type === 'IMPORTED') {
      throw new ServiceError('InvalidStateException', 'Options of imported certificates cannot be updated.');
    }
    row.transparencyLogging = input.Options.CertificateTransparencyLoggingPreference ?? row.transparencyLogging;
    row.exportOption = input.Options.Export ?? row.exportOption;
    return {};
  },
});

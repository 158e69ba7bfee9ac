import type { DescribeCertificateRequest, DescribeCertificateResponse } from '@aws-sdk/client-acm';
import { getCertificateRow } from '../../acm/find.js';
import { ARN } from '../../acm/limits.js';
import { certificateDetail } from '../../acm/views.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** Everything about a certificate: names, validation records, state, what uses it. */
export const describeCertificate = operation<Given<DescribeCertificateRequest>, DescribeCertificateResponse>({
  service: 'acm',
  name: 'DescribeCertificate',
  kind: 'read',
  limits: { CertificateArn: ARN },
  run: (call, input) => ({ Certificate: certificateDetail(call, getCertificateRow(call, input.CertificateArn)) }),
});

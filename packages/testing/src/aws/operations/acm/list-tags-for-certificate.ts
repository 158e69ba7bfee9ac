import type { ListTagsForCertificateRequest, ListTagsForCertificateResponse } from '@aws-sdk/client-acm';
import { getCertificateRow } from '../../acm/find.js';
import { ARN } from '../../acm/limits.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** The tags of a certificate. */
export const listTagsForCertificate = operation<Given<ListTagsForCertificateRequest>, ListTagsForCertificateResponse>({
  service: 'acm',
  name: 'ListTagsForCertificate',
  kind: 'read',
  limits: { CertificateArn: ARN },
  run: (call, input) => ({
    Tags: Object.entries(getCertificateRow(call, input.CertificateArn).tags).map(([Key, Value]) => ({ Key, Value })),
  }),
});

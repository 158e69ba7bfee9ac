import type { RemoveTagsFromCertificateRequest } from '@aws-sdk/client-acm';
import { getCertificateRow } from '../../acm/find.js';
import { ARN, TAGS } from '../../acm/limits.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** Removes tags. One given with a value is removed only if it has that value. */
export const removeTagsFromCertificate = operation<Given<RemoveTagsFromCertificateRequest>, Record<never, never>>({
  service: 'acm',
  name: 'RemoveTagsFromCertificate',
  kind: 'write',
  limits: { CertificateArn: ARN, ...TAGS },
  run: (call, input) => {
    const row = getCertificateRow(call, input.CertificateArn);
    const goes = (key: string, value: string): boolean =>
      input.Tags.some((tag) => tag.Key === key && (tag.Value === undefined || tag.Value === value));
    row.tags = Object.fromEntries(Object.entries(row.tags).filter(([key, value]) => !goes(key, value)));
    return {};
  },
});

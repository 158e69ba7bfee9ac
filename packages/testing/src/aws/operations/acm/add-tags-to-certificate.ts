import type { AddTagsToCertificateRequest } from '@aws-sdk/client-acm';
import { getCertificateRow } from '../../acm/find.js';
import { ARN, TAGS } from '../../acm/limits.js';
import { mergedTags } from '../../acm/tags.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** Adds tags, or replaces their values. */
export const addTagsToCertificate = operation<Given<AddTagsToCertificateRequest>, Record<never, never>>({
  service: 'acm',
  name: 'AddTagsToCertificate',
  kind: 'write',
  limits: { CertificateArn: ARN, ...TAGS },
  run: (call, input) => {
    const row = getCertificateRow(call, input.CertificateArn);
    row.tags = mergedTags(row.tags, input.Tags);
    return {};
  },
});

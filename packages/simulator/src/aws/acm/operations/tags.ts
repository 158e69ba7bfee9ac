import { family } from '../family.js';
import { getCertificateRow } from '../find.js';
import { ARN, TAGS } from '../limits.js';
import { mergedTags } from '../tags.js';

/** Tags of certificates. */
export const tagOperations = family({
  /** Adds tags, or replaces their values. */
  AddTagsToCertificate: {
    limits: { CertificateArn: ARN, ...TAGS },
    run(call, input) {
      const row = getCertificateRow(call, input.CertificateArn);
      row.tags = mergedTags(row.tags, input.Tags);
      return {};
    },
  },

  /** Removes tags. One given with a value is removed only if it has that value. */
  RemoveTagsFromCertificate: {
    limits: { CertificateArn: ARN, ...TAGS },
    run(call, input) {
      const row = getCertificateRow(call, input.CertificateArn);
      const goes = (key: string, value: string): boolean =>
        input.Tags.some((tag) => tag.Key === key && (tag.Value === undefined || tag.Value === value));
      row.tags = Object.fromEntries(Object.entries(row.tags).filter(([key, value]) => !goes(key, value)));
      return {};
    },
  },

  /** The tags of a certificate. */
  ListTagsForCertificate: {
    limits: { CertificateArn: ARN },
    run(call, input) {
      const { tags } = getCertificateRow(call, input.CertificateArn);
      return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
    },
  },
});

import type { RemoveTagsInput, RemoveTagsOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { TAG_KEYS, TWENTY } from '../../load-balancing/limits.js';
import { taggedResource } from '../../load-balancing/tags.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** Removes tags; keys that are not there are no error. */
export const removeTags = operation<Given<RemoveTagsInput>, RemoveTagsOutput>({
  service: 'elasticloadbalancingv2',
  name: 'RemoveTags',
  kind: 'write',
  limits: { ResourceArns: TWENTY, ...TAG_KEYS },
  run: (call, input) => {
    const owners = input.ResourceArns.map((arn) => taggedResource(call, arn));
    for (const owner of owners) {
      owner.tags = Object.fromEntries(Object.entries(owner.tags).filter(([key]) => !input.TagKeys.includes(key)));
    }
    return {};
  },
});

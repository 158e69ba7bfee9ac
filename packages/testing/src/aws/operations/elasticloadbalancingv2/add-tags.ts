import type { AddTagsInput, AddTagsOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { TAGS, TWENTY } from '../../load-balancing/limits.js';
import { addTags as add, taggedResource } from '../../load-balancing/tags.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** Adds tags to load balancers, listeners, rules and target groups, or replaces their values. */
export const addTags = operation<Given<AddTagsInput>, AddTagsOutput>({
  service: 'elasticloadbalancingv2',
  name: 'AddTags',
  kind: 'write',
  limits: { ResourceArns: TWENTY, ...TAGS },
  run: (call, input) => {
    const owners = input.ResourceArns.map((arn) => taggedResource(call, arn));
    for (const owner of owners) add(owner, input.Tags);
    return {};
  },
});

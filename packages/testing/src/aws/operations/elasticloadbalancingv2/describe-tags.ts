import type { DescribeTagsInput, DescribeTagsOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { TWENTY } from '../../load-balancing/limits.js';
import { tagList, taggedResource } from '../../load-balancing/tags.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** The tags of up to 20 resources. */
export const describeTags = operation<Given<DescribeTagsInput>, DescribeTagsOutput>({
  service: 'elasticloadbalancingv2',
  name: 'DescribeTags',
  kind: 'read',
  limits: { ResourceArns: TWENTY },
  run: (call, input) => ({
    TagDescriptions: input.ResourceArns.map((ResourceArn) => ({
      ResourceArn,
      Tags: tagList(taggedResource(call, ResourceArn).tags),
    })),
  }),
});

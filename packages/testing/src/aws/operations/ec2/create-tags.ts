import type { CreateTagsRequest } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { missingParameter, need } from '../../ec2/request/errors.js';
import { taggedRow } from '../../ec2/request/tagged-rows.js';
import { setTags } from '../../ec2/request/tags.js';

/**
 * Sets tags on each of the resources, or on none.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTags.html
 */
export const createTags = ec2Operation({
  name: 'CreateTags',
  kind: 'write',
  run: ({ state: { ec2 } }, input: CreateTagsRequest): Record<string, never> => {
    const rows = need(input.Resources, 'resourceIdSet').map((id) => taggedRow(ec2, id));
    const tags = need(input.Tags, 'tagSet');
    if (rows.length === 0) throw missingParameter('resourceIdSet');
    if (tags.length === 0) throw missingParameter('tagSet');
    for (const row of rows) setTags({ ...row.tags }, tags);
    for (const row of rows) setTags(row.tags, tags);
    return {};
  },
});

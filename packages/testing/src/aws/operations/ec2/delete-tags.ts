import type { DeleteTagsRequest } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { invalidValue, missingParameter, need } from '../../ec2/request/errors.js';
import { taggedRow } from '../../ec2/request/tagged-rows.js';

/**
 * Removes tags: by key; by key and value where a value is given; all of the user's where no tags are.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTags.html
 */
export const deleteTags = ec2Operation({
  name: 'DeleteTags',
  kind: 'write',
  run: ({ state: { ec2 } }, input: DeleteTagsRequest): Record<string, never> => {
    const rows = need(input.Resources, 'resourceIdSet').map((id) => taggedRow(ec2, id));
    if (rows.length === 0) throw missingParameter('resourceIdSet');
    for (const { Key = '' } of input.Tags ?? []) {
      if (Key.startsWith('aws:')) throw invalidValue(`Tag keys starting with 'aws:' are reserved for internal use`);
    }
    for (const { tags } of rows) {
      const wanted = input.Tags ?? Object.keys(tags).map((Key) => ({ Key, Value: undefined }));
      for (const { Key = '', Value } of wanted) {
        if (Key.startsWith('aws:')) continue;
        if (Value === undefined || tags[Key] === Value) delete tags[Key];
      }
    }
    return {};
  },
});

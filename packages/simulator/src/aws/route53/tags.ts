import type { ResourceTagSet, TagResourceType } from '@aws-sdk/client-route-53';
import { type AwsCall, ServiceError } from '../operation/operation.js';
import { tagList, tagsOf, withoutTags } from '../operation/collection.js';
import { family, invalidInput, zones } from './request.js';
import type { HostedZoneRow } from './state.js';

const TYPE = { ResourceType: { values: ['healthcheck', 'hostedzone'] } };

/** Tags of hosted zones. */
export const tagOperations = family({
  ChangeTagsForResource: {
    limits: {
      ...TYPE,
      AddTags: { length: [1, 10] },
      'AddTags[].Key': { length: [0, 128] },
      'AddTags[].Value': { length: [0, 256] },
      RemoveTagKeys: { length: [1, 10] },
    },
    run(call, { ResourceType, ResourceId, AddTags, RemoveTagKeys }) {
      const row = tagged(call, ResourceType, ResourceId);
      if (!AddTags && !RemoveTagKeys) throw invalidInput('At least one of AddTags and RemoveTagKeys is required.'); // [U]

      row.tags = { ...withoutTags(row.tags, RemoveTagKeys), ...tagsOf(AddTags) };
      return {};
    },
  },

  ListTagsForResource: {
    limits: TYPE,
    run: (call, { ResourceType, ResourceId }) => ({ ResourceTagSet: tagSet(call, ResourceType, ResourceId) }),
  },
});

function tagSet(call: AwsCall, type: TagResourceType, id: string): ResourceTagSet {
  const row = tagged(call, type, id);
  return { ResourceType: type, ResourceId: row.id, Tags: tagList(row.tags) };
}

function tagged(call: AwsCall, type: TagResourceType, id: string): HostedZoneRow {
  if (type === 'hostedzone') return zones.get(call, id);

  throw new ServiceError('NoSuchHealthCheck', `A health check with id ${id} does not exist.`, 404); // [U] words
}

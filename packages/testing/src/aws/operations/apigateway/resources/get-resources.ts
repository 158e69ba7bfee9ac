import type { GetResourcesRequest, Resources } from '@aws-sdk/client-api-gateway';
import { getApi } from '../../../rest-api/find.js';
import { listPage } from '../../../rest-api/list.js';
import { embedsMethods, showResource } from '../../../rest-api/resource/show-resource.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** The resources of an API, in the order of their paths. */
export const getResources = restOperation<GetResourcesRequest, Resources>({
  name: 'GetResources',
  kind: 'read',
  rate: { perSecond: 2.5, burst: 5 },
  run(call, input) {
    const { fields, resources } = getApi(call, input.restApiId);
    const embedded = embedsMethods(input.embed);
    const rows = [...resources.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
    const { items, ...next } = listPage(rows, input, `GetResources ${fields.id}`, ({ id }) => id);
    return { items: items.map((row) => showResource(row, embedded)), ...next };
  },
});

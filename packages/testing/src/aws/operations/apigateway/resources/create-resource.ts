import type { CreateResourceRequest, Resource } from '@aws-sdk/client-api-gateway';
import { getApiOfResource, getResource } from '../../../rest-api/find.js';
import { showResource } from '../../../rest-api/resource/show-resource.js';
import { addResource } from '../../../rest-api/resource/tree.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** Creates a resource below another one. */
export const createResource = restOperation<CreateResourceRequest, Resource>({
  name: 'CreateResource',
  kind: 'write',
  rate: { perSecond: 5, burst: 5 },
  holds: ({ restApiId }) => restApiId,
  run(call, { restApiId, parentId, pathPart = '' }) {
    const api = getApiOfResource(call, restApiId);
    return showResource(addResource(call, api, getResource(api, parentId), pathPart), false);
  },
});

import type { GetResourceRequest, Resource } from '@aws-sdk/client-api-gateway';
import { getApiOfResource, getResource as find } from '../../../rest-api/find.js';
import { embedsMethods, showResource } from '../../../rest-api/resource/show-resource.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** One resource. */
export const getResource = restOperation<GetResourceRequest, Resource>({
  name: 'GetResource',
  kind: 'read',
  run: (call, { restApiId, resourceId, embed }) =>
    showResource(find(getApiOfResource(call, restApiId), resourceId), embedsMethods(embed)),
});

import type { RestApi, UpdateRestApiRequest } from '@aws-sdk/client-api-gateway';
import { apiPatchTable } from '../../../rest-api/api/api-patch.js';
import { checkApi } from '../../../rest-api/api/api-rules.js';
import { checkedEndpoint, type Endpoint } from '../../../rest-api/api/endpoint.js';
import { checkSecurityPolicy, checkTypeChange } from '../../../rest-api/api/security-policy.js';
import { showApi } from '../../../rest-api/api/show-api.js';
import { getApi } from '../../../rest-api/find.js';
import { PATCH_LIMITS, patched, SHORT_WORDS } from '../../../rest-api/patch.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** Changes an API. Its resources, methods and integrations have operations of their own. */
export const updateRestApi = restOperation<UpdateRestApiRequest, RestApi>({
  name: 'UpdateRestApi',
  kind: 'write',
  limits: PATCH_LIMITS,
  holds: ({ restApiId }) => restApiId,
  run(call, { restApiId, patchOperations }) {
    const api = getApi(call, restApiId);
    const fields = patched(api.fields, patchOperations, apiPatchTable(call), SHORT_WORDS);
    checkApi(fields);
    checkedEndpoint(fields.endpointConfiguration as Endpoint);
    checkTypeChange(api.fields, fields);
    checkSecurityPolicy(fields);
    api.fields = fields;
    return showApi(fields);
  },
});

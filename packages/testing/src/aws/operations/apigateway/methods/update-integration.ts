import type { Integration, UpdateIntegrationRequest } from '@aws-sdk/client-api-gateway';
import { checkIntegration } from '../../../rest-api/integration/check-integration.js';
import { INTEGRATION_PATCH } from '../../../rest-api/integration/integration-patch.js';
import { getIntegration } from '../../../rest-api/integration/responses.js';
import { findMethod, setMethod } from '../../../rest-api/method/find-method.js';
import { PATCH_LIMITS, patched, SHORT_WORDS } from '../../../rest-api/patch.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** Changes an integration in place. Only a new deployment serves the change. */
export const updateIntegration = restOperation<UpdateIntegrationRequest, Integration>({
  name: 'UpdateIntegration',
  kind: 'write',
  limits: PATCH_LIMITS,
  holds: ({ restApiId }) => restApiId,
  run(call, { patchOperations, ...key }) {
    const { api, resource, method } = findMethod(call, key);
    const changed = patched(getIntegration(method), patchOperations, INTEGRATION_PATCH, SHORT_WORDS);
    // Without a namespace of its own, an integration has the resource's.
    const integration = { ...changed, cacheNamespace: changed.cacheNamespace ?? resource.id };
    checkIntegration(call, integration, { method, endpointType: api.fields.endpointConfiguration?.types?.[0] });
    setMethod(api, resource, { ...method, methodIntegration: integration });
    return integration;
  },
});

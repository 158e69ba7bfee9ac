import type { Integration, PutIntegrationRequest } from '@aws-sdk/client-api-gateway';
import { checkIntegration } from '../../../rest-api/integration/check-integration.js';
import { newIntegration } from '../../../rest-api/integration/new-integration.js';
import { findMethod, setMethod } from '../../../rest-api/method/find-method.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** Sets the integration of a method. It replaces another one with all its responses [I]. */
export const putIntegration = restOperation<PutIntegrationRequest, Integration>({
  name: 'PutIntegration',
  kind: 'write',
  limits: {
    type: { values: ['HTTP', 'MOCK', 'AWS_PROXY', 'HTTP_PROXY', 'AWS'] },
    connectionType: { values: ['INTERNET', 'VPC_LINK'] },
    contentHandling: { values: ['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT'] },
    responseTransferMode: { values: ['BUFFERED', 'STREAM'] },
  },
  holds: ({ restApiId }) => restApiId,
  run(call, { restApiId, resourceId, httpMethod, integrationHttpMethod, ...input }) {
    const { api, resource, method } = findMethod(call, { restApiId, resourceId, httpMethod });
    const integration = newIntegration(resource.id, { ...input, httpMethod: integrationHttpMethod });
    checkIntegration(call, integration, { method, endpointType: api.fields.endpointConfiguration?.types?.[0] });
    setMethod(api, resource, { ...method, methodIntegration: integration });
    return integration;
  },
});

import type { CreateRestApiRequest, RestApi } from '@aws-sdk/client-api-gateway';
import { creationRate } from '../../../rest-api/api/api-rules.js';
import { checkEndpointTypes } from '../../../rest-api/api/endpoint.js';
import { addApi } from '../../../rest-api/api/new-api.js';
import { SECURITY_POLICIES } from '../../../rest-api/api/security-policy.js';
import { showNewApi } from '../../../rest-api/api/show-api.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { notSimulated } from '../../../rest-api/words.js';

/** Creates an API with its root resource. */
export const createRestApi = restOperation<CreateRestApiRequest, RestApi>({
  name: 'CreateRestApi',
  kind: 'write',
  rate: ({ endpointConfiguration }) => creationRate(endpointConfiguration?.types?.[0]),
  limits: {
    apiKeySource: { values: ['HEADER', 'AUTHORIZER'] },
    securityPolicy: { values: SECURITY_POLICIES },
    endpointAccessMode: { values: ['BASIC', 'STRICT'] },
  },
  run(call, { cloneFrom, ...input }) {
    checkEndpointTypes(input.endpointConfiguration);
    if (cloneFrom !== undefined) throw notSimulated('cloneFrom');
    return showNewApi(addApi(call, input).fields);
  },
});

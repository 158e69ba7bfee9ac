import type { GetIntegrationResponseRequest, IntegrationResponse } from '@aws-sdk/client-api-gateway';
import { getIntegrationResponse as find } from '../../../rest-api/integration/responses.js';
import { findMethod } from '../../../rest-api/method/find-method.js';
import { checkStatusCode } from '../../../rest-api/method/responses.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** One response of an integration. */
export const getIntegrationResponse = restOperation<GetIntegrationResponseRequest, IntegrationResponse>({
  name: 'GetIntegrationResponse',
  kind: 'read',
  run(call, { statusCode, ...key }) {
    const code = checkStatusCode(statusCode);
    return find(findMethod(call, key).method, code);
  },
});

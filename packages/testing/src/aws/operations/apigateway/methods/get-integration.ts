import type { GetIntegrationRequest, Integration } from '@aws-sdk/client-api-gateway';
import { getIntegration as find } from '../../../rest-api/integration/responses.js';
import { findMethod } from '../../../rest-api/method/find-method.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** The integration of a method. */
export const getIntegration = restOperation<GetIntegrationRequest, Integration>({
  name: 'GetIntegration',
  kind: 'read',
  run: (call, input) => find(findMethod(call, input).method),
});

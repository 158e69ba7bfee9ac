import type { Authorizer, CreateAuthorizerRequest } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { AUTHORIZER_LIMITS, newAuthorizer, setAuthorizer } from '../../../rest-api/authorizer/authorizer-rules.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { conflict } from '../../../rest-api/words.js';

/** The service's answer for an unknown API, here of all operations. */
const UNKNOWN_API = 'Unable to complete operation due to concurrent modification. Please try again later.';

/** Creates an authorizer: a Lambda function, or user pools of Cognito. Neither is called. */
export const createAuthorizer = restOperation<Given<CreateAuthorizerRequest>, Authorizer>({
  name: 'CreateAuthorizer',
  kind: 'write',
  limits: AUTHORIZER_LIMITS,
  holds: ({ restApiId }) => restApiId,
  run(call, { restApiId, ...input }) {
    const api = call.state.restApi.apis.get(restApiId);
    if (!api) throw conflict(UNKNOWN_API);
    const row = newAuthorizer(call, input);
    setAuthorizer(call, api, row);
    return row;
  },
});

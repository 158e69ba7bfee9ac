import type { DeleteAuthorizerRequest } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { checkUnused, getAuthorizer } from '../../../rest-api/authorizer/authorizer-rules.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** Deletes an authorizer that no method uses. */
export const deleteAuthorizer = restOperation<Given<DeleteAuthorizerRequest>, Record<string, never>>({
  name: 'DeleteAuthorizer',
  kind: 'write',
  holds: ({ restApiId }) => restApiId,
  run(call, { restApiId, authorizerId }) {
    const { api, row } = getAuthorizer(call, restApiId, authorizerId);
    checkUnused(api, row);
    api.authorizers.delete(row.id);
    return {};
  },
});

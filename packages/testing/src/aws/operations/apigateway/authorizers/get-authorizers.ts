import type { Authorizers, GetAuthorizersRequest } from '@aws-sdk/client-api-gateway';
import { getApi } from '../../../rest-api/find.js';
import { listPage } from '../../../rest-api/list.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** The authorizers of an API. */
export const getAuthorizers = restOperation<GetAuthorizersRequest, Authorizers>({
  name: 'GetAuthorizers',
  kind: 'read',
  run(call, input) {
    const api = getApi(call, input.restApiId);
    return listPage(api.authorizers.values(), input, `GetAuthorizers ${input.restApiId}`, ({ id }) => id);
  },
});

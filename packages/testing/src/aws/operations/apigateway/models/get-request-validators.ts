import type { GetRequestValidatorsRequest, RequestValidators } from '@aws-sdk/client-api-gateway';
import { getApi } from '../../../rest-api/find.js';
import { listPage } from '../../../rest-api/list.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** The request validators of an API. */
export const getRequestValidators = restOperation<GetRequestValidatorsRequest, RequestValidators>({
  name: 'GetRequestValidators',
  kind: 'read',
  run(call, input) {
    const rows = getApi(call, input.restApiId).requestValidators.values();
    return listPage(rows, input, `GetRequestValidators ${input.restApiId}`, ({ id }) => id ?? '');
  },
});

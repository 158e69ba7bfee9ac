import type { DeleteRestApiRequest } from '@aws-sdk/client-api-gateway';
import { leaveUsagePlans, mappedDomains } from '../../../rest-api/api/references.js';
import { getApi } from '../../../rest-api/find.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { badRequest } from '../../../rest-api/words.js';

/**
 * Deletes an API with all that belongs to it. Refused while a base path mapping names it; usage
 * plans lose its stages [I].
 * @see https://github.com/glomex/gcdt/issues/373 for the message
 */
export const deleteRestApi = restOperation<DeleteRestApiRequest, Record<string, never>>({
  name: 'DeleteRestApi',
  kind: 'write',
  rate: { perSecond: 1 / 30, burst: 1 },
  holds: ({ restApiId }) => restApiId,
  run(call, { restApiId }) {
    const { id } = getApi(call, restApiId).fields;
    const domains = mappedDomains(call, { apiId: id });
    if (domains.length > 0) {
      throw badRequest(
        `Deleting RestApi ${id} failed. Please remove all base path mappings related to the RestApi in your domains: ` +
          domains.join(', '),
      );
    }
    leaveUsagePlans(call, { apiId: id });
    call.state.restApi.apis.delete(id);
    return {};
  },
});

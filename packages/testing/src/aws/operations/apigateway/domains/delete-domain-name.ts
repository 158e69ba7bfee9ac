import type { DeleteDomainNameRequest } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { getDomain } from '../../../rest-api/domain/find.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/**
 * Deletes a domain name. Its base path mappings go with it.
 * @see https://github.com/aws/chalice/issues/1898
 */
export const deleteDomainName = restOperation<Given<DeleteDomainNameRequest>, Record<string, never>>({
  name: 'DeleteDomainName',
  kind: 'write',
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
  rate: { perSecond: 1 / 30, burst: 1 },
  holds: ({ domainName }) => domainName,
  run(call, input) {
    call.state.restApi.domainNames.delete(getDomain(call, input).fields.domainName);
    return {};
  },
});

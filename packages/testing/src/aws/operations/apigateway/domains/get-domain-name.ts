import type { DomainName, GetDomainNameRequest } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { getDomain } from '../../../rest-api/domain/find.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** One domain name. A private one is asked for with its ID. */
export const getDomainName = restOperation<Given<GetDomainNameRequest>, DomainName>({
  name: 'GetDomainName',
  kind: 'read',
  run: (call, input) => getDomain(call, input).fields,
});

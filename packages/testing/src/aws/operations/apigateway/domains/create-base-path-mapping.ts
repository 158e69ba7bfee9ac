import type { BasePathMapping, CreateBasePathMappingRequest } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { getDomain } from '../../../rest-api/domain/find.js';
import { checkedMapping } from '../../../rest-api/domain/mapping-rules.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** Maps a base path of a domain name to an API, or to one of its stages. */
export const createBasePathMapping = restOperation<Given<CreateBasePathMappingRequest>, BasePathMapping>({
  name: 'CreateBasePathMapping',
  kind: 'write',
  holds: ({ domainName }) => domainName,
  run(call, { domainName, domainNameId, ...input }) {
    const domain = getDomain(call, { domainName, domainNameId });
    const row = checkedMapping(call, domain, input);
    domain.mappings.set(row.basePath, row);
    return row;
  },
});

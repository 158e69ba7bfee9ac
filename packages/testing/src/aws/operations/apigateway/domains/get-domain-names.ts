import type { DomainNames, GetDomainNamesRequest } from '@aws-sdk/client-api-gateway';
import { showNewDomain } from '../../../rest-api/domain/show-domain.js';
import { listPage } from '../../../rest-api/list.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** All domain names of the account in the region. No other account shares any. */
export const getDomainNames = restOperation<GetDomainNamesRequest, DomainNames>({
  name: 'GetDomainNames',
  kind: 'read',
  limits: { resourceOwner: { values: ['SELF', 'OTHER_ACCOUNTS'] } },
  run(call, input) {
    const { resourceOwner } = input;
    const rows = resourceOwner === 'OTHER_ACCOUNTS' ? [] : [...call.state.restApi.domainNames.values()];
    const shown = rows.map((row) => showNewDomain(row));
    return listPage(shown, input, `GetDomainNames ${resourceOwner ?? ''}`, ({ domainName }) => domainName ?? '');
  },
});

import type { CreateDomainNameRequest, DomainName } from '@aws-sdk/client-api-gateway';
import type { AwsCall } from '../../../call.js';
import type { Given } from '../../../given.js';
import { tooMany } from '../../../rest-api/api/api-rules.js';
import { SECURITY_POLICIES } from '../../../rest-api/api/security-policy.js';
import { newDomain } from '../../../rest-api/domain/new-domain.js';
import { showNewDomain } from '../../../rest-api/domain/show-domain.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { badRequest } from '../../../rest-api/words.js';
import type { DomainNameRow } from '../../../state/rest-api-state.js';

/** Creates a custom domain name: edge-optimized by default, regional or private. */
export const createDomainName = restOperation<Given<CreateDomainNameRequest>, DomainName>({
  name: 'CreateDomainName',
  kind: 'write',
  limits: { securityPolicy: { values: SECURITY_POLICIES }, endpointAccessMode: { values: ['BASIC', 'STRICT'] } },
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
  rate: { perSecond: 1 / 30, burst: 1 },
  holds: ({ domainName }) => domainName,
  run(call, input) {
    const row = newDomain(call, input);
    checkNew(call, row);
    call.state.restApi.domainNames.set(row.fields.domainName, row);
    return showNewDomain(row);
  },
});

const typeOf = ({ fields }: DomainNameRow) => fields.endpointConfiguration?.types?.[0];

/** A name exists once in a region; an edge-optimized one in all of them. */
function checkNew(call: AwsCall, row: DomainNameRow): void {
  const { domainName } = row.fields;
  const elsewhere = [...call.aws.regions.values()].flatMap(({ restApi }) => restApi.domainNames.get(domainName) ?? []);
  const twin = elsewhere.some((other) => typeOf(other) === 'EDGE' && typeOf(row) === 'EDGE');
  if (twin || call.state.restApi.domainNames.has(domainName)) {
    throw badRequest('The domain name you provided already exists.');
  }
  const isPrivate = typeOf(row) === 'PRIVATE';
  const rows = [...call.state.restApi.domainNames.values()];
  const count = rows.filter((other) => (typeOf(other) === 'PRIVATE') === isPrivate).length;
  if (count >= call.quota(isPrivate ? 'private-domain-names' : 'public-domain-names')) {
    throw tooMany('Domain names', 'account');
  }
}

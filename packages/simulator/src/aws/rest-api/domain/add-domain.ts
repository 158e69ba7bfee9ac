import type { AwsCall } from '../../operation/call.js';
import { tooMany } from '../api/api-rules.js';
import type { DomainNameRow } from '../state.js';
import { badRequest } from '../words.js';

const typeOf = ({ fields }: DomainNameRow) => fields.endpointConfiguration?.types?.[0];

/**
 * Adds a domain name. A name exists once in a region; an edge-optimized one in all of them.
 * @throws {ServiceError} BadRequestException for a name that exists, LimitExceededException
 */
export function addDomain(call: AwsCall, row: DomainNameRow): void {
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
  call.state.restApi.domainNames.set(domainName, row);
}

import type { DomainName, UpdateDomainNameRequest } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { withIpAddressType, type Endpoint } from '../../../rest-api/api/endpoint.js';
import { getDomain } from '../../../rest-api/domain/find.js';
import { checkDomain, checkRouting } from '../../../rest-api/domain/new-domain.js';
import {
  PATCH_LIMITS,
  patched,
  readMember,
  textMember,
  type PatchRule,
  type PatchTable,
} from '../../../rest-api/patch.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { notSimulated } from '../../../rest-api/words.js';
import type { DomainNameRow } from '../../../state/rest-api-state.js';

type Fields = DomainNameRow['fields'];

/** A change that is known to the service and not simulated: mutual TLS, another endpoint type. */
const refused = (what: string): PatchRule<Fields> => ({
  ops: ['add', 'replace', 'remove'],
  apply: () => {
    throw notSimulated(what);
  },
});

/** @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html */
const TABLE: PatchTable<Fields> = {
  '/certificateName': textMember('certificateName'),
  '/certificateArn': textMember('certificateArn'),
  '/regionalCertificateName': textMember('regionalCertificateName'),
  '/regionalCertificateArn': textMember('regionalCertificateArn'),
  '/securityPolicy': readMember('securityPolicy', (value = '') => value),
  '/endpointAccessMode': textMember('endpointAccessMode'),
  '/policy': textMember('policy'),
  '/managementPolicy': textMember('managementPolicy'),
  '/routingMode': {
    ops: ['replace'],
    apply: (row, { value }) => {
      checkRouting(value);
      return { ...row, routingMode: 'BASE_PATH_MAPPING_ONLY' };
    },
  },
  '/endpointConfiguration/ipAddressType': {
    ops: ['replace'],
    apply: (row, { value }) => ({
      ...row,
      endpointConfiguration: withIpAddressType(row.endpointConfiguration as Endpoint, value),
    }),
  },
  '/endpointConfiguration/types': refused('Another endpoint type of a domain name'),
  '/endpointConfiguration/types/{type}': refused('Another endpoint type of a domain name'),
  '/mutualTlsAuthentication/truststoreUri': refused('Mutual TLS of a domain name'),
  '/mutualTlsAuthentication/truststoreVersion': refused('Mutual TLS of a domain name'),
  '/ownershipVerificationCertificateArn': refused('Mutual TLS of a domain name'),
};

/** Changes a domain name, such as its certificate. The change is in effect at once. */
export const updateDomainName = restOperation<Given<UpdateDomainNameRequest>, DomainName>({
  name: 'UpdateDomainName',
  kind: 'write',
  limits: PATCH_LIMITS,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
  rate: { perSecond: 1 / 30, burst: 1 },
  holds: ({ domainName }) => domainName,
  run(call, { patchOperations, ...named }) {
    const row = getDomain(call, named);
    const fields = patched(row.fields, patchOperations, TABLE);
    checkDomain(call, fields, row.fields);
    call.state.restApi.domainNames.set(fields.domainName, { ...row, fields });
    return fields;
  },
});

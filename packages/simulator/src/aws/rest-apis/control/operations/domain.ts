import { notSimulated } from '../../../operation/operation.js';
import type { BasePathMapping } from '@aws-sdk/client-api-gateway';
import { withIpAddressType, type Endpoint } from '../api/references.js';
import { SECURITY_POLICIES } from '../api/security-policy.js';
import { addDomain, withTruststore, checkDomain, checkRouting, newDomain } from '../domain/domain.js';
import {
  getDomain,
  getMapping,
  checkedMapping,
  checkOldTls,
  showMapping,
  showNewDomain,
} from '../domain/mapping-rules.js';
import { family, listPage } from '../collection.js';
import { rule, patched, readMember, textMember, type PatchTable } from '../patch.js';
import type { DomainNameRow } from '../state.js';
import { limited } from '../../../operation/family.js';

type Fields = DomainNameRow['fields'];

/** A change that is known to the service and not simulated. */
const OTHER_TYPE = rule<Fields>(['add', 'replace', 'remove'], () => {
  throw notSimulated('Another endpoint type of a domain name');
});

/** @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html */
const DOMAIN_NAME_TABLE: PatchTable<Fields> = {
  '/certificateName': textMember('certificateName'),
  '/certificateArn': textMember('certificateArn'),
  '/regionalCertificateName': textMember('regionalCertificateName'),
  '/regionalCertificateArn': textMember('regionalCertificateArn'),
  '/securityPolicy': readMember('securityPolicy', (value = '') => value),
  '/endpointAccessMode': textMember('endpointAccessMode'),
  '/policy': textMember('policy'),
  '/managementPolicy': textMember('managementPolicy'),
  '/routingMode': rule(['replace'], (row, { value }) => {
    checkRouting(value);
    return { ...row, routingMode: 'BASE_PATH_MAPPING_ONLY' };
  }),
  '/endpointConfiguration/ipAddressType': rule(['replace'], (row, { value }) => ({
    ...row,
    endpointConfiguration: withIpAddressType(row.endpointConfiguration as Endpoint, value),
  })),
  '/endpointConfiguration/types': OTHER_TYPE,
  '/endpointConfiguration/types/{type}': OTHER_TYPE,
  '/mutualTlsAuthentication/truststoreUri': rule(['replace'], (row, { value }) =>
    withTruststore(row, { truststoreUri: value }),
  ),
  '/mutualTlsAuthentication/truststoreVersion': rule(['replace'], (row, { value }) =>
    withTruststore(row, { truststoreVersion: value }),
  ),
  '/ownershipVerificationCertificateArn': textMember('ownershipVerificationCertificateArn'),
};

/** @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html */
const MAPPING_TABLE: PatchTable<BasePathMapping> = {
  '/basePath': textMember('basePath'),
  '/restapiId': textMember('restApiId'),
  '/stage': textMember('stage'),
};

/** Custom domain names and their base path mappings. */
export const domainOperations = family({
  /** Creates a custom domain name: edge-optimized by default, regional or private. */
  CreateDomainName: {
    limits: { securityPolicy: { values: SECURITY_POLICIES }, endpointAccessMode: { values: ['BASIC', 'STRICT'] } },
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
    rate: { perSecond: 1 / 30, burst: 1 },
    run(call, input) {
      const row = newDomain(call, input);
      addDomain(call, row);
      return showNewDomain(row);
    },
  },

  /** Changes a domain name, such as its certificate. The change is in effect at once. */
  UpdateDomainName: {
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
    rate: { perSecond: 1 / 30, burst: 1 },
    run(call, { patchOperations, ...named }) {
      const row = getDomain(call, named);
      const fields = patched(row.fields, patchOperations, DOMAIN_NAME_TABLE);
      checkDomain(call, fields, row.fields);
      checkOldTls(call, { ...row, fields });
      call.state.restApi.domainNames.set(fields.domainName, { ...row, fields });
      return fields;
    },
  },

  /**
   * Deletes a domain name. Its base path mappings go with it.
   * @see https://github.com/aws/chalice/issues/1898
   */
  DeleteDomainName: {
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
    rate: { perSecond: 1 / 30, burst: 1 },
    run(call, input) {
      call.state.restApi.domainNames.delete(getDomain(call, input).fields.domainName);
      return {};
    },
  },

  /** One domain name. A private one is asked for with its ID. */
  GetDomainName: (call, input) => getDomain(call, input).fields,

  /** All domain names of the account in the region. No other account shares any. */
  GetDomainNames: limited({ resourceOwner: { values: ['SELF', 'OTHER_ACCOUNTS'] } }, (call, input) => {
    const { resourceOwner } = input;
    const rows = resourceOwner === 'OTHER_ACCOUNTS' ? [] : [...call.state.restApi.domainNames.values()];
    const shown = rows.map((row) => showNewDomain(row));
    return listPage(shown, input, `GetDomainNames ${resourceOwner ?? ''}`, ({ domainName }) => domainName ?? '');
  }),

  /** Maps a base path of a domain name to an API, or to one of its stages. */
  CreateBasePathMapping(call, { domainName, domainNameId, ...input }) {
    const domain = getDomain(call, { domainName, domainNameId });
    const row = checkedMapping(call, domain, input);
    domain.mappings.set(row.basePath, row);
    return showMapping(row);
  },

  /** Maps a base path elsewhere, or moves the mapping to another base path. */
  UpdateBasePathMapping(call, { basePath, patchOperations, ...named }) {
    const domain = getDomain(call, named);
    const row = getMapping(domain, basePath);
    const changed = checkedMapping(call, domain, patched(showMapping(row), patchOperations, MAPPING_TABLE), row);
    domain.mappings.delete(row.basePath);
    domain.mappings.set(changed.basePath, changed);
    return showMapping(changed);
  },

  DeleteBasePathMapping(call, { basePath, ...named }) {
    const domain = getDomain(call, named);
    domain.mappings.delete(getMapping(domain, basePath).basePath);
    return {};
  },

  /** One base path mapping; the one without a base path is `(none)`. */
  GetBasePathMapping: (call, { basePath, ...named }) => showMapping(getMapping(getDomain(call, named), basePath)),

  /** The base path mappings of a domain name. */
  GetBasePathMappings(call, input) {
    const rows = [...getDomain(call, input).mappings.values()].map(showMapping);
    return listPage(rows, input, `GetBasePathMappings ${input.domainName}`, ({ basePath }) => basePath ?? '');
  },
});

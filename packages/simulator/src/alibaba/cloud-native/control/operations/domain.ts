import type { AlibabaCall } from '../../../operation/operation.js';
import { mayDelete } from '../gateway/new-gateway.js';
import { getCertificate } from '../domain.js';
import { apigFamily, clientToken, neededText, refusals } from '../request/parameters.js';
import { apigList, getDomain } from '../request/find.js';
import type { AlibabaRegionState } from '../../../state/alibaba-state.js';
import type { ApigDomainRow } from '../state.js';
import { anything, flag, oneOf, required, text, type InputOf, action } from '../../../operation/family.js';

/** Kept and read back; calls do not depend on them here. */
const OTHERS = {
  caCertIdentifier: text,
  clientCACert: text,
  domainScope: oneOf('Dedicated', 'Serverless'),
  gatewayType: text,
  http2Option: oneOf('GlobalConfig', 'Open', 'Close'),
  tlsCipherSuitesConfig: anything,
  tlsMax: text,
  tlsMin: text,
} as const;
const GIVEN = {
  protocol: oneOf('HTTP', 'HTTPS'),
  certIdentifier: text,
  forceHttps: flag,
  mTLSEnabled: flag,
  ...OTHERS,
  dryRun: flag,
} as const;

function readDomain(
  call: AlibabaCall,
  given: InputOf<typeof GIVEN>,
  before: Pick<ApigDomainRow, 'protocol' | 'certIdentifier' | 'forceHttps' | 'mTLSEnabled' | 'others'>,
) {
  const protocol = given.protocol ?? before.protocol;
  const certIdentifier = given.certIdentifier ?? before.certIdentifier;
  if (protocol === 'HTTPS' && certIdentifier === '') throw refusals.invalid('certIdentifier', 'HTTPS needs one.');

  if (certIdentifier !== '') getCertificate(call.state, certIdentifier);
  const others = Object.entries(given).filter(([name]) => Object.hasOwn(OTHERS, name));
  return {
    protocol,
    certIdentifier,
    forceHttps: given.forceHttps ?? before.forceHttps,
    mTLSEnabled: given.mTLSEnabled ?? before.mTLSEnabled,
    others: { ...before.others, ...Object.fromEntries(others) },
    modifiedAt: call.now,
  };
}

const EMPTY = { protocol: 'HTTP', certIdentifier: '', forceHttps: false, mTLSEnabled: false, others: {} };

/** What names a domain: routes, and Rest APIs that are or will be published with it. */
function usersOf({ apig }: AlibabaRegionState, id: string): readonly string[] {
  const routes = [...apig.routes.values()].filter((row) =>
    [...row.domainIds, ...(row.published?.domainIds ?? [])].includes(id),
  );
  const apis = [...apig.apis.values()].filter(
    ({ deployConfigs, revisions }) =>
      deployConfigs.some((one) => one.customDomainIds.includes(id)) ||
      revisions.some((one) => one.isCurrent && one.domainIds.includes(id)),
  );
  return [...routes, ...apis].map((row) => row.id);
}

function domainView(state: AlibabaRegionState, row: ApigDomainRow): Record<string, unknown> {
  return {
    domainId: row.id,
    name: row.name,
    protocol: row.protocol,
    ...(row.certIdentifier !== '' && { certIdentifier: row.certIdentifier }),
    forceHttps: row.forceHttps,
    mTLSEnabled: row.mTLSEnabled,
    ...row.others,
    resourceGroupId: row.resourceGroupId,
    status: 'Published',
    deployStatus: usersOf(state, row.id).length > 0 ? 'Success' : '', // certimate #601
    createTimestamp: row.createdAt,
    updateTimestamp: row.modifiedAt,
  };
}

/** Custom domains. They belong to the account, and are bound when something is published. No record of DNS is touched. */
export const domainOperations = apigFamily({
  CreateDomain: {
    parameters: {
      name: required({
        type: 'string',
        length: [1, 128],
        pattern: /^(?:\*|(?:\*\.)?(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*)$/,
      }),
      resourceGroupId: text,
      clientToken,
      ...GIVEN,
      protocol: required(GIVEN.protocol),
    },
    run(call, input) {
      const { domains } = call.state.apig;
      const name = input.name.toLowerCase();
      if ([...domains.values()].some((row) => row.name === name)) throw refusals.domainExisted(name);

      const id = call.id('d-', 20);
      const resourceGroupId = input.resourceGroupId ?? `rg-acfm${call.account.slice(-10)}`;
      domains.set(id, { ...readDomain(call, input, EMPTY), id, name, resourceGroupId, createdAt: call.now });
      return { domainId: id };
    },
  },

  GetDomain: action({ domainId: neededText, withStatistics: flag }, ({ state }, { domainId }) => {
    const row = getDomain(state, domainId);
    const certificate = state.apig.certificates.get(row.certIdentifier);
    const users = usersOf(state, row.id);
    return {
      ...domainView(state, row),
      default: false,
      ...(certificate && {
        certName: certificate.name,
        sans: certificate.names.join(','),
        notBeforeTimestamp: certificate.validFrom,
        notAfterTimstamp: certificate.validUntil, // as the service spells it
      }),
      statisticsInfo: { totalCount: String(users.length), resourceStatistics: [] },
    };
  }),

  ListDomains: apigList({
    parameters: { gatewayId: text, gatewayType: text, domainScope: text },
    rows: ({ state }) => state.apig.domains.values(),
    same: ['resourceGroupId'],
    part: { nameLike: 'name' },
    view: (row, { state }) => domainView(state, row),
  }),

  UpdateDomain: action({ domainId: neededText, clientToken, ...GIVEN }, (call, input) => {
    const row = getDomain(call.state, input.domainId);
    call.state.apig.domains.set(row.id, { ...row, ...readDomain(call, input, row) });
    return undefined;
  }),

  /** Whether a domain that a route names can be deleted is [U]: it is refused, unless that was planted. */
  DeleteDomain: action({ domainId: neededText }, ({ state }, { domainId }) => {
    const row = getDomain(state, domainId);
    const [user] = usersOf(state, row.id);
    if (user !== undefined && !mayDelete(state)) throw refusals.inUse('Domain', row.id, user);

    state.apig.domains.delete(row.id);
    return undefined;
  }),
});

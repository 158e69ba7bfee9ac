import { defined } from '../../../simulation/defined.js';
import type { CustomDomain, Gateway, GatewayDomain, GatewaySettings } from '@postern/core/internal/snapshot';
import { SHARED_INSTANCE_ID } from '../control/instance/new-instance.js';
import type { GroupDomainRow } from '../control/domain/state.js';
import type { ApiGroupRow } from '../control/state.js';
import { apiOfDefinition, apiOfRoute, madeId, type Building } from '../../twin/api-rows.js';
import { textOf, type JsonObject } from '../../state/json-object.js';
import { byText, nativeRows } from '../../twin/native-rows.js';

/** API groups with their APIs: drafts, and what is published of them. */
export function loadApis(building: Building): void {
  const { snapshot, state } = building;
  const groups = byText(nativeRows(snapshot, 'groups'), 'id');
  const apis = byText(nativeRows(snapshot, 'apis'), 'id');
  for (const gateway of snapshot.gateways) {
    if (gateway.kind === 'apig-http-api') continue;

    const group = groupOf(building, gateway, groups.get(gateway.id) ?? {});
    state.cloudApi.groups.set(group.id, group);
    if (Object.keys(gateway.tags).length > 0) state.cloudApi.tags.set(`apiGroup/${group.id}`, { ...gateway.tags });
    for (const route of gateway.routes) {
      const native = apis.get(route.id);
      if (native === undefined)
        building.lack(`the definition of API ${route.key} of ${gateway.id}: what the route says of it is there`);
      const api =
        native === undefined
          ? apiOfRoute(building, group, route)
          : apiOfDefinition(building, { group, gateway, route }, native);
      state.cloudApi.apis.set(api.id, api);
    }
  }
}

function groupOf({ snapshot, now }: Building, gateway: Gateway, native: JsonObject): ApiGroupRow {
  const text = (name: string, otherwise: string): string => textOf(native, name) || otherwise;
  const locked = gateway.locked ?? '';
  const { settings } = gateway;
  const limit = settings?.requestsPerSecond ?? Number(text('trafficLimit', '500'));
  return {
    id: gateway.id,
    name: gateway.name,
    description: text('description', ''),
    basePath: text('basePath', '/'),
    instanceId: gateway.linkId ?? SHARED_INSTANCE_ID,
    httpsPolicy: settings?.httpsPolicy ?? text('httpsPolicy', 'HTTPS2_TLS1_0'),
    trafficLimit: limit,
    billingStatus: text('billingStatus', locked.includes('bill') ? 'LOCKED' : 'NORMAL'),
    illegalStatus: text('illegalStatus', locked.includes('terms') ? 'LOCKED' : 'NORMAL'),
    attributes: {},
    networkPolicy: settings === undefined ? {} : policyOf(settings),
    domains: domainsOf(settings, gateway.id, snapshot.customDomains, now),
    ...(settings?.marketplace === true ? { marketplace: true } : {}),
    stages: gateway.stages.map(({ name }) => ({ id: madeId('stage', `${gateway.id} ${name}`), name })),
    variables: new Map(),
    migration: undefined,
    migrationStatus: settings?.migration?.state ?? text('migrationStatus', ''),
    migrationError: settings?.migration?.error ?? text('migrationError', ''),
    previous: undefined,
    createdAt: now,
    modifiedAt: now,
  };
}

function policyOf({ ipv6 = false, domains }: GatewaySettings): Readonly<Record<string, boolean>> {
  const has = (kind: string): boolean => domains.some((domain) => domain.kind === kind);
  return {
    InternetIPV6Enable: ipv6,
    VpcIntranetEnable: has('network'),
    VpcSlbIntranetEnable: has('intranet'),
  };
}

function domainsOf(
  { domains }: Pick<GatewaySettings, 'domains'> = { domains: [] },
  groupId: string,
  custom: readonly CustomDomain[] = [],
  now: number,
): readonly GroupDomainRow[] {
  const own = custom.filter(({ mappings = [] }) => mappings.some(({ gatewayId }) => gatewayId === groupId));
  const byName = new Map(own.map((one) => [one.id, one] as const));
  const known = new Set(domains.map(({ name }) => name));
  const others = own.filter(({ id }) => !known.has(id)).map(({ id: name }) => ({ name, kind: 'custom' }) as const);
  return [...domains, ...others].flatMap(({ name, kind, byCname }: GatewayDomain) => {
    // No call shows one besides the intranet domain.
    if (kind === 'self-call') return [];

    const row = { name, kind, ...defined({ cname: byCname }) };
    const one = kind === 'custom' ? byName.get(name) : undefined;
    return [one === undefined ? row : { ...row, ...settingsOf(one, now) }];
  });
}

function settingsOf(domain: CustomDomain, now: number): Partial<GroupDomainRow> {
  const { endpoint, redirects, usable, nativeState, certificateIds: [id] = [], certificateEnd } = domain;
  const stageName = domain.mappings?.[0]?.stage;
  return {
    ...defined({ stageName }),
    ...(endpoint === undefined ? {} : { isIntranet: endpoint === 'intranet' }),
    ...defined({ redirects }),
    ...(usable === false ? { problem: nativeState ?? '' } : {}),
    ...(id === undefined
      ? {}
      : { certificate: { id, name: '', body: '', validFrom: now, validUntil: Date.parse(certificateEnd ?? '') } }),
  };
}

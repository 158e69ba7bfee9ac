import type { Simulation } from '@postern/simulator';
import type { Inventory } from '../inventory/inventory.js';
import { rowOf, type LocalRow, type Row } from '../inventory/row-of.js';
import type { GatewayCalls, WatchRequest, Witness } from '@postern/alibaba/internal/handover';

/** Lists of the target: what a row is, the member that names it, and what is compared. */
const LISTS: readonly (readonly [type: string, action: string, id: string, fields: readonly string[], input?: Row])[] =
  [
    ['Gateway', 'ListGateways', 'gatewayId', ['name', 'spec', 'status', 'tags']],
    ['Service', 'ListServices', 'serviceId', ['name', 'addresses', 'protocol', 'healthCheck']],
    ['Domain', 'ListDomains', 'domainId', ['name', 'protocol', 'certIdentifier', 'forceHttps']],
    ['Policy', 'ListPolicies', 'policyId', ['name', 'className', 'config', 'attachResourceIds']],
    ['Consumer', 'ListConsumers', 'consumerId', ['name', 'enable', 'description']],
    ['Authorization', 'QueryConsumerAuthorizationRules', 'consumerAuthorizationRuleId', ['consumerId', 'resourceId']],
  ];

/** What a hand-over may build, and the records that it may change, as the cloud's own operations show them. */
export function handoverRows(simulation: Simulation, region: string): Inventory {
  const list = (action: string, input: Row = {}): readonly Row[] => {
    const page = { pageSize: 100, pageNumber: 1 };
    const answer = simulation.callAlibaba({ product: 'APIG', action, region }, { ...page, ...input });
    return (answer as { readonly items?: readonly Row[] }).items ?? [];
  };
  const rows: LocalRow[] = LISTS.flatMap(([type, action, id, fields]) =>
    list(action).map((row) => rowOf(type, row, row[id], fields)),
  );
  for (const { gatewayId } of list('ListGateways')) {
    for (const row of list('ListGatewayAuthorizedSecurityGroupRules', { gatewayId }))
      rows.push(rowOf('Rule', row, row['securityGroupRuleId'], ['securityGroupId', 'portRange', 'description']));
  }
  for (const { name, versionedHttpApis } of list('ListHttpApis')) {
    const [api] = versionedHttpApis as readonly { readonly httpApiId: string }[];
    const httpApiId = api?.httpApiId ?? '';
    rows.push({ type: 'HttpApi', id: httpApiId, fields: { name } });
    for (const row of list('ListHttpApiRoutes', { httpApiId })) rows.push(rowOf('Route', row, row['routeId'], ROUTE));
  }
  const all = [...rows, ...recordRows(simulation, region)];
  return new Map(all.map((row) => [`${row.type} ${row.id}`, { ...row, region }]));
}

const ROUTE = ['name', 'match', 'deployStatus', 'backend', 'domainInfos', 'description'];

/** The records of all domains of the account. */
export function recordRows(simulation: Simulation, region: string): readonly LocalRow[] {
  const list = (action: string, input: Row, ...path: readonly string[]): readonly Row[] => {
    const answer: unknown = simulation.callAlibaba({ product: 'Alidns', action, region }, { PageSize: 100, ...input });
    return path.reduce<unknown>((value, key) => (value as Row)[key], answer) as readonly Row[];
  };
  return list('DescribeDomains', {}, 'Domains', 'Domain').flatMap(({ DomainName }) =>
    list('DescribeDomainRecords', { DomainName }, 'DomainRecords', 'Record').map((row) =>
      rowOf('Record', row, row['RecordId'], [...RECORD, ...(row['LbaStatus'] === true ? ['Weight'] : [])]),
    ),
  );
}

const RECORD = ['RR', 'Type', 'Value', 'TTL', 'Status'];

/** All of the classic service in a region, as a text: a hand-over changes nothing of it. */
export function classicText(simulation: Simulation, region: string): string {
  const { alibaba } = simulation.world().clouds as {
    readonly alibaba?: { readonly regions?: { readonly $map?: unknown } };
  };
  const regions = (alibaba?.regions?.$map ?? []) as readonly (readonly [string, { readonly cloudApi?: unknown }])[];
  return JSON.stringify(regions.find(([name]) => name === region)?.[1].cloudApi);
}

/** What both sides served in a period, from what the data path counted: calls of a kind of which none was in it do not count. */
export function countedCalls(
  simulation: Simulation,
  groupId: string,
  { gatewayId, overMs }: WatchRequest,
): Promise<Witness> {
  const since = simulation.clock.now() - overMs;
  const late = simulation.traffic.counters().by.filter(({ lastAt }) => Date.parse(lastAt) >= since);
  const servedBy = (id: string): GatewayCalls => {
    const rows = late.filter(({ gateway }) => gateway === id);
    const all = rows.reduce((sum, { calls }) => sum + calls, 0);
    const failed = rows.reduce((sum, { calls, outcome }) => sum + (outcome === 'delivered' ? 0 : calls), 0);
    return { qps: all / (overMs / 1_000), errorShare: all === 0 ? 0 : failed / all };
  };
  return Promise.resolve({ classic: servedBy(groupId), target: servedBy(gatewayId) });
}

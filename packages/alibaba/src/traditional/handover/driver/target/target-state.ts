import type { TargetApi, TargetConsumer, TargetDomain, TargetEntry, TargetState } from '../../audit/target-state.js';
import type { HttpApiRow, RouteRow } from '../../../../client/apis/apig.js';
import { gatewayOf, listHttpApis, listRoutes } from '../../../../cloud-native/http-api.js';
import { listApig } from '../../../../client/lists.js';
import { requireGateway, vSwitchesOf } from '../../../../cloud-native/gateway.js';
import { eachOf, numberOf } from '../../../../client/plain.js';
import type { Session } from '../../../../client/session.js';
import { jsonIn, defined, collectPages, type CallContext } from '@postern/core/internal/adapter';
import type { GatewayCalls } from '../../switch/witness.js';
import type { TargetGateway } from '../../assess/view.js';
import { snatEntriesOf } from '../../../../cloud-native/observation.js';
import { publicSourcesOf } from '../../../../network/nat.js';
import { vSwitchesById } from '../../../../network/network.js';

/** Which target is read. */
export interface TargetRequest {
  readonly gatewayId: string;
  /** Names of apps: of consumers with these names the keys are read, and their secrets dropped. */
  readonly appNames: readonly string[];
}

/** What is on a gateway, and the domains and consumers of its account. */
export async function readTargetState(
  session: Session,
  { gatewayId, appNames }: TargetRequest,
  ctx: CallContext,
): Promise<TargetState> {
  const [gateway, apis, domains, consumers] = await Promise.all([
    readTarget(session, gatewayId, ctx),
    readApis(session, gatewayId, ctx),
    readDomains(session, ctx),
    readConsumers(session, new Set(appNames.map((name) => plainName(name))), ctx),
  ]);
  return { gateway, apis, domains, consumers };
}

/** HTTP APIs are of the account: those with something on this gateway, and those that belong to it. */
async function readApis(session: Session, gatewayId: string, ctx: CallContext): Promise<readonly TargetApi[]> {
  const rows = await listHttpApis(session, ctx);
  const apis = await eachOf(rows, async (row): Promise<TargetApi | undefined> => {
    const { httpApiId = '', name = '', type = 'Http', basePath = '/' } = row;
    const routes = (await listRoutes(session, httpApiId, ctx)).filter(
      (route) => (gatewayOf(route) ?? gatewayId) === gatewayId,
    );
    const operations = type === 'Rest' ? await readOperations(session, row, ctx) : [];
    const entries = [...routes.map(entryOf), ...operations];
    if (entries.length === 0 && row.gatewayId !== gatewayId) return undefined;

    return { id: httpApiId, name, type, basePath, entries };
  });
  return apis.flatMap((one) => one ?? []);
}

function entryOf({ name = '', match, deployStatus }: RouteRow): TargetEntry {
  const { path, methods = [] } = match ?? {};
  const type = (['Exact', 'Prefix', 'Regex'] as const).find((one) => one === path?.type) ?? 'Exact';
  return {
    name,
    methods: [...methods],
    path: { type, value: path?.value ?? '/' },
    ...(deployStatus === undefined || deployStatus === '' ? {} : { deployed: /^deployed/i.test(deployStatus) }),
  };
}

async function readOperations(
  session: Session,
  { httpApiId = '' }: HttpApiRow,
  ctx: CallContext,
): Promise<readonly TargetEntry[]> {
  const rows = await listApig(session, ctx, `operations of ${httpApiId}`, 'ListHttpApiOperations', {
    path: { httpApiId },
  });
  return rows.map(({ name = '', method = '', path = '/', deployStatus }) => ({
    name,
    methods: method === '' ? [] : [method],
    path: { type: 'Operation', value: path },
    ...(deployStatus === undefined || deployStatus === '' ? {} : { deployed: /^deployed/i.test(deployStatus) }),
  }));
}

async function readDomains(session: Session, ctx: CallContext): Promise<readonly TargetDomain[]> {
  const rows = await listApig(session, ctx, 'domains', 'ListDomains');
  return rows.map(({ name = '', protocol = '', certIdentifier, forceHttps = false, mTLSEnabled = false }) => ({
    name,
    protocol,
    ...defined({ certificate: certIdentifier || undefined }),
    forceHttps,
    mutualTls: mTLSEnabled,
  }));
}

async function readConsumers(
  session: Session,
  names: ReadonlySet<string>,
  ctx: CallContext,
): Promise<readonly TargetConsumer[]> {
  const rows = await listApig(session, ctx, 'consumers', 'ListConsumers');
  return eachOf(rows, async ({ consumerId, name = '', enable = true }) => {
    if (!names.has(plainName(name))) return { name, enabled: enable };

    const { akSkIdentityConfigs = [] } = await session.apig(ctx, 'GetConsumer', { path: { consumerId } });
    return { name, enabled: enable, keys: akSkIdentityConfigs.flatMap(({ ak }) => ak ?? []) };
  });
}

/** Tools write names of apps in other ways: `Web Shop`, `web-shop`. */
const plainName = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/**
 * Open connections between callers and a gateway, by the minute. The namespace has connections, bandwidth, load and limited requests of
 * a gateway: neither how many calls it answered, nor which of them failed.
 * @see https://cloudmonitor.console.alibabacloud.com/metric-meta/acs_cnapigateway/cnapigateway
 */
const CONNECTIONS = {
  Namespace: 'acs_cnapigateway',
  MetricName: 'EnvoyClientActiveConnection',
  Period: '60',
} as const;

/**
 * Services report to CloudMonitor with a delay: five to ten minutes more are advised for the newest value.
 * @see https://www.alibabacloud.com/help/en/cms/use-cases/query-monitoring-data-by-calling-api-operations
 */
const DELAY_MS = 600_000;

/** What CloudMonitor last counted of a gateway up to a moment. Without a data point nothing is known. */
export async function targetFigures(
  session: Session,
  gatewayId: string,
  atMs: number,
  ctx: CallContext,
): Promise<GatewayCalls> {
  const operation = 'DescribeMetricList';
  const query = {
    ...CONNECTIONS,
    Dimensions: JSON.stringify([{ instanceId: gatewayId }]),
    StartTime: String(atMs - DELAY_MS),
    EndTime: String(atMs),
  };
  const points = await collectPages(ctx, { what: 'data points', operation }, async (token) => {
    const page = token === undefined ? query : { ...query, NextToken: token };
    const { Datapoints, NextToken } = await session.call(ctx, 'Cms', operation, page);
    return { items: pointsOf(Datapoints), ...(NextToken ? { next: NextToken } : {}) };
  });
  const newest = points.toSorted((one, other) => other.at - one.at)[0];
  return newest === undefined ? {} : { connections: newest.value };
}

interface Point {
  readonly timestamp?: unknown;
  readonly Average?: unknown;
}

/** The points of a JSON text, in any order. Other items are not counted. */
function pointsOf(text: string | undefined): readonly { readonly at: number; readonly value: number }[] {
  const points = jsonIn(text ?? '');
  return (Array.isArray(points) ? (points as readonly (Point | null)[]) : []).flatMap((point) => {
    const at = numberOf(point?.timestamp);
    const value = numberOf(point?.Average);
    return at === undefined || value === undefined ? [] : [{ at, value }];
  });
}

/**
 * A gateway that exists, as a target. From where callers reach it is not returned, and follows from its load balancers [I]. It
 * reaches public addresses where each of its vSwitches has an SNAT entry; the route to the NAT gateway is not read.
 * @throws {CloudError} `NOT_FOUND`
 */
export async function readTarget(session: Session, gatewayId: string, ctx: CallContext): Promise<TargetGateway> {
  const row = await requireGateway(session, gatewayId, ctx);
  const ids = vSwitchesOf(row);
  const [subnets, entries] = await Promise.all([vSwitchesById(session, ctx, ids), snatEntriesOf(session, [row], ctx)]);
  const sources = entries && publicSourcesOf(entries, subnets);
  const reachesInternet = sources && ids.every((id) => sources.some(({ subnetId }) => subnetId === id));
  const types = (row.loadBalancers ?? []).map(({ addressType = '' }) => addressType.toLowerCase());
  return {
    id: gatewayId,
    name: row.name ?? gatewayId,
    region: session.region,
    vpcId: row.vpc?.vpcId ?? '',
    vSwitchIds: ids,
    ...defined({ reachesInternet, groupId: row.securityGroup?.securityGroupId, spec: row.spec, version: row.version }),
    status: row.status ?? '',
    type: row.gatewayType ?? 'API',
    access: (['Internet', 'Intranet'] as const).filter((access) => types.includes(access.toLowerCase())),
  };
}

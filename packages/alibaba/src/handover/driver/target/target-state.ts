import type { CallContext } from '@postern/core';
import type { TargetApi, TargetConsumer, TargetDomain, TargetEntry, TargetState } from '../../audit/target-state.js';
import type { HttpApiRow, RouteRow } from '../../../apis/apig.js';
import { gatewayOf, listHttpApis, listRoutes } from '../../../apig/http-api.js';
import { listAll } from '../../../apig/pages.js';
import { eachOf } from '../../../client/parallel.js';
import { defined } from '../../../client/plain.js';
import type { Session } from '../../../client/session.js';
import { readTarget } from './target-gateway.js';

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
  const rows = await listAll(
    session,
    ctx,
    'ListHttpApiOperations',
    `operations of ${httpApiId}`,
    ({ operationId = '' }) => operationId,
    { path: { httpApiId } },
  );
  return rows.map(({ name = '', method = '', path = '/', deployStatus }) => ({
    name,
    methods: method === '' ? [] : [method],
    path: { type: 'Operation', value: path },
    ...(deployStatus === undefined || deployStatus === '' ? {} : { deployed: /^deployed/i.test(deployStatus) }),
  }));
}

async function readDomains(session: Session, ctx: CallContext): Promise<readonly TargetDomain[]> {
  const rows = await listAll(session, ctx, 'ListDomains', 'domains', ({ domainId = '' }) => domainId);
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
  const rows = await listAll(session, ctx, 'ListConsumers', 'consumers', ({ consumerId = '' }) => consumerId);
  return eachOf(rows, async ({ consumerId = '', name = '', enable = true }) => {
    if (!names.has(plainName(name))) return { name, enabled: enable };
    const { akSkIdentityConfigs = [] } = await session.apig(ctx, 'GetConsumer', { path: { consumerId } });
    return { name, enabled: enable, keys: akSkIdentityConfigs.flatMap(({ ak }) => ak ?? []) };
  });
}

/** Tools write names of apps in other ways: `Web Shop`, `web-shop`. */
const plainName = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

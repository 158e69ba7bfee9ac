import { gatewayIdsBy } from '@postern/core/kinds';
import type { CallContext, RegionSnapshot } from '@postern/core';
import { isPosternError, UnsupportedError, type Gaps, type Scope } from '@postern/core/adapter';
import type { Gateway } from '@postern/core/snapshot';
import type { ApiOutput, RestApiOutput, RestStageOutput } from '../sdk-types.js';
import { listApis, readApi } from '../http-apis/api.js';
import { withServed } from '../http-apis/served.js';
import { isResourceId } from '../http-apis/resource-id.js';
import { listRestApis, getRestApi, readRestApi } from '../rest-apis/read-rest-api.js';
import { readStageExports } from '../rest-apis/stage-export.js';
import type { Session } from '../client/session.js';
import { apiGateway, restGateway, type GatewayRead } from './gateway-read.js';
import { wasDeployedBy } from '../rest-apis/rest-stage.js';

/**
 * The gateways that the scope names, or all: HTTP, WebSocket and REST APIs. One that the spec names as another
 * kind is read, too, so that its kind is known.
 */
export async function observeGateways(
  session: Session,
  scope: Scope,
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly GatewayRead[]> {
  const reader = readerOf(session, scope, gaps, ctx);
  const named = namedIn(scope);
  const every = scope.all === true || scope.allGateways === true;
  const [apis, restApis] = await Promise.all([
    every
      ? gaps.attempt({ what: 'APIs', of: 'gateways' }, () => listApis(session, ctx))
      : several(named.v2, () => listApis(session, ctx)),
    every
      ? gaps.attempt({ what: 'REST APIs', of: 'gateways' }, () => listRestApis(session, ctx))
      : several(named.rest, () => listRestApis(session, ctx)),
  ]);
  const knownApis = new Map((apis ?? []).map((api) => [api.ApiId ?? '', api] as const));
  const knownRest = new Map((restApis ?? []).map((api) => [api.id ?? '', api] as const));
  const isOther = (id: string): boolean => every && (knownApis.has(id) || knownRest.has(id));
  const read = await Promise.all([
    ...(every ? [...knownApis.values()] : []).map((api) => reader.api(api.ApiId ?? '', api)),
    ...(every ? [...knownRest.values()] : []).map((api) => reader.restApi(api.id ?? '', api)),
    ...named.v2
      .filter((id) => !isOther(id))
      .map(async (id) => (await reader.api(id, knownApis.get(id))) ?? (await reader.restApi(id))),
    ...named.rest
      .filter((id) => !isOther(id))
      .map(async (id) => (await reader.restApi(id, knownRest.get(id))) ?? (await reader.api(id))),
  ]);
  return read.flatMap((one) => (one === undefined || one === 'gap' ? [] : [one]));
}

/** The APIs that exist, where one of the scope does not, by one list of its kind: an error suggests them. */
export async function otherGateways(
  session: Session,
  scope: Scope,
  gateways: readonly Gateway[],
  gaps: Gaps,
  ctx: CallContext,
): Promise<Pick<RegionSnapshot, 'otherGateways'>> {
  if (scope.all === true || scope.allGateways === true) return {};
  const { v2, rest } = namedIn(scope);
  const isMissing = (id: string): boolean =>
    !gateways.some((one) => one.id === id) && !gaps.list.some((gap) => gap.of === 'gateways' && gap.id === id);
  const isV2 = v2.some(isMissing);
  if (!isV2 && !rest.some(isMissing)) return {};
  const listed = isV2
    ? (await listIfReadable(listApis(session, ctx))).map(({ ApiId = '', Name = '' }) => ({ id: ApiId, name: Name }))
    : (await listIfReadable(listRestApis(session, ctx))).map(({ id = '', name = '' }) => ({ id, name }));
  return { otherGateways: listed.filter(({ id }) => !gateways.some((one) => one.id === id)) };
}

/** Nothing where the list cannot be read. */
async function listIfReadable<T>(list: Promise<readonly T[]>): Promise<readonly T[]> {
  return list.catch((error: unknown) => {
    if (isPosternError(error)) return [];
    throw error;
  });
}

/** A gateway; `gap` where it could not be read; undefined where it does not exist. */
type Read = Promise<GatewayRead | 'gap' | undefined>;

function readerOf(session: Session, scope: Scope, gaps: Gaps, ctx: CallContext) {
  const deployer = deployerOf(scope);
  const uses = scope.uses === true || (scope.all === true && scope.checks === true);
  const exported = exportedStages(scope, uses, deployer);
  const attempt = async (id: string, read: () => Promise<GatewayRead | undefined>): Read => {
    const found = await gaps.attempt({ what: `API ${id}`, of: 'gateways', id }, async () => ({
      gateway: await read(),
    }));
    return found === undefined ? 'gap' : found.gateway;
  };
  return {
    api: (id: string, known?: ApiOutput): Read =>
      attempt(id, async () => {
        const read = await readApi(session, id, deployer, ctx, known);
        if (read === undefined || !exported.ofApi(id) || read.protocol.kind !== 'http-api')
          return read && apiGateway(read);
        return apiGateway({ ...read, stages: await withServed(session, id, read.stages, read.routes, gaps, ctx) });
      }),
    restApi: (id: string, known?: RestApiOutput): Read =>
      attempt(id, async () => {
        const api = known ?? (await getRestApi(session, id, ctx));
        const read = api && (await readRestApi(session, api, deployer, ctx));
        if (read === undefined) return undefined;
        const isExported = exported.ofRestApi(id);
        const exports = isExported && (await readStageExports(session, id, read.stages.filter(isExported), gaps, ctx));
        return restGateway(read, exports && { exports, uses });
      }),
  };
}

/** One list in place of a call for each. Where it fails, each is read by itself, and may be a gap. */
async function several<T>(ids: readonly string[], list: () => Promise<readonly T[]>): Promise<readonly T[]> {
  return ids.filter(isResourceId).length < 2 ? [] : listIfReadable(list());
}

/** The IDs that a scope names, by the service that its kind belongs to. */
function namedIn({ gateways = [] }: Scope): { readonly v2: readonly string[]; readonly rest: readonly string[] } {
  const v2 = [...gatewayIdsBy('httpApi', gateways), ...gatewayIdsBy('webSocketApi', gateways)];
  const rest = gatewayIdsBy('restApi', gateways);
  if (gateways.some((ref) => 'apiGroup' in ref)) {
    throw new UnsupportedError('AWS has no API groups', {
      remedy: 'Write httpApi, restApi or webSocketApi: <the ID of the API>.',
    });
  }
  return { v2: [...new Set(v2)], rest: [...new Set(rest)].filter((id) => !v2.includes(id)) };
}

/** The targets of gateways' integrations that use links. */
export function targetIdsOf(gateways: readonly Gateway[]): readonly string[] {
  return gateways.flatMap(({ integrations }) => (integrations ?? []).flatMap(({ targetId }) => targetId ?? []));
}

/**
 * The owner whose deployments count, in the form in which the mark of a deployment begins: `shop` or
 * `shop@orders-7f3k2q`.
 */
function deployerOf({ project, spec }: Scope): string | undefined {
  return project === undefined || spec === undefined ? project : `${project}@${spec}`;
}

/** The stages whose deployments a scope asks for: each costs one export. */
interface ExportedStages {
  /** Whether those of an HTTP API are read that have no automatic deployment. */
  readonly ofApi: (apiId: string) => boolean;
  /** Whether those of a REST API are read; undefined: none. */
  readonly ofRestApi: (restApiId: string) => ((stage: RestStageOutput) => boolean) | undefined;
}

/** @param isAll whether every gateway is exported, because all uses of backends are asked for */
function exportedStages(scope: Scope, isAll: boolean, deployer: string | undefined): ExportedStages {
  const { gateways = [], served = [], checks } = scope;
  const isNamed = (among: typeof gateways, id: string): boolean =>
    among.some((ref) => Object.values(ref).some((value) => value === id));
  const isWhole = (id: string): boolean => isAll || (checks === true && isNamed(gateways, id));
  return {
    ofApi: (id) => isWhole(id) || isNamed(served, id),
    ofRestApi: (id) => {
      if (isWhole(id)) return () => true;
      const stages = served.flatMap((ref) => (ref['restApi'] === id ? [ref.stage] : []));
      if (stages.length === 0) return undefined;
      return (stage) => stages.includes(stage.stageName) || wasDeployedBy(stage, deployer);
    },
  };
}

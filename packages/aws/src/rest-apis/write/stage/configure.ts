import type { CallContext, CacheSettings, RouteChange, StageChange, Throttle } from '@postern/core/internal/library';
import { CloudError } from '@postern/core/internal/adapter';
import { restStageArn } from '../../../arn.js';
import {
  ALL_METHODS,
  callsOf,
  methodOf,
  settingsKey,
  settingsName,
  type Methods,
} from '../../cloud/method-throttles.js';
import { markWriter } from '../../../gateways/stage-writers.js';
import type { PatchOperation, RestStageOutput } from '../../../sdk-types.js';
import { methodsOf } from '../../read-rest-api.js';
import { replaced } from '../method/method-input.js';
import type { RouteSession } from '../resource-trees.js';
import { findStage } from './deploy.js';

/**
 * Changes settings of a stage, which act at once. A method that gets its first setting gets the others from the stage.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateStage-Patch
 * @throws {CloudError} `NOT_FOUND`
 */
export async function configureStage(
  session: RouteSession,
  apiId: string,
  stageName: string,
  { throttle, clientCertificate, cache, routes = [], writer }: StageChange,
  ctx: CallContext,
): Promise<void> {
  const stage = await findStage(session, apiId, stageName, ctx);
  if (stage === undefined) {
    const remedy = 'Plan again: another writer deleted the stage.';
    throw new CloudError('NOT_FOUND', `${apiId} has no stage ${stageName}`, { operation: 'GetStages', remedy });
  }

  const place = { service: 'apigateway', arn: restStageArn(session.region, apiId, stageName) } as const;
  // A run that ends in between leaves a mark too many, and not a setting that nothing removes.
  if (writer !== undefined && writer.settings.length > 0) await markWriter(session, place, writer, ctx);
  const methods = routes.length === 0 ? [] : methodsOf(apiId, await session.trees.of(apiId, ctx));
  const patchOperations: readonly PatchOperation[] = [
    // An empty text removes it.
    ...replaced('/clientCertificateId', stage.clientCertificateId, clientCertificate === null ? '' : clientCertificate),
    // Before the settings of methods, which get those for all methods with their first one.
    ...(cache === undefined ? [] : cachingOf(stage, cache)),
    ...(throttle === undefined ? [] : limits(ALL_METHODS, throttle ?? { rate: -1, burst: -1 })),
    ...routes.flatMap((route) => changesOf(stage, route, methods, cache)),
  ];
  if (patchOperations.length > 0) {
    const input = { restApiId: apiId, stageName, patchOperations: [...patchOperations] };
    await session.call(ctx, 'apigateway', 'UpdateStage', input);
  }
  if (writer?.settings.length === 0) await markWriter(session, place, writer, ctx);
}

function changesOf(
  { methodSettings = {} }: RestStageOutput,
  { key, throttle, cache }: RouteChange,
  methods: Methods,
  ofStage: CacheSettings | null | undefined,
): readonly PatchOperation[] {
  const named = new Map(Object.entries(methodSettings).map(([name, own]) => [settingsKey(name), { name, own }]));
  const ofAll = methodSettings[ALL_METHODS];
  const cachesAll = ofStage === undefined ? ofAll?.cachingEnabled === true : ofStage !== null;
  return callsOf(methodOf(key), methods).flatMap((method): readonly PatchOperation[] => {
    const known = named.get(method);
    const isGet = method.startsWith('GET ');
    const { name = settingsName(method), own } = known ?? {};
    if (throttle === null) return known === undefined ? [] : [{ op: 'remove', path: `/${name}` }];

    return [
      ...(throttle === undefined ? [] : limits(name, throttle)),
      // It gets the caching for all methods with its first setting, which is of GET alone as long as it has none.
      ...(throttle !== undefined && known === undefined && cachesAll && !isGet
        ? [caching(name, 'enabled', false)]
        : []),
      ...(cache === undefined || known === undefined ? [] : cachingOfMethod(name, cache, isGet ? 'GET' : own)),
    ];
  });
}

/** What a method with settings of its own caches. Of another method than GET, which has its own caching, that is encrypted alone. */
function cachingOfMethod(
  name: string,
  cache: CacheSettings | null,
  own: 'GET' | { readonly cachingEnabled?: boolean | undefined } | undefined,
): readonly PatchOperation[] {
  if (own === 'GET') return cachingAt(name, cache);

  const { encrypted } = cache ?? {};
  return own?.cachingEnabled !== true || encrypted === undefined ? [] : [caching(name, 'dataEncrypted', encrypted)];
}

/**
 * The cluster, and what the settings for all methods cache. A cluster that has the size already is not written: another one would take
 * its place, and be empty.
 */
function cachingOf(
  { cacheClusterEnabled = false, cacheClusterSize }: RestStageOutput,
  cache: CacheSettings | null,
): readonly PatchOperation[] {
  const { size } = cache ?? {};
  const replace = (path: string, value: unknown) => ({ op: 'replace' as const, path, value: String(value) });
  return [
    ...(cacheClusterEnabled === (cache !== null) ? [] : [replace('/cacheClusterEnabled', cache !== null)]),
    ...(size === undefined || String(size) === cacheClusterSize ? [] : [replace('/cacheClusterSize', size)]),
    ...cachingAt(ALL_METHODS, cache),
  ];
}

/** The defaults of a stage: https://docs.aws.amazon.com/apigateway/latest/api/API_MethodSetting.html */
const NO_CACHE: CacheSettings = { ttlSeconds: 300, encrypted: false };

function cachingAt(name: string, cache: CacheSettings | null): readonly PatchOperation[] {
  const { ttlSeconds, encrypted } = cache ?? NO_CACHE;
  return [
    caching(name, 'enabled', cache !== null),
    ...(ttlSeconds === undefined ? [] : [caching(name, 'ttlInSeconds', ttlSeconds)]),
    ...(encrypted === undefined ? [] : [caching(name, 'dataEncrypted', encrypted)]),
  ];
}

function caching(name: string, setting: string, value: boolean | number): PatchOperation {
  return { op: 'replace', path: `/${name}/caching/${setting}`, value: String(value) };
}

function limits(name: string, { rate, burst }: Throttle): readonly PatchOperation[] {
  const limitTo = (limit: string, value: number | undefined): readonly PatchOperation[] =>
    value === undefined ? [] : [{ op: 'replace', path: `/${name}/throttling/${limit}`, value: String(value) }];
  return [...limitTo('rateLimit', rate), ...limitTo('burstLimit', burst)];
}

import type { AuthorizerType } from '@aws-sdk/client-api-gateway';
import { defined } from '../../../simulation/defined.js';
import type { RegionSnapshot, Gateway, Stage, StageCache } from '@postern/core/internal/library';
import { OWNER_TAG, PROJECT_TAG, type Route } from '@postern/core/internal/adapter';
import type { AwsCall } from '../../operation/operation.js';
import { defaultModels } from '../control/api/api.js';
import { newEndpoint } from '../control/api/references.js';
import { clusterSize } from '../control/stage/new-stage.js';
import type { AuthorizerRow, RestApiRow, RestStageRow, UsagePlanRow } from '../control/state.js';
import type { Lack } from '../../twin/lack.js';
import { policyOf, loadDeployments, restTree } from './rest-deployments.js';
import { loadClientCertificate, settingsTags } from '../../twin/api-gateway/stage-rows.js';
import { authorizersOf, UNREAD_FUNCTION } from '../../twin/api-gateway/unread-authorizers.js';
import { methodRow, placeOf } from './rest-methods.js';

/** REST APIs with resources, methods, stages and the deployments that stages serve. */
export function loadRestApis(call: AwsCall, region: RegionSnapshot, lack: Lack): void {
  for (const gateway of region.gateways) {
    if (gateway.kind !== 'rest-api') continue;

    tellLacks(gateway, lack);
    const api = apiRow(call, region, gateway, lack);
    call.state.restApi.apis.set(gateway.id, api);
    loadDeployments(call, region, gateway, api, lack);
    for (const stage of gateway.stages) {
      loadClientCertificate(call, stage);
      loadUsagePlans(call, gateway, stage);
      api.stages.set(stage.name, stageRow(call, gateway, stage));
    }
  }
}

function tellLacks(gateway: Gateway, lack: Lack): void {
  const { id, routes, integrations = [] } = gateway;
  for (const [authorizerId] of authorizersOf(gateway))
    lack(`what authorizer ${authorizerId} of ${id} asks is not in a snapshot`);
  if (routes.some(({ owner, key }) => owner !== undefined && !key.endsWith(' /'))) {
    lack(`which resources of ${id} were created with its methods is not in a snapshot`);
  }
  const shown = new Set(integrations.map((one) => one.id));
  const isPrivate = ({ linkId, variables = [] }: Route): boolean => linkId !== undefined || variables.length > 0;
  if (routes.some((one) => one.integrationId !== undefined && !shown.has(one.id) && !isPrivate(one))) {
    lack(`the integrations of ${id} without a link are not in a snapshot: they are MOCK integrations`);
  }
}

function authorizerRow(id: string, authorization: string): AuthorizerRow {
  const common = { id, name: id, identitySource: 'method.request.header.Authorization' };
  return authorization === 'CUSTOM'
    ? { ...common, type: 'TOKEN', authType: 'custom', authorizerUri: UNREAD_FUNCTION }
    : { ...common, type: authorization as AuthorizerType, authType: authorization.toLowerCase(), providerARNs: [] };
}

function apiRow(call: AwsCall, region: RegionSnapshot, gateway: Gateway, lack: Lack): RestApiRow {
  const { id, name, routes, tags } = gateway;
  const ids = new Map(routes.map(placeOf).map(({ path, resourceId }) => [path, resourceId] as const));
  const tree = restTree(call, (path) => ids.get(path));
  const rootResourceId = tree.at('/').id;
  const policy = policyOf(gateway.denies, lack, id);
  for (const route of routes) tree.put(placeOf(route).path, methodRow(region, gateway, route, lack));
  return {
    fields: {
      id,
      name,
      apiKeySource: 'HEADER',
      disableExecuteApiEndpoint: gateway.endpoint === 'disabled',
      createdDate: new Date(call.now),
      rootResourceId,
      endpointConfiguration: newEndpoint(),
      tags: { ...tags },
      ...defined({ policy }),
    },
    resources: tree.rows(),
    authorizers: new Map([...authorizersOf(gateway)].map(([one, type]) => [one, authorizerRow(one, type)])),
    gatewayResponses: new Map(),
    models: defaultModels(call),
    requestValidators: new Map(),
    deployments: new Map(),
    stages: new Map(),
  };
}

/** The usage plans that contain a stage. Their names, keys and limits are not in snapshots. */
function loadUsagePlans({ state }: AwsCall, { id: apiId }: Gateway, { name: stage, usagePlans = [] }: Stage): void {
  for (const id of usagePlans) {
    const known: UsagePlanRow = state.restApi.usagePlans.get(id) ?? {
      fields: { id, name: id, tags: {} },
      keys: new Map(),
    };
    const apiStages = [...(known.fields.apiStages ?? []), { apiId, stage }];
    state.restApi.usagePlans.set(id, { ...known, fields: { ...known.fields, apiStages } });
  }
}

const VERBS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

/** Settings of methods, in which ANY stands for those that no other route of the path has. */
function methodSettings({ routes }: Gateway, { throttle, throttles = [], cache = {} }: Stage) {
  const keys = new Set(routes.map(({ key }) => key));
  const limits = ({ rate = -1, burst = -1 }: NonNullable<Stage['throttle']> = {}) => ({
    throttlingRateLimit: rate,
    throttlingBurstLimit: burst,
  });
  const own = throttles.flatMap((one) => {
    const [verb = '', path = ''] = one.key.split(' ');
    const verbs = verb === 'ANY' ? VERBS.filter((each) => !keys.has(`${each} ${path}`)) : [verb];
    return verbs.map((each) => [`${path.replaceAll('/', '~1')}/${each}`, limits(one.throttle)] as const);
  });
  const all: RestStageRow['methodSettings'] =
    throttle?.rate !== undefined || throttle?.burst !== undefined ? { '*/*': limits(throttle) } : {};
  return withCaching({ ...all, ...Object.fromEntries(own) }, routes, cache);
}

/** The settings of methods with what is cached of them. A GET that is not cached has a setting of its own. */
function withCaching(
  settings: NonNullable<RestStageRow['methodSettings']>,
  routes: Gateway['routes'],
  { ttlSeconds, encrypted = false, calls = [] }: StageCache,
): RestStageRow['methodSettings'] {
  const caching = (
    name: string,
    ttl: number | undefined,
    passable = false,
    cacheDataEncrypted = encrypted,
  ): NonNullable<typeof settings> => ({
    [name]: {
      ...settings[name],
      cachingEnabled: ttl !== undefined,
      ...defined({ cacheTtlInSeconds: ttl }),
      cacheDataEncrypted,
      requireAuthorizationForCacheControl: !passable,
    },
  });
  const gets = routes.map(({ key }) => key.replace(/^ANY /, 'GET ')).filter((key) => key.startsWith('GET '));
  const keys = new Set([...(ttlSeconds === undefined ? [] : gets), ...calls.map(({ key }) => key)]);
  const own = [...keys].map((key) => {
    const [verb = '', path = ''] = key.split(' ');
    const cached = calls.find((one) => one.key === key);
    const isAsAll =
      key.startsWith('GET ') &&
      cached?.ttlSeconds === ttlSeconds &&
      (cached?.encrypted ?? encrypted) === encrypted &&
      cached?.passable !== true;
    const name = `${path.replaceAll('/', '~1')}/${verb}`;
    // A method without settings of its own has those for all methods.
    if (isAsAll && settings[name] === undefined) return {};

    return caching(name, cached?.ttlSeconds, cached?.passable, cached?.encrypted);
  });
  const ofAll = ttlSeconds === undefined ? {} : caching('*/*', ttlSeconds);
  return Object.assign({}, settings, ofAll, ...own);
}

function stageRow(call: AwsCall, gateway: Gateway, stage: Stage): RestStageRow {
  const { name, deploymentId = '', variables, canary, clientCertificate: { id: clientCertificateId } = {} } = stage;
  const { destination: destinationArn, format = '' } = stage.accessLog ?? {};
  return {
    stageName: name,
    deploymentId,
    cacheClusterEnabled: stage.cache?.size !== undefined,
    ...(stage.cache?.size === undefined ? {} : { cacheClusterSize: clusterSize(String(stage.cache.size)) }),
    cacheClusterStatus: stage.cache?.size === undefined ? 'NOT_AVAILABLE' : 'AVAILABLE',
    methodSettings: methodSettings(gateway, stage),
    tracingEnabled: false,
    createdDate: new Date(call.now),
    lastUpdatedDate: new Date(call.now),
    ...(variables === undefined ? {} : { variables: { ...variables } }),
    ...defined({ clientCertificateId }),
    ...(destinationArn === undefined ? {} : { accessLogSettings: { destinationArn, format } }),
    ...(canary === undefined
      ? {}
      : {
          canarySettings: {
            percentTraffic: canary.percent,
            useStageCache: false,
            ...defined({ deploymentId: canary.deploymentId }),
            ...(canary.variables === undefined ? {} : { stageVariableOverrides: { ...canary.variables } }),
          },
        }),
    tags: tagsOf(stage),
  };
}

/** The tags by which it is known who created a stage, and which deployment by Postern it has. */
function tagsOf({ deploymentId, deployed, createdBy, configuredBy }: Stage): Record<string, string> {
  const [, deployer, hash] = /^postern:([^/]+)\/(\S+)$/.exec(deployed ?? '') ?? [];
  return {
    ...(hash === undefined ? {} : { [`postern:deployed:${deployer}`]: `${hash} ${deploymentId}` }),
    ...(createdBy === undefined ? {} : { [PROJECT_TAG]: createdBy.project }),
    ...(createdBy?.spec === undefined ? {} : { [OWNER_TAG]: createdBy.spec }),
    ...settingsTags(configuredBy),
  };
}

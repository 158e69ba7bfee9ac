import type { AlibabaCall } from '../../../operation/operation.js';
import { gatewayOfEnvironment, getDomain, getRunningGateway, getService } from '../request/find.js';
import { refusals } from '../request/parameters.js';
import type {
  ApigGatewayRow,
  BackendServiceRow,
  DeployConfigRow,
  HttpApiRow,
  HttpOperationRow,
  HttpRouteRow,
  RevisionRow,
} from '../state.js';
import { anything, flag, listOf, structure, text, texts, type ValueOf } from '../../../operation/family.js';

/** How long a change of what is published takes: seconds to a minute [I]. */
const PUBLISH_MS = 5_000;

/** Types that the simulated data path calls. */
const CALLED_TYPES = new Set(['VIP', 'DNS', 'MSE_NACOS']);

/** @throws {AlibabaError} for a backend that is missing or cannot be published */
export function checkBackend(call: AlibabaCall, scene: string, services: readonly BackendServiceRow[]): void {
  if (scene === 'Mock' || scene === 'Redirect') return;
  if (services.length === 0) throw refusals.invalid('backendConfig.services', `The scene ${scene} needs services.`);

  for (const { serviceId } of services) {
    const { sourceType } = getService(call.state, serviceId);
    if (!CALLED_TYPES.has(sourceType)) throw refusals.typeNotSupported(sourceType);
  }
}

/**
 * Publishes a route: callers get what it is now. A change of the route afterwards reaches them with the next publication [U].
 * @throws {AlibabaError} `Conflict.AppClusterIsAlreadyInChanging` while the gateway is not Running; those of a backend that is missing
 */
export function publishRoute(call: AlibabaCall, row: HttpRouteRow): void {
  getRunningGateway(call.state, row.gatewayId);
  checkBackend(call, row.scene, row.services);
  const { match, scene, services, domainIds, environmentId, mock } = row;
  const published = { match, scene, services, domainIds, environmentId, mock };
  call.state.apig.routes.set(row.id, { ...row, published, changesUntil: call.now + PUBLISH_MS });
}

/** Callers get 404 from now on. */
export function unpublishRoute(call: AlibabaCall, row: HttpRouteRow): void {
  getRunningGateway(call.state, row.gatewayId);
  if (row.published === undefined) return;

  call.state.apig.routes.set(row.id, { ...row, published: undefined, changesUntil: call.now + PUBLISH_MS });
}

/** Takes all routes of an API from a gateway: a call that names no route is for all that the environment serves [I]. */
export function unpublishRoutes(call: AlibabaCall, api: HttpApiRow, gatewayId: string): void {
  const { id } = gatewayOfEnvironment(call.state, gatewayId);
  for (const row of call.state.apig.routes.values())
    if (row.apiId === api.id && row.gatewayId === id) unpublishRoute(call, row);
}

/** The state of a route, or of an operation, as answers have it. The two words for changes are [I]. */
export function deployStatus(now: number, isPublished: boolean, changesUntil: number): string {
  if (now < changesUntil) return isPublished ? 'Deploying' : 'Undeploying';

  return isPublished ? 'Deployed' : 'NotDeployed';
}

/** Where a Rest API is to be published. */
export const REST_PUBLICATION = structure({
  description: text,
  gatewayId: text,
  revisionId: text,
  operationIds: texts,
  operationDeployments: listOf({ operationId: text, action: text }),
  enableRouteCompression: flag,
  environment: structure({
    environmentId: text,
    customDomainIds: texts,
    backendScene: text,
    serviceConfigs: anything,
  }),
});

type RestPublication = ValueOf<typeof REST_PUBLICATION>;

/**
 * Publishes operations of a Rest API, all of them by default, or a former revision again.
 * @throws {AlibabaError} `InvalidParameter` where none of revision, environment and gateway is named; `NotFound.RevisionNotFound`;
 *   `Conflict.ApiPublishDuplicatedPathFound`; those of backends and domains
 */
export function publishRestApi(call: AlibabaCall, api: HttpApiRow, wanted: RestPublication): void {
  const former = api.revisions.find(({ id }) => id === wanted.revisionId);
  if (wanted.revisionId !== undefined && !former) throw refusals.missing('revision', wanted.revisionId);

  const gateway = gatewayWanted(call, api, wanted, former);
  getRunningGateway(call.state, gateway.id);
  const revision = former
    ? { ...former, id: call.id('apr-', 20), isCurrent: true, at: call.now }
    : newRevision(call, api, gateway, wanted);
  checkDuplicates(call, api, revision, gateway);
  const others = api.revisions.map((one) => (one.gatewayId === gateway.id ? { ...one, isCurrent: false } : one));
  const revisions = [...others, revision];
  call.state.apig.apis.set(api.id, { ...api, revisions, modifiedAt: call.now });
}

function gatewayWanted(
  { state }: AlibabaCall,
  api: HttpApiRow,
  { gatewayId = '', environment }: RestPublication,
  former: RevisionRow | undefined,
): ApigGatewayRow {
  const named = former?.gatewayId ?? (gatewayId === '' ? (environment?.environmentId ?? '') : gatewayId);
  const id = named === '' && environment ? (api.deployConfigs[0]?.gatewayId ?? api.gatewayId) : named;
  if (id === '') throw refusals.invalid('restApiConfig', 'It names a revision, an environment or a gateway.');

  return gatewayOfEnvironment(state, id);
}

function newRevision(
  call: AlibabaCall,
  api: HttpApiRow,
  gateway: ApigGatewayRow,
  { environment, operationDeployments, operationIds }: RestPublication,
): RevisionRow {
  const current = currentRevision(api, gateway.id);
  const all = [...call.state.apig.operations.values()].filter(({ apiId }) => apiId === api.id);
  const named = (operationDeployments ?? []).filter(({ action = 'Publish' }) => action === 'Publish');
  const ids = operationDeployments ? named.map(({ operationId = '' }) => operationId) : operationIds;
  const chosen = ids === undefined ? all : all.filter(({ id }) => ids.includes(id));
  const missing = ids?.find((id) => !all.some((row) => row.id === id));
  if (missing !== undefined) throw refusals.missing('operation', missing);

  const kept = ids === undefined ? [] : (current?.operations ?? []).filter(({ id }) => !ids.includes(id));
  const config = configFor(api.deployConfigs, gateway.id);
  const domainIds = environment?.customDomainIds ?? config?.customDomainIds ?? current?.domainIds ?? [];
  for (const id of domainIds) getDomain(call.state, id);
  // An operation without a backend of its own has that of the API.
  const operations = chosen.map((row) =>
    configFor(row.deployConfigs, gateway.id) || !config ? row : { ...row, deployConfigs: [config] },
  );
  for (const { deployConfigs, mock } of operations) {
    const own = configFor(deployConfigs, gateway.id);
    if (mock?.enable !== true && own?.mock?.enable !== true)
      checkBackend(call, own?.backendScene ?? 'SingleService', own?.services ?? []);
  }
  return {
    id: call.id('apr-', 20),
    gatewayId: gateway.id,
    isCurrent: true,
    basePath: api.basePath,
    removeBasePath: api.removeBasePathOnForward,
    auth: api.auth,
    domainIds,
    envDomainIds: config?.envDomainIds,
    operations: [...kept, ...operations],
    at: call.now,
  };
}

/** What is configured for a gateway; a configuration that names none is for all. */
export const configFor = (configs: readonly DeployConfigRow[], gatewayId: string): DeployConfigRow | undefined =>
  configs.find((one) => one.gatewayId === gatewayId) ?? configs.find((one) => one.gatewayId === '');

/** The revision that callers of a gateway get. */
export const currentRevision = (api: HttpApiRow, gatewayId: string): RevisionRow | undefined =>
  api.revisions.find((one) => one.gatewayId === gatewayId && one.isCurrent);

function checkDuplicates(call: AlibabaCall, api: HttpApiRow, revision: RevisionRow, gateway: ApigGatewayRow): void {
  const keyOf = ({ basePath }: RevisionRow, { method, path }: HttpOperationRow): string =>
    `${method} ${basePath.replace(/\/$/, '')}${path}`;
  const keys = new Set(revision.operations.map((row) => keyOf(revision, row)));
  for (const other of call.state.apig.apis.values()) {
    const current = other.id === api.id ? undefined : currentRevision(other, gateway.id);
    if (!current || !sharesDomain(current.domainIds, revision.domainIds)) continue;

    const same = current.operations.find((row) => keys.has(keyOf(current, row)));
    if (same) throw refusals.duplicatedPath(keyOf(current, same), other.id, same.id, gateway.environmentId);
  }
}

/** Without custom domains both have the gateway's default ones. */
const sharesDomain = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === 0 || b.length === 0 ? a.length === b.length : a.some((id) => b.includes(id));

/** Takes a Rest API, or one of its operations, from a gateway. */
export function unpublishRestApi(call: AlibabaCall, api: HttpApiRow, gatewayId: string, operationId?: string): void {
  const { id } = gatewayOfEnvironment(call.state, gatewayId);
  const revisions = api.revisions.map((one) => {
    if (one.gatewayId !== id || !one.isCurrent) return one;

    const operations = operationId === undefined ? [] : one.operations.filter((row) => row.id !== operationId);
    return operations.length === 0 ? { ...one, isCurrent: false } : { ...one, operations };
  });
  call.state.apig.apis.set(api.id, { ...api, revisions, modifiedAt: call.now });
}

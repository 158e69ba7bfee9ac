import type { CallContext, Gateway, GatewayIntegration, Stage } from '@postern/core/internal/library';
import { defined, unlessGone } from '@postern/core/internal/adapter';
import type {
  RestApiOutput,
  RestDeploymentOutput,
  RestIntegrationOutput,
  RestResourceOutput,
  RestStageOutput,
} from '../sdk-types.js';
import { toThrottles } from './cloud/method-throttles.js';
import { listAll } from '../client/list-all.js';
import { plain, sent, type Session } from '../client/session.js';
import {
  isResourceId,
  backendOf,
  type BackendPort,
  type Backends,
  onStages,
  resolveIntegration,
} from '../gateways/integration-target.js';
import { ownerOfMethod } from './rest-owner.js';
import { methodId, toRestRoute, type RestMethod } from './rest-route.js';
import { needsDeployments, toCache, toRestStage } from './rest-stage.js';
import { denialOf } from './cloud/resource-policy.js';

/** A REST API as it was read. Where its integrations lead is known only with links and listeners. */
export interface RestApiRead {
  readonly api: RestApiOutput;
  readonly resources: readonly RestResourceOutput[];
  readonly stages: readonly RestStageOutput[];
  /** Empty where the tags of the stages show what they serve. */
  readonly deployments: readonly RestDeploymentOutput[];
  /** Whose deployments count: `shop`, `shop@orders-7f3k2q`; undefined: all of Postern's. */
  readonly deployer: string | undefined;
}

/** One REST API, or `undefined`. */
export async function getRestApi(
  session: Session,
  restApiId: string,
  ctx: CallContext,
): Promise<RestApiOutput | undefined> {
  if (!isResourceId(restApiId)) return undefined;

  return unlessGone(session.call(ctx, 'apigateway', 'GetRestApi', { restApiId }));
}

/**
 * The resources, methods and stages of a REST API: two list calls for up to 500 resources. The deployments are
 * read only where a stage has another one than Postern's.
 * @returns undefined where the API does not exist
 */
export async function readRestApi(
  session: Session,
  api: RestApiOutput,
  deployer: string | undefined,
  ctx: CallContext,
): Promise<RestApiRead | undefined> {
  const { id } = api;
  if (!isResourceId(id)) return undefined;

  return unlessGone(
    Promise.all([listResources(session, id, ctx), readStages(session, id, deployer, ctx)]).then(
      ([resources, stages]) => ({ api, resources, deployer, ...stages }),
    ),
  );
}

async function readStages(session: Session, id: string, deployer: string | undefined, ctx: CallContext) {
  const stages = await listRestStages(session, id, ctx);
  const isOpen = stages.some((stage) => needsDeployments(stage, deployer));
  return { stages, deployments: isOpen ? await listRestDeployments(session, id, ctx) : [] };
}

/** The ports of load balancers that the integrations of a REST API lead to, on whichever stage. */
export function backendsOfRestApi(
  { resources, stages }: Pick<RestApiRead, 'resources' | 'stages'>,
  known: Pick<Backends, 'balancersOf'>,
): readonly BackendPort[] {
  const portable = stages.map((stage) => toRestStage(stage));
  return methodsOf('', resources)
    .flatMap(privateIntegration)
    .flatMap((integration) => onStages(integration, portable))
    .flatMap((leading) => backendOf(leading, known) ?? []);
}

/** Whether an integration names a link without a load balancer: a V1 link has its own. */
export function usesBalancerLink({ resources }: Pick<RestApiRead, 'resources'>): boolean {
  return methodsOf('', resources)
    .flatMap(privateIntegration)
    .some(({ integrationTarget }) => integrationTarget === undefined);
}

function privateIntegration({ method: { methodIntegration } }: RestMethod): readonly RestIntegrationOutput[] {
  return methodIntegration?.connectionType === 'VPC_LINK' ? [methodIntegration] : [];
}

/** A REST API in the portable form. */
export function toRestGateway(read: RestApiRead, backends: Backends): Gateway {
  const { api, resources, deployments, deployer } = read;
  const id = api.id;
  const methods = methodsOf(id, resources);
  const stages = read.stages.map((stage) => ({
    ...toRestStage(stage, deployments, deployer),
    ...toThrottles(stage, methods),
    cache: toCache(stage, methods),
  }));
  const denies = denialOf(api.policy);
  return {
    id,
    name: api.name,
    kind: 'rest-api',
    stages,
    routes: methods.map((method) => toRestRoute(method, stages, backends)),
    integrations: methods.flatMap((method) => toIntegrations(method, stages, backends)),
    tags: { ...api.tags },
    ...endpointOf(api),
    ...defined({ denies }),
    raw: plain(api),
  };
}

/** A private API has no other endpoint. */
function endpointOf({ endpointConfiguration, disableExecuteApiEndpoint }: RestApiOutput): Pick<Gateway, 'endpoint'> {
  if (endpointConfiguration?.types?.includes('PRIVATE') === true) return { endpoint: 'private' };

  return disableExecuteApiEndpoint === true ? { endpoint: 'disabled' } : {};
}

/** All methods of some resources. */
export function methodsOf(apiId: string, resources: readonly RestResourceOutput[]): readonly RestMethod[] {
  return resources.flatMap(({ id: resourceId, path, resourceMethods = {} }) =>
    Object.entries(resourceMethods).map(([verb, method]) => ({ apiId, resourceId, path, verb, method })),
  );
}

/**
 * The integration of a method, once for each link that it has on a stage: each prevents the deletion of that link. A
 * method with a mark and without an integration stands for itself: a run left it between two calls.
 */
function toIntegrations(one: RestMethod, stages: readonly Stage[], backends: Backends): readonly GatewayIntegration[] {
  const { apiId, path, verb, method } = one;
  const owner = ownerOfMethod(method.operationName, { apiId, path, verb });
  if (method.methodIntegration === undefined) return owner === undefined ? [] : [{ id: methodId(one), owner }];

  const leads = privateIntegration(one)
    .flatMap((integration) => onStages(integration, stages))
    .map((leading) => resolveIntegration(leading, backends));
  const distinct = new Map(leads.map((lead) => [`${lead.linkId} ${lead.targetId}`, lead] as const));
  return [...distinct.values()].map((lead) => ({ id: methodId(one), owner, ...lead }));
}

/** All REST APIs of the region. */
export function listRestApis(session: Session, ctx: CallContext): Promise<RestApiOutput[]> {
  return listAll(session, ctx, 'REST APIs', 'apigateway', 'GetRestApis');
}

/** All resources of a REST API with their methods and integrations. @throws {CloudError} `NOT_FOUND` */
export function listResources(session: Session, restApiId: string, ctx: CallContext): Promise<RestResourceOutput[]> {
  return listAll(session, ctx, `resources of ${restApiId}`, 'apigateway', 'GetResources', {
    restApiId,
    embed: ['methods'],
  });
}

/** All stages of a REST API; this list has no pages. @throws {CloudError} `NOT_FOUND` */
export async function listRestStages(
  session: Session,
  restApiId: string,
  ctx: CallContext,
): Promise<readonly RestStageOutput[]> {
  const { item } = await session.call(ctx, 'apigateway', 'GetStages', { restApiId });
  return sent(item, 'item', 'GetStages');
}

/** All deployments of a REST API. @throws {CloudError} `NOT_FOUND` */
export function listRestDeployments(
  session: Session,
  restApiId: string,
  ctx: CallContext,
): Promise<RestDeploymentOutput[]> {
  return listAll(session, ctx, `deployments of ${restApiId}`, 'apigateway', 'GetDeployments', { restApiId });
}

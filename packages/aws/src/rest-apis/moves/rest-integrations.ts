import type { CallContext } from '@postern/core/internal/library';
import { defined, CloudError, isPosternError, type MoveUnit, InvalidInputError } from '@postern/core/internal/adapter';
import type { PatchOperation, RestIntegrationOutput, RestResourceOutput, RestStageOutput } from '../../sdk-types.js';
import type { Session } from '../../client/session.js';
import { listResources, methodsOf } from '../read-rest-api.js';
import { toRestStage } from '../rest-stage.js';
import type { RestMethod } from '../rest-route.js';
import type { DeployedMethod } from '../stage-export.js';
import { onStages, parseBackendUri, isBalancerName } from '../../gateways/integration-target.js';
import { unmanaged, type WantedIntegration, replaced } from '../write/method/method-input.js';
import { listListeners, listLoadBalancers } from '../../load-balancing/load-balancer.js';
import { changedMeanwhile } from '../../move-methods.js';
import type { Connection, MovedMethod, RestCaptured } from './rest-state.js';

/** A load balancer that integrations move to, with the ports that it listens on. */
interface Balancer {
  readonly arn: string;
  readonly dnsName: string;
  /** The protocol of each port: `HTTP`, `HTTPS`, `TCP`, `TLS`. */
  readonly ports: ReadonlyMap<number, string>;
}

const ENCRYPTED = new Set(['HTTPS', 'TLS']);
const URI = /^(https?):\/\/([^/:?#]+)(?::(\d+))?(.*)$/is;

/**
 * A load balancer by name or ARN, with its listeners.
 * @throws {InvalidInputError} `NOT_FOUND`
 */
async function readBalancer(session: Session, nameOrArn: string, ctx: CallContext): Promise<Balancer> {
  const all = await listLoadBalancers(session, ctx);
  const found = all.find((one) => one.LoadBalancerArn === nameOrArn || one.LoadBalancerName === nameOrArn);
  if (found?.LoadBalancerArn === undefined) {
    throw new InvalidInputError('NOT_FOUND', `load balancer ${nameOrArn} does not exist in ${session.region}`, {
      remedy: `Name one of ${all.flatMap(({ LoadBalancerName }) => LoadBalancerName ?? []).join(', ') || 'none'}.`,
    });
  }

  const listeners = await listListeners(session, found.LoadBalancerArn, ctx);
  return {
    arn: found.LoadBalancerArn,
    dnsName: found.DNSName ?? '',
    ports: new Map(listeners.map(({ Port = 0, Protocol = '' }) => [Port, Protocol])),
  };
}

/**
 * The URI of an integration behind another load balancer. The path stays. The port stays where the load balancer listens
 * on it; otherwise it is the one port that it listens on. The host stays, because it is the `Host` of backend requests and
 * the name that the certificate is checked for, unless it is the name of a load balancer.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html
 * @throws {InvalidInputError} `INVALID_INPUT` where no port, or more than one, can be meant
 */
function movedUri(uri: string, { arn, dnsName, ports }: Balancer): string {
  const [, scheme = '', host = '', , rest = ''] = URI.exec(uri) ?? [];
  const port = parseBackendUri(uri)?.port;
  if (host === '' || port === undefined) return uri;

  const [only, ...others] = ports.keys();
  const to = ports.has(port) ? port : others.length === 0 ? only : undefined;
  if (to === undefined) {
    throw new InvalidInputError('INVALID_INPUT', `${arn} has no listener on port ${port}, which ${uri} names`, {
      remedy: `Create a listener on port ${port}. It has listeners on: ${[...ports.keys()].join(', ') || 'none'}.`,
    });
  }

  const own = to === port ? scheme.toLowerCase() : ENCRYPTED.has(ports.get(to) ?? '') ? 'https' : 'http';
  const usual = own === 'https' ? 443 : 80;
  const name = isBalancerName(host) ? dnsName : host;
  return `${own}://${name}${to === usual ? '' : `:${to}`}${rest}`;
}

/** The integrations of the working copy that use a link on a stage: by its ID, or by a stage variable. */
export function methodsOver(
  { gateway, from }: MoveUnit,
  stage: RestStageOutput,
  resources: readonly RestResourceOutput[],
): readonly MovedMethod[] {
  const values = [toRestStage(stage)];
  return methodsOf(gateway.id, resources).flatMap((method) => {
    const integration = method.method.methodIntegration;
    if (integration?.connectionType !== 'VPC_LINK') return [];

    const isMoved = onStages(integration, values).some(({ connectionId }) => connectionId === from.id);
    return isMoved ? [toMoved(method, integration)] : [];
  });
}

/**
 * The integrations that use a link on a stage as it serves them, and another one in the working copy: a move that ended, and whose
 * journal was lost, may have changed them. As the stage serves them. Where the export of a V2 link shows no target, it is not known.
 */
export function methodsLeft(
  { gateway, from }: MoveUnit,
  stage: RestStageOutput,
  resources: readonly RestResourceOutput[],
  served: readonly DeployedMethod[],
): readonly (readonly [before: MovedMethod, now: Connection])[] {
  const values = [toRestStage(stage)];
  const before = new Map(served.map(({ key, integration }) => [key, integration] as const));
  const isOver = (integration: RestIntegrationOutput): boolean =>
    integration.connectionType === 'VPC_LINK' &&
    onStages(integration, values).some(({ connectionId }) => connectionId === from.id);
  return methodsOf(gateway.id, resources).flatMap((method) => {
    const now = method.method.methodIntegration;
    const was = before.get(`${method.verb} ${method.path}`);
    if (now === undefined || was === undefined || isOver(now) || !isOver(was)) return [];
    if (from.kind !== 'vpc-link-v1' && was.integrationTarget === undefined) return [];

    return [[toMoved(method, was), connectionOf(now)] as const];
  });
}

/** A method with where its integration leads. */
export function toMoved({ resourceId, verb, path }: RestMethod, integration: RestIntegrationOutput): MovedMethod {
  return { resourceId, verb, path, ...connectionOf(integration) };
}

function connectionOf({ connectionId, integrationTarget, uri }: RestIntegrationOutput): Connection {
  return { connectionId: connectionId ?? '', integrationTarget: integrationTarget ?? '', uri: uri ?? '' };
}

/**
 * Changes the integrations of the working copy from `from` to `to`, one patch list each: all of a list applies, or none.
 * One by one, the first change would be refused without the second. Integrations that are there already are not changed.
 * `others`: what is done about one that is neither, or does not exist any more, because another writer changed it.
 * @throws {PosternError} `WORLD_MOVED` for one of these, if they are refused
 */
export async function connectMethods(
  session: Session,
  apiId: string,
  from: readonly MovedMethod[],
  to: readonly MovedMethod[],
  others: 'refused' | 'kept',
  ctx: CallContext,
): Promise<void> {
  const methods = methodsOf(apiId, await listResources(session, apiId, ctx));
  const now = new Map(methods.map((one) => [`${one.resourceId}/${one.verb}`, one.method.methodIntegration] as const));
  const changes = to.flatMap((wanted, at) => {
    const is = now.get(`${wanted.resourceId}/${wanted.verb}`);
    const before = from[at];
    if (others === 'kept' && (is === undefined || before === undefined || !isAt(is, before))) return [];
    if (is === undefined || before === undefined) throw changedMeanwhile(`${apiId} has no ${nameOf(wanted)}`);
    if (isAt(is, wanted)) return [];
    if (!isAt(is, before)) {
      throw changedMeanwhile(
        `${nameOf(wanted)} of ${apiId} uses ${is.connectionId ?? 'no link'} and ${is.uri ?? 'no URI'}`,
      );
    }

    return [{ wanted, is }];
  });
  for (const { wanted, is } of changes) await connect(session, apiId, wanted, is, ctx);
}

async function connect(
  session: Session,
  restApiId: string,
  wanted: MovedMethod,
  is: RestIntegrationOutput,
  ctx: CallContext,
): Promise<void> {
  const method = { restApiId, resourceId: wanted.resourceId, httpMethod: wanted.verb };
  const before = connectionOf(is);
  const patchOperations: PatchOperation[] = [
    ...replaced('/connectionId', before.connectionId, wanted.connectionId),
    ...replaced('/integrationTarget', before.integrationTarget, wanted.integrationTarget),
    ...replaced('/uri', before.uri, wanted.uri),
  ];
  try {
    const answer = await session.call(ctx, 'apigateway', 'UpdateIntegration', { ...method, patchOperations });
    // Whether an empty value removes the target is not documented [U]: the answer shows it.
    if (wanted.integrationTarget !== '' || (answer.integrationTarget ?? '') === '') return;
  } catch (error) {
    if (wanted.integrationTarget !== '' || !isPosternError(error, 'CLOUD_REFUSED')) throw error;
  }
  await putWithoutTarget(session, method, wanted, is, ctx);
}

/** Sets the integration anew, without a target: for a V1 link, which has its own. */
async function putWithoutTarget(
  session: Session,
  method: { readonly restApiId: string; readonly resourceId: string; readonly httpMethod: string },
  wanted: MovedMethod,
  is: RestIntegrationOutput,
  ctx: CallContext,
): Promise<void> {
  if (is.type !== 'HTTP_PROXY') {
    // Setting it anew would delete its integration responses.
    throw new CloudError('CLOUD_REFUSED', `${nameOf(wanted)} of ${method.restApiId}: its target was not removed`, {
      operation: 'UpdateIntegration',
      remedy: `Set the integration of this method to VPC link ${wanted.connectionId} by hand. Calls do not use it.`,
    });
  }

  const input = { ...method, ...integrationOver({ ...is, httpMethod: is.httpMethod ?? wanted.verb }, wanted) };
  await session.call(ctx, 'apigateway', 'PutIntegration', input);
}

/** The integration of a proxy as it is, over another link. */
export function integrationOver(is: RestIntegrationOutput, to: Connection): WantedIntegration {
  const { requestParameters, timeoutInMillis, responseTransferMode, httpMethod } = is;
  const { connectionId, integrationTarget, uri } = to;
  return {
    type: 'HTTP_PROXY' as const,
    integrationHttpMethod: httpMethod,
    uri,
    connectionType: 'VPC_LINK' as const,
    connectionId,
    ...(integrationTarget === '' ? {} : { integrationTarget }),
    ...(requestParameters === undefined ? {} : { requestParameters: { ...requestParameters } }),
    ...defined({ timeoutInMillis }),
    ...(responseTransferMode === undefined
      ? {}
      : { responseTransferMode: responseTransferMode === 'STREAM' ? ('STREAM' as const) : ('BUFFERED' as const) }),
    ...unmanaged(is),
  };
}

function isAt(is: RestIntegrationOutput, at: Connection): boolean {
  return isSame(connectionOf(is), at);
}

/** Whether calls go to the same place. */
export function isSame(now: Connection, at: Connection): boolean {
  return now.connectionId === at.connectionId && now.integrationTarget === at.integrationTarget && now.uri === at.uri;
}

function nameOf({ verb, path }: MovedMethod): string {
  return `method ${verb} ${path}`;
}

/** The integrations over the new link. A V1 link has its own load balancer, so it gets no target. */
export async function targetsOf(
  session: Session,
  { to, targetBalancer }: MoveUnit,
  { methods }: Pick<RestCaptured, 'methods'>,
  ctx: CallContext,
): Promise<readonly MovedMethod[]> {
  const connectionId = to.id;
  if (targetBalancer === undefined) {
    const isOwn = to.kind === 'vpc-link-v1';
    return methods.map((one) => ({ ...one, connectionId, ...(isOwn ? { integrationTarget: '' } : {}) }));
  }

  const balancer = await readBalancer(session, targetBalancer, ctx);
  return methods.map((one) => ({
    ...one,
    connectionId,
    integrationTarget: to.kind === 'vpc-link-v1' ? '' : balancer.arn,
    uri: movedUri(one.uri, balancer),
  }));
}

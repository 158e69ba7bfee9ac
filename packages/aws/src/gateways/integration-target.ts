import type { Listener, Stage } from '@postern/core/internal/snapshot';
import type { RestIntegrationOutput } from '../sdk-types.js';
import type { CallContext, TargetTls } from '@postern/core/internal/library';
import { backendPath, CloudError, type RouteCall } from '@postern/core/internal/adapter';
import type { Session } from '../client/session.js';
import { listLoadBalancers } from '../load-balancing/load-balancer.js';

const VARIABLE = /\$\{stageVariables\.([A-Za-z0-9_]+)\}/g;

/** The values of the variables of a stage, by name. */
export type StageValues = Readonly<Record<string, string>>;

/** The members of an integration that decide where its calls go. Each may name stage variables. */
export type Leading = Pick<RestIntegrationOutput, 'connectionId' | 'integrationTarget' | 'uri'>;

/** The stage variables that an integration is named by, sorted: `link` for `${stageVariables.link}`. */
export function variablesOf({ connectionId, integrationTarget, uri }: Leading): readonly string[] {
  return [...new Set([connectionId, integrationTarget, uri].flatMap(namesIn))].toSorted();
}

function namesIn(text = ''): readonly string[] {
  return [...text.matchAll(VARIABLE)].map(([, name = '']) => name);
}

/** An integration with the values of a stage. A member whose variable the stage lacks is undefined. */
function withValues({ connectionId, integrationTarget, uri }: Leading, values: StageValues): Leading {
  const put = (text: string | undefined): string | undefined =>
    namesIn(text).every((name) => Object.hasOwn(values, name))
      ? text?.replace(VARIABLE, (_, name: string) => values[name] ?? '')
      : undefined;
  return { connectionId: put(connectionId), integrationTarget: put(integrationTarget), uri: put(uri) };
}

/** An integration as it is on each stage that has all its variables, and once more where a canary has other values of them. */
export function onStages(integration: Leading, stages: readonly Stage[]): readonly Leading[] {
  const names = variablesOf(integration);
  if (names.length === 0) return [integration];

  return stages
    .flatMap(({ variables = {}, canary }) => [
      variables,
      ...(names.some((name) => (canary?.variables?.[name] ?? variables[name]) !== variables[name])
        ? [{ ...variables, ...canary?.variables }]
        : []),
    ])
    .filter((values) => names.every((name) => Object.hasOwn(values, name)))
    .map((values) => withValues(integration, values));
}

/** Where the calls of an integration go: a port of a load balancer. */
export interface BackendPort {
  readonly loadBalancerArn: string;
  readonly port: number;
}

/** What is known besides an integration: the load balancers of V1 links, and listeners. */
export interface Backends {
  /** The load balancers of a V1 link, by ARN; undefined where no V1 link with this ID is known. */
  readonly balancersOf: (linkId: string) => readonly string[] | undefined;
  /** The ARN of the listener on a port; undefined where it is not known, or does not exist. */
  readonly listenerOf: (backend: BackendPort) => string | undefined;
}

/** The parts of the URI of an integration: `https://orders.internal:8443/orders/{id}`. */
export interface BackendUri {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  /** 80 or 443 where the URI has none; undefined where a stage variable names it. */
  readonly port: number | undefined;
  /** Begins with `/`. Placeholders are written `{id}`. */
  readonly path: string;
}

const URI = /^(https?):\/\/((?:\$\{[^}]+\}|[^/:?#$])+)(?::((?:\$\{[^}]+\}|\d)+))?(\/[^?#]*)?(?:[?#].*)?$/i;

/** Reads the URI of an HTTP integration; undefined for any other text. */
export function parseBackendUri(uri: string | undefined): BackendUri | undefined {
  const [, scheme = '', host, port, path = '/'] = URI.exec(uri ?? '') ?? [];
  if (host === undefined) return undefined;

  const secure = scheme.toLowerCase() === 'https';
  const number = port === undefined ? (secure ? 443 : 80) : /^\d+$/.test(port) ? Number(port) : undefined;
  return { scheme: secure ? 'https' : 'http', host, port: number, path };
}

/**
 * The load balancer and the port that an integration leads to. `integrationTarget` names the load balancer of
 * a V2 link; a V1 link has its own. The port of the URI selects the listener.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html
 */
export function backendOf(
  { connectionId, integrationTarget, uri }: Leading,
  { balancersOf }: Pick<Backends, 'balancersOf'>,
): BackendPort | undefined {
  const [first] = integrationTarget === undefined ? (balancersOf(connectionId ?? '') ?? []) : [integrationTarget];
  const port = parseBackendUri(uri)?.port;
  return first === undefined || port === undefined ? undefined : { loadBalancerArn: first, port };
}

/** The ID of the target at a port: the ARN of the listener; where none is known, `<load balancer ARN>:<port>`. */
export function targetIdOf(backend: BackendPort, { listenerOf }: Pick<Backends, 'listenerOf'>): string {
  return listenerOf(backend) ?? `${backend.loadBalancerArn}:${backend.port}`;
}

/** Protocols that do not carry HTTP over TCP. A port may have a listener of one of them besides one for TCP. */
const DATAGRAMS: readonly string[] = ['UDP', 'QUIC'];

/** Finds listeners for TCP in a list, by load balancer and port. */
export function listenersByPort(
  listeners: readonly Pick<Listener, 'id' | 'loadBalancerId' | 'port' | 'protocol'>[],
): Backends['listenerOf'] {
  const byPort = new Map(
    listeners
      .filter(({ protocol }) => !DATAGRAMS.includes(protocol))
      .map(({ id, loadBalancerId, port }) => [`${loadBalancerId}:${port}`, id] as const),
  );
  return ({ loadBalancerArn, port }) => byPort.get(`${loadBalancerArn}:${port}`);
}

/** Where an integration leads. */
export interface Resolved {
  readonly linkId: string | undefined;
  readonly targetId: string | undefined;
}

/** The link and the target of an integration without stage variables. */
export function resolveIntegration(integration: Leading, backends: Backends): Resolved {
  const backend = backendOf(integration, backends);
  return { linkId: integration.connectionId, targetId: backend && targetIdOf(backend, backends) };
}

/** The value that all have; undefined where they differ. */
export function onlyOne(values: readonly (string | undefined)[]): string | undefined {
  const [first, ...others] = new Set(values);
  return others.length === 0 ? first : undefined;
}

/** The DNS name of a load balancer, by ARN. */
export type NameOf = (loadBalancerArn: string, ctx: CallContext) => Promise<string>;

/**
 * The DNS names of load balancers, each read once: the name of a load balancer never changes. It throws
 * `NOT_FOUND` for one that does not exist.
 */
export function balancerNames(session: Session): NameOf {
  const known = new Map<string, string>();
  return async (arn, ctx) => {
    if (!known.has(arn)) {
      for (const { LoadBalancerArn, DNSName } of await listLoadBalancers(session, ctx)) {
        if (DNSName !== undefined) known.set(LoadBalancerArn, DNSName);
      }
    }
    const name = known.get(arn);
    if (name !== undefined) return name;

    throw new CloudError('NOT_FOUND', `load balancer ${arn} does not exist in ${session.region}`, {
      operation: 'DescribeLoadBalancers',
      remedy: 'Check the load balancer of the target. If it was replaced, plan again.',
    });
  };
}

/**
 * The URI of the integration of a route: `https://orders.internal:8443/orders/{id}`. The port selects the
 * listener; the host is the `Host` of backend requests, and the name that the certificate is checked for. A
 * host that is not declared stays, unless it is the name of a load balancer or was the name of a certificate.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html
 */
export async function backendUri(
  { use, settings }: Pick<RouteCall, 'use' | 'settings'>,
  path: string,
  is: RestIntegrationOutput | undefined,
  nameOf: NameOf,
  ctx: CallContext,
): Promise<string> {
  const { target, tls } = use;
  const [scheme, usual] = tls === undefined ? ['http', 80] : ['https', 443];
  const declared = settings?.host ?? tls?.serverName;
  const host =
    declared ?? (tls === undefined ? ownHost(is) : undefined) ?? (await nameOf(target.resourceId ?? '', ctx));
  const port = target.port === usual ? '' : `:${target.port}`;
  return `${scheme}://${host}${port}${backendPath(path)}`;
}

function ownHost(is: RestIntegrationOutput | undefined): string | undefined {
  const uri = parseBackendUri(is?.uri);
  return uri?.scheme === 'http' && !isBalancerName(uri.host) ? uri.host : undefined;
}

/** The DNS name of a load balancer, which no certificate covers: `orders-1a2b.elb.eu-west-1.amazonaws.com`. */
const OWN_NAME = /\.elb\.(?:[a-z0-9-]+\.)?amazonaws\.com(?:\.cn)?$/i;

/**
 * How an integration speaks TLS to its target; undefined: plain HTTP. The certificate is checked for the host
 * of the URI.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html
 */
export function tlsOf({ uri }: Pick<RestIntegrationOutput, 'uri'>): TargetTls | undefined {
  const parsed = parseBackendUri(uri);
  if (parsed?.scheme !== 'https') return undefined;

  return isBalancerName(parsed.host) ? {} : { serverName: parsed.host };
}

/** Whether a host is the DNS name of a load balancer. */
export function isBalancerName(host: string): boolean {
  return OWN_NAME.test(host);
}

/**
 * Whether `id` can be an ID of API Gateway: letters and digits. Any other text does not exist. As part of a
 * path it could name another resource: an empty text names the list, `..` the level above.
 */
export function isResourceId(id: string): boolean {
  return /^[A-Za-z0-9]{1,64}$/.test(id);
}

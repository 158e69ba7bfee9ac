import type { Listener } from '@postern/core/snapshot';
import type { Leading } from './stage-variables.js';

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

import type { Listener, Stage } from '@postern/core/internal/snapshot';
import type { RestIntegrationOutput } from '../sdk-types.js';

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

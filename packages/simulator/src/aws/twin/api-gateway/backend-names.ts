import type { RegionSnapshot, TargetTls, GatewayIntegration, Stage } from '@postern/core/internal/library';
import type { Lack } from '../lack.js';

/** Where an integration leads. The port of its URI counts where the load balancer is not known. */
export interface Lead extends Pick<GatewayIntegration, 'linkId' | 'targetId'> {
  readonly port?: number | undefined;
}

/** An integration over a link whose URI selects a port of a load balancer, as far as a snapshot shows it. */
export interface ShownIntegration {
  /** For notes: `GET /orders of a1b2c3`. */
  readonly what: string;
  /** Where it leads; where stage variables name it, once for each place. */
  readonly leads: readonly Lead[];
  readonly variables: readonly string[];
  /** Undefined: the URI as a whole is a stage variable. */
  readonly host: string | undefined;
  readonly tls: TargetTls | undefined;
  /** Begins with `/`. */
  readonly path: string;
}

export interface BackendNames {
  readonly connectionId: string | undefined;
  readonly integrationTarget: string | undefined;
  readonly uri: string;
}

/** A member of an integration, or a part of its URI, that one stage variable names as a whole. */
type Part = 'link' | 'balancer' | 'port' | 'path' | 'uri';

const PORTS = { http: 80, https: 443 } as const;

/** The names with which an integration leads where the snapshot shows. Hosts carry their stage variables themselves. */
export function backendNames(
  region: Pick<RegionSnapshot, 'links' | 'listeners'>,
  stages: readonly Stage[],
  shown: ShownIntegration,
  lack: Lack,
): BackendNames {
  const parts = partsOf(region, stages, shown, lack);
  const named = (part: Part): string | undefined => {
    const name = parts.get(part);
    return name === undefined ? undefined : `\${stageVariables.${name}}`;
  };
  const [lead] = shown.leads;
  // With the link of one stage it may lead nowhere.
  const led = shown.leads.find(({ targetId }) => targetId !== undefined);
  const backend = balancerPort(region, led?.targetId, lack);
  const isOwn = shown.leads.every((one) => isOfLink(region, one, lack));
  const scheme = shown.tls === undefined ? 'http' : 'https';
  const shownPort = backend?.port ?? lead?.port;
  const port = named('port') ?? (shownPort === PORTS[scheme] ? undefined : shownPort);
  const path = `${shown.path}${named('path') ?? ''}`;
  return {
    connectionId: named('link') ?? lead?.linkId,
    integrationTarget: named('balancer') ?? (isOwn ? undefined : backend?.balancerArn),
    uri: named('uri') ?? `${scheme}://${shown.host ?? ''}${port === undefined ? '' : `:${port}`}${path}`,
  };
}

/**
 * Which variable names which part. Its values on the stages show that; one that they do not show, which a note tells,
 * names a part that no other one does.
 */
function partsOf(
  { links }: Pick<RegionSnapshot, 'links'>,
  stages: readonly Stage[],
  { what, leads, variables, host }: ShownIntegration,
  lack: Lack,
): ReadonlyMap<Part, string> {
  const linkIds = new Set([...links.map(({ id }) => id), ...leads.map(({ linkId }) => linkId)]);
  const parts = new Map<Part, string>();
  const hidden: string[] = [];
  for (const name of variables) {
    if (host?.includes(`\${stageVariables.${name}}`) === true) continue;

    const part = partShown(valuesOf(stages, name), linkIds, host === undefined);
    if (part === undefined || parts.has(part)) hidden.push(name);
    else parts.set(part, name);
  }
  for (const name of hidden) {
    lack(`which part of the integration of ${what} stage variable ${name} names is not in a snapshot`);
    parts.set(['link', 'port', 'balancer'].find((part): part is Part => !parts.has(part as Part)) ?? 'path', name);
  }
  return parts;
}

function partShown(
  values: readonly string[],
  linkIds: ReadonlySet<string | undefined>,
  isUri: boolean,
): Part | undefined {
  if (values.length === 0) return undefined;
  if (values.some((value) => linkIds.has(value))) return 'link';
  if (values.every((value) => value.startsWith('arn:'))) return 'balancer';
  if (isUri) return 'uri';

  return values.every((value) => /^\d+$/.test(value)) ? 'port' : undefined;
}

/** The stage variables by whose values several leads of one integration differ, where no route shows them. */
export function variablesOfLeads(
  region: Pick<RegionSnapshot, 'listeners'>,
  stages: readonly Stage[],
  leads: ShownIntegration['leads'],
): readonly string[] {
  const names = new Set(stages.flatMap(({ variables = {} }) => Object.keys(variables)));
  const ports = leads.map(({ targetId }) => balancerPort(region, targetId, () => undefined)?.port);
  return [leads.map(({ linkId }) => linkId), ports.map((port) => (port === undefined ? port : String(port)))]
    .map((values) => new Set(values))
    .filter(({ size }) => size > 1)
    .flatMap(
      (values) =>
        [...names].find((name) => [...values].every((value) => valuesOf(stages, name).some((one) => one === value))) ??
        [],
    );
}

function valuesOf(stages: readonly Stage[], name: string): readonly string[] {
  return stages
    .flatMap(({ variables, canary }) => [variables?.[name], canary?.variables?.[name]])
    .filter((value) => value !== undefined);
}

/** Whether the link itself decides which load balancer is called. */
function isOfLink(
  region: Pick<RegionSnapshot, 'links' | 'listeners'>,
  { linkId, targetId }: Lead,
  lack: Lack,
): boolean {
  const own = region.links.find(({ id }) => id === linkId)?.loadBalancerIds ?? [];
  const backend = balancerPort(region, targetId, lack);
  return backend === undefined || own.includes(backend.balancerArn);
}

/** The load balancer and port of a listener's ARN, or of `<load balancer ARN>:<port>`. */
function balancerPort({ listeners }: Pick<RegionSnapshot, 'listeners'>, targetId: string | undefined, lack: Lack) {
  if (targetId === undefined) return undefined;

  const listener = listeners.find(({ id }) => id === targetId);
  if (listener !== undefined) return { balancerArn: listener.loadBalancerId, port: listener.port };

  const [, arn, port] = /^([^/]+:loadbalancer\/.+):(\d+)$/.exec(targetId) ?? [];
  if (arn !== undefined) return { balancerArn: arn, port: Number(port) };

  lack(`the port of listener ${targetId} is not in the snapshot`);
  return { balancerArn: targetId.replace(':listener/', ':loadbalancer/').replace(/\/[^/]+$/, ''), port: undefined };
}

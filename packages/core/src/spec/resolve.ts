import { parseAddress } from '../cidr/address.js';
import { parsePrefix } from '../cidr/prefix.js';
import { isPosternError } from '../errors.js';
import type { GatewayRef } from '../model/gateway.js';
import type { IntegrationSpec, LinkSpec, Spec, TargetSpec } from '../model/spec.js';
import type { TargetRef } from '../model/target.js';
import { resolveAllowlist } from './allowlist.js';
import { checkMoves } from './check-moves.js';
import { arnFault, roleFault } from './arn.js';
import { checkAlibabaLink, checkAlibabaTarget } from './check-alibaba.js';
import { checkIds } from './check-ids.js';
import { checkIgnores } from './check-ignore.js';
import { checkApiGroupRoute, checkHttpApiRoute } from './check-route.js';
import { canonicalBlocks, resolveAssumed } from './resolve-facts.js';
import type { ParseSpecOptions } from './parse-read.js';
import type { Path } from './plain.js';
import type { Problem } from './problem.js';
import { referenceProblems } from './references.js';
import type { CheckedGateway, CheckedLink, CheckedSpec, CheckedTarget } from './schema.js';

export interface Resolved {
  readonly spec: Spec;
  readonly problems: readonly Problem[];
}

/** Where the link of each name stands: under `links`, or inside its integration. */
export function linkPath(input: CheckedSpec, name: string): Path {
  return Object.hasOwn(input.links ?? {}, name) ? ['links', name] : ['integrations', name, 'link'];
}

/**
 * Fills in defaults, gives links that are written inside an integration its name, and checks what a schema cannot: blocks,
 * ARNs and their regions, and what refers to what. `region` is for links where neither they nor the defaults name one.
 */
export function resolveSpec(input: CheckedSpec, region: ParseSpecOptions['region']): Resolved {
  const problems: Problem[] = [];
  const links: [string, CheckedLink][] = Object.entries(input.links ?? {});
  for (const [name, integration] of Object.entries(input.integrations ?? {})) {
    if (typeof integration.link === 'string') continue;
    links.push([name, integration.link]);
    if (!Object.hasOwn(input.links ?? {}, name)) continue;
    const message = `the link written here would be called ${name}, as the one under links is`;
    const path: Path = ['integrations', name, 'link'];
    problems.push({ code: 'INVALID_SPEC', message, remedy: `Write link: ${name}, or rename one of them.`, path });
  }
  const linkSpecs = links.map(([name, link]) => {
    const path = linkPath(input, name);
    return [name, resolveLink(name, link, input, region, path, problems)] as const;
  });
  const linksByName = Object.fromEntries(linkSpecs);

  const integrations = Object.entries(input.integrations ?? {}).map(([name, given]): [string, IntegrationSpec] => {
    const path: Path = ['integrations', name];
    const link = typeof given.link === 'string' ? given.link : name;
    const linkSpec = Object.hasOwn(linksByName, link) ? linksByName[link] : undefined;
    const targets = Object.entries(given.targets).map(([key, target]): [string, TargetSpec] => [
      key,
      resolveTarget(target, linkSpec, [...path, 'targets', key], problems),
    ]);
    const { apiGroup, httpApi } = given.gateway;
    const checkRoute =
      apiGroup !== undefined ? checkApiGroupRoute : httpApi !== undefined ? checkHttpApiRoute : undefined;
    if (checkRoute !== undefined && given.owner !== 'external') {
      for (const key of Object.keys(given.routes)) checkRoute(key, [...path, 'routes', key], problems);
    }
    return [
      name,
      {
        link,
        gateway: gatewayRef(given.gateway),
        targets: Object.fromEntries(targets),
        routes: given.routes,
        ...pick(given, ['owner', 'protect']),
      },
    ];
  });
  const spec: Spec = {
    version: 1,
    project: input.project,
    ...(input.spec === undefined ? {} : { spec: input.spec }),
    links: linksByName,
    integrations: Object.fromEntries(integrations),
    ...(input.assume === undefined ? {} : { assume: resolveAssumed(input.assume, problems) }),
    ...pick(input, ['ignore']),
  };
  checkMoves(linksByName, (name) => linkPath(input, name), problems);
  checkIgnores(input.ignore, problems);
  return { spec, problems: [...problems, ...referenceProblems(spec)] };
}

/** The named members that are there: optional members of a spec are missing, never `undefined`, so that it is plain JSON. */
function pick<T extends object, K extends keyof T>(
  from: T,
  keys: readonly K[],
): { [P in K]?: Exclude<T[P], undefined> } {
  const entries = keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]]);
  return Object.fromEntries(entries) as { [P in K]?: Exclude<T[P], undefined> };
}

function resolveLink(
  name: string,
  link: CheckedLink,
  input: CheckedSpec,
  fallback: ParseSpecOptions['region'],
  path: Path,
  problems: Problem[],
): LinkSpec {
  const otherwise = typeof fallback === 'function' ? fallback(link.provider) : fallback;
  const region = link.region ?? input.defaults?.region ?? otherwise;
  if (region === undefined) {
    const remedy = 'Write region: here, or under defaults.';
    problems.push({ code: 'REGION_MISSING', message: `link ${name} has no region`, remedy, path });
  }
  // An external link without an id is found by its name.
  if (link.id === undefined && link.subnets === undefined && link.owner !== 'external') {
    const remedy = 'Write subnets: to create a link, or id: to adopt one.';
    problems.push({ code: 'INVALID_SPEC', message: 'it is not said which link this is', remedy, path });
  }
  if (link.provider === 'aws') {
    checkIds('aws', link.subnets, 'subnet', [...path, 'subnets'], problems);
    checkIds('aws', link.securityGroups, 'sg', [...path, 'securityGroups'], problems);
    const fault = link.assumeRole === undefined ? undefined : roleFault(link.assumeRole, region);
    if (fault) problems.push({ ...fault, path: [...path, 'assumeRole'] });
    if (link.network !== undefined) checkIds('aws', [link.network], 'vpc', [...path, 'network'], problems, true);
  }
  if (link.provider === 'alibaba') checkAlibabaLink(name, link, path, problems);
  const { create, delete: remove } = { ...input.defaults?.timeouts, ...link.timeouts };
  const allowed = link.allowlist && resolveAllowlist(link.allowlist, link.provider, [...path, 'allowlist'], problems);
  const native: { instanceCidr?: string | undefined; spec?: string | undefined } =
    link.provider === 'alibaba' ? pick(link, ['instanceCidr', 'spec']) : {};
  if (native.instanceCidr !== undefined) checkBlock(native.instanceCidr, [...path, 'instanceCidr'], problems);
  return {
    provider: link.provider,
    region: region ?? '',
    ...pick(link, [
      'account',
      'profile',
      'assumeRole',
      'id',
      'name',
      'movedFrom',
      'network',
      'subnets',
      'securityGroups',
      'owner',
      'protect',
    ]),
    ...allowed,
    ...(create === undefined && remove === undefined
      ? {}
      : { timeouts: { ...(create && { createMs: create }), ...(remove && { deleteMs: remove }) } }),
    tags: { ...input.defaults?.tags, ...link.tags },
    ...(Object.keys(native).length === 0 ? {} : { native }),
  };
}

function checkBlock(block: string, path: Path, problems: Problem[]): void {
  try {
    parsePrefix(block);
  } catch (error) {
    problems.push(problemFrom(error, path));
  }
}

function problemFrom(error: unknown, path: Path): Problem {
  if (!isPosternError(error)) throw error;
  return { code: error.code, message: error.message, remedy: error.remedy, path };
}

function gatewayRef(gateway: CheckedGateway): GatewayRef {
  if (gateway.httpApi !== undefined) return { httpApi: gateway.httpApi };
  if (gateway.restApi !== undefined) return { restApi: gateway.restApi };
  if (gateway.webSocketApi !== undefined) return { webSocketApi: gateway.webSocketApi };
  // What is declared to be served has to be published somewhere: on the stage that callers use, unless it is said where.
  return { apiGroup: gateway.apiGroup ?? '', stages: gateway.stages ?? ['RELEASE'] };
}

function resolveTarget(target: CheckedTarget, link: LinkSpec | undefined, path: Path, problems: Problem[]): TargetSpec {
  const aws = target.listener !== undefined || target.service !== undefined;
  if (link && aws !== (link.provider === 'aws')) {
    const kinds = aws ? 'instance or address, with a port' : 'listener or service';
    const message = `a link of ${link.provider} reaches no target of this kind`;
    problems.push({ code: 'WRONG_KIND', message, remedy: `Write ${kinds}.`, path });
  }
  const check = (text: string, kind: Parameters<typeof arnFault>[1], at: Path): void => {
    const fault = arnFault(text, kind, link?.provider === 'aws' ? link.region || undefined : undefined);
    if (fault) problems.push({ ...fault, path: at });
  };
  if (typeof target.listener === 'string') check(target.listener, 'listener', [...path, 'listener']);
  else if (target.listener?.loadBalancer.startsWith('arn:')) {
    check(target.listener.loadBalancer, 'load balancer', [...path, 'listener', 'loadBalancer']);
  }
  if (target.service !== undefined) check(target.service, 'Cloud Map service', [...path, 'service']);
  if (target.address !== undefined) {
    try {
      parseAddress(target.address);
    } catch (error) {
      problems.push(problemFrom(error, [...path, 'address']));
    }
  }
  if (link?.provider === 'alibaba') checkAlibabaTarget(target, path, problems);
  const { admits } = target;
  return {
    ref: targetRef(target),
    ...(admits === undefined ? {} : { admits: canonicalBlocks(admits, [...path, 'admits'], problems) }),
    ...pick(target, ['tls', 'path']),
  };
}

function targetRef(target: CheckedTarget): TargetRef {
  if (target.listener !== undefined) return { listener: target.listener };
  if (target.service !== undefined) return { service: target.service };
  if (target.instance !== undefined) return { instance: target.instance, port: target.port ?? 0 };
  return { address: target.address ?? '', port: target.port ?? 0 };
}

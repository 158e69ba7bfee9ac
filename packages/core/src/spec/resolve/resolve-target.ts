import { defined } from '../../ground/defined.js';
import { linkTraits, kindCreatedFrom, kindOfLink } from '../../do/kinds/cloud/link-kinds.js';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import type { KeyForm } from '../../do/kinds/cloud/spec-keys.js';
import { parseAddress } from '../../cidr/address.js';
import type { LinkSpec, TargetSpec, IntegrationSpec, AssumedFacts } from '../../do/spec.js';
import type { TargetRef } from '../../do/model/target.js';
import { canonicalBlocks, problemFrom, checkBlock, checkLink, checkRegion, checkParts } from '../check/check-parts.js';
import type { Problem } from '../problems/problem.js';
import type { CheckedTarget, CheckedSpec, CheckedLink } from '../schema/spec-schema.js';
import type { KeyPath } from '../source/source-node.js';
import type { GatewayKindTraits } from '../../do/kinds/gateway/gateway-traits.js';
import type { RouteSettings } from '../../do/model/route.js';
import { checkSettings } from '../check/check-route.js';
import type { CheckedRoute } from '../schema/route-schema.js';
import type { Cloud } from '../../do/kinds/cloud/cloud.js';
import type { DeclaredLink } from '../../do/kinds/cloud/declared.js';
import type { LinkKind } from '../../do/model/link.js';
import type { Reading } from '../parse-options.js';
import { resolveAllowlist } from './resolve-allowlist.js';

/** A target with its defaults; what is wrong with it is added to `problems`. */
export function resolveTarget(
  target: CheckedTarget,
  link: LinkSpec | undefined,
  clouds: Clouds,
  path: KeyPath,
  problems: Problem[],
): TargetSpec {
  // The schema requires exactly one.
  const key = clouds.targetKeys.find((one) => target[one] !== undefined) as string;
  const { form, hasPort, faults } = clouds.target(key);
  const kinds = link && linkTraits(clouds, link).targets;
  const isLedTo = kinds?.includes(key) === true;
  if (link && kinds && !isLedTo) {
    const withPort = kinds.some((kind) => clouds.target(kind).hasPort) ? ', with a port' : '';
    const message = `links of ${link.provider} do not support targets of this kind`;
    problems.push({ code: 'WRONG_KIND', message, remedy: `Write ${kinds.join(' or ')}${withPort}.`, path });
  }
  const region = isLedTo ? link?.region || undefined : undefined;
  for (const fault of faults(target[key], { region, isLedTo }))
    problems.push({ ...fault, path: [...path, key, ...fault.path] });
  checkAddresses(target[key], form, [...path, key], problems);
  const { admits } = target;
  const ref = { [key]: target[key], ...(hasPort ? { port: target.port ?? 0 } : {}) };
  return {
    ref: ref as unknown as TargetRef,
    ...(admits === undefined ? {} : { admits: canonicalBlocks(admits, [...path, 'admits'], problems) }),
    ...pick(target, ['tls', 'path']),
  };
}

/** Reports what is not an address, in a key that takes one or several. */
function checkAddresses(value: unknown, form: KeyForm, path: KeyPath, problems: Problem[]): void {
  if (typeof form === 'object' && 'listOf' in form) {
    for (const [at, one] of (value as readonly unknown[]).entries())
      checkAddresses(one, form.listOf, [...path, at], problems);
  }
  if (form !== 'IP address') return;

  try {
    parseAddress(value as string);
  } catch (error) {
    problems.push(problemFrom(error, path));
  }
}

/**
 * The named members that exist: optional members of a spec are missing, never `undefined`, so that it is plain JSON.
 */
export function pick<T extends object, K extends keyof T>(
  from: T,
  keys: readonly K[],
): { [P in K]?: Exclude<T[P], undefined> } {
  const picked: { [P in K]?: T[P] } = {};
  for (const key of keys) {
    if (from[key] !== undefined) picked[key] = from[key];
  }
  return picked as { [P in K]?: Exclude<T[P], undefined> };
}

type Given = Readonly<Record<string, string | CheckedRoute>>;

/** Routes with the names of their targets, and the settings of those that declare some; also those that the gateway does not have. */
export function resolveRoutes(
  traits: GatewayKindTraits,
  given: Given,
  path: KeyPath,
  problems: Problem[],
): Pick<IntegrationSpec, 'routes' | 'settings'> {
  if (Object.values(given).every((route) => typeof route === 'string'))
    return { routes: given as Record<string, string> };

  const settings: [string, RouteSettings][] = [];
  const routes = Object.entries(given).map(([key, route]) => {
    if (typeof route === 'string') return [key, route];

    const { target, timeout, ...others } = route;
    const own: RouteSettings = {
      ...pick(others, ['host', 'parameters', 'authorizer', 'scopes', 'apiKey', 'stream', 'throttle']),
      ...defined({ timeoutMs: timeout }),
    };
    if (Object.keys(own).length > 0) settings.push([key, own]);
    checkSettings(traits, key, own, [...path, key], problems);
    return [key, target];
  });
  return {
    routes: Object.fromEntries(routes) as Record<string, string>,
    ...(settings.length === 0 ? {} : { settings: Object.fromEntries(settings) }),
  };
}

/** `assume` with its blocks read. */
export function resolveAssumed(given: NonNullable<CheckedSpec['assume']>, problems: Problem[]): AssumedFacts {
  const { internalBlocks, returnPaths, stageVariables, registries, hosts } = given;
  return {
    ...(internalBlocks === undefined
      ? {}
      : {
          internalBlocks: Object.fromEntries(
            Object.entries(internalBlocks).map(([key, texts]) => [
              key,
              canonicalBlocks(texts, ['assume', 'internalBlocks', key], problems),
            ]),
          ),
        }),
    ...(returnPaths === undefined
      ? {}
      : { returnPaths: canonicalBlocks(returnPaths, ['assume', 'returnPaths'], problems) }),
    ...defined({ stageVariables, registries }),
    ...(hosts === undefined ? {} : { hosts: inLowerCase(hosts) }),
  };
}

type Hosts = NonNullable<AssumedFacts['hosts']>;

/** Hosts in the form for comparison: each once, in lower case. */
function inLowerCase(hosts: Hosts): Hosts {
  const ofTargets = (own: Hosts[string]): Hosts[string] =>
    Object.fromEntries(
      Object.entries(own).map(([target, names]) => [target, [...new Set(names.map((name) => name.toLowerCase()))]]),
    );
  return Object.fromEntries(Object.entries(hosts).map(([integration, own]) => [integration, ofTargets(own)]));
}

/** A link with its defaults; what is wrong with it is added to `problems`. The region of `reading` is for a link where none is written. */
export function resolveLink(
  name: string,
  link: CheckedLink,
  input: CheckedSpec,
  { clouds, region: fallback }: Reading,
  path: KeyPath,
  problems: Problem[],
): LinkSpec {
  const region =
    link.region ?? input.defaults?.region ?? (typeof fallback === 'function' ? fallback(link.provider) : fallback);
  if (region === undefined) {
    const remedy = 'Write region: here, or under defaults.';
    problems.push({ code: 'REGION_MISSING', message: `link ${name} has no region`, remedy, path });
  }
  checkRegion(link, input, clouds, path, problems);
  const kind = kindOf(link, clouds);
  const declared = kindOfLink(clouds, { kind, provider: link.provider });
  const traits = clouds.link(declared);
  checkParts(link, declared, traits, path, problems);
  // The schema accepts clouds of the set alone.
  const cloud = clouds.named(link.provider) as Cloud;
  const written = link as unknown as DeclaredLink;
  checkLink(written, cloud, traits, { key: name, kind: declared, region }, path, problems);
  const { create, delete: remove } = { ...input.defaults?.timeouts, ...link.timeouts };
  const allowed =
    link.allowlist && resolveAllowlist(link.allowlist, declared, traits, [...path, 'allowlist'], problems);
  const native = pick(written, traits.settings);
  for (const key of traits.settings) {
    const block = cloud.keys?.link?.[key]?.form === 'CIDR block' ? native[key] : undefined;
    if (block !== undefined) checkBlock(block as string, [...path, key], problems);
  }
  return {
    provider: link.provider,
    region: region ?? '',
    ...pick(link, [
      'account',
      'profile',
      'assumeRole',
      'id',
      'name',
      'network',
      'subnets',
      'securityGroups',
      'owner',
      'protect',
    ]),
    ...defined({ kind, loadBalancer: link.loadBalancer }),
    ...allowed,
    ...(create === undefined && remove === undefined
      ? {}
      : { timeouts: { ...(create && { createMs: create }), ...(remove && { deleteMs: remove }) } }),
    tags: { ...input.defaults?.tags, ...link.tags },
    ...(Object.keys(native).length === 0 ? {} : { native }),
  };
}

/** The kind that is written, or that the other keys mean; undefined: the first one of the cloud. */
function kindOf({ kind, loadBalancer, provider }: CheckedLink, clouds: Clouds): LinkKind | undefined {
  return kind ?? (loadBalancer === undefined ? undefined : kindCreatedFrom(clouds, provider, 'loadBalancer'));
}

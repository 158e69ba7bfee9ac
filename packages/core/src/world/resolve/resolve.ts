import { InvalidInputError } from '../../errors.js';
import type { Gateway } from '../../model/gateway.js';
import type { IntegrationSpec, Spec, TargetSpec } from '../../model/spec.js';
import type { Target } from '../../model/target.js';
import type { RegionSnapshot, Snapshot } from '../../snapshot/snapshot.js';
import { isOnOneLink, isSameLink } from '../../kinds/group-link.js';
import { namelessAddress } from '../../kinds/plain-address.js';
import type { Problems } from './problems.js';
import { placeOf } from '../../model/place.js';
import { checkedUse } from './refusals.js';
import { resolveGateway } from './resolve-gateway.js';
import { networkOfSubnets, resolveLink, type ResolvedLink } from './resolve-link.js';
import { resolveTarget, targetText } from './resolve-target.js';

/** A target of an integration; `target` is undefined where it is made on demand and is not there yet. */
export interface ResolvedTarget {
  readonly name: string;
  readonly spec: TargetSpec;
  readonly target?: Target | undefined;
}

export interface ResolvedIntegration {
  readonly name: string;
  readonly spec: IntegrationSpec;
  readonly link: ResolvedLink;
  readonly region: RegionSnapshot;
  readonly gateway: Gateway;
  readonly targets: ReadonlyMap<string, ResolvedTarget>;
}

/** A spec with every look-up answered by one snapshot. What could not be answered is missing, and recorded as a problem. */
export interface ResolvedSpec {
  readonly spec: Spec;
  readonly snapshot: Snapshot;
  readonly links: ReadonlyMap<string, ResolvedLink>;
  readonly integrations: ReadonlyMap<string, ResolvedIntegration>;
}

/**
 * Answers every look-up of the spec from the snapshot alone. Problems are collected, each with its code, its place in the
 * spec and a remedy: `NOT_FOUND`, `AMBIGUOUS`, `WRONG_NETWORK`, `SUBNETS_OF_SEVERAL_NETWORKS`, `UNKNOWN_REFERENCE`,
 * `INVALID_SPEC`, what an adapter refuses, and the codes of gaps.
 */
export function resolveSpec(snapshot: Snapshot, spec: Spec, problems: Problems): ResolvedSpec {
  const links = new Map<string, ResolvedLink>();
  for (const [name, link] of Object.entries(spec.links)) {
    const resolved = problems.gather(() => resolveLink(snapshot, spec, name, link));
    if (resolved !== undefined) links.set(name, resolved);
  }
  const integrations = new Map<string, ResolvedIntegration>();
  for (const [name, integration] of Object.entries(spec.integrations)) {
    const link = links.get(integration.link);
    if (link === undefined) {
      if (!Object.hasOwn(spec.links, integration.link)) unknownLink(spec, name, integration, problems);
      continue;
    }
    const resolved = problems.gather(() => resolveIntegration(spec, name, integration, link, problems));
    if (resolved !== undefined) integrations.set(name, resolved);
  }
  checkKeys(integrations, problems);
  checkGroups(integrations, problems);
  return { spec, snapshot, links, integrations };
}

function resolveIntegration(
  spec: Spec,
  name: string,
  integration: IntegrationSpec,
  link: ResolvedLink,
  problems: Problems,
): ResolvedIntegration {
  const path = `integrations.${name}`;
  const { region } = link;
  const targets = new Map<string, ResolvedTarget>();
  for (const [key, target] of Object.entries(integration.targets)) {
    const place = placeOf(spec, `${path}.targets.${key}`);
    problems.gather(() => {
      const found = resolveTarget(region, target.ref, place, checkedUse(integration, target), networkOf(link));
      checkNetwork(link, found, targetText(target.ref), place);
      const nameless = integration.owner === 'external' ? undefined : namelessAddress(target.ref, target.tls, found);
      if (nameless !== undefined) {
        throw new InvalidInputError('UNSUPPORTED', nameless.message, { place, remedy: nameless.remedy });
      }
      targets.set(key, { name: key, spec: target, target: found });
    });
  }
  for (const [key, target] of Object.entries(integration.routes)) {
    if (Object.hasOwn(integration.targets, target)) continue;
    problems.add('UNKNOWN_REFERENCE', `${path}.routes.${key}`, `route ${key} leads to ${target}, which is no target`, {
      remedy: `Write one of the targets: ${Object.keys(integration.targets).join(', ')}.`,
    });
  }
  const gateway = resolveGateway(region, integration.gateway, placeOf(spec, `${path}.gateway`));
  return { name, spec: integration, link, region, gateway, targets };
}

function networkOf(link: ResolvedLink): string | undefined {
  return link.networkId ?? networkOfSubnets(link.region, link.given);
}

function checkNetwork(
  link: ResolvedLink,
  target: Target | undefined,
  what: string,
  place: ReturnType<typeof placeOf>,
): void {
  const networkId = networkOf(link);
  if (target?.networkId === undefined || networkId === undefined || target.networkId === networkId) return;
  throw new InvalidInputError(
    'WRONG_NETWORK',
    `${what} lives in ${target.networkId}, link ${link.name} leads into ${networkId}`,
    {
      place,
      remedy: `Use a link whose subnets are in ${target.networkId}, or a target in ${networkId}.`,
      details: { networkId, targetNetworkId: target.networkId },
    },
  );
}

function unknownLink(spec: Spec, name: string, { link }: IntegrationSpec, problems: Problems): void {
  const known = Object.keys(spec.links);
  problems.add(
    'UNKNOWN_REFERENCE',
    `integrations.${name}.link`,
    `integration ${name} uses the link ${link}, which is not defined`,
    {
      remedy: known.length === 0 ? `Define ${link} under links.` : `Write one of the links: ${known.join(', ')}.`,
    },
  );
}

/** One route key of one gateway belongs to one integration. */
function checkKeys(integrations: ReadonlyMap<string, ResolvedIntegration>, problems: Problems): void {
  const seen = new Map<string, string>();
  for (const { name, gateway, spec, region } of integrations.values()) {
    for (const key of Object.keys(spec.routes)) {
      const id = `${region.provider}/${region.region}/${region.account}/${gateway.id} ${key}`;
      const other = seen.get(id);
      seen.set(id, name);
      if (other === undefined) continue;
      problems.add(
        'INVALID_SPEC',
        `integrations.${name}.routes.${key}`,
        `route ${key} of gateway ${gateway.id} is declared by ${other} and by ${name}`,
        { remedy: `Remove it from ${other} or from ${name}.` },
      );
    }
  }
}

/** A gateway that is on one link as a whole cannot be led through two: each run would move it away from the other one. */
function checkGroups(integrations: ReadonlyMap<string, ResolvedIntegration>, problems: Problems): void {
  const seen = new Map<Gateway, ResolvedIntegration>();
  for (const integration of integrations.values()) {
    const { name, gateway, link } = integration;
    if (!isOnOneLink(gateway)) continue;
    const first = seen.get(gateway) ?? integration;
    seen.set(gateway, first);
    if (isSameLink(linkOf(first.link), linkOf(link))) continue;
    problems.add(
      'INVALID_SPEC',
      `integrations.${name}.link`,
      `API group ${gateway.id} is led through link ${first.link.name} by ${first.name}, and through ${link.name} by ${name}: a group is on one instance`,
      { remedy: `Lead both through one link, or use another API group for ${name}.` },
    );
  }
}

function linkOf({ name, given }: ResolvedLink): { readonly name: string; readonly id?: string | undefined } {
  return { name, id: given?.id };
}

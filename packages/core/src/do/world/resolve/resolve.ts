import type { Clouds } from '../../kinds/cloud/clouds.js';
import type { Gateway } from '../../model/gateway.js';
import type { Link } from '../../model/link.js';
import type { IntegrationSpec, LinkSpec, Spec, TargetSpec } from '../../spec.js';
import type { Target } from '../../model/target.js';
import { isSameLink } from '../../kinds/retired.js';
import type { RegionSnapshot, Snapshot } from '../../snapshot/snapshot.js';
import { placeIndex, type PlaceIndex, indexRegion } from '../index/region-index.js';
import type { IntegrationView, LinkView, MarkedLinks, Unresolved } from '../views.js';
import { gatewayKeyOf } from './find-gateway.js';
import { integrationViews } from './integration-views.js';
import { linkViews } from './link-views.js';
import { type Problems, troubleError } from './problems.js';

/** A link of the spec with every look-up answered. */
export interface ResolvedLink {
  readonly name: string;
  readonly spec: LinkSpec;
  /** The clouds of the call. */
  readonly clouds: Clouds;
  readonly region: RegionSnapshot;
  /** The link that `id` names, or that matches an external link's name. */
  readonly given?: Link | undefined;
  /** The existing link that matches the spec: given by ID, or the project's own. */
  readonly link?: Link | undefined;
  readonly marked: MarkedLinks;
  /** Undefined where the spec does not say. */
  readonly subnetIds?: readonly string[] | undefined;
  readonly securityGroupIds?: readonly string[] | undefined;
  readonly loadBalancerId?: string | undefined;
  readonly networkId?: string | undefined;
}

/** A target of an integration; `target` is undefined where it is created on demand and does not exist yet. */
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
 * Resolves the spec in one snapshot. Everything that views could not resolve is a problem, each with its
 * code, its position in the spec and a remedy: `NOT_FOUND`, `AMBIGUOUS`, `WRONG_NETWORK`,
 * `SUBNETS_OF_SEVERAL_NETWORKS`, `UNKNOWN_REFERENCE`, `INVALID_SPEC`, the refusals of the rules of a kind,
 * and the codes of gaps.
 */
export function resolveSpec(snapshot: Snapshot, spec: Spec, clouds: Clouds, problems: Problems): ResolvedSpec {
  const places = placeIndex(snapshot, spec, (region) => indexRegion(region, clouds));
  const placed = withPlaces(spec, places, problems);
  const views = linkViews(placed, places);
  const links = new Map<string, ResolvedLink>();
  for (const view of views.values()) {
    const troubles = [...view.troubles, ...view.obstacles];
    report(spec, troubles, problems);
    if (troubles.length === 0) links.set(view.name, resolvedLink(view));
  }
  for (const [name, integration] of Object.entries(spec.integrations)) {
    if (!Object.hasOwn(spec.links, integration.link)) unknownLink(spec, name, integration, problems);
  }
  const integrations = new Map<string, ResolvedIntegration>();
  for (const view of integrationViews(placed, views)) {
    const resolved = resolvedIntegration(spec, view, links.get(view.link.name), problems);
    if (resolved !== undefined) integrations.set(view.name, resolved);
  }
  checkKeys(integrations, problems);
  checkGroups(clouds, integrations, problems);
  return { spec, snapshot, links, integrations };
}

/**
 * The spec without links whose account and region are not in the snapshot, and without the integrations that use them.
 */
function withPlaces(spec: Spec, places: PlaceIndex, problems: Problems): Spec {
  const links = Object.entries(spec.links).filter(
    ([name, link]) => problems.gather(() => places.ofLink(name, link)) !== undefined,
  );
  const known = new Set(links.map(([name]) => name));
  const integrations = Object.entries(spec.integrations).filter(([, { link }]) => known.has(link));
  return { ...spec, links: Object.fromEntries(links), integrations: Object.fromEntries(integrations) };
}

function report(spec: Spec, troubles: readonly Unresolved[], problems: Problems): void {
  for (const trouble of troubles) problems.record(troubleError(spec, trouble));
}

function resolvedLink({ name, spec, region, link, declared, networkId, marked }: LinkView): ResolvedLink {
  const isGiven = spec.id !== undefined || spec.owner === 'external';
  const { region: snapshot, clouds } = region;
  const given = isGiven ? link : undefined;
  return { name, spec, clouds, region: snapshot, given, link, marked, networkId, ...declared };
}

function resolvedIntegration(
  spec: Spec,
  view: IntegrationView,
  link: ResolvedLink | undefined,
  problems: Problems,
): ResolvedIntegration | undefined {
  const { name, spec: integration, gateway, unresolved } = view;
  const targets = new Map<string, ResolvedTarget>();
  const reported = new Set<Unresolved>();
  for (const target of view.targets) {
    const path = `integrations.${name}.targets.${target.name}`;
    const obstacles = view.obstacles.filter((one) => one.path === path);
    for (const one of obstacles) reported.add(one);
    const unresolved = target.refused ?? target.unresolved;
    const troubles = unresolved === undefined ? obstacles : [unresolved];
    report(spec, troubles, problems);
    if (troubles.length === 0)
      targets.set(target.name, { name: target.name, spec: target.spec, target: target.target });
  }
  const others = view.obstacles.filter((one) => !reported.has(one));
  report(spec, unresolved === undefined ? others : [...others, unresolved], problems);
  if (gateway === undefined || unresolved !== undefined || link === undefined) return undefined;

  return { name, spec: integration, link, region: link.region, gateway, targets };
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
function checkGroups(clouds: Clouds, integrations: ReadonlyMap<string, ResolvedIntegration>, problems: Problems): void {
  const seen = new Map<string, ResolvedIntegration>();
  for (const integration of integrations.values()) {
    const { name, gateway, link } = integration;
    if (!clouds.gateway(gateway.kind).movesAsOne) continue;

    const key = gatewayKeyOf(integration);
    const first = seen.get(key) ?? integration;
    seen.set(key, first);
    if (isSameLink(linkOf(first.link), linkOf(link))) continue;

    problems.add(
      'INVALID_SPEC',
      `integrations.${name}.link`,
      `API group ${gateway.id} uses link ${first.link.name} in integration ${first.name}, but link ${link.name} in ${name}: a group is on one instance`,
      { remedy: `Use one link for both, or use another API group for ${name}.` },
    );
  }
}

function linkOf({ name, given }: ResolvedLink): { readonly name: string; readonly id?: string | undefined } {
  return { name, id: given?.id };
}

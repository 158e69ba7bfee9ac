import type { SecurityGroup } from '../model/network.js';
import type { GatewayRef } from '../model/reference.js';
import type { RegionSnapshot, Snapshot } from '../snapshot/snapshot.js';
import type { Unit, UnitKind, UnreadPart, Step } from './plan.js';
import { isPosternError } from '../../ground/errors.js';
import { isSamePlace } from '../model/traits.js';
import type { Spec } from '../spec.js';
import { regionOf } from '../world/index/region-index.js';
import { withMovedOwners, markedNames } from '../world/resolve/link-identity.js';
import type { Gateway } from '../model/gateway.js';
import type { Route } from '../model/route.js';
import type { RouteDifference } from '../world/routes/route-differences.js';
import type { RouteInput } from '../world/routes/route-input.js';
import { step } from './step-input.js';

/**
 * The rules of other groups that name a group, each as text: `inbound rule sgr-1 of sg-2 (tcp 80)`. A group that such a rule
 * names cannot be deleted.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSecurityGroup.html
 */
export function referencesTo(groupId: string, groups: readonly SecurityGroup[]): readonly string[] {
  return groups
    .filter(({ id }) => id !== groupId)
    .flatMap(({ id, rules }) =>
      rules
        .filter(({ securityGroupId }) => securityGroupId === groupId)
        .map(({ id: ruleId, direction, protocol, fromPort, toPort }) => {
          const ports = fromPort === toPort ? `${fromPort}` : `${fromPort}-${toPort}`;
          const what = ['-1', 'all'].includes(protocol) ? 'all traffic' : `${protocol} ${ports}`;
          return `${direction}bound rule${ruleId === undefined ? '' : ` ${ruleId}`} of ${id} (${what})`;
        }),
    );
}

/** The reference to a unit. The ID is for display and for references; `kind` and `name` contain the same facts. */
export type UnitRef = Pick<Unit, 'id' | 'kind' | 'name'>;

/** What the ID of a unit of each kind begins with. */
const PREFIX: Readonly<Record<UnitKind, string>> = {
  link: 'link',
  'link-removal': 'link',
  'link-narrowing': 'link',
  'allowlist-removal': 'link',
  integration: 'integration',
  'target-removal': 'integration',
  gateway: 'gateway',
};

/** The unit of a link or an integration of that name; `part` distinguishes it from other units of the same name. */
export function unitRef(kind: UnitKind, name: string, part?: string): UnitRef {
  return { id: `${PREFIX[kind]}:${name}${part === undefined ? '' : `/${part}`}`, kind, name };
}

/** The unit of a gateway's deployments. */
export function gatewayUnitRef({ provider, region }: RegionSnapshot, { kind, id }: GatewayRef): UnitRef {
  return { id: `${PREFIX.gateway}:${provider}/${region}/${kind}/${id}`, kind: 'gateway', name: id };
}

/** The step's id: `create route ANY /orders on a1b2c3`. */
export function routeStepId(
  verb: 'create' | 'adopt' | 'retarget' | 'move' | 'forget' | 'delete',
  key: string,
  gateway: string,
): string {
  return `${verb} route ${key} on ${gateway}`;
}

/** A snapshot and a spec without the accounts and regions that could not be read. */
export interface ReadParts {
  readonly snapshot: Snapshot;
  readonly spec: Spec;
  /** What was removed. */
  readonly unread: readonly UnreadPart[];
  /**
   * Names of links and integrations that were removed: a resource with one of these names never counts as undeclared.
   */
  readonly held: ReadonlySet<string>;
}

/**
 * Removes the accounts and regions that could not be read from a snapshot, and the parts in them from the
 * spec. Marks of renamed integrations and targets have the new names; see `withMovedOwners`.
 */
export function readParts(given: Snapshot, spec: Spec): ReadParts {
  const snapshot = withMovedOwners(given, spec);
  if (snapshot.regions.every(({ unread }) => unread === undefined)) {
    return { snapshot, spec, unread: [], held: new Set() };
  }

  const unread = snapshot.regions.flatMap((region) => unreadPart(snapshot, spec, region) ?? []);
  const without = <T>(record: Readonly<Record<string, T>>, names: readonly string[]): Readonly<Record<string, T>> =>
    Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
  const links = unread.flatMap((part) => part.links);
  const integrations = unread.flatMap((part) => part.integrations);
  const former = links.flatMap((name) => markedNames(spec, name));
  return {
    snapshot: { ...snapshot, regions: snapshot.regions.filter((region) => region.unread === undefined) },
    spec: { ...spec, links: without(spec.links, links), integrations: without(spec.integrations, integrations) },
    unread,
    held: new Set([...former, ...integrations]),
  };
}

function unreadPart(snapshot: Snapshot, spec: Spec, region: RegionSnapshot): UnreadPart | undefined {
  if (region.unread === undefined) return undefined;

  const links = Object.keys(spec.links).filter((name) => liesIn(snapshot, spec, name, region));
  const integrations = Object.keys(spec.integrations).filter((name) =>
    links.includes(spec.integrations[name]?.link ?? ''),
  );
  return {
    provider: region.provider,
    region: region.region,
    account: region.account,
    links,
    integrations,
    ...region.unread,
  };
}

/** Where the region of a link cannot be determined, `resolveSpec` reports it. */
function liesIn(snapshot: Snapshot, spec: Spec, name: string, region: RegionSnapshot): boolean {
  const link = spec.links[name];
  try {
    return link !== undefined && isSamePlace(regionOf(snapshot, spec, name, link), region);
  } catch (error) {
    if (isPosternError(error)) return false;

    throw error;
  }
}

/** What a plan changes of routes and of what stages show. Routes are by `routeKeyOf`. */
export interface RouteChanges {
  /** Routes that are moved off their current link: by unit. */
  readonly leaving: ReadonlyMap<string, string>;
  /** Routes that leave and are published one by one: the stages that show the current version of each after the plan. */
  readonly publishing: ReadonlyMap<string, readonly string[] | undefined>;
  /** Routes that are deleted, with all that is published of them. */
  readonly unpublished: ReadonlySet<string>;
  /** Stages that the plan deploys, with their gateway's unit. */
  readonly deploying: ReadonlySet<string>;
  /** By gateway's unit: the mark of a stage that needs no deployment, because nothing of that gateway changes. */
  readonly shown: ReadonlyMap<string, string>;
}

/** Some changes as one. */
export function joinChanges(changes: readonly Partial<RouteChanges>[]): RouteChanges {
  return {
    leaving: new Map(changes.flatMap(({ leaving = [] }) => [...leaving])),
    publishing: new Map(changes.flatMap(({ publishing = [] }) => [...publishing])),
    unpublished: new Set(changes.flatMap(({ unpublished = [] }) => [...unpublished])),
    deploying: new Set(changes.flatMap(({ deploying = [] }) => [...deploying])),
    shown: new Map(changes.flatMap(({ shown = [] }) => [...shown])),
  };
}

/** The units after which the routes of a gateway have left their links. */
export function leavingUnits({ leaving }: RouteChanges, { id, routes }: Gateway): readonly string[] {
  return routes.flatMap((route) => leaving.get(routeKeyOf({ id }, route.id)) ?? []);
}

/** What a route is known by in {@link RouteChanges}. */
export function routeKeyOf(gateway: Pick<Gateway, 'id'>, routeId: string): string {
  return `${gateway.id} ${routeId}`;
}

/** Takes over a route by its mark, and then changes the settings that differ. */
export function adoptRoute(
  gateway: Gateway,
  integration: string,
  there: Route,
  input: RouteInput,
  settings: readonly RouteDifference[],
): readonly Step[] {
  const { key, id } = there;
  const resource = { type: 'route', name: key, id } as const;
  const { settings: _declared, ...unchanged } = input;
  const adopt = step(
    {
      id: routeStepId('adopt', key, gateway.id),
      kind: 'adopt',
      resource,
      reason: 'it matches the spec and carries no mark',
      changes: [{ field: 'owner', to: integration }],
    },
    { ...unchanged, routeId: id },
  );
  if (settings.length === 0) return [adopt];

  const reason = 'settings differ from the spec';
  const fields = { id: routeStepId('retarget', key, gateway.id), kind: 'retarget', resource, reason } as const;
  return [adopt, step({ ...fields, changes: settings }, { ...input, routeId: id })];
}

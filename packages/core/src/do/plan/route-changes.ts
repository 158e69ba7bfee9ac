import type { Gateway } from '../model/gateway.js';
import type { Route } from '../model/route.js';
import type { RouteDifference } from '../world/routes/route-differences.js';
import type { RouteInput } from '../world/routes/route-input.js';
import type { Step } from './plan.js';
import { routeStepId } from './references.js';
import { step } from './step-input.js';

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

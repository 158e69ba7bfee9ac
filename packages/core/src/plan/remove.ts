import type { Gateway } from '../model/gateway.js';
import type { Link } from '../model/link.js';
import type { Owner } from '../model/owner.js';
import type { Route } from '../model/route.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';
import { deployMark } from './deploy-mark.js';
import { deleteLinkStep, leftRoutes, sweepStep } from './leftovers.js';
import type { Step } from './plan.js';
import { step, type DeployedRoute } from './step-input.js';
import { traitsOf } from './traits.js';
import type { UnitList } from './unit-list.js';

/** What a plan writes down while it grows. */
export interface Draft {
  readonly project: string;
  /** The identity of the spec, where it has one. */
  readonly spec?: string | undefined;
  /** See `PlanOptions.prune`. */
  readonly prune?: boolean | undefined;
  /** Why what is ours goes, in words. */
  readonly reason: 'it is ours and not declared' | 'the project is removed';
  readonly units: UnitList;
  readonly notes: string[];
  /** Ids of routes, with their gateway's, that leave the link which they lead to: by unit. */
  readonly leaving: Map<string, string>;
  /** Whether links that cost money to get back are deleted, too. */
  readonly deleteInstances?: boolean | undefined;
}

/** Why a link that is to go is kept all the same: another one would have to be bought. In words. */
export function keptForMoney(draft: Draft, region: RegionSnapshot, link: Link): string | undefined {
  if (!traitsOf(region).linksCostMoney || draft.deleteInstances === true || link.state === 'deleting') return undefined;
  return `link ${link.id} (${link.name}) is kept: it would have to be bought again; --delete-instances deletes it, too`;
}

/** The unit of a gateway's deployments. */
export function gatewayUnit({ provider, region }: RegionSnapshot, { id }: Gateway): string {
  return `gateway:${provider}/${region}/${id}`;
}

/** What a route is known by in `Draft.leaving`. */
export function routeKeyOf(gateway: Gateway, routeId: string): string {
  return `${gateway.id} ${routeId}`;
}

/**
 * Adds the deletion of the project's routes that are not `declared`, in the unit of the integration that they belonged to.
 * Returns how many.
 */
export function removeRoutes(
  draft: Draft,
  region: RegionSnapshot,
  gateway: Gateway,
  declared: ReadonlySet<string>,
  knows: (linkId: string) => boolean,
  may?: (mark: Owner | undefined, route: Route) => boolean,
): number {
  const { routes, notes } = leftRoutes(region, gateway, draft, declared, knows, may);
  draft.notes.push(...notes);
  for (const { route, owner, step: deletion } of routes) {
    const unit = `integration:${owner.integration}`;
    draft.units.add(unit, region, [deletion]);
    draft.leaving.set(routeKeyOf(gateway, route.id), unit);
  }
  return routes.length;
}

/**
 * Adds one deployment for each stage that does not deploy by itself and does not show the routes as they will be; and the
 * removal of what of ours no route uses. A gateway without any route (`remaining`) cannot be deployed: "At least one route is
 * required before deploying the Api".
 */
export function deployStages(
  draft: Draft,
  region: RegionSnapshot,
  gateway: Gateway,
  routes: readonly DeployedRoute[],
  options: { readonly changed: boolean; readonly remaining: number; readonly after: readonly string[] },
): void {
  const mark = deployMark(draft, routes);
  const { routesNeedDeployment } = traitsOf(region);
  const steps: Step[] = [];
  for (const { name, autoDeploy, deployed, deploymentId } of gateway.stages) {
    const stale = deployed === undefined ? routes.length > 0 : deployed !== mark;
    if (autoDeploy || !routesNeedDeployment || !(options.changed || stale)) continue;
    if (options.remaining === 0) {
      if (options.changed)
        draft.notes.push(`stage ${name} of ${gateway.id} shows its last routes until others are deployed`);
      continue;
    }
    const resource = { type: 'stage', name: `${gateway.id} ${name}`, id: deploymentId } as const;
    const reason = options.changed ? 'its routes change, and it does not deploy by itself' : 'it shows older routes';
    const input = { gatewayId: gateway.id, stage: name, project: draft.project, spec: draft.spec, routes };
    steps.push(step({ id: `deploy ${gateway.id} to ${name}`, kind: 'deploy', resource, reason }, input));
  }
  const sweep = sweepStep(gateway, draft, routes);
  if (sweep !== undefined) steps.push(sweep);
  draft.units.add(gatewayUnit(region, gateway), region, steps, options.after);
}

/**
 * Adds the deletion of a link of ours, after everything that leads away from it. A link that somebody else's route still
 * leads to is kept, with a note.
 */
export function removeLink(
  draft: Draft,
  region: RegionSnapshot,
  link: Link,
  options: {
    readonly unit: string;
    readonly reason: string;
    readonly release: boolean;
    readonly after?: readonly string[] | undefined;
    readonly timeoutMs?: number | undefined;
  },
): void {
  const { owner } = link;
  if (owner === undefined) return;
  const kept = keptForMoney(draft, region, link);
  if (kept !== undefined) {
    draft.notes.push(kept);
    return;
  }
  const after = new Set(options.after);
  for (const gateway of region.gateways) {
    for (const route of gateway.routes) {
      if (route.linkId !== link.id) continue;
      const unit = draft.leaving.get(routeKeyOf(gateway, route.id));
      if (unit === undefined) {
        draft.notes.push(`link ${link.id} is kept: route ${route.key} of ${gateway.id} still leads to it`);
        return;
      }
      after.add(unit);
      // A stage that does not deploy by itself leads to the link until it is deployed.
      after.add(gatewayUnit(region, gateway));
    }
    const foreign = gateway.integrations?.find(
      ({ id, linkId, owner: whose }) =>
        linkId === link.id &&
        (whose?.project !== draft.project || whose.spec !== draft.spec) &&
        !gateway.routes.some(({ integrationId }) => integrationId === id),
    );
    if (foreign !== undefined) {
      draft.notes.push(`link ${link.id} is kept: integration ${foreign.id} of ${gateway.id} uses it and is not ours`);
      return;
    }
    if (sweepStep(gateway, draft) !== undefined) after.add(gatewayUnit(region, gateway));
  }
  const { reason, release, timeoutMs } = options;
  draft.units.add(
    options.unit,
    region,
    [deleteLinkStep(region, link, owner, { reason, release, timeoutMs })],
    [...after],
  );
}

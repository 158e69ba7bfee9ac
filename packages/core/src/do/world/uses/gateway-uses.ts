import type { GatewayUse, Gateway } from '../../model/gateway.js';
import type { Target } from '../../model/target.js';
import type { Route } from '../../model/route.js';
import { routesOfStage, type StageRoutes } from '../routes/deployed-routes.js';
import type { Clouds } from '../../kinds/cloud/clouds.js';
import type { LinkRef } from '../../model/reference.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';

export interface MovedBackend {
  /** The authorization's name, or host and port: unique in the gateway. */
  readonly name: string;
  readonly uses: readonly GatewayUse[];
  /** The names of its targets in the spec of the future: one for each of its addresses, none where they are not known. */
  readonly targets: readonly string[];
  /** The authorization, listener or service, where it is one. */
  readonly target?: Target | undefined;
}

/** What a deployed stage calls, or why that is not known. */
export type DeployedUses = { readonly uses: readonly GatewayUse[] } | { readonly unreadable: string };

/**
 * The links and targets that the deployment of a stage uses, with the values of its variables. Undefined: what the stage
 * serves was not read (`Scope.uses`, `Scope.served`), or it has no deployment of its own: it shows the working copy.
 */
export function deployedUses(gateway: Gateway, stage: string): DeployedUses | undefined {
  const { uses, stages } = gateway;
  const found = stages.find(({ name }) => name === stage);
  if (found === undefined || found.autoDeploy) return undefined;
  // All uses are read together: also of a stage that serves nothing.
  if (uses !== undefined) return readable(uses.filter((use) => use.kind === 'route' && use.stage === stage));
  if (found.served === undefined) return undefined;

  return readable(routesOfStage(gateway, found).flatMap((on) => usesOf(gateway, on)));
}

function readable(own: readonly GatewayUse[]): DeployedUses {
  const unread = own.find(({ unreadable }) => unreadable !== undefined);
  return unread?.unreadable === undefined ? { uses: own } : { unreadable: unread.unreadable };
}

function usesOf({ id }: Gateway, { stage, routes }: StageRoutes): readonly GatewayUse[] {
  const { name, canary } = stage;
  if (routes !== undefined) return routes.flatMap((route) => useOf(route, name));

  const unreadable = `the canary of stage ${name} serves deployment ${canary?.deploymentId ?? ''}, which no call shows`;
  return [{ kind: 'route', id, name: id, routeIds: [], stage: name, unreadable }];
}

/** None where its target is not in a network. */
function useOf({ id, key, linkId, targetId, variables = [] }: Route, stage: string): readonly GatewayUse[] {
  const use = { kind: 'route', id, name: key, routeIds: [id], stage } as const;
  if (linkId !== undefined) return [{ ...use, linkId, targetId }];

  const unreadable = `stage variable ${variables.join(', ')} decides where it leads`;
  return variables.length === 0 ? [] : [{ ...use, unreadable }];
}

/**
 * Whether routes of a gateway that name the ID of a link may mean that link. IDs of different kinds look alike: an ID is
 * that of a link which the gateway's routes can use, where there is one.
 */
export function mayMean(
  clouds: Clouds,
  { links }: Pick<RegionSnapshot, 'links'>,
  { kind: gateway }: Gateway,
  { kind, id }: LinkRef,
): boolean {
  const { links: kinds } = clouds.gateway(gateway);
  return kinds.includes(kind) || !links.some((one) => one.id === id && kinds.includes(one.kind));
}

/**
 * Whether a route of the working copy uses a link, on whichever stage: where a variable names the link, each of its
 * values is an integration with the route's ID of one.
 */
export function usesLink({ integrations = [] }: Gateway, route: Route, linkId: string): boolean {
  if (route.linkId !== undefined || route.variables === undefined) return route.linkId === linkId;

  return integrations.some((one) => one.id === route.integrationId && one.linkId === linkId);
}

import { InvalidInputError, type SourcePlace } from '../errors.js';
import type { ErrorCode } from '../error-codes.js';
import type { Route } from '../model/route.js';
import { deployedRoute, serverName } from './deploy-mark.js';
import type { DeployedRoute, RouteInput } from './step-input.js';

/** What of a declared route tells it from another one with the same key. */
export type WantedRoute = Pick<
  RouteInput,
  'link' | 'linkId' | 'key' | 'target' | 'targetName' | 'tls' | 'path' | 'stages'
>;

/** One member in which a route that is there is other than declared. */
export interface RouteDifference {
  readonly field: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** A declared route, as it goes into the mark of a deployment. */
export function declaredRoute({
  link,
  linkId,
  key,
  target,
  tls,
  path,
}: Omit<WantedRoute, 'targetName'>): DeployedRoute {
  return { link, linkId, key, targetId: target?.id ?? null, serverName: serverName(tls), path };
}

/** In what a route that is there leads elsewhere, or in another way, than `integration` declares it; empty: nowhere. */
export function routeDifferences(there: Route, wanted: WantedRoute, integration: string): readonly RouteDifference[] {
  const is = deployedRoute(there);
  const want = declaredRoute(wanted);
  const fields = [
    { field: 'link', from: is.linkId ?? null, to: want.linkId ?? wanted.link },
    { field: 'target', from: is.targetId, to: want.targetId ?? wanted.targetName },
    { field: 'tls.serverName', from: is.serverName, to: want.serverName },
    { field: 'path', from: is.path, to: want.path },
    { field: 'owner', from: there.owner?.integration ?? null, to: integration },
    ...stageDifference(there, wanted),
  ];
  return fields.filter(({ from, to }) => from !== to);
}

/** Where routes are published one by one: the declared stages that do not show this one as it is. */
function stageDifference({ stages: there = [] }: Route, { stages: wanted }: WantedRoute): readonly RouteDifference[] {
  if (wanted === undefined || wanted.every((stage) => there.includes(stage))) return [];
  const text = (stages: readonly string[]): string => [...new Set(stages)].toSorted().join(', ') || 'none';
  return [{ field: 'stages', from: text(there), to: text([...there, ...wanted]) }];
}

/** Why a route of somebody else's keeps the one that is declared from being made. */
export interface ForeignRoute {
  readonly code: Extract<ErrorCode, 'ALREADY_EXISTS' | 'NOT_OURS'>;
  readonly message: string;
  readonly remedy: string;
  readonly details: Readonly<Record<string, string>>;
}

/**
 * A route with a declared key that is not of `project` is never changed. One that leads where it is declared to lead, and in that
 * way, is left alone; of any other this says why nothing can be made in its place. Undefined: nothing is in the way.
 */
export function foreignRoute(
  project: string,
  there: Route,
  differences: readonly RouteDifference[],
): ForeignRoute | undefined {
  const { key, gatewayId, owner } = there;
  if (owner?.project === project || differences.every(({ field }) => field === 'owner')) return undefined;
  const details = { gatewayId, routeId: there.id };
  if (owner === undefined) {
    return {
      code: 'ALREADY_EXISTS',
      message: `gateway ${gatewayId} has a route ${key} that is not ours`,
      remedy: 'Delete that route first, or write `owner: external` on the integration.',
      details,
    };
  }
  return {
    code: 'NOT_OURS',
    message: `route ${key} of gateway ${gatewayId} belongs to project ${owner.project}`,
    remedy: `Declare it in one project only: remove it here, or from the spec of ${owner.project}.`,
    details: { ...details, project: owner.project },
  };
}

/** That route as the error of a plan. */
export function foreignRouteError(
  { code, message, remedy, details }: ForeignRoute,
  place: SourcePlace,
): InvalidInputError {
  return new InvalidInputError(code, message, { place, remedy, details });
}

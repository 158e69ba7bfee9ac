import { gatewayRef } from '../../model/reference.js';
import type { Gateway, GatewayIntegration } from '../../model/gateway.js';
import type { Claimant } from '../../model/ownership.js';
import type { Step } from '../plan.js';
import { step } from '../step-input.js';
import type { DeployedRoute } from '../../world/routes/route-input.js';

/**
 * The managed resources of a gateway that no route uses, and the step that removes them. A resource left
 * behind by a run that could not create its route is kept where one of the `routes` to be created has the
 * same target: that route uses it. The step also joins resources that several runs created for one purpose, and removes names of
 * routes from marks of resources that they do not use, unless routes are created: a name may be that of one of them.
 */
export function sweepStep(
  gateway: Gateway,
  { project, spec, prune }: Claimant & { readonly prune?: boolean | undefined },
  routes: readonly DeployedRoute[] = [],
): Step | undefined {
  const isThere = new Set(gateway.routes.map(({ key }) => key));
  const routeIds = new Set(gateway.routes.map(({ id }) => id));
  const coming = new Set(routes.filter(({ key }) => !isThere.has(key)).map(leadsTo));
  const unused = unusedIntegrations(gateway).flatMap(({ id, linkId, targetId, owner }) =>
    owner?.project === project &&
    owner.spec === spec &&
    (owner.unbound !== true || prune === true) &&
    !routeIds.has(id) &&
    !(linkId && coming.delete(leadsTo({ linkId, targetId })))
      ? [{ id, unbound: owner.unbound }]
      : [],
  );
  const unbound = unused.some((one) => one.unbound === true) || undefined;
  const input = { gatewayRef: gatewayRef(gateway), project, spec, unbound };
  const id = `sweep ${gateway.id}`;
  if (unused.length > 0) {
    const resource = { type: 'route', name: `unused integrations of ${gateway.id}` } as const;
    const reason = `no route uses ${unused.map((one) => one.id).join(', ')}`;
    return step({ id, kind: 'delete', resource, reason }, input);
  }

  const own = gateway.integrations?.filter(({ owner }) => owner?.project === project && owner.spec === spec) ?? [];
  const doubled = new Map(own.flatMap(({ id: double, sameAs }) => (sameAs === undefined ? [] : [[double, sameAs]])));
  if (doubled.size > 0 && routes.length > 0) {
    const resource = { type: 'route', name: `double integrations of ${gateway.id}` } as const;
    const pairs = [...doubled].map(([double, first]) => `${double} serves the same as ${first}, which its routes get`);
    return step({ id, kind: 'delete', resource, reason: pairs.join('; ') }, input);
  }

  const creates = routes.some(({ key }) => !isThere.has(key));
  const misnamed = creates ? [] : own.filter(({ namesOthers }) => namesOthers === true).map((one) => one.id);
  if (misnamed.length === 0) return undefined;

  const resource = { type: 'route', name: `marks of integrations of ${gateway.id}` } as const;
  const reason = `the marks of ${[...new Set(misnamed)].join(', ')} name routes that do not lead there`;
  return step({ id, kind: 'tag', resource, reason }, input);
}

/** The IDs of the routes that have no integration yet: a run ended before, or another one is writing them. */
export function unfinishedRoutes(gateway: Gateway): ReadonlySet<string> {
  return new Set(unusedIntegrations(gateway).map(({ id }) => id));
}

/** The integrations of a gateway that no route uses. */
export function unusedIntegrations({ routes, integrations = [] }: Gateway): readonly GatewayIntegration[] {
  const used = new Set(routes.map(({ integrationId }) => integrationId));
  return integrations.filter(({ id }) => !used.has(id));
}

function leadsTo({
  linkId,
  targetId,
}: {
  readonly linkId?: string | undefined;
  readonly targetId?: string | null | undefined;
}): string {
  return `${linkId} ${targetId}`;
}

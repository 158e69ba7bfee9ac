import { gatewayId, isTemporaryRoute } from '../../kinds/gateway/gateway-spec.js';
import type { Gateway } from '../../model/gateway.js';
import { mayDelete, ownershipOf } from '../../model/ownership.js';
import type { Route } from '../../model/route.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import type { Spec } from '../../spec.js';

/** Whether the region of a place is not one of the spec's links. */
export function isElsewhere({ access }: Pick<RegionSnapshot, 'access'>): boolean {
  return access?.length === 0;
}

/** Whether a gateway that no integration names has routes or integrations with the mark of the spec. */
export function isLeftOn(gateway: Gateway, spec: Pick<Spec, 'project' | 'spec' | 'integrations'>): boolean {
  const isNamed = Object.values(spec.integrations).some((one) => gatewayId(one.gateway) === gateway.id);
  const marks = [...gateway.routes, ...(gateway.integrations ?? [])].map(({ owner }) => owner);
  return !isNamed && marks.some((mark) => ownershipOf(mark, spec) === 'own');
}

/** The routes of a gateway with the mark of a spec that does not declare them. */
export function leftRoutes(gateway: Gateway, spec: Pick<Spec, 'project' | 'spec' | 'integrations'>): readonly Route[] {
  const here = Object.values(spec.integrations).filter((one) => gatewayId(one.gateway) === gateway.id);
  const declared = new Set(here.flatMap(({ routes }) => Object.keys(routes)));
  return gateway.routes.filter(
    (route) => !declared.has(route.key) && !isTemporaryRoute(route) && mayDelete(route.owner, spec),
  );
}

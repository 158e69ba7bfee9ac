import { gatewayId } from '../../kinds/gateway/gateway-spec.js';
import type { Gateway } from '../../model/gateway.js';
import type { Link } from '../../model/link.js';
import type { Owner } from '../../model/owner.js';
import { isUnassigned, ownershipOf } from '../../model/ownership.js';
import type { Route } from '../../model/route.js';
import type { IntegrationSpec, LinkSpec, Spec } from '../../spec.js';
import type { Target } from '../../model/target.js';
import { markedNames } from '../../world/resolve/marked-names.js';
import { isRouteTest } from './route-test.js';

/** Whether what carries a mark may be removed: a link or its group, a target, or a route of a gateway. */
export interface MayDestroy {
  readonly link: (mark: Owner | undefined, link?: Link) => mark is Owner;
  readonly target: (mark: Owner | undefined, target?: Target) => mark is Owner;
  readonly route: (mark: Owner | undefined, route?: Route, gateway?: Gateway) => mark is Owner;
}

/**
 * The resources that `destroy` removes: those with this spec's identity; of those whose mark names no spec,
 * only what this spec declares, unless `prune`. So two specs of one project without identities do not remove
 * each other's resources.
 */
export function mayDestroy(spec: Spec, prune: boolean | undefined): MayDestroy {
  const may = (mark: Owner | undefined, declares: (mark: Owner) => boolean): mark is Owner =>
    ownershipOf(mark, spec) === 'own' || (isUnassigned(mark, spec) && (prune === true || declares(mark)));
  const declared = ({ integration }: Owner, has: (one: IntegrationSpec) => boolean): boolean =>
    Object.entries(spec.integrations).some(([name, one]) => name === integration && has(one));
  return {
    link: (mark): mark is Owner => may(mark, ({ integration }) => declaredLink(spec, integration) !== undefined),
    target: (mark): mark is Owner =>
      may(mark, (owner) => declared(owner, ({ targets }) => Object.keys(targets).some((one) => one === owner.name))),
    route: (mark, route, gateway): mark is Owner =>
      may(mark, (owner) =>
        declared(
          owner,
          (one) =>
            route !== undefined &&
            gatewayId(one.gateway) === gateway?.id &&
            (Object.hasOwn(one.routes, route.key) || isRouteTest(route, spec)),
        ),
      ),
  };
}

/** The link of the spec with that name, now or before. */
export function declaredLink(spec: Spec, marked: string): LinkSpec | undefined {
  return Object.entries(spec.links).find(([name]) => markedNames(spec, name).includes(marked))?.[1];
}

import type { Link } from '../../model/link.js';
import { MARK_TAGS } from '../../model/marks.js';
import { linkRef } from '../../model/reference.js';
import { UNUSED_TAG } from '../../model/moves.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import { ADOPTED_TAG } from '../links/link-marks.js';
import { PROTECT_TAG } from '../../world/link-facts.js';
import type { UnitPart } from '../plan-part.js';
import { routeKeyOf, type RouteChanges } from '../route-changes.js';
import { step, type GiveUpLinkInput } from '../step-input.js';
import type { UnitRef } from '../references.js';
import { gatewayId } from '../../kinds/gateway/gateway-spec.js';
import type { Gateway } from '../../model/gateway.js';
import type { Owner } from '../../model/owner.js';
import { ownershipOf } from '../../model/ownership.js';
import type { Route } from '../../model/route.js';
import type { IntegrationSpec, LinkSpec, Spec } from '../../spec.js';
import type { Target } from '../../model/target.js';
import { markedNames } from '../../world/resolve/lost-marks.js';

/** Postern's tags on a link. */
export const LINK_TAGS: readonly string[] = [...MARK_TAGS, PROTECT_TAG, ADOPTED_TAG, UNUSED_TAG];

/**
 * The step that releases a link which Postern adopted and did not create, by its tags or by the spec:
 * the marks are removed, and the link is kept. It runs after the removal of the routes that use it, and after
 * the units `before`.
 */
export function giveUpLink(
  { leaving }: Pick<RouteChanges, 'leaving'>,
  region: RegionSnapshot,
  link: Link,
  unit: UnitRef,
  before: readonly string[] = [],
  reason = 'it was adopted by ID, not created: its marks are removed, and the link is kept',
): readonly UnitPart[] {
  const { owner } = link;
  if (owner === undefined) return [];

  const untag = LINK_TAGS.filter((key) => Object.hasOwn(link.tags, key));
  const input: GiveUpLinkInput = { linkRef: linkRef(link), owner, untag };
  const after = region.gateways.flatMap((gateway) =>
    gateway.routes
      .filter(({ linkId }) => linkId === link.id)
      .flatMap(({ id }) => leaving.get(routeKeyOf(gateway, id)) ?? []),
  );
  const giveUp = step(
    {
      id: `give up link ${owner.integration} (${link.id})`,
      kind: 'tag',
      resource: { type: 'link', name: owner.integration, id: link.id },
      reason,
      changes: untag.map((key) => ({ field: `tag ${key}`, from: link.tags[key] })),
    },
    input,
  );
  return [{ unit, region, steps: [giveUp], dependsOn: [...before, ...after] }];
}

/** Whether what carries a mark may be removed: a link or its group, a target, or a route of a gateway. */
export interface MayDestroy {
  readonly link: (mark: Owner | undefined, link?: Link) => mark is Owner;
  readonly target: (mark: Owner | undefined, target?: Target) => mark is Owner;
  readonly route: (mark: Owner | undefined, route?: Route, gateway?: Gateway) => mark is Owner;
}

/**
 * The resources that `destroy` removes: those with this spec's identity; of those whose mark may be a copy, only what this spec declares,
 * unless `prune`.
 */
export function mayDestroy(spec: Spec, prune: boolean | undefined): MayDestroy {
  const may = (mark: Owner | undefined, declares: (mark: Owner) => boolean): mark is Owner =>
    ownershipOf(mark, spec) === 'own' && (mark?.unbound !== true || prune === true || declares(mark));
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
            route !== undefined && gatewayId(one.gateway) === gateway?.id && Object.hasOwn(one.routes, route.key),
        ),
      ),
  };
}

/** The link of the spec with that name, now or before. */
export function declaredLink(spec: Spec, marked: string): LinkSpec | undefined {
  return Object.entries(spec.links).find(([name]) => markedNames(spec, name).includes(marked))?.[1];
}

import type { Link } from '../../model/link.js';
import { MARK_TAGS } from '../../model/marks.js';
import { linkRef } from '../../model/reference.js';
import { UNUSED_TAG } from '../../model/unused-mark.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import { ADOPTED_TAG } from '../links/link-marks.js';
import { PROTECT_TAG } from '../../world/link-choice.js';
import type { UnitPart } from '../plan-part.js';
import { routeKeyOf, type RouteChanges } from '../route-changes.js';
import { step, type GiveUpLinkInput } from '../step-input.js';
import type { UnitRef } from '../unit-ref.js';

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

import type { Owner } from '../model/owner.js';
import { mayDelete } from './ownership.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';
import { requireComplete } from './gaps.js';
import { routeKeyOf, type Draft } from './remove.js';
import { step, type DeleteTargetInput } from './step-input.js';
import { traitsOf } from './traits.js';

/**
 * Adds the deletion of the project's targets that nothing needs any more, after the routes that led to them, in the unit of
 * the integration that they belong to. One that a route still leads to is kept, with a note; and so is one without a route
 * whose integration's gateway was not read (`wasRead`). Only where targets are resources.
 * @throws {CloudError} the code of a gap: what was not read may need one.
 */
export function removeTargets(
  draft: Draft,
  region: RegionSnapshot,
  kept: ReadonlySet<string>,
  wasRead: (integration: string) => boolean,
  may: (mark: Owner | undefined) => boolean = (mark) => mayDelete(mark, draft),
): void {
  if (!traitsOf(region).targetsAreResources) return;
  for (const target of region.targets) {
    const { id, owner } = target;
    if (owner === undefined || kept.has(id) || !may(owner)) continue;
    requireComplete(region, 'gateways');
    const users = region.gateways.flatMap((gateway) =>
      gateway.routes.filter(({ targetId }) => targetId === id).map((route) => ({ gateway, route })),
    );
    const staying = users.find(({ gateway, route }) => !draft.leaving.has(routeKeyOf(gateway, route.id)));
    if (staying !== undefined) {
      const { gateway, route } = staying;
      draft.notes.push(`target ${id} is kept: route ${route.key} of ${gateway.id} still leads to it`);
      continue;
    }
    if (users.length === 0 && !wasRead(owner.integration)) {
      draft.notes.push(
        `target ${id} is not declared and is kept: what of ${owner.integration} leads to it was not read`,
      );
      continue;
    }
    const own = `integration:${owner.integration}`;
    const after = users.flatMap(({ gateway, route }) => draft.leaving.get(routeKeyOf(gateway, route.id)) ?? []);
    const resource = { type: 'target', name: owner.name ?? id, id } as const;
    const input: DeleteTargetInput = {
      linkId: users.find(({ route }) => route.linkId)?.route.linkId ?? '',
      targetId: id,
    };
    const deletion = step(
      {
        id: `delete target ${resource.name} of ${owner.integration} (${id})`,
        kind: 'delete',
        resource,
        reason: draft.reason,
      },
      input,
    );
    // Routes of other integrations may have to leave first, and those may await this one.
    draft.units.add(after.every((unit) => unit === own) ? own : `${own}/${id}`, region, [deletion], after);
  }
}

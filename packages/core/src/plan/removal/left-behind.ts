import { traitsOf } from '../../kinds/traits.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import { routeKeyOf, type Draft } from '../draft.js';
import { linkUsers } from '../links/link-users.js';
import type { Step } from '../plan.js';
import { linkDrain, targetDrain } from './drain.js';
import { usersOfTarget } from './remove-targets.js';

/** What a link or a target is known by in {@link leftBehind}. */
export function leftKey({ type, id }: Pick<Step['resource'], 'type' | 'id'>): string {
  return `${type} ${String(id)}`;
}

/**
 * How long calls may be in flight to what callers leave in this run, in milliseconds, also where it is kept: a later run that deletes it
 * sees no caller, and has to wait as long.
 */
export function leftBehind(draft: Draft, regions: readonly RegionSnapshot[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    regions.flatMap((region) => {
      const links = region.links.map((link) => {
        const leaving = linkUsers(draft, region, link).filter(({ after }) => after !== undefined);
        return [leftKey({ type: 'link', id: link.id }), linkDrain(draft, leaving)] as const;
      });
      const targets = (traitsOf(region).targetsAreResources ? region.targets : []).map(({ id }) => {
        const leaving = usersOfTarget(region, id).filter(({ gateway, route }) =>
          draft.leaving.has(routeKeyOf(gateway, route.id)),
        );
        return [leftKey({ type: 'target', id }), targetDrain(draft, leaving)] as const;
      });
      return [...links, ...targets].flatMap(([key, ms]) => (ms === undefined ? [] : [[key, ms] as const]));
    }),
  );
}

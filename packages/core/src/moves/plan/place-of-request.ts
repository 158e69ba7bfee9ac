import { sharedLink } from '../../do/kinds/cloud/link-kinds.js';
import { InvalidInputError } from '../../ground/errors.js';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import { indexOnce } from '../../do/world/index/region-index.js';
import { linkRef, type LinkRef } from '../../do/model/reference.js';
import { placeOfMigration } from '../validate/place.js';
import { readMigration } from '../validate/migration.js';
import { wholeMoveOf } from '../validate/moved-integrations.js';
import { placeOfStage } from '../validate/place-of-stage.js';
import type { RegionSnapshot, Snapshot } from '../../do/snapshot/snapshot.js';
import { requireComplete } from '../../do/world/resolve/problems.js';
import type { SortedRequest } from './move-plan.js';

/** Where a move takes place, and its ends. */
export interface MovePlace {
  readonly provider: string;
  readonly region: string;
  readonly account: string;
  readonly from: LinkRef;
  readonly to: LinkRef;
  readonly securityGroupIds: readonly string[];
  /** Of a stage, and the ID of the load balancer behind its new link. */
  readonly stage?: string | undefined;
  readonly targetBalancer?: string | undefined;
  /** The one behind its old link, where its methods call one. */
  readonly formerBalancer?: string | undefined;
}

/**
 * Finds the ends of a move in a snapshot.
 * @throws {InvalidInputError} `NOT_FOUND`, `WRONG_KIND`, `INVALID_INPUT`. {CloudError} the code of a gap that hides one
 *   of them.
 */
export function placeOfRequest(snapshot: Snapshot, sorted: SortedRequest, clouds: Clouds): MovePlace {
  if (sorted.is === 'stage') {
    const { region, from, to, balancer, routes } = placeOfStage(snapshot, sorted.migration, clouds);
    const targets = region.targets.filter(({ id }) => routes.some(({ targetId }) => targetId === id));
    const [former, ...others] = new Set(targets.flatMap(({ resourceId }) => resourceId ?? []));
    return {
      ...placed(clouds, region, from.id, to.id),
      stage: sorted.migration.stage,
      targetBalancer: balancer.id,
      ...(former === undefined || others.length > 0 ? {} : { formerBalancer: former }),
    };
  }
  if (sorted.is === 'gateway') {
    const { index, fromId, toId, gateway } = placeOfMigration(
      snapshot,
      readMigration(sorted.migration, clouds),
      indexOnce(clouds),
    );
    if (fromId !== undefined) return placed(clouds, index.region, fromId, toId);

    if (sharedLink(clouds, gateway.linkId) === undefined) requireComplete(index.region, 'links');
    return placed(clouds, index.region, gateway.linkId ?? 'undefined', toId);
  }

  const { from, to, region: named } = sorted.migration;
  const matchingRegions = snapshot.regions.filter(({ region }) => (named ?? region) === region);
  const found = matchingRegions.find(({ links }) => links.some(({ id }) => id === from)) ?? matchingRegions[0];
  if (found === undefined) throw unknown(from);
  if (from === to) {
    const { link: noun } = wholeMoveOf(clouds, matchingRegions, from);
    throw new InvalidInputError('INVALID_INPUT', `${from} is both the ${noun} to move from and the one to move to`, {
      remedy: `Name another ${noun} to move to.`,
    });
  }

  return placed(clouds, found, from, to);
}

function placed(clouds: Clouds, snapshot: RegionSnapshot, fromId: string, toId: string): MovePlace {
  const { provider, region, account, links, securityGroups } = snapshot;
  const refOf = (wanted: string): LinkRef => {
    const shared = sharedLink(clouds, wanted);
    if (shared !== undefined) return shared;

    const link = links.find(({ id }) => id === wanted);
    if (link === undefined) throw unknown(wanted);

    return linkRef(link);
  };
  return {
    provider,
    region,
    account,
    from: refOf(fromId),
    to: refOf(toId),
    securityGroupIds: securityGroups.map(({ id }) => id),
  };
}

function unknown(id: string): InvalidInputError {
  return new InvalidInputError('NOT_FOUND', `link ${id} does not exist in this account and region`, {
    remedy: 'Check the ID, the region and the account.',
  });
}

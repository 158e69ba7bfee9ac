import { isSameService } from '../../model/product.js';
import { displayText } from '../../../ground/text/display.js';
import { InvalidInputError } from '../../../ground/errors.js';
import type { LinkSpec, Spec } from '../../spec.js';
import type { RegionSnapshot, Snapshot } from '../../snapshot/snapshot.js';
import { placeOf } from '../../model/place.js';

/**
 * The part of the snapshot with the region of a link of the spec.
 * @throws {InvalidInputError} `INVALID_INPUT` when the snapshot does not contain that region, or contains
 *   several and the spec does not determine which.
 */
export function regionOf(snapshot: Snapshot, spec: Spec, name: string, link: LinkSpec): RegionSnapshot {
  const there = snapshot.regions.filter(
    ({ provider, product, region, account }) =>
      isSameService({ provider, product, region }, { provider: link.provider, region: link.region }) &&
      (link.account ?? account) === account,
  );
  const [only, ...others] = there;
  if (only !== undefined && others.length === 0) return only;
  const reached = there.filter(({ access }) =>
    access?.some(
      ({ account, profile, assumeRole }) =>
        account === link.account && profile === link.profile && assumeRole === link.assumeRole,
    ),
  );
  const [chosen] = reached;
  if (chosen !== undefined && reached.length === 1) return chosen;
  const where = `${link.provider} ${link.region}${link.account === undefined ? '' : ` of account ${link.account}`}`;
  throw new InvalidInputError(
    'INVALID_INPUT',
    there.length === 0
      ? `the snapshot does not include ${where}; it includes ${placesOf(snapshot, link.provider)}`
      : `the snapshot includes ${where} for several accounts: ${there.map(({ account }) => account).join(', ')}`,
    {
      place: placeOf(spec, `links.${name}`),
      remedy: there.length === 0 ? 'Take a snapshot with this spec.' : `Write the account of link ${name}.`,
    },
  );
}

/** The limit of regions that a message lists. */
const MOST_PLACES = 5;

/** `aws eu-west-1 of account 111122223333 and 2 more`: those of the requested cloud first. */
function placesOf({ regions }: Snapshot, wanted: string): string {
  const ranked = regions.toSorted((a, b) => Number(b.provider === wanted) - Number(a.provider === wanted));
  const places = ranked.map(({ provider, region, account }) => `${provider} ${region} of account ${account}`);
  const more = places.length - MOST_PLACES;
  const shown = places.slice(0, MOST_PLACES).map(displayText).join(', ');
  return `${shown || 'no region'}${more > 0 ? ` and ${more} more` : ''}`;
}

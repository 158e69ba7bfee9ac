import { placeKey } from '../model/traits.js';
import { CloudError, InvalidInputError, isPosternError, type PosternError } from '../../ground/errors.js';
import { emptyRegion } from './snapshot-form.js';
import type { Access, RegionSnapshot } from './snapshot.js';

/** One account and region of a spec that could not be read. */
export interface UnreadPlace {
  readonly provider: string;
  readonly region: string;
  /** The account, where the credentials or the spec name it. */
  readonly account?: string | undefined;
  readonly access: readonly Access[];
  readonly error: PosternError;
}

/** The account of a region whose identity could not be read, and that the spec does not name. */
const UNKNOWN_ACCOUNT = 'unknown';

/**
 * Whether an error concerns one account and region only: its credentials, its endpoint, its cloud's answers.
 * An error in the spec, an aborted run and a defect concern the whole run.
 */
export function isOfOnePlace(error: unknown): error is PosternError {
  if (!isPosternError(error) || error instanceof InvalidInputError) return false;
  return error instanceof CloudError || error.code.startsWith('CREDENTIALS_');
}

/** Throws the error of the first region; does nothing if the list is empty. */
export function throwFirst(places: readonly UnreadPlace[]): void {
  const [first] = places;
  if (first !== undefined) throw first.error;
}

/** The regions of a snapshot for places that could not be read: no list has an item, and one gap covers every list. */
export function unreadRegions(places: readonly UnreadPlace[]): readonly RegionSnapshot[] {
  const regions = new Map<string, RegionSnapshot>();
  for (const place of places) {
    const { account = UNKNOWN_ACCOUNT, access } = place;
    const key = placeKey({ ...place, account });
    const known = regions.get(key);
    regions.set(
      key,
      known === undefined ? unreadRegion(place) : { ...known, access: [...(known.access ?? []), ...access] },
    );
  }
  return [...regions.values()];
}

function unreadRegion({ provider, region, account = UNKNOWN_ACCOUNT, access, error }: UnreadPlace): RegionSnapshot {
  const { code, message, remedy } = error;
  const operation = error instanceof CloudError ? error.operation : 'credentials';
  return emptyRegion({
    provider,
    region,
    account,
    gaps: [{ what: 'every resource', operation, code }],
    unread: { code, message, remedy },
    access,
  });
}

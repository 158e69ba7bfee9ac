import { InvalidInputError, type RegionSnapshot } from '@postern/core';
import { requireComplete } from '@postern/core/engine';
import { matches } from '../matches.js';

type Gateway = RegionSnapshot['gateways'][number];

/**
 * The API groups that an ID, a name or a pattern of names means.
 * @throws {InvalidInputError} `NOT_FOUND` where no group matches, `AMBIGUOUS` where several have the name
 */
export function groupsOf(text: string, region: RegionSnapshot, groups: readonly Gateway[]): readonly Gateway[] {
  const known = groups.find(({ id }) => id === text);
  if (known !== undefined) return [known];
  const found = groups.filter(({ name }) => matches(text, name));
  if (found.length === 0 || text.includes('*')) requireComplete(region, 'gateways');
  if (found.length > 1 && !text.includes('*')) {
    throw new InvalidInputError(
      'AMBIGUOUS',
      `${text} matches several API groups: ${found.map(({ id }) => id).join(', ')}`,
      { remedy: 'Write the ID of the group, or a pattern for all of them.' },
    );
  }
  if (found.length > 0) return found;
  throw new InvalidInputError('NOT_FOUND', `no API group ${text} exists in this account and region`, {
    remedy: 'Check the name, the regions and the accounts of the entry.',
  });
}

import { cloudTraits } from '../../kinds/cloud/clouds.js';
import type { NetworkAcl } from '../../model/routing.js';
import { EPHEMERAL, refusedAt, type Ports } from './acl-entries.js';
import { ANSWERS, type AclAt } from './acl-at.js';
import { blockText } from '../end.js';
import type { Way } from '../step.js';
import type { Wanted } from '../wanted.js';
import { aclStep } from './network-acl.js';

/** The entry after which a network ACL allows a call or its answer, and its position. */
export interface EntryToAdd {
  readonly acl: string;
  /** The number of the entry that it has to go before. */
  readonly before?: number | undefined;
  readonly peer: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly direction: 'in' | 'out';
  /** Where no number is below that entry's: whether it alone, or every entry, gets a higher number first. */
  readonly renumber?: 'one' | 'all' | undefined;
}

/** The entry to add, and its place: no entry can precede number 1 on AWS, while Alibaba Cloud orders entries as a list. */
export function entryToAdd(at: AclAt, acl: NetworkAcl, way: Way): EntryToAdd {
  const { direction } = at;
  const { before, peer, ports } = wantedEntry(at, acl, way);
  const region = way[at.own].place?.world.index.region;
  const isFull = acl.entries?.some((entry) => entry.direction === direction && entry.order === 2) === true;
  const mustMove = before === 1 && region !== undefined && cloudTraits(region).aclEntriesAreNumbered;
  return {
    acl: acl.id,
    before,
    peer,
    fromPort: ports[0],
    toPort: ports[1],
    direction,
    renumber: mustMove ? (isFull ? 'all' : 'one') : undefined,
  };
}

/** The entry for the answer, where it would be denied as well: that failure shows only after the call is allowed. */
export function answerToAdd(at: AclAt, acl: NetworkAcl, way: Way): EntryToAdd | undefined {
  const back = ANSWERS.get(at);
  const place = way[at.own].place;
  if (back === undefined || place === undefined) return undefined;
  const other = at.own === 'from' ? way.to : way.from;
  return aclStep(back, place, other, way.port).verdict === 'fail' ? entryToAdd(back, acl, way) : undefined;
}

/** One entry for all that is denied, before the first entry that denies a part of it. */
export function wantedEntry(at: AclAt, acl: NetworkAcl, way: Way): Extract<Wanted, { list: 'network-acl' }> {
  const { direction } = at;
  const peer = blockText(at.own === 'from' ? way.to : way.from);
  const ports: Ports = at.of === 'call' ? [way.port, way.port] : EPHEMERAL;
  return { list: 'network-acl', acl, direction, ports, peer, before: refusedAt(acl, direction, ports, peer) };
}

import type { NetworkAcl } from '../../../do/model/routing.js';
import { refusedAt } from './acl-entries.js';
import { EPHEMERAL, type Ports } from '../reasons/source-ports.js';
import type { AclAt } from './acl-at.js';
import { blockText } from '../model/end.js';
import type { Way } from '../model/step.js';
import type { Wanted } from '../model/wanted.js';
import type { EntryToAdd } from '../reasons/network-acl.js';

/** The entry to add, and its place: no entry can precede number 1 on AWS, while Alibaba Cloud orders entries as a list. */
export function entryToAdd(at: AclAt, acl: NetworkAcl, way: Way): EntryToAdd {
  const { direction } = at;
  const { before, peer, ports } = wantedEntry(at, acl, way);
  const index = way[at.own].place?.world.index;
  const isFull = acl.entries?.some((entry) => entry.direction === direction && entry.order === 2) === true;
  const mustMove = before === 1 && index !== undefined && index.clouds.network(index.region).aclEntriesAreNumbered;
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

/** One entry for all that is denied, before the first entry that denies a part of it. */
export function wantedEntry(at: AclAt, acl: NetworkAcl, way: Way): Extract<Wanted, { list: 'network-acl' }> {
  const { direction } = at;
  const peer = blockText(at.own === 'from' ? way.to : way.from);
  const ports: Ports = at.of === 'call' ? [way.port, way.port] : EPHEMERAL;
  return { list: 'network-acl', acl, direction, ports, peer, before: refusedAt(acl, direction, ports, peer) };
}

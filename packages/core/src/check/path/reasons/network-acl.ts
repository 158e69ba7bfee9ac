import type { Params } from '../../../do/findings/finding.js';
import { shareText, SOURCE_PORTS } from './security-group.js';
import { bound, portsText, preposition } from '../../../do/words/rule-words.js';
import { reason, reasons, type PathRule } from './reason.js';

/** The texts of `path/network-acl`. */
export const pathNetworkAcl = {
  id: 'path/network-acl',
  title: "Network ACLs allow the calls outbound from the link's subnets and inbound to the target's",
  about:
    'Network ACLs filter traffic that enters or leaves a subnet, not traffic within it. The first matching entry decides. Traffic without a matching entry is denied. On a path through a transit gateway, the ACLs of its attachment subnets apply too.',
} as const satisfies PathRule;

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

/** `Add an entry to acl-1 before 100: inbound allow tcp 443 from 10.0.1.0/24.` */
function addEntry({ acl, before, peer, fromPort, toPort, direction, renumber }: EntryToAdd): string {
  const what = `${bound(direction)} allow ${portsText(fromPort, toPort)} ${preposition(direction)} ${peer}.`;
  if (renumber === undefined)
    return `Add an entry to ${acl}${before === undefined ? '' : ` before ${before}`}: ${what}`;

  return renumber === 'all'
    ? `Renumber all entries of ${acl} to higher numbers, since no entry can precede 1, then add an entry before them: ${what}`
    : `Renumber entry 1 of ${acl} to 2, since no entry can precede 1, then add an entry to ${acl} before 2: ${what}`;
}

/** The published facts of an entry to add. */
function entryParams({ acl, before, peer, fromPort, toPort }: EntryToAdd): Params {
  return { acl, before, peer, fromPort, toPort };
}

/** The sentences of hops at network ACLs. */
export const networkAclReasons = reasons({
  ACL_ABSENT: reason(
    'network ACL {acl} of {subnet} does not exist in {region}',
    'Associate {subnet} with an existing network ACL, then take the snapshot again.',
  ),
  /** `answer`: the entry that answers need besides, once calls are allowed. */
  ACL_DENIES: reason(
    '[entry {entry} of {acl} denies|no entry of {acl} allows] [if direction=in: inbound|outbound] {traffic} [if direction=in: from|to] {other}',
    '{first}[ Answers need an entry, too. {second}]',
    {
      hidden: ['add', 'answer'],
      words: ({ add, answer }: { readonly add: EntryToAdd; readonly answer?: EntryToAdd | undefined }) => ({
        first: addEntry(add),
        second: answer && addEntry(answer),
      }),
      params: ({ add }) => ({ remedies: entryParams(add) }),
    },
  ),
  ACL_DENIES_FEW_PORTS: reason(
    '{acl} denies [if direction=in: inbound|outbound] answers [if direction=in: from|to] {other} on {count}, [denied by {entries?entry:entries} {entries:few}|no entry allows them]: calls from these ports fail, others succeed',
    'Allow answers to all of 1024-65535 in {acl}. If the deny is intended, add an `ignore` entry for this finding.',
    {
      also: ['ports'],
      words: ({ ports }: { readonly ports: number }) => ({
        count: `${ports} of the ${SOURCE_PORTS} source ports of calls (${shareText(ports)})`,
      }),
    },
  ),
  ACL_DENIES_PART: reason(
    '{acl} allows [if direction=in: inbound|outbound] {traffic} [if direction=in: from|to] only a part of {other}: {parts}',
    '{first}',
    {
      hidden: ['add'],
      words: ({ add }: { readonly add: EntryToAdd }) => ({ first: addEntry(add) }),
      params: ({ add }) => ({ remedies: entryParams(add) }),
    },
  ),
});

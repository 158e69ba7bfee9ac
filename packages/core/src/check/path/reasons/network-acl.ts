import type { Params } from '../../../do/findings/finding.js';
import { shareText, SOURCE_PORTS } from './source-ports.js';
import { fewText } from '../../../ground/text/few-text.js';
import { bound, portsText, preposition } from '../../../do/words/rule-words.js';
import { reason, reasons, type PathRule } from './reason.js';

/** The texts of `path/network-acl`. */
export const pathNetworkAcl = {
  id: 'path/network-acl',
  title: "Network ACLs allow the calls outbound from the link's subnets and inbound to the target's",
  about:
    'Network ACLs filter traffic that enters or leaves a subnet, not traffic within it. The first matching ' +
    'entry decides. Traffic without a matching entry is denied. On a path through a transit gateway, the ' +
    'ACLs of its attachment subnets apply too.',
} as const satisfies PathRule;

type Direction = 'in' | 'out';

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
  ACL_DENIES: ({
    add,
    answer,
    ...params
  }: {
    readonly acl: string;
    readonly entry?: number | undefined;
    readonly traffic: string;
    readonly direction: Direction;
    readonly other: string;
    readonly add: EntryToAdd;
    readonly answer?: EntryToAdd | undefined;
  }) => {
    const { acl, entry, traffic, direction, other } = params;
    const who = entry === undefined ? `no entry of ${acl} allows` : `entry ${entry} of ${acl} denies`;
    return {
      because: `${who} ${bound(direction)} ${traffic} ${preposition(direction)} ${other}`,
      remedy: `${addEntry(add)}${answer === undefined ? '' : ` Answers need an entry, too. ${addEntry(answer)}`}`,
      params: { ...params, remedies: entryParams(add) },
    };
  },
  ACL_DENIES_FEW_PORTS: ({
    acl,
    ports,
    direction,
    other,
    entries,
  }: {
    readonly acl: string;
    readonly ports: number;
    readonly direction: Direction;
    readonly other: string;
    readonly entries: readonly number[];
  }) => {
    const count = `${ports} of the ${SOURCE_PORTS} source ports of calls (${shareText(ports)})`;
    const numbers = `${entries.length === 1 ? 'entry' : 'entries'} ${fewText(entries.map(String))}`;
    const by = entries.length === 0 ? 'no entry allows them' : `denied by ${numbers}`;
    return {
      because: `${acl} denies ${bound(direction)} answers ${preposition(direction)} ${other} on ${count}, ${by}: calls from these ports fail, others succeed`,
      remedy: `Allow answers to all of 1024-65535 in ${acl}. If the deny is intended, add an \`ignore\` entry for this finding.`,
    };
  },
  ACL_DENIES_PART: ({
    add,
    ...params
  }: {
    readonly acl: string;
    readonly traffic: string;
    readonly direction: Direction;
    readonly other: string;
    readonly parts: string;
    readonly add: EntryToAdd;
  }) => {
    const { acl, traffic, direction, other, parts } = params;
    return {
      because: `${acl} allows ${bound(direction)} ${traffic} ${preposition(direction)} only a part of ${other}: ${parts}`,
      remedy: addEntry(add),
      params: { ...params, remedies: entryParams(add) },
    };
  },
});

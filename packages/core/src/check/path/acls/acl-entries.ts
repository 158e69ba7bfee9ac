import { MAX_PORT } from '../../../ground/ports.js';
import type { NetworkAcl, NetworkAclEntry } from '../../../do/model/routing.js';
import { isAllProtocols, isTcp, mayBeTcp } from '../../../do/words/rule-words.js';
import { madeIn, madeOnce, type DerivedOwner } from '../../../do/world/derived.js';
import type { Ports } from '../reasons/security-group.js';
import { flatAddressMap, type Block, type AddressMap } from '../model/address-map.js';
import { meets, readSpan, type Span } from '../model/span.js';
import type { PathStep } from '../model/step.js';
import type { PathCheckId } from '../reasons/index.js';

/** The entries of an ACL for TCP in one direction and some ports: for each range of ports on which they agree. */
export interface CompiledAcl {
  readonly runs: readonly {
    readonly ports: Ports;
    readonly blocks4: AddressMap<RankedEntry>;
    readonly blocks6: AddressMap<RankedEntry>;
  }[];
  readonly exempt: readonly Span[];
  readonly unread: string | undefined;
  /** The result where no entry matches; created on first use. */
  readonly steps: Map<string, PathStep>;
}

/** An entry, and its place in the order. */
export interface RankedEntry {
  readonly entry: NetworkAclEntry;
  readonly rank: number;
}

/** An ACL's entries for TCP, one direction and some ports; compiled once. */
export function compiledAcl(
  owner: DerivedOwner,
  acl: NetworkAcl,
  entries: readonly NetworkAclEntry[],
  direction: 'in' | 'out',
  ports: Ports,
): CompiledAcl {
  const byKey = madeOnce(owner, 'ACL entries', acl, () => new Map<string, CompiledAcl>());
  return madeIn(byKey, `${direction} ${ports.join('-')}`, () => compile(acl, entries, direction, ports));
}

function compile(
  acl: NetworkAcl,
  entries: readonly NetworkAclEntry[],
  direction: 'in' | 'out',
  ports: Ports,
): CompiledAcl {
  const fitting = entries
    .filter((entry) => entry.direction === direction && mayBeTcp(entry.protocol) && touches(entry, ports))
    .toSorted((a, b) => a.order - b.order)
    .map((entry, rank) => ({ entry, rank, span: readSpan(entry.cidrBlock) }));
  const runs = portRuns(
    fitting.map(({ entry }) => portsOf(entry)),
    ports,
  ).map((run) => {
    const blocks: Block<RankedEntry>[] = fitting.flatMap(({ entry, rank, span }) =>
      span !== undefined && touches(entry, run) ? [{ span, value: { entry, rank } }] : [],
    );
    const choose = (outer: RankedEntry | undefined, own: RankedEntry): RankedEntry =>
      outer === undefined || own.rank < outer.rank ? own : outer;
    return {
      ports: run,
      blocks4: flatAddressMap(
        blocks.filter(({ span }) => span.family === 4),
        choose,
      ),
      blocks6: flatAddressMap(
        blocks.filter(({ span }) => span.family === 6),
        choose,
      ),
    };
  });
  return {
    runs,
    exempt: (acl.exempt ?? []).flatMap((text) => readSpan(text) ?? []),
    unread: unreadOf(fitting),
    steps: new Map(),
  };
}

/** What of an entry is in no known form: its block, or its protocol. */
function unreadOf(
  fitting: readonly { readonly entry: NetworkAclEntry; readonly span: Span | undefined }[],
): string | undefined {
  for (const { entry, span } of fitting) {
    if (span === undefined) return `the block ${entry.cidrBlock}`;
    if (!isTcp(entry.protocol)) return `the protocol ${entry.protocol}`;
  }
  return undefined;
}

/** The number of the first entry that denies TCP between some ports and a block, in part or whole; undefined where none does. */
export function refusedAt(
  { entries = [] }: NetworkAcl,
  direction: 'in' | 'out',
  ports: Ports,
  block: string,
): number | undefined {
  const span = readSpan(block);
  const orders = entries.flatMap((entry) => {
    if (entry.direction !== direction || entry.action !== 'deny' || !isTcp(entry.protocol) || !touches(entry, ports))
      return [];

    const own = readSpan(entry.cidrBlock);
    return span === undefined || own === undefined || meets(own, span) ? [entry.order] : [];
  });
  return orders.length === 0 ? undefined : Math.min(...orders);
}

function portsOf({ protocol, fromPort, toPort }: NetworkAclEntry): Ports {
  return isAllProtocols(protocol) || !isTcp(protocol) || fromPort < 0 || toPort < 0
    ? [0, MAX_PORT]
    : [fromPort, toPort];
}

function touches(entry: NetworkAclEntry, [first, last]: Ports): boolean {
  const [from, to] = portsOf(entry);
  return from <= last && first <= to;
}

/** Cuts ports at the borders of some ranges. */
function portRuns(ranges: readonly Ports[], [first, last]: Ports): readonly Ports[] {
  const cuts = new Set([first]);
  for (const [from, to] of ranges) for (const cut of [from, to + 1]) if (cut > first && cut <= last) cuts.add(cut);
  const starts = [...cuts].toSorted((a, b) => a - b);
  return starts.map((start, index) => [start, (starts[index + 1] ?? last + 1) - 1]);
}

/** Addresses and ports on which one entry decides; without an entry, none matches. */
export interface Part {
  readonly span: Span;
  readonly ruled: RankedEntry | undefined;
  readonly ports: Ports;
}

/** Addresses, and the number of requested ports for which they are denied. */
export interface DeniedSpan {
  readonly span: Span;
  readonly denied: number;
}

/** Cuts a span at the borders of its parts, and counts the denied ports of each piece. */
export function deniedBy(
  parts: readonly Part[],
  denied: readonly Part[],
  { family, end }: Span,
): readonly DeniedSpan[] {
  const borders = [...new Set(parts.flatMap(({ span }) => [span.start, span.end]))].toSorted((a, b) =>
    a < b ? -1 : a > b ? 1 : 0,
  );
  return borders.slice(0, -1).map((start, index): DeniedSpan => {
    const span: Span = { family, start, end: borders[index + 1] ?? end };
    const own = denied.filter((part) => meets(part.span, span));
    return { span, denied: own.reduce((sum, { ports: [first, last] }) => sum + last - first + 1, 0) };
  });
}

/** Where the network ACL of a subnet evaluates a packet: the call itself, or its answer. */
export interface AclAt {
  readonly check: PathCheckId;
  readonly hop: string;
  readonly direction: 'in' | 'out';
  /** `call`: the port that is called. `answer`: every port that the call may have come from. */
  readonly of: 'call' | 'answer';
  /** The end whose subnet it is. */
  readonly own: 'from' | 'to';
}

/** Calls and their answers are checked by two checks. */
export const aclAt = (of: AclAt['of'], hop: string, direction: AclAt['direction'], own: AclAt['own']): AclAt => ({
  check: of === 'call' ? 'path/network-acl' : 'path/return',
  hop,
  direction,
  of,
  own,
});

/** The four places at which network ACLs evaluate a call and its answer, in the order of the path. */
export const ACL_OUT = aclAt('call', 'network ACL out', 'out', 'from');
export const ACL_IN = aclAt('call', 'network ACL in', 'in', 'to');
export const ACL_BACK_OUT = aclAt('answer', 'network ACL out, answer', 'out', 'to');
export const ACL_BACK_IN = aclAt('answer', 'network ACL in, answer', 'in', 'from');

/** Where the answer to a call that is stopped here is evaluated. */
export const ANSWERS: ReadonlyMap<AclAt, AclAt> = new Map([
  [ACL_OUT, ACL_BACK_IN],
  [ACL_IN, ACL_BACK_OUT],
]);

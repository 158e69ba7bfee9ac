import { loadBalancerReasons } from '../reasons/load-balancer.js';
import type { AccessControl, Listener } from '../../../do/model/load-balancer.js';
import type { Missing } from '../../../do/world/views.js';
import { passStep, blockText, type End, unknownStep, type PathStep, type Way, type ListChange } from '../model/step.js';
import { holds, meets, readSpan, type Span } from '../model/span.js';
import { overEnd } from '../whole-span.js';
import type { NetworkAcl } from '../../../do/model/routing.js';
import { refusedAt, type AclAt } from './acl-entries.js';
import { EPHEMERAL, type Ports, type EntryToAdd } from '../reasons/security-group.js';

const CHECK = 'path/load-balancer';
const HOP = 'access control list';

/**
 * Whether a listener's access control list allows a caller: an allowlist allows its entries, and every caller while it is empty; a
 * denylist allows every caller outside its entries. `unread`: why its entries may be missing.
 */
export function accessControlStep(listener: Listener, from: End, unread?: Missing): PathStep {
  const { accessControl } = listener;
  const ids = accessControl?.ids.join(', ') ?? '';
  const what = { kind: 'access control list', id: ids };
  if (accessControl?.cidrBlocks === undefined) {
    const entries = `the entries of ${ids}`;
    const step = unknownStep(CHECK, HOP, what, {
      remedy: 'Take the snapshot again with credentials that may read access control lists of load balancers.',
      ...unread,
      what: entries,
    });
    return accessControl === undefined ? step : { ...step, wants: ({ from: own }) => wanted(accessControl, own) };
  }

  const blocks = accessControl.cidrBlocks.flatMap((text) => readSpan(text) ?? []);
  return overEnd(from, (span) => judge(accessControl, blocks, span, listener));
}

function judge(own: AccessControl, blocks: readonly Span[], span: Span, listener: Listener): PathStep {
  const { kind, ids } = own;
  const whole = covers(blocks, span);
  const some = blocks.some((block) => meets(block, span));
  if (kind === 'allow' ? blocks.length === 0 || whole : !some) {
    const text =
      kind === 'allow'
        ? blocks.length === 0
          ? 'empty: allows every caller'
          : 'contains the caller'
        : 'does not contain the caller';
    return passStep(CHECK, HOP, () => ({ kind: 'access control list', id: ids.join(', '), text }));
  }

  const partly = some && !whole;
  return {
    check: CHECK,
    hop: HOP,
    verdict: partly ? 'unknown' : 'fail',
    ...(partly ? { partly: true } : {}),
    describe: ({ from }) => ({
      kind: 'access control list',
      id: ids.join(', '),
      text:
        kind === 'allow'
          ? `${partly ? 'contains only a part of' : 'does not contain'} ${from.text}`
          : `contains ${partly ? 'a part of ' : ''}${from.text}`,
      code: 'ELBV2_LISTENER_REQUIRES_TG_ACCEPT',
      ...loadBalancerReasons.ACCESS_LIST_REFUSES({
        lists: ids,
        listKind: kind,
        port: listener.port,
        partly,
        from: from.text,
        block: blockText(from),
      }),
    }),
    wants: ({ from }) => wanted(own, from),
  };
}

/** An allowlist has to contain the caller. From a denylist the entries that contain a part of it are removed. */
function wanted({ kind, ids, cidrBlocks = [] }: AccessControl, from: End): ListChange | undefined {
  const [id] = ids;
  const block = blockText(from);
  const span = readSpan(block);
  if (id === undefined || span === undefined) return undefined;
  if (kind === 'allow') return { list: 'access-control-list', id, add: block };

  const remove = cidrBlocks.filter((text) => {
    const own = readSpan(text);
    return own !== undefined && meets(own, span);
  });
  return remove.length === 0 ? undefined : { list: 'access-control-list', id, remove };
}

/** Whether blocks together contain all of a span. */
function covers(blocks: readonly Span[], span: Span): boolean {
  if (blocks.some((block) => holds(block, span))) return true;

  let { start } = span;
  for (const block of blocks.filter((one) => meets(one, span)).toSorted((a, b) => (a.start < b.start ? -1 : 1))) {
    if (block.start > start) return false;

    if (block.end > start) start = block.end;
  }
  return start >= span.end;
}

/** The entry to add, and its place: no entry can precede number 1 on AWS, while Alibaba Cloud orders entries as a list. */
export function entryToAdd(at: AclAt, acl: NetworkAcl, way: Way): EntryToAdd {
  const { direction } = at;
  const { before, peer, ports } = missingEntry(at, acl, way);
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
export function missingEntry(at: AclAt, acl: NetworkAcl, way: Way): Extract<ListChange, { list: 'network-acl' }> {
  const { direction } = at;
  const peer = blockText(at.own === 'from' ? way.to : way.from);
  const ports: Ports = at.of === 'call' ? [way.port, way.port] : EPHEMERAL;
  return { list: 'network-acl', acl, direction, ports, peer, before: refusedAt(acl, direction, ports, peer) };
}

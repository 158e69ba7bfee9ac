import { MAX_PORT } from '@postern/core/internal/adapter';
import type { DraftRegion, View } from '@postern/core/internal/overlay';
import type { NetworkAclEntry } from '@postern/core/internal/snapshot';
import { protocolOf } from './apis/backend-uri.js';
import { IMPLICIT } from './table-routes.js';

export function inlineEntries(view: View): readonly NetworkAclEntry[] {
  return (['ingress', 'egress'] as const).flatMap((name) =>
    view.blocks(name).flatMap((one) => {
      const order = one.number('rule_no') ?? 0;
      return order >= IMPLICIT ? [] : [entryOf(one, name === 'egress', order, 'action')];
    }),
  );
}

export function ruleEntry(view: View): NetworkAclEntry {
  return entryOf(view, view.flag('egress') === true, view.number('rule_number') ?? 0, 'rule_action');
}

const ACTIONS: ReadonlyMap<string, NetworkAclEntry['action']> = new Map([
  ['allow', 'allow'],
  ['deny', 'deny'],
]);

function entryOf(view: View, isOut: boolean, order: number, action: string): NetworkAclEntry {
  const protocol = protocolOf(view.text('protocol'));
  const isIcmp = protocol === 'icmp' || protocol === 'icmpv6';
  const [from, to] = isIcmp ? ['icmp_type', 'icmp_code'] : ['from_port', 'to_port'];
  const ports =
    protocol === 'all'
      ? [0, MAX_PORT]
      : [view.number(from) ?? (isIcmp ? -1 : 0), view.number(to) ?? (isIcmp ? -1 : MAX_PORT)];
  return {
    direction: isOut ? 'out' : 'in',
    order,
    action: view.listed(action, ACTIONS, 'deny'),
    protocol,
    fromPort: ports[0] ?? 0,
    toPort: ports[1] ?? 0,
    cidrBlock: view.text('cidr_block') ?? view.needed('ipv6_cidr_block'),
  };
}

export function changeEntries(
  draft: DraftRegion,
  id: string,
  gone: readonly NetworkAclEntry[],
  added: readonly NetworkAclEntry[],
): void {
  // A number is one entry for each direction and family.
  const keyOf = ({ direction, order, cidrBlock }: NetworkAclEntry): string =>
    `${direction} ${order} ${cidrBlock.includes(':')}`;
  const keys = new Set([...gone, ...added].map(keyOf));
  draft.patch('networkAcls', id, ({ entries = [] }) => ({
    entries: [...entries.filter((one) => !keys.has(keyOf(one))), ...added],
  }));
}

import type { GroupRule } from '../../do/group-rules.js';
import type { LinkRef } from '../../do/model/reference.js';
import type { JudgedMigration } from '../validate/validate.js';
import { wantedFor } from '../../check/checks/path/outcomes.js';
import type { Wanted } from '../../check/path/model/step.js';
import type { WidenEntry } from './move-plan.js';

/**
 * What a judged move lacks and Postern may add: accessible blocks of the target link, and rules of the groups that the
 * user named. Nothing old is removed, so rules that must change or go are not among them.
 */
export function wantedEntries(
  { report, found }: JudgedMigration,
  link: LinkRef,
  manage: readonly string[],
): readonly WidenEntry[] {
  if (found === undefined) return [];
  const blocks = report.findings.flatMap(({ check, code, verdict, params }) =>
    check === 'migrate/accessible-blocks' && code === 'OUTSIDE_BLOCKS' && verdict === 'fail'
      ? [String(params['outside'])]
      : [],
  );
  const { input } = found;
  const rules = input.future.targets
    .flatMap((view) => wantedFor(input.check, view))
    .flatMap((one) => ruleOf(one, manage));
  return [...blocks.map((address) => blockEntry(link, address)), ...rules.map((rule) => ruleEntry(link, rule))];
}

/** One block for one address: the smallest that the service accepts. */
function blockEntry(link: LinkRef, address: string): WidenEntry {
  const cidrBlock = `${address}/${address.includes(':') ? 128 : 32}`;
  return {
    kind: 'allowlist',
    id: `allow ${cidrBlock} on ${link.id}`,
    link,
    entry: { cidrBlock, protocol: 'all', fromPort: 0, toPort: 65_535 },
  };
}

function ruleOf(wanted: Wanted, manage: readonly string[]): readonly GroupRule[] {
  if (wanted.list !== 'security-group' || !manage.includes(wanted.id) || (wanted.yields ?? []).length > 0) return [];
  const { id: groupId, direction, port, peer, priority } = wanted;
  const end = peer.includes('/') ? { cidr: peer } : { peerGroupId: peer };
  return [
    {
      groupId,
      direction: direction === 'in' ? 'ingress' : 'egress',
      fromPort: port,
      toPort: port,
      ...end,
      ...(priority === undefined ? {} : { priority }),
    },
  ];
}

function ruleEntry(link: LinkRef, rule: GroupRule): WidenEntry {
  const { groupId, direction, fromPort, cidr, peerGroupId } = rule;
  const way = direction === 'ingress' ? 'from' : 'to';
  const id = `allow ${direction} tcp ${fromPort} ${way} ${cidr ?? peerGroupId ?? ''} in ${groupId}`;
  return { kind: 'group-rule', id, link, rule };
}

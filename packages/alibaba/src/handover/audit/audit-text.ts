import { displayText } from '@postern/core/report';
import type { Audit, AuditVerdict } from './audit.js';

const SHOWN: readonly (readonly [AuditVerdict, string])[] = [
  ['lost', 'Lost'],
  ['skipped', 'Skipped by the type of the HTTP API'],
  ['unpublished', 'There, and does not serve'],
  ['reused', 'Reused as it was'],
  ['unknown', 'Not compared'],
];

/** An audit for people: what is missing or differs; what is carried over is counted. */
export function auditText({ group, stage, gateway, items, complete }: Audit): string {
  const lines = [`Audit of ${group.name} (${group.id}), ${stage}, on ${gateway}`];
  for (const [verdict, title] of SHOWN) {
    const own = items.filter((item) => item.verdict === verdict);
    if (own.length === 0) continue;
    lines.push('', `${title} (${own.length})`);
    for (const { code, message, remedy } of own) {
      lines.push(`  ${code}: ${message}`, ...(remedy === undefined ? [] : [`    → ${remedy}`]));
    }
  }
  const carried = items.filter(({ verdict }) => verdict === 'carried').length;
  lines.push(
    '',
    `${carried} of ${items.length} carried over`,
    complete ? '✓ Nothing is missing.' : '✗ Something is missing or differs.',
  );
  return `${lines.map(displayText).join('\n')}\n`;
}

import type { AllowEntry, Link } from '@postern/core';
import type { Allowlist } from '@postern/core/adapter';
import { displayText } from '@postern/core/report';
import type { BlockResources } from '@postern/core/snapshot';
import { printLines } from '../output/print.js';
import { table } from '../output/table.js';
import type { Io } from '../process/io.js';

/** The text in the column of resources. */
const WORDS = { instance: 'server', 'load-balancer': 'load balancer', interface: 'interface' } as const;

/** A link's list, one line per entry. Below each block are the resources inside it. */
export function printAllowlist(
  io: Io,
  { name, id }: Pick<Link, 'name' | 'id'>,
  { entries, wider, unmanaged = [], filter }: Pick<Allowlist, 'entries' | 'wider' | 'unmanaged' | 'filter'>,
  resources?: readonly BlockResources[],
): void {
  const link = `${displayText(name)} (${displayText(id)})`;
  if (filter === 'none') {
    const why = 'its load balancer has no security groups, or does not enforce them on PrivateLink traffic';
    printLines(io, `Nothing filters the calls of ${link}: ${why}`);
    return;
  }
  const heading =
    filter === 'inbound' ? `The security groups of the load balancer of ${link} admit` : `${link} may reach`;
  printLines(io, `${heading}${entries.length + unmanaged.length === 0 ? ' nothing' : ''}`);
  for (const entry of entries) {
    printLines(
      io,
      `  ${displayText(entry.cidrBlock)} ${ports(entry)}${entry.fixed === true ? ', as a block of its own subnets' : ''}`,
    );
    const inside = resources?.find(({ cidrBlock }) => cidrBlock === entry.cidrBlock)?.resources;
    if (inside === undefined) continue;
    if (inside.length === 0) printLines(io, '    no known resources');
    else {
      const rows = inside.map((one) => [WORDS[one.kind], one.id, one.address, one.subnetId ?? '', one.name ?? '']);
      const [, ...lines] = table(
        ['', '', '', '', ''],
        rows.map((row) => row.map(displayText)),
        { columns: io.stdout.columns && io.stdout.columns - 4 },
      );
      printLines(io, ...lines.map((line) => `    ${line}`));
    }
  }
  for (const rule of unmanaged) printLines(io, `  not managed by Postern: ${displayText(rule)}`);
  for (const rule of wider) printLines(io, `  and more: ${displayText(rule)}`);
}

function ports({ protocol, fromPort, toPort }: AllowEntry): string {
  if (protocol === 'all') return 'on all ports';
  if (fromPort === 0 && toPort === 65_535) return `${protocol} all ports`;
  return fromPort === toPort ? `${protocol} ${fromPort}` : `${protocol} ${fromPort}-${toPort}`;
}

import { displayText, type Allowlist, type AllowEntry, type BlockResources, type Link } from '@postern/core';
import { printLines } from '../output/print.js';
import { table } from '../output/table.js';
import type { Io } from '../process/io.js';

/** The text in the column of resources. */
const WORDS = { instance: 'server', 'load-balancer': 'load balancer', interface: 'interface' } as const;

/** A link's list, one line per entry. Below each block are the resources inside it. */
export function printAllowlist(
  io: Io,
  { name, id }: Pick<Link, 'name' | 'id'>,
  { entries, wider, unmanaged = [] }: Pick<Allowlist, 'entries' | 'wider' | 'unmanaged'>,
  resources?: readonly BlockResources[],
): void {
  printLines(
    io,
    `${displayText(name)} (${displayText(id)}) may reach${entries.length + unmanaged.length === 0 ? ' nothing' : ''}`,
  );
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

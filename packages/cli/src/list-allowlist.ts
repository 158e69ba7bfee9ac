import {
  displayText,
  UnsupportedError,
  type Allowlist,
  type AllowEntry,
  type BlockResources,
  type Link,
} from '@postern/core';
import { findLink, openPlace, type PlaceOptions } from './find-link.js';
import type { Invocation, Io } from './io.js';
import { printJson, printLines, table } from './output.js';

/** What stands in the column of resources, in words. */
const WORDS = { instance: 'server', 'load-balancer': 'load balancer', interface: 'interface' } as const;

/** `postern allow LINK --list`: what a link may reach, and with `resources` what stands there. */
export async function listAllowlist(
  { io, args: [name = ''], options }: Invocation<PlaceOptions>,
  withResources: boolean,
): Promise<number> {
  const place = await openPlace(io, name, options);
  const { gate, context } = place;
  const link = await findLink(place, name);
  const { allowlist, provider } = gate.driver;
  if (withResources && allowlist.resources === undefined) {
    throw new UnsupportedError(`the adapter for ${provider} cannot tell what stands inside a block`, {
      remedy: 'Leave --resources out.',
    });
  }
  const list = await allowlist.read(link.id, context);
  const resources = withResources ? ((await allowlist.resources?.(link.id, context)) ?? []) : undefined;
  if (options.json === true) {
    printJson(io, {
      linkId: link.id,
      owned: list.owned,
      entries: list.entries,
      wider: list.wider,
      unmanaged: list.unmanaged ?? [],
      resources,
    });
    return 0;
  }
  printAllowlist(io, link, list, resources);
  return 0;
}

/** A link's list, one line an entry; below each block what stands inside it. */
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
    if (inside.length === 0) printLines(io, '    nothing that is known stands there');
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

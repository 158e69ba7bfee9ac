import type { Columns } from '@postern/core/cidr';
import type { Io } from '../process/io.js';
import { asciiJson } from './ascii-json.js';
import { blockLines, blockMembers } from './block-text.js';
import { inTurn, once, writeOut } from './byte-output.js';

/** Prints blocks, IPv4 before IPv6: a line each, or as the list `prefixes` that ends a JSON document. */
export async function printBlocks(
  io: Io,
  [four, six]: readonly [Columns, Columns],
  head: object | undefined,
): Promise<void> {
  if (head === undefined) {
    await writeOut(io, inTurn([blockLines(four), blockLines(six)]));
    return;
  }
  const members = [blockMembers(four, true), blockMembers(six, four.count === 0)];
  await writeOut(io, inTurn([once(`${asciiJson(head).slice(0, -1)},"prefixes":[`), ...members, once(']}\n')]));
}

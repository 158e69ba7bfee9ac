import { PrefixSet, type Containment } from '@postern/core/cidr';
import type { Invocation } from '../../invocation.js';
import { jsonDocument, writeOut } from './output.js';
import { blocksOf, placesOf, readInputs } from './input.js';
import { refuse } from './refuse-lines.js';

/** `postern cidr contains SET [QUERY…]`: how much of each query a set holds, and which single block of it holds all. */
export async function contains({ io, args: [file = '-', ...queries], options }: Invocation): Promise<number> {
  const inputs = await readInputs(io, [[file], queries], { values: 1 });
  const [held, asked] = inputs;
  if (!held || !asked || (await refuse(io, 'contains', inputs, options))) return 64;

  const set = PrefixSet.of(blocksOf(held));
  const place = placesOf(asked);
  const results = blocksOf(asked).map((query, at) => {
    const match = set.longestMatch(query)?.toString() ?? null;
    return { query: String(query), at: place(at), verdict: set.containment(query), match };
  });
  const count = (verdict: Containment): number => results.filter((one) => one.verdict === verdict).length;
  const inside = count('inside');
  const head = {
    command: 'contains',
    set: held.lines.blocks.length,
    queries: results.length,
    inside,
    partial: count('partial'),
    outside: count('outside'),
  };
  const lines = results.map(({ query, verdict, match }) => `${query}\t${verdict}\t${match ?? '-'}\n`);
  await writeOut(io, options.json === true ? jsonDocument(head, 'results', results) : lines);
  return inside === results.length ? 0 : 3;
}

import { conflicts as conflictsOf, countConflicts, PrefixSet, type Containment } from '@postern/core/internal/cidr';
import type { Invocation } from '../../invocation.js';
import { blocksOf, readInputs, refuse } from './input.js';
import { placesOf, placesOnScreen } from './places.js';
import { jsonDocument, writeOut } from './output.js';

/** `postern cidr conflicts [FILE…]`: every pair of lines that share an address. They are printed as they are found, never kept. */
export async function conflicts({ io, args, options }: Invocation): Promise<number> {
  const inputs = await readInputs(io, [args]);
  const [input] = inputs;
  if (!input || (await refuse(io, 'conflicts', inputs, options))) return 64;

  const blocks = blocksOf(input);
  const isJson = options.json === true;
  const place = isJson ? placesOf(input) : await placesOnScreen(input);
  let status = 0;
  const found = function* () {
    for (const { a, relation, b, aIndex, bIndex } of conflictsOf(blocks)) {
      status = 3;
      yield { a: String(a), relation, b: String(b), aAt: place(aIndex), bAt: place(bIndex) };
    }
  };
  if (isJson) {
    const { equals, contains } = countConflicts(blocks);
    const head = { command: 'conflicts', input: blocks.length, pairs: equals + contains, equals, contains };
    await writeOut(io, jsonDocument(head, 'conflicts', found()));
    return status;
  }

  const lines = function* () {
    for (const { a, relation, b, aAt, bAt } of found()) yield `${a}\t${relation}\t${b}\t${aAt}\t${bAt}\n`;
  };
  await writeOut(io, lines());
  return status;
}

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

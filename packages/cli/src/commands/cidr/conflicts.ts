import { conflicts as conflictsOf, countConflicts } from '@postern/core/cidr';
import type { Invocation } from '../../invocation.js';
import { jsonDocument, writeOut } from './output.js';
import { blocksOf, placesOf, placesOnScreen, readInputs } from './input.js';
import { refuse } from './refuse-lines.js';

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

import { combine, coverEdges, edgesOf, mergeColumns } from '@postern/core/cidr';
import type { Invocation } from '../invocation.js';
import { countOf, readInputs } from './input.js';
import { printBlocks } from './print-blocks.js';
import { refuse } from './refuse-lines.js';

/** `postern cidr merge [FILE…]`: the fewest blocks that cover exactly the union. */
export async function merge({ io, args, options }: Invocation): Promise<number> {
  const inputs = await readInputs(io, [args]);
  const [input] = inputs;
  if (!input || (await refuse(io, 'merge', inputs, options))) return 64;
  const { four, six } = input.lines;
  const merged = [mergeColumns(four), mergeColumns(six)] as const;
  const output = merged[0].count + merged[1].count;
  await printBlocks(
    io,
    merged,
    options.json === true ? { command: 'merge', input: countOf(input), output } : undefined,
  );
  return 0;
}

/** `postern cidr subtract FILE MINUS…`: the fewest blocks that cover FILE's union without that of the others. */
export async function subtract({ io, args: [file = '-', ...others], options }: Invocation): Promise<number> {
  const inputs = await readInputs(io, [[file], others]);
  const [from, minus] = inputs;
  if (!from || !minus || (await refuse(io, 'subtract', inputs, options))) return 64;
  const left = [
    coverEdges(combine('difference', edgesOf(from.lines.four), edgesOf(minus.lines.four))),
    coverEdges(combine('difference', edgesOf(from.lines.six), edgesOf(minus.lines.six))),
  ] as const;
  const head = {
    command: 'subtract',
    input: countOf(from),
    minus: countOf(minus),
    output: left[0].count + left[1].count,
  };
  await printBlocks(io, left, options.json === true ? head : undefined);
  return 0;
}

import {
  free as freeBlocks,
  merge as mergeBlocks,
  readLines,
  subtract as subtractBlocks,
  WIDTH,
  type Prefix,
} from '@postern/core/internal/cidr';
import type { Invocation } from '../../invocation.js';
import { blocksOf, invalid, readInputs, refuse } from './input.js';
import type { Io } from '../../process/io.js';
import { jsonDocument, writeOut } from './output.js';

interface Options {
  readonly pool?: string | undefined;
  readonly bits?: number | undefined;
  readonly count?: number | undefined;
}

/** `postern cidr free --pool P[,P…] --bits N [--count K] [FILE…]`: the lowest blocks of a pool that nothing in FILE touches. */
export async function free({ io, args, options }: Invocation<Options>): Promise<number> {
  const { pool: text, bits, count: asked = 1 } = options;
  if (text === undefined)
    throw await invalid(
      'INVALID_INPUT',
      '--pool is missing',
      undefined,
      'Add --pool, such as `--pool 10.0.0.0/8 --bits 24`.',
    );
  if (bits === undefined)
    throw await invalid('INVALID_INPUT', '--bits is missing', undefined, 'Add --bits, such as `--bits 24`.');

  const { pool, family } = await readPool(text);
  if (bits > WIDTH[family])
    throw await invalid('INVALID_INPUT', `--bits: an IPv${family} block has at most ${WIDTH[family]} bits`);

  const inputs = await readInputs(io, [args]);
  const [input] = inputs;
  if (!input || (await refuse(io, 'free', inputs, options))) return 64;

  const found = freeBlocks(pool, blocksOf(input), bits, { count: asked });
  const head = { command: 'free', pool, bits, asked, found: found.length };
  await printBlocks(io, found, options.json === true ? head : undefined);
  if (found.length >= asked) return 0;

  const { note } = await import('../../output/print.js');
  const hasRoom = pool.some((block) => block.bits <= bits);
  note(io, hasRoom ? `${found.length} of ${asked} free /${bits} blocks found` : `no block of --pool holds a /${bits}`);
  return 3;
}

/** @throws {InvalidInputError} `INVALID_INPUT` where a block of the pool is refused, or it has blocks of both families. */
async function readPool(text: string): Promise<{ readonly pool: readonly Prefix[]; readonly family: 4 | 6 }> {
  const blocks = text.split(',');
  // Lines and comments are for files.
  if (/[#\n\r]/.test(text) || blocks.some((block) => block.trim() === ''))
    throw await invalid('INVALID_INPUT', '--pool: expected blocks with commas between them');

  const lines = readLines(blocks.map((block) => new TextEncoder().encode(block)));
  const [bad] = lines.refused;
  if (bad) {
    const use = bad.canonical === undefined ? '' : ` (use ${bad.canonical})`;
    throw await invalid('INVALID_INPUT', `--pool: ${bad.reason}: ${bad.text}${use}`);
  }
  const pool = blocksOf({ lines });
  const family = pool[0]?.address.family ?? 4;
  if (pool.some(({ address }) => address.family !== family))
    throw await invalid('INVALID_INPUT', '--pool has IPv4 and IPv6 blocks; search one family at a time');

  return { pool, family };
}

/** `postern cidr merge [FILE…]`: the fewest blocks that cover exactly the union. */
export async function merge({ io, args, options }: Invocation): Promise<number> {
  const inputs = await readInputs(io, [args]);
  const [input] = inputs;
  if (!input || (await refuse(io, 'merge', inputs, options))) return 64;

  const blocks = blocksOf(input);
  const merged = mergeBlocks(blocks);
  const head = { command: 'merge', input: blocks.length, output: merged.length };
  await printBlocks(io, merged, options.json === true ? head : undefined);
  return 0;
}

/** `postern cidr subtract FILE MINUS…`: the fewest blocks that cover FILE's union without that of the others. */
export async function subtract({ io, args: [file = '-', ...others], options }: Invocation): Promise<number> {
  const inputs = await readInputs(io, [[file], others]);
  const [from, minus] = inputs;
  if (!from || !minus || (await refuse(io, 'subtract', inputs, options))) return 64;

  const [blocks, without] = [blocksOf(from), blocksOf(minus)];
  const left = subtractBlocks(blocks, without);
  const head = { command: 'subtract', input: blocks.length, minus: without.length, output: left.length };
  await printBlocks(io, left, options.json === true ? head : undefined);
  return 0;
}

/** Prints blocks: a line each, or as the list `prefixes` that ends a JSON document. */
async function printBlocks(io: Io, blocks: readonly string[], head: object | undefined): Promise<void> {
  await writeOut(io, head === undefined ? blocks.map((block) => `${block}\n`) : jsonDocument(head, 'prefixes', blocks));
}

import {
  columnsOf,
  formatPrefix,
  freeBlocks,
  parsePrefix,
  prefixAt,
  readLines,
  WIDTH,
  type Columns,
  combine,
  coverEdges,
  edgesOf,
  mergeColumns,
} from '@postern/core/cidr';
import type { Invocation } from '../../invocation.js';
import { invalid, readInputs, countOf } from './input.js';
import { refuse } from './refuse-lines.js';
import type { Io } from '../../process/io.js';
import { asciiJson, inTurn, once, writeOut, blockLines, blockMembers } from './output.js';

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

  const pool = await readPool(text);
  const { family } = pool;
  if (bits > WIDTH[family])
    throw await invalid('INVALID_INPUT', `--bits: an IPv${family} block has at most ${WIDTH[family]} bits`);

  const inputs = await readInputs(io, [args]);
  const [input] = inputs;
  if (!input || (await refuse(io, 'free', inputs, options))) return 64;

  const found = freeBlocks(pool, family === 4 ? input.lines.four : input.lines.six, bits, asked);
  const shown = Array.from({ length: pool.count }, (_, row) => formatPrefix(prefixAt(pool, row)));
  const head = { command: 'free', pool: shown, bits, asked, found: found.count };
  await printBlocks(io, [found, columnsOf([], 6)], options.json === true ? head : undefined);
  if (found.count >= asked) return 0;

  const { note } = await import('../../output/print.js');
  const hasRoom = shown.some((block) => parsePrefix(block).bits <= bits);
  note(io, hasRoom ? `${found.count} of ${asked} free /${bits} blocks found` : `no block of --pool holds a /${bits}`);
  return 3;
}

/** @throws {InvalidInputError} `INVALID_INPUT` where a block of the pool is refused, or it has blocks of both families. */
async function readPool(text: string): Promise<Columns> {
  const blocks = text.split(',');
  // Lines and comments are for files.
  if (/[#\n\r]/.test(text) || blocks.some((block) => block.trim() === ''))
    throw await invalid('INVALID_INPUT', '--pool: expected blocks with commas between them');

  const { four, six, refused } = readLines(blocks.map((block) => new TextEncoder().encode(block)));
  const [bad] = refused;
  if (bad) {
    const use = bad.canonical === undefined ? '' : ` (use ${bad.canonical})`;
    throw await invalid('INVALID_INPUT', `--pool: ${bad.reason}: ${bad.text}${use}`);
  }
  if (four.count > 0 && six.count > 0)
    throw await invalid('INVALID_INPUT', '--pool has IPv4 and IPv6 blocks; search one family at a time');

  return four.count > 0 ? four : six;
}

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
    coverEdges(combine('subtract', edgesOf(from.lines.four), edgesOf(minus.lines.four))),
    coverEdges(combine('subtract', edgesOf(from.lines.six), edgesOf(minus.lines.six))),
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

/** Prints blocks, IPv4 before IPv6: a line each, or as the list `prefixes` that ends a JSON document. */
async function printBlocks(io: Io, [four, six]: readonly [Columns, Columns], head: object | undefined): Promise<void> {
  if (head === undefined) {
    await writeOut(io, inTurn([blockLines(four), blockLines(six)]));
    return;
  }

  const members = [blockMembers(four, true), blockMembers(six, four.count === 0)];
  await writeOut(io, inTurn([once(`${asciiJson(head).slice(0, -1)},"prefixes":[`), ...members, once(']}\n')]));
}

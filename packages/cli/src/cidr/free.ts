import {
  columnsOf,
  formatPrefix,
  freeBlocks,
  parsePrefix,
  prefixAt,
  readLines,
  WIDTH,
  type Columns,
} from '@postern/core/cidr';
import type { Invocation } from '../invocation.js';
import { invalid, readInputs } from './input.js';
import { printBlocks } from './print-blocks.js';
import { refuse } from './refuse-lines.js';

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
  const { note } = await import('../output/print.js');
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

import { ConflictWalk, type Rows } from '@postern/core/cidr';
import type { Invocation } from '../../invocation.js';
import { asciiJson, inTurn, once, putText, writeOut, type Fill, LONGEST, putBlock } from './output.js';
import { countOf, Places, readInputs } from './input.js';
import { refuse } from './refuse-lines.js';

/** Pairs that are fetched at once. */
const PAIRS = 4096;
/** Bytes of a record besides its blocks and places. */
const FRAME = 80;

/** `postern cidr conflicts [FILE…]`: every pair of lines that share an address. They are printed as they are found, never kept. */
export async function conflicts({ io, args, options }: Invocation): Promise<number> {
  const inputs = await readInputs(io, [args]);
  const [input] = inputs;
  if (!input || (await refuse(io, 'conflicts', inputs, options))) return 64;

  const rows = [input.lines.four, input.lines.six];
  const walks = rows.map((columns) => ({ columns, walk: new ConflictWalk(columns) }));
  const equals = walks.reduce((sum, { walk }) => sum + walk.equals, 0);
  const contains = walks.reduce((sum, { walk }) => sum + walk.contains, 0);
  const status = equals + contains > 0 ? 3 : 0;
  if (options.json === true) {
    const places = Places.json(input);
    const head = { command: 'conflicts', input: countOf(input), pairs: equals + contains, equals, contains };
    let isFirst = true;
    const put: PutPair = (bytes, at, columns, a, b) => {
      const relation = columns.bits[a] === columns.bits[b] ? 'equals' : 'contains';
      let next = putText(bytes, at, isFirst ? '{"a":"' : ',{"a":"');
      isFirst = false;
      next = putBlock(bytes, next, columns, a);
      next = putText(bytes, next, `","relation":"${relation}","b":"`);
      next = putBlock(bytes, next, columns, b);
      const [aAt, bAt] = [places.at(columns.lines[a] ?? 0), places.at(columns.lines[b] ?? 0)];
      return putText(bytes, next, `","aAt":"${aAt}","bAt":"${bAt}"}`);
    };
    const list = walks.map((one) => pairs(one, put, places.longest));
    const fills = [once(`${asciiJson(head).slice(0, -1)},"conflicts":[`), ...list, once(']}\n')];
    await writeOut(io, inTurn(fills), recordSize(places.longest));
    return status;
  }

  const places = await Places.text(input);
  const put: PutPair = (bytes, at, columns, a, b) => {
    let next = putBlock(bytes, at, columns, a);
    next = putText(bytes, next, columns.bits[a] === columns.bits[b] ? '\tequals\t' : '\tcontains\t');
    next = putBlock(bytes, next, columns, b);
    return putText(bytes, next, `\t${places.at(columns.lines[a] ?? 0)}\t${places.at(columns.lines[b] ?? 0)}\n`);
  };
  await writeOut(io, inTurn(walks.map((one) => pairs(one, put, places.longest))), recordSize(places.longest));
  return status;
}

type PutPair = (bytes: Uint8Array, at: number, columns: Rows, a: number, b: number) => number;

function recordSize(longestPlace: number): number {
  return 2 * LONGEST + 2 * longestPlace + FRAME;
}

function pairs(
  { columns, walk }: { readonly columns: Rows; readonly walk: ConflictWalk },
  put: PutPair,
  longestPlace: number,
): Fill {
  const found = new Uint32Array(2 * PAIRS);
  let count = 0;
  let pair = 0;
  return (bytes) => {
    let at = 0;
    while (at + recordSize(longestPlace) <= bytes.length) {
      if (pair === count) {
        count = walk.next(found);
        pair = 0;
        if (count === 0) break;
      }
      at = put(bytes, at, columns, found[2 * pair] ?? 0, found[2 * pair + 1] ?? 0);
      pair += 1;
    }
    return at;
  };
}

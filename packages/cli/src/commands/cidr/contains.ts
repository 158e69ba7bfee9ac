import {
  containmentOf,
  edgesOf,
  LongestMatch,
  putHighest,
  WORDS,
  type Columns,
  type Containment,
  type Rows,
} from '@postern/core/cidr';
import type { Invocation } from '../../invocation.js';
import { asciiJson, inTurn, once, putText, writeOut, type Fill, LONGEST, putBlock } from './output.js';
import { countOf, Places, readInputs } from './input.js';
import { refuse } from './refuse-lines.js';

const VERDICTS: readonly Containment[] = ['inside', 'partial', 'outside'];
/** Bytes of a record besides its blocks and places. */
const FRAME = 80;

/** `postern cidr contains SET [QUERY…]`: how much of each query a set holds, and which single block of it holds all. */
export async function contains({ io, args: [file = '-', ...queries], options }: Invocation): Promise<number> {
  const inputs = await readInputs(io, [[file], queries], { values: 1 });
  const [set, asked] = inputs;
  if (!set || !asked || (await refuse(io, 'contains', inputs, options))) return 64;

  const answers = [answer(set.lines.four, asked.lines.four), answer(set.lines.six, asked.lines.six)];
  const counts = VERDICTS.map((_, verdict) =>
    answers.reduce((sum, { verdicts }) => sum + verdicts.filter((one) => one === verdict).length, 0),
  );
  const [inside = 0, partial = 0, outside = 0] = counts;
  const status = inside === countOf(asked) ? 0 : 3;
  if (options.json === true) {
    const places = Places.json(asked);
    let isFirst = true;
    const results = inOrder(
      answers,
      places.longest,
      (bytes, at, { set: held, queries: rows, verdicts, matches }, row) => {
        let next = putText(bytes, at, isFirst ? '{"query":"' : ',{"query":"');
        isFirst = false;
        next = putBlock(bytes, next, rows, row);
        const verdict = VERDICTS[verdicts[row] ?? 0] ?? '';
        next = putText(bytes, next, `","at":"${places.at(rows.lines[row] ?? 0)}","verdict":"${verdict}","match":`);
        const match = matches[row] ?? -1;
        if (match === -1) return putText(bytes, next, 'null}');

        return putText(bytes, putBlock(bytes, putText(bytes, next, '"'), held, match), '"}');
      },
    );
    const head = { command: 'contains', set: countOf(set), queries: countOf(asked), inside, partial, outside };
    const fills = [once(`${asciiJson(head).slice(0, -1)},"results":[`), results, once(']}\n')];
    await writeOut(io, inTurn(fills), 2 * LONGEST + places.longest + FRAME);
    return status;
  }

  const lines = inOrder(answers, 0, (bytes, at, { set: held, queries: rows, verdicts, matches }, row) => {
    let next = putBlock(bytes, at, rows, row);
    next = putText(bytes, next, `\t${VERDICTS[verdicts[row] ?? 0] ?? ''}\t`);
    const match = matches[row] ?? -1;
    return putText(bytes, match === -1 ? putText(bytes, next, '-') : putBlock(bytes, next, held, match), '\n');
  });
  await writeOut(io, lines);
  return status;
}

/** The answers for the queries of one family. */
interface Answers {
  readonly set: Columns;
  readonly queries: Rows;
  /** For each query an index in {@link VERDICTS}, and the row of the longest block around it, or −1. */
  readonly verdicts: Uint8Array;
  readonly matches: Int32Array;
}

function answer<F extends 4 | 6>(set: Columns<F>, queries: Rows<F>): Answers {
  const { family, starts, bits, count } = queries;
  const words = WORDS[family];
  const edges = edgesOf(set);
  const longest = new LongestMatch(set);
  const last = new Uint32Array(words);
  const verdicts = new Uint8Array(count);
  const matches = new Int32Array(count);
  for (let row = 0; row < count; row += 1) {
    const length = bits[row] ?? 0;
    matches[row] = longest.find(starts, row * words, length);
    if (matches[row] !== -1) continue; // all of it is in one block, so inside

    putHighest(starts, row * words, length, words, last, 0);
    verdicts[row] = VERDICTS.indexOf(containmentOf(edges, starts, row * words, last, 0));
  }
  return { set, queries, verdicts, matches };
}

/** Both families' queries in the order in which they were read. */
function inOrder(
  answers: readonly Answers[],
  longestPlace: number,
  put: (bytes: Uint8Array, at: number, answers: Answers, row: number) => number,
): Fill {
  const rows = answers.map(() => 0);
  return (bytes) => {
    let at = 0;
    while (at + 2 * LONGEST + longestPlace + FRAME <= bytes.length) {
      let first: number | undefined;
      for (const [family, { queries }] of answers.entries()) {
        const line = queries.lines[rows[family] ?? 0];
        const before = first === undefined ? undefined : answers[first]?.queries.lines[rows[first] ?? 0];
        if (line !== undefined && (before === undefined || line < before)) first = family;
      }
      const chosen = first === undefined ? undefined : answers[first];
      if (first === undefined || chosen === undefined) break;

      at = put(bytes, at, chosen, rows[first] ?? 0);
      rows[first] = (rows[first] ?? 0) + 1;
    }
    return at;
  };
}

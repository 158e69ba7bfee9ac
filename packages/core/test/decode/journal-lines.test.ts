import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../runs.js';
import type { JournalRecord } from '../../src/do/apply/journal.js';
import { formatJournalLine, JOURNAL_HEADER, readJournalText } from '../../src/decode/journal-lines.js';

const at = '2026-06-01T00:00:00.000Z';
const arbRecord: fc.Arbitrary<JournalRecord> = fc.record(
  {
    type: fc.constantFrom('run', 'before', 'after', 'failed', 'end'),
    at: fc.constant(at),
    run: fc.string(),
    unit: fc.string({ unit: 'binary' }),
    step: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('a\u2028b', 'a\nb', 'a\u0085b', '{"hash":"')),
    value: fc.jsonValue({ maxDepth: 3 }),
  },
  { requiredKeys: ['type', 'at', 'run'] },
) as never;

/** A journal's text, as lines with their newlines. */
function lines(records: readonly JournalRecord[]): string[] {
  let previous = JOURNAL_HEADER.hash;
  return [
    JOURNAL_HEADER.line,
    ...records.map((record) => {
      const { line, hash } = formatJournalLine(previous, record);
      previous = hash;
      return line;
    }),
  ];
}
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const SAMPLE: readonly JournalRecord[] = [
  { type: 'run', at, run: 'r1', value: { project: 'shop' } },
  { type: 'before', at, run: 'r1', unit: 'link:eu', step: 'create link' },
  { type: 'after', at, run: 'r1', unit: 'link:eu', step: 'create link', value: { id: 'vpclink-1', name: 'ördérs' } },
  { type: 'end', at, run: 'r1' },
];

describe('readJournalText', () => {
  it('reads what was written', () => {
    fc.assert(
      fc.property(fc.array(arbRecord), (records) => {
        const text = lines(records).join('');
        const journal = readJournalText(text);
        expect(journal.records).toEqual(plain(records));
        expect(journal.notes).toEqual([]);
        expect(journal.goodLength).toBe(text.length);
      }),
      { numRuns: runs(25, 100) },
    );
  });

  it('one record is one line, for any names', () => {
    fc.assert(
      fc.property(arbRecord, (record) => {
        const { line } = formatJournalLine('', record);
        expect(line.split(/[\n\r\u0085\u2028\u2029\v\f]/)).toEqual([expect.any(String), '']);
      }),
      { numRuns: runs(50, 500) },
    );
  });

  it('truncated at any character, it keeps the complete lines and drops the rest with a note', () => {
    const all = lines(SAMPLE);
    const text = all.join('');
    const ends = all.map((_, index) => all.slice(0, index + 1).join('').length);
    for (let length = 0; length <= text.length; length += 1) {
      const whole = ends.filter((end) => end <= length).length;
      for (const tail of ['', '\0'.repeat(40)]) {
        const journal = readJournalText(text.slice(0, length) + tail);
        expect(journal.records).toEqual(plain(SAMPLE.slice(0, Math.max(0, whole - 1))));
        expect(journal.goodLength).toBe(whole === 0 ? 0 : ends[whole - 1]);
        expect(journal.notes.length).toBe(tail === '' && (length === 0 || ends.includes(length)) ? 0 : 1);
      }
    }
  });

  it('a line that was written twice counts once', () => {
    const [header = '', ...rest] = lines(SAMPLE);
    for (let twice = 0; twice < rest.length; twice += 1) {
      const text = header + rest.flatMap((line, index) => (index === twice ? [line, line] : [line])).join('');
      const journal = readJournalText(text);
      expect(journal.records).toEqual(plain(SAMPLE));
      expect(journal.notes).toEqual([`line ${twice + 3}: stands twice and counts once`]);
    }
  });

  it('any flipped bit is detected: before the last line it is refused with the number of the line', () => {
    const bytes = Buffer.from(lines(SAMPLE).join(''));
    const lastLine = bytes.subarray(0, -1).lastIndexOf(10) + 1;
    for (let index = 0; index < bytes.length; index += 1) {
      for (const bit of [1, 2, 8, 32, 128]) {
        const damaged = Buffer.from(bytes);
        damaged[index]! ^= bit;
        const line = bytes.subarray(0, index).toString('latin1').split('\n').length;
        const read = (): ReturnType<typeof readJournalText> => readJournalText(damaged.toString('utf8'));
        if (index < lastLine && line > 1) {
          expect(read).toThrow(
            expect.objectContaining({
              code: 'JOURNAL_BROKEN',
              place: expect.objectContaining({ line }),
              remedy: expect.stringContaining('Move the file away'),
            }),
          );
        } else if (line === 1) {
          expect(read).toThrow(
            expect.objectContaining({ code: expect.stringMatching(/JOURNAL_BROKEN|INVALID_INPUT/) }),
          );
        } else {
          expect(read().records).toEqual(plain(SAMPLE.slice(0, -1)));
          expect(read().notes).toHaveLength(1);
        }
      }
    }
  });

  it('swapped or removed lines are detected', () => {
    const all = lines(SAMPLE);
    for (let index = 1; index < all.length - 1; index += 1) {
      const swapped = all.with(index, all[index + 1]!).with(index + 1, all[index]!);
      const missing = all.toSpliced(index, 1);
      // With one line after the gap, the gap cannot be distinguished from a torn tail, so that line is not used.
      const expected = expect.objectContaining({
        code: 'JOURNAL_BROKEN',
        place: expect.objectContaining({ line: index + 1 }),
      });
      expect(() => readJournalText(swapped.join(''))).toThrow(expected);
      if (index < all.length - 2) expect(() => readJournalText(missing.join(''))).toThrow(expected);
      else expect(readJournalText(missing.join('')).records).toEqual(plain(SAMPLE.slice(0, -2)));
    }
  });

  it.each([
    ['{"some":"other file"}\n', 'JSON lines of another program'],
    ['notes', 'a text without a line end'],
    ['\n', 'an empty line'],
    [`${'x'.repeat(2_000_000)}\n`, 'a long line'],
  ])('refuses a file that is not a journal: %# %s', (text) => {
    expect(() => readJournalText(text, 'j')).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });

  it('a newer version is refused, with the supported one', () => {
    const { line } = formatJournalLine('', { type: 'version', version: 2 } as never);
    expect(() => readJournalText(line)).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_VERSION', message: 'journal: version 2; this program reads 1' }),
    );
  });

  it('a line with a valid hash and an invalid record is refused', () => {
    const deep = JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`) as never;
    for (const record of [
      { ...SAMPLE[0], value: deep },
      { type: 'made up', at, run: 'r' },
      { type: 'run', at: 5, run: 'r' },
      [],
      7,
    ]) {
      const text = lines([record as never]).join('');
      expect(() => readJournalText(text)).toThrow(expect.objectContaining({ code: 'JOURNAL_BROKEN' }));
    }
  });
});

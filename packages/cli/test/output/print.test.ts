import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../core/test/runs.js';
import type { Io } from '../../src/process/io.js';
import { jsonLines, printJson } from '../../src/output/print.js';
import { textTable } from '../../../core/src/ground/text/text-table.js';

function capture(work: (io: Io) => void): string {
  let out = '';
  const sink = { write: (text: string) => void (out += text), isTerminal: true };
  const signal = new AbortController().signal;
  work({ stdout: sink, stderr: sink, canAsk: false, env: {}, cwd: '/', signal });
  return out;
}

describe('JSON on a terminal and in a log', () => {
  const hostile = fc.string({
    unit: fc.constantFrom(
      '\u009b',
      '##vso[task.setvariable]',
      '##[add-mask]',
      '##',
      '[',
      '\u202e',
      '\u2028',
      '\u0085',
      '\ufeff',
      '\n',
      '\r',
      '\u001b',
      'a',
      '"',
      '\\',
      '\ud83d\ude00',
    ),
  });
  it('has one record per line and no control characters, and parses to the same value', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const out = capture((io) => jsonLines(io)({ [text]: text }));
        const lines = out.split(/[\n\r\u0085\u2028\u2029]/);
        expect(lines).toHaveLength(3);
        expect(lines[2]).toBe('');
        expect(JSON.parse(lines[1] ?? '')).toEqual({ [text]: text });
        // oxlint-disable-next-line no-control-regex -- control characters must not be in the output
        expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\ufeff]/);
        expect(JSON.parse(capture((io) => printJson(io, [text])))).toEqual([text]);
        expect(out + capture((io) => printJson(io, [text]))).not.toMatch(/##\w*\[/);
      }),
      { numRuns: runs(25, 100) },
    );
  });
});

it('table: aligns all columns but the last', () => {
  expect(
    textTable(
      ['A', 'LONG', 'C'],
      [
        ['aaa', '', 'c'],
        ['', 'b', ''],
      ],
    ),
  ).toEqual(['A    LONG  C', 'aaa        c', '     b']);
});

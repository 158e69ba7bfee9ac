import { expect, it } from 'vitest';
import { probeProgress } from '../../src/commands/probe/probe-options.js';
import type { Io } from '../../src/process/io.js';

function shown(isTerminal: boolean): string {
  let text = '';
  const progress = probeProgress({ stderr: { write: (more: string) => (text += more), isTerminal } } as unknown as Io);
  progress.show(9, 10);
  progress.show(10, 10);
  progress.end();
  return text;
}

it('counts calls on one line of a terminal, and removes it', () => {
  expect(shown(true)).toBe(`\rcalled 9 of 10\rcalled 10 of 10\r${' '.repeat(15)}\r`);
  expect(shown(false)).toBe('');
});

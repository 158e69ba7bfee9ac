import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { journalFile, openJournal } from '../../src/apply/journal.js';
import { hidingIo, type Io } from '../../src/process/io.js';
import { folder } from '../run-command.js';

it('the journal has no value of a variable that the error of a cloud repeats', async () => {
  const sink = { write: () => undefined, isTerminal: false };
  const signal = new AbortController().signal;
  const plain: Io = { stdout: sink, stderr: sink, canAsk: false, env: {}, cwd: '/', signal };
  const io = hidingIo(plain, false);
  io.hide?.((text) => text.replaceAll('hunter2hunter2', '${env:NAME}'));
  const cwd = folder();
  const journal = await openJournal(cwd, 'shop', io);
  const { release } = await journal.lock();
  const at = '2026-06-01T00:00:00.000Z';
  const value = { code: 'INVALID_INPUT', message: 'Invalid name "hunter2hunter2"' };
  await journal.append({ type: 'failed', at, run: 'r', unit: 'link:main', step: 'create link main', value });
  await release();
  const text = readFileSync(await journalFile(cwd, 'shop'), 'utf8');
  expect(text).toContain('Invalid name \\"${env:NAME}\\"');
});

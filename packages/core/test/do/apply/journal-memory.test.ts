import { expect, it } from 'vitest';
import { memoryJournal, type JournalRecord } from '../../../src/do/apply/journal.js';

const record: JournalRecord = {
  type: 'before',
  at: '2026-06-01T00:00:00.000Z',
  run: 'r1',
  unit: 'link:eu',
  step: 'create',
};

it('reads what was appended, oldest first, and as it was then', async () => {
  const journal = memoryJournal();
  const value = { id: 'a' };
  await journal.append({ ...record, value });
  await journal.append({ ...record, type: 'after' });
  value.id = 'b';
  expect(await journal.read()).toEqual([
    { ...record, value: { id: 'a' } },
    { ...record, type: 'after' },
  ]);
});

it('has one writer at a time: others wait for their turn', async () => {
  const journal = memoryJournal();
  const first = await journal.lock();
  const said: string[] = [];
  const others = ['second', 'third'].map((name) => journal.lock().then((lock) => (said.push(name), lock)));
  await new Promise((resolve) => setImmediate(resolve));
  expect(said).toEqual([]);
  await first.release();
  const second = await others[0]!;
  await first.release(); // frees nothing
  await new Promise((resolve) => setImmediate(resolve));
  expect(said).toEqual(['second']);
  await second.release();
  await (await others[1]!).release();
});

import { it, expect } from 'vitest';
import { eventQueue } from '../../../src/do/apply/events.js';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const read = async (queue: ReturnType<typeof eventQueue<number>>) => {
  const found: (number | string)[] = [];
  try {
    for await (const value of queue) found.push(value);
    found.push('end');
  } catch (error) {
    found.push((error as Error).message);
  }
  return found;
};

it('gives what was pushed before and while it is read, in order', async () => {
  const queue = eventQueue<number>();
  queue.push(1);
  queue.push(2);
  const reading = read(queue);
  await settled();
  queue.push(3);
  await settled();
  queue.push(4);
  queue.push(5);
  queue.close();
  expect(await reading).toEqual([1, 2, 3, 4, 5, 'end']);
});

it('ends with the error of its end, after all values; what comes later is nothing', async () => {
  const queue = eventQueue<number>();
  queue.push(1);
  queue.close(new Error('broken'));
  queue.push(2);
  queue.close(new Error('later'));
  queue.close();
  expect(await read(queue)).toEqual([1, 'broken']);
  const other = eventQueue<number>();
  const reading = read(other);
  await settled();
  other.close();
  other.close(new Error('later'));
  expect(await reading).toEqual(['end']);
});

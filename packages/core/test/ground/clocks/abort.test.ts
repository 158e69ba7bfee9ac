import { describe, expect, it } from 'vitest';
import { abortable, childSignal, onAbort } from '../../../src/ground/clocks/abort.js';

describe('onAbort', () => {
  it('calls every remaining callback once, with one listener', () => {
    const controller = new AbortController();
    let added = 0;
    const { signal } = controller;
    const add = signal.addEventListener.bind(signal);
    signal.addEventListener = ((...args: Parameters<typeof add>) => {
      added += 1;
      add(...args);
    }) as typeof signal.addEventListener;
    const heard: number[] = [];
    const stops = Array.from({ length: 50 }, (_, index) => onAbort(signal, () => heard.push(index)));
    for (const stop of stops.slice(2)) stop();
    controller.abort();
    controller.abort();
    expect(heard).toEqual([0, 1]);
    expect(added).toBe(1);
  });

  it('calls a callback at once where the signal is already aborted', () => {
    let heard = 0;
    onAbort(AbortSignal.abort(), () => (heard += 1))();
    expect(heard).toBe(1);
  });
});

it('abortable: rejects with the reason, and resolves with an earlier answer', async () => {
  const controller = new AbortController();
  expect(await abortable(Promise.resolve(7), controller.signal)).toBe(7);
  const waiting = abortable(new Promise(() => undefined), controller.signal);
  controller.abort('enough');
  await expect(waiting).rejects.toBe('enough');
  await expect(abortable(Promise.resolve(7), controller.signal)).rejects.toBe('enough');
});

it('childSignal: follows its parent with the same reason until it is stopped', () => {
  const controller = new AbortController();
  const one = childSignal(controller.signal);
  const two = childSignal(controller.signal);
  two.stop();
  controller.abort('enough');
  expect([one.signal.aborted, one.signal.reason, two.signal.aborted]).toEqual([true, 'enough', false]);
  expect(childSignal(controller.signal).signal.aborted).toBe(true);
});

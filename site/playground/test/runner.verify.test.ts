import { describe, expect, it, vi } from 'vitest';
import { readSamples } from '../samples/read-samples.mjs';
import type { Request } from '../src/answer.js';
import { createRunner, type Running } from '../src/runner.js';
import type { Ask, Told } from '../src/worker.js';

const request = (spec: string): Request => ({ ...readSamples()[0]!, spec, now: 0 });

/** Workers that answer when the test says so. */
function workers() {
  const started: { asked: Ask[]; tell: (told: Told) => void; fail: (why: string) => void; isEnded: boolean }[] = [];
  const start = (tell: (told: Told) => void, fail: (why: string) => void): Running => {
    const own = { asked: [] as Ask[], tell, fail, isEnded: false };
    started.push(own);
    return { send: (ask) => own.asked.push(ask), end: () => (own.isEnded = true) };
  };
  const answerTo = ({ id }: Ask, sentence: string): Told => ({
    id,
    answer: { sentence, tone: 'good', lines: [], marks: [] },
  });
  return { started, start, answerTo };
}

describe('the worker of the page', () => {
  it('is ended when it takes too long, and the next request gets a new one', async () => {
    vi.useFakeTimers();
    try {
      const { started, start, answerTo } = workers();
      const runner = createRunner(start, 10_000);
      const slow = runner.ask(request('slow'));
      await vi.advanceTimersByTimeAsync(10_000);
      expect((await slow)?.sentence).toMatch(/^Stopped after 10 seconds/);
      expect(started[0]?.isEnded).toBe(true);
      const quick = runner.ask(request('quick'));
      started[1]?.tell(answerTo(started[1].asked[0]!, 'done'));
      expect((await quick)?.sentence).toBe('done');
    } finally {
      vi.useRealTimers();
    }
  });

  it('answers the last of several requests that came while it worked', async () => {
    const { started, start, answerTo } = workers();
    const runner = createRunner(start, 10_000);
    const all = ['a', 'b', 'c'].map((spec) => runner.ask(request(spec)));
    const [worker] = started;
    worker?.tell(answerTo(worker.asked[0]!, 'first'));
    worker?.tell(answerTo(worker.asked[1]!, 'last'));
    expect((await Promise.all(all)).map((one) => one?.sentence)).toEqual(['first', undefined, 'last']);
    expect(worker?.asked).toHaveLength(2);
  });

  it('says so where its program cannot run', async () => {
    const { started, start } = workers();
    const asked = createRunner(start, 10_000).ask(request('a'));
    started[0]?.fail('Failed to fetch');
    expect((await asked)?.sentence).toContain('Failed to fetch');
  });
});

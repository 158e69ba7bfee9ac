import { describe, expect, it } from 'vitest';
import * as watch from '../../src/internal/watch.js';
import { at, finding, SPEC, START, watched } from './round.js';

const { decodeHistory, delivered, dueAt, encodeHistory, enqueue, nextDue, notDelivered, withoutOthers } = watch;
const broken = [finding({ integration: 'orders' })];
const { history, events } = watched(watch, [
  { at: 0, findings: [] },
  { at: 300, findings: broken },
  { at: 600, findings: broken },
  { at: 900, failure: 'NETWORK: down' },
]);
const news = events.flat();

describe('the file of a history', () => {
  it('holds all that a history has', () => {
    const full = enqueue(history, ['webhook 1'], news, at(900));
    expect(decodeHistory(encodeHistory(full), SPEC)).toEqual(JSON.parse(JSON.stringify(full)));
  });
  it('is that of a spec that was edited', () => {
    expect(decodeHistory(encodeHistory(history), { ...SPEC, ignore: [] }).rounds).toBe(4);
  });
  const text = encodeHistory(history);
  it.each<[string, string, typeof SPEC, object]>([
    ['cut off', text.slice(0, text.length / 2), SPEC, { code: 'INVALID_INPUT' }],
    ['empty', '', SPEC, { code: 'INVALID_INPUT' }],
    ['a snapshot', '{"version":1,"regions":[]}', SPEC, { code: 'INVALID_INPUT' }],
    ['from a newer version', text.replace('"version": 1', '"version": 2'), SPEC, { code: 'UNSUPPORTED_VERSION' }],
    ['edited by hand', text.replace('"works"', '"fine"'), SPEC, { code: 'INVALID_INPUT' }],
    [
      'of another project',
      text,
      { ...SPEC, project: 'other' },
      { message: 'the history is of another spec: project shop, spec shop-1a2b' },
    ],
    ['of another spec of the project', text, { ...SPEC, spec: 'shop-3c4d' }, { code: 'INVALID_INPUT' }],
  ])('is refused: %s', (_title, given, spec, error) => {
    expect(() => decodeHistory(given, spec, { file: 'w.json' })).toThrow(expect.objectContaining(error));
  });
});

describe('what notifiers have not received', () => {
  const now = (seconds: number) => START + seconds * 1_000;
  const queued = enqueue(history, ['webhook 1', 'stdout'], news, at(600));

  it('is what they are told of, for each of them', () => {
    expect(queued.undelivered.map(({ channel, events: own }) => [channel, own.map(({ type }) => type)])).toEqual([
      ['webhook 1', ['verdict']],
      ['stdout', ['verdict']],
    ]);
    expect(enqueue(queued, ['webhook 1', 'stdout'], news, at(700)).undelivered).toEqual(queued.undelivered);
  });

  it('is tried again for an hour of failures, less and less often, and then is one message', () => {
    let state = delivered(queued, 'stdout');
    const attempts: number[] = [];
    for (let seconds = 600; seconds < 4_200; seconds += 30) {
      if (seconds === 1_800) {
        const more = {
          ...news.find(watch.isTold),
          at: at(seconds),
          digest: 'later',
          to: 'works',
        } as (typeof news)[number];
        state = enqueue(state, ['webhook 1'], [more], at(seconds));
      }
      if (dueAt(state, now(seconds)).length === 0) continue;
      attempts.push(seconds - 600);
      state = notDelivered(state, 'webhook 1', 'answered 500', now(seconds));
    }
    expect(attempts).toEqual([0, 30, 90, 210, 450, 930, 1_830, 2_730]);
    expect(state.undelivered).toMatchObject([{ attempts: 8, failure: 'answered 500' }]);
    expect(state.undelivered[0]?.events).toHaveLength(2);
    expect(nextDue(state)).toBe(now(600 + 3_630));
    expect(delivered(state, 'webhook 1').undelivered).toEqual([]);
  });

  it('is the newest changes, and the number of all before them', () => {
    const many = (first: number, last: number) =>
      Array.from({ length: last - first }, (_, n) => ({ ...news.find(watch.isTold)!, digest: `d${first + n}` }));
    const once = enqueue(history, ['hook'], many(0, 300), at(600));
    expect(once.undelivered).toMatchObject([{ dropped: 100 }]);
    const [twice] = enqueue(once, ['hook'], many(300, 350), at(700)).undelivered;
    expect([twice?.dropped, twice?.events.length, twice?.events.at(-1)?.digest]).toEqual([150, 200, 'd349']);
    expect(decodeHistory(encodeHistory(once), SPEC)).toEqual(JSON.parse(JSON.stringify(once)));
    expect(queued.undelivered.map(({ dropped }) => dropped)).toEqual([undefined, undefined]);
  });

  it('is not kept for a notifier that is not given any more', () => {
    const { history: left, others } = withoutOthers(queued, ['stdout', 'webhook 2']);
    expect(left.undelivered.map(({ channel }) => channel)).toEqual(['stdout']);
    expect(others).toMatchObject([{ channel: 'webhook 1', events: [{ type: 'verdict' }] }]);
    expect(withoutOthers(left, ['stdout']).history).toBe(left);
  });

  it('is tried at once where the clock has gone back', () => {
    const failed = notDelivered(delivered(queued, 'stdout'), 'webhook 1', 'answered 500', now(86_400));
    expect(dueAt(failed, now(86_410))).toEqual([]);
    expect(dueAt(failed, now(600))).toHaveLength(1);
  });
});

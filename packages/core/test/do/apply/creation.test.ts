import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../../src/ground/error-codes.js';
import {
  abortedUnknown,
  creation,
  outcomeUnknown,
  creationRefusal,
  type CreationAnswer,
  type Ask,
  type CreationOptions,
  type Ending,
  type CreationRefusal,
} from '../../../src/do/apply/creation.js';
import { CloudError } from '../../../src/ground/errors.js';

type Given = CreationAnswer<string, string>;

const refused = (code: ErrorCode, fields: Partial<CreationRefusal> = {}): Given => ({
  error: code,
  message: `it failed: ${code}`,
  refusal: {
    code,
    message: code,
    unsure: false,
    retryable: false,
    exhausted: false,
    retryAfterMs: null,
    random: 0,
    ...fields,
  },
});

const absent: Given = { absent: true };
const slept: Given = { slept: true };
const found: Given = { value: 'link-1' };
const unsure = refused('ENDPOINT_UNREACHABLE', { unsure: true });
const throttled = refused('THROTTLED', { retryable: true });

/** What is asked until it ends, and how it ends; a sleep is answered by itself unless `answers` says `interrupted`. */
function walk(answers: readonly (Given | 'interrupted')[], options: Partial<CreationOptions> = {}) {
  const said: string[] = [];
  const steps = creation<string, string>({
    what: 'link eu',
    stalenessMs: 30_000,
    onLook: (message) => said.push(message),
    onRetry: (attempt, message, error) => said.push(`${attempt} ${error}: ${message}`),
    ...options,
  });
  const left = [...answers];
  const asks: string[] = [];
  let next: IteratorResult<Ask, Ending<string, string>> = steps.next();
  while (next.done !== true) {
    const { value: ask } = next;
    asks.push(textOf(ask));
    if (ask.do === 'sleep' && left[0] !== 'interrupted') next = steps.next(slept);
    else {
      const answer = left.shift();
      if (answer === undefined) throw new Error(`no answer to ${asks.at(-1)}`);
      next = steps.next(answer === 'interrupted' ? { slept: false } : answer);
    }
  }
  expect(left).toEqual([]);
  return { asks, end: next.value, said };
}

function textOf(ask: Ask): string {
  if (ask.do === 'sleep') return `${ask.part}: ${ask.ms}`;
  expect(ask.do).toMatch(/^(?:try|look)$/);
  if (ask.do === 'try') return `${ask.part ?? 'try'}${ask.create ? '' : ', only look'}`;
  return `${ask.part}${ask.settles ? ', settles' : ''}`;
}

/** The looks of 30 s: after 1, 2, 4, 8 s, and the last one at the end. */
const LOOKS = [
  'sleep 1: 1000',
  'look 1',
  'sleep 2: 2000',
  'look 2',
  'sleep 3: 4000',
  'look 3',
  'sleep 4: 8000',
  'look 4',
  'sleep 5: 15000',
];

/** The looks of a minute. */
const LOOKS_TWICE = [...LOOKS.slice(0, -1), 'sleep 5: 16000', 'look 5', 'sleep 6: 29000'];
const SIX = Array.from({ length: 6 }, () => absent);

describe('the creation of a resource, never twice', () => {
  it('tries, and ends with what it found or created', () => {
    expect(walk([found])).toEqual({ asks: ['try'], end: found, said: [] });
  });

  it('ends with the error of the look before it', () => {
    expect(walk([{ error: 'DENIED', message: 'denied' }]).end).toEqual({ error: 'DENIED' });
  });

  it('ends as aborted where the try was', () => {
    expect(walk([{ slept: false }]).end).toEqual({ aborted: true });
  });

  it('ends with a refusal that never has an effect', () => {
    expect(walk([refused('QUOTA_EXCEEDED')])).toEqual({ asks: ['try'], end: { error: 'QUOTA_EXCEEDED' }, said: [] });
    expect(walk([refused('ABORTED', { retryable: true, unsure: true })])).toMatchObject({
      asks: ['try'],
      end: { error: 'ABORTED' },
    });
  });

  describe('after an answer that may have had an effect', () => {
    it('looks for twice the time until lists must show it, and creates it again', () => {
      const { asks, end, said } = walk([unsure, ...SIX, found]);
      expect(asks).toEqual(['try', ...LOOKS_TWICE, 'look 6, settles', 'sleep 7: 500', 'try 2']);
      expect(end).toEqual(found);
      expect(said).toEqual([
        '1 ENDPOINT_UNREACHABLE: ENDPOINT_UNREACHABLE; checking whether it took effect',
        '2 ENDPOINT_UNREACHABLE: ENDPOINT_UNREACHABLE; trying again',
      ]);
    });

    it('cannot determine it after the second one', () => {
      const { asks, end } = walk([unsure, ...SIX, unsure, absent, absent, absent, absent, absent]);
      expect(asks.filter((ask) => ask.startsWith('try'))).toHaveLength(2);
      expect(asks.at(-1)).toBe('look 11');
      expect(end).toEqual({ lost: 'ENDPOINT_UNREACHABLE', why: 'lists do not show it' });
    });

    it.each([
      ['where a second one costs money', unsure, { lookMs: 30_000 }],
      ['where the layer below has given up', refused('CLOUD_FAILED', { unsure: true, exhausted: true }), {}],
    ] as const)('cannot determine it %s', (_, answer, options) => {
      const before = 'lookMs' in options ? Array.from({ length: 6 }, () => absent) : [];
      const { asks, end } = walk([...before, answer, absent, absent, absent, absent, absent], options);
      expect(asks.at(-1)).toMatch(/^look \d+$/);
      expect(end).toMatchObject({ why: 'lists do not show it' });
    });

    it('creates it again at once after the time until lists must show it, where the service refuses a second one', () => {
      const { asks, end } = walk([unsure, absent, absent, absent, absent, absent, found], { isUnique: true });
      expect(asks).toEqual(['try', ...LOOKS, 'look 5, settles', 'sleep 6: 500', 'try 2']);
      expect(end).toEqual(found);
    });

    it('ends with what it finds', () => {
      expect(walk([unsure, absent, found])).toMatchObject({ asks: ['try', ...LOOKS.slice(0, 4)], end: found });
    });

    it('cannot determine it where a look fails', () => {
      expect(walk([unsure, absent, { error: 'X', message: 'denied' }]).end).toEqual({
        lost: 'ENDPOINT_UNREACHABLE',
        why: 'looking for it failed: denied',
      });
    });

    it('names the lost answer where it is aborted meanwhile', () => {
      expect(walk([unsure, 'interrupted']).end).toEqual({ aborted: true, lost: 'ENDPOINT_UNREACHABLE' });
      expect(walk([throttled, 'interrupted']).end).toEqual({ aborted: true, lost: 'THROTTLED' });
    });
  });

  describe('after "too many requests"', () => {
    it('creates again once the last look settles that it has no effect', () => {
      const { asks, end, said } = walk([throttled, absent, absent, absent, absent, absent, found]);
      expect(asks).toEqual(['try', ...LOOKS, 'look 5, settles', 'sleep 6: 500', 'try 2']);
      expect(end).toEqual(found);
      expect(said).toEqual([
        '1 THROTTLED: THROTTLED; checking whether it took effect',
        '2 THROTTLED: THROTTLED; trying again',
      ]);
    });

    it('ends with the error of a look', () => {
      expect(walk([throttled, { error: 'X', message: 'denied' }]).end).toEqual({ error: 'X' });
    });

    it('gives up after six creates', () => {
      const rounds = Array.from({ length: 6 }, () => [throttled, absent, absent, absent, absent, absent]).flat();
      const { asks, end } = walk(rounds);
      expect(asks.filter((ask) => ask.startsWith('try'))).toHaveLength(6);
      expect(end).toEqual({ error: 'THROTTLED', exhausted: true });
    });

    it('does not create again where the layer below has given up', () => {
      const given = refused('THROTTLED', { retryable: true, exhausted: true });
      expect(walk([given, absent, absent, absent, absent, absent]).end).toEqual({ error: 'THROTTLED' });
    });
  });

  describe('after a refusal that may be repeated', () => {
    const busy = refused('CONFLICT', { retryable: true });

    it('tries again after a short time', () => {
      expect(walk([busy, found])).toEqual({
        asks: ['try', 'sleep 1: 500', 'try 2'],
        end: found,
        said: ['2 CONFLICT: CONFLICT; trying again'],
      });
    });

    it('waits as long as the cloud asks for, and longer by chance', () => {
      expect(walk([refused('CONFLICT', { retryable: true, retryAfterMs: 7_000 }), found]).asks[1]).toBe(
        'sleep 1: 7000',
      );
      expect(walk([refused('CONFLICT', { retryable: true, random: 0.5 }), found]).asks[1]).toBe('sleep 1: 1000');
    });

    it('gives up where the cloud asks for more time than there is, counted from the first refusal', () => {
      expect(walk([refused('CONFLICT', { retryable: true, retryAfterMs: 600_001 })]).end).toEqual({
        error: 'CONFLICT',
        exhausted: true,
      });
      const slow = refused('CONFLICT', { retryable: true, retryAfterMs: 300_000 });
      expect(walk([slow, slow, slow]).end).toEqual({ error: 'CONFLICT', exhausted: true });
      expect(walk([absent, absent, slow, slow, found], { lookMs: 1_000, stalenessMs: 1_000 }).end).toEqual(found);
    });

    it('ends as aborted where the time is', () => {
      expect(walk([busy, 'interrupted']).end).toEqual({ aborted: true });
    });
  });

  describe('after a refusal because it exists', () => {
    const exists = refused('ALREADY_EXISTS');

    it('looks at once, and until lists must show it: another run of the project was faster', () => {
      expect(walk([exists, found])).toMatchObject({ asks: ['try', 'look 1'], end: found });
      expect(walk([exists, absent, absent, found])).toMatchObject({
        asks: ['try', 'look 1', 'sleep 1: 1000', 'look 2', 'sleep 2: 2000', 'look 3'],
        end: found,
      });
    });

    it('ends with the refusal where it is not found, and with the error of the look', () => {
      const { asks, end } = walk([exists, ...Array.from({ length: 6 }, () => absent)]);
      expect([asks.at(-1), end]).toEqual(['look 6, settles', { error: 'ALREADY_EXISTS' }]);
      expect(walk([exists, absent, 'interrupted']).end).toEqual({ aborted: true });
      expect(walk([exists, { error: 'X', message: '' }]).end).toEqual({ error: 'X' });
    });
  });

  describe('that a former process may have begun', () => {
    it('looks for the longer one of both times before it creates', () => {
      const { asks, end, said } = walk([absent, absent, absent, absent, absent, absent, found], { lookMs: 20_000 });
      expect(asks).toEqual(['try, only look', ...LOOKS, 'look 5, settles', 'try 2']);
      expect(end).toEqual(found);
      expect(said).toEqual(['looking for link eu for 30 s before it is created: lists may not show it yet']);
      expect(walk([absent, absent, absent, found], { lookMs: 3_000, stalenessMs: 1_000 }).asks).toEqual([
        'try, only look',
        'sleep 1: 1000',
        'look 1',
        'sleep 2: 2000',
        'look 2, settles',
        'try 2',
      ]);
    });

    it('ends with what a look finds, or with its error, or as aborted', () => {
      expect(walk([absent, found], { lookMs: 1 }).end).toEqual(found);
      expect(walk([absent, { error: 'X', message: '' }], { lookMs: 1 }).end).toEqual({ error: 'X' });
      expect(walk([absent, 'interrupted'], { lookMs: 1 }).end).toEqual({ aborted: true });
    });

    it('needs no listener', () => {
      const quiet = { onLook: undefined, onRetry: undefined, lookMs: 1, stalenessMs: 1 };
      expect(walk([absent, absent, throttled, absent, found], quiet).end).toEqual(found);
    });
  });
});

describe('what is known of a create that failed', () => {
  it('is the facts of the cloud’s error', () => {
    const error = new CloudError('THROTTLED', 'slow down', {
      operation: 'Create',
      retryable: true,
      retryAfterMs: 5,
      status: 429,
    });
    expect(creationRefusal(error, 0.25)).toEqual({
      code: 'THROTTLED',
      message: error.message,
      unsure: false,
      retryable: true,
      exhausted: false,
      retryAfterMs: 5,
      random: 0.25,
    });
  });

  it.each([
    [{ outcomeUnknown: true }, 'ENDPOINT_UNREACHABLE', true],
    [{}, 'CLOUD_FAILED', true],
    [{ status: 500 }, 'INVALID_INPUT', true],
    [{ status: 499 }, 'INVALID_INPUT', false],
    [{}, 'INVALID_INPUT', false],
  ] as const)('is unsure with %j of %s: %s', (fields, code, isUnsure) => {
    expect(creationRefusal(new CloudError(code, 'x', { operation: 'Create', ...fields }), 0).unsure).toBe(isUnsure);
  });

  it('is a defect where it is no error of a cloud', () => {
    expect(creationRefusal(new TypeError('x is not a function'), 0)).toMatchObject({
      code: 'INTERNAL',
      message: 'TypeError: x is not a function',
      unsure: false,
      retryable: false,
      exhausted: false,
      retryAfterMs: null,
    });
  });
});

describe('the error of a create whose effect cannot be determined', () => {
  const options = { what: 'link eu', stalenessMs: 30_000 };
  const lost = { operation: 'CreateVpcLink', requestId: 'r-1', status: 500, nativeCode: 'Oops' };

  it('has the facts of the call that was lost', () => {
    expect(outcomeUnknown(options, lost, 'why')).toMatchObject({
      code: 'OUTCOME_UNKNOWN',
      ...lost,
      outcomeUnknown: true,
      cause: lost,
      details: { stalenessMs: 30_000 },
    });
    expect(outcomeUnknown(options, {}, 'why').operation).toBe('link eu');
  });

  it('is another one after an abort', () => {
    const { operation, requestId } = lost;
    expect(abortedUnknown(options, lost)).toMatchObject({
      code: 'ABORTED',
      operation,
      requestId,
      outcomeUnknown: true,
      cause: lost,
    });
    expect(abortedUnknown(options, {}).operation).toBe('link eu');
  });
});

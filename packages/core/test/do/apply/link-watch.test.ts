import { describe, expect, it } from 'vitest';
import { linkWatches } from '../../../src/do/apply/link-watch.js';
import { afterPoll, type LinkPoll, type SeenWait, type WaitAfterPoll } from '../../../src/do/apply/link-waits.js';
import type { LinkWait } from '../../../src/do/apply/run.js';
import { simulatedClock } from '../../../src/ground/clocks/simulated-clock.js';
import { createContext } from '../../../src/do/context.js';
import type { Driver } from '../../../src/do/driver.js';
import { PosternError } from '../../../src/ground/errors.js';
import type { LinkState, LinkStatus } from '../../../src/do/model/link.js';
import { drive, seeded } from '../../drive.js';
import { cloudError } from './units/scene.js';

const POLL_MS = 5_000;
const STALENESS_MS = 12_000;
type Answer = readonly LinkStatus[] | Error;

const status = (id: string, state: LinkState, fields: Partial<LinkStatus> = {}): LinkStatus => ({
  kind: 'vpc-link-v2',
  id,
  state,
  nativeState: state.toUpperCase(),
  ...fields,
});

/** A watch of a cloud that gives these answers to polls in turn, and repeats the last one. */
function scene(answers: readonly Answer[], breakAt?: string) {
  const clock = simulatedClock(1_000_000);
  const ctx = createContext({ clock, random: seeded(1) });
  const asked: string[][] = [];
  const ids: string[] = [];
  const units: string[] = [];
  const guard = (id: string): void => {
    ids.push(id);
    if (id === breakAt) throw new PosternError('JOURNAL_WRITE_FAILED', 'full');
  };
  const watches = linkWatches((unit) => {
    units.push(unit);
    return {
      step: async (id, effect) => (guard(id), effect(ctx, { again: false })),
      sleep: async (id, ms) => (guard(id), clock.sleep(ms)),
    };
  });
  const driver = {
    provider: 'aws',
    region: 'eu-west-1',
    traits: () => ({ pollMs: POLL_MS, stalenessMs: STALENESS_MS }),
    links: {
      statuses: async (links: readonly { readonly id: string }[]) => {
        asked.push(links.map(({ id }) => id));
        const answer = answers[Math.min(asked.length - 1, answers.length - 1)]!;
        if (answer instanceof Error) throw answer;
        return answer;
      },
    },
  } as unknown as Driver;
  const watch = watches(driver, '1');
  const told: unknown[] = [];
  const until = (id: string, fields: Partial<LinkWait> = {}, signal?: AbortSignal) =>
    watch.until(
      {
        link: { kind: 'vpc-link-v2', id },
        goal: 'ready',
        timeoutMs: 60_000,
        onWait: (progress) => told.push(progress),
        ...fields,
      },
      signal,
    );
  return { clock, asked, ids, units, told, until, watches, driver };
}
const waited = async (answers: readonly Answer[], fields: Partial<LinkWait> = {}) => {
  const one = scene(answers);
  return { outcome: await drive(one.clock, one.until('l-1', fields)), ...one };
};

describe('a wait until a link is ready', () => {
  it('ends after two polls in a row that find it so', async () => {
    const { outcome, asked, ids, told, units } = await waited([[status('l-1', 'pending')], [status('l-1', 'ready')]]);
    expect(outcome).toEqual({ ok: true, value: { state: 'READY', watchedMs: 10_000 } });
    expect(asked).toEqual([['l-1'], ['l-1'], ['l-1']]);
    expect(ids).toEqual(['interval 1', 'status 1', 'interval 2', 'status 2', 'interval 3', 'status 3']);
    expect(told).toEqual([{ state: 'PENDING', elapsedMs: 5_000 }]);
    expect(units).toEqual(['poll:aws/eu-west-1/1/vpc-link-v2']);
    expect((await waited([[status('l-1', 'inactive')]])).outcome).toMatchObject({ value: { state: 'INACTIVE' } });
  });

  it.each([
    ['an hour ahead', 3_600_000],
    ['a day ahead', 86_400_000],
    ['an hour back', -3_600_000],
  ])('counts its polls: a clock that jumps %s between two of them ends no wait, and makes none longer', (_, by) => {
    const wait = { link: { kind: 'vpc-link-v2', id: 'l-1' }, goal: 'ready', timeoutMs: 60_000 } as const;
    const traits = { pollMs: POLL_MS, stalenessMs: STALENESS_MS };
    const pending = { ...wait.link, state: 'pending', nativeState: 'PENDING' };
    const polled = (statuses: LinkPoll['statuses'], jumpAt: number): readonly WaitAfterPoll[] => {
      const seen: WaitAfterPoll[] = [];
      for (let poll = 1, before: SeenWait = {}; ; poll += 1) {
        const atMs = poll * POLL_MS + (poll >= jumpAt ? by : 0);
        const after = afterPoll(wait, before, { atMs, statuses }, traits);
        seen.push(after);
        if ('outcome' in after) return seen;
        before = after.seen;
      }
    };
    const still = polled([pending], 2);
    expect(still.length).toBeGreaterThanOrEqual(11);
    expect(still.length).toBeLessThanOrEqual(13);
    expect(still.at(-1)).toMatchObject({ outcome: { error: { message: 'link l-1 is still PENDING after 60 s' } } });
    const told = still.flatMap((one) => ('waiting' in one && one.waiting ? [one.waiting.elapsedMs] : []));
    expect(Math.min(...told)).toBeGreaterThan(0);
    expect(Math.max(...told)).toBeLessThan(60_000);
    expect(polled([], 2).length).toBeGreaterThanOrEqual(2);
  });

  it('does not count a poll that finds it ready and the next one pending again', async () => {
    const [ready, pending] = [[status('l-1', 'ready')], [status('l-1', 'pending')]];
    expect((await waited([ready, pending, ready, ready])).asked).toHaveLength(4);
  });

  it('bears lists that do not show it yet, and no longer', async () => {
    const { outcome, asked, told } = await waited([[]]);
    expect(outcome).toEqual({
      ok: false,
      error: {
        code: 'WAIT_FAILED',
        message: 'link l-1 is gone',
        remedy: 'The link was deleted. Run again to create it again.',
      },
    });
    expect(asked).toHaveLength(3);
    expect(told[0]).toEqual({ state: 'not listed yet', elapsedMs: 5_000 });
    const other = await waited([[status('l-2', 'ready'), status('l-1', 'ready', { kind: 'vpc-link-v1' })]]);
    expect(other.outcome).toMatchObject({ ok: false });
  });

  it.each<[LinkState, string, string]>([
    ['failed', 'link l-1 is FAILED: no address', 'Remove the cause.'],
    ['deleting', 'link l-1 is DELETING: no address', 'Check the link in the cloud, then run again.'],
    ['unknown', 'link l-1 is UNKNOWN: no address', 'Check the link in the cloud, then run again.'],
  ])('fails at once where it is %s', async (state, message, remedy) => {
    const { outcome, asked } = await waited([[status('l-1', state, { reason: 'no address' })]]);
    expect(outcome).toMatchObject({
      ok: false,
      error: { code: 'WAIT_FAILED', message, remedy: expect.stringContaining(remedy) },
    });
    expect(asked).toHaveLength(1);
    const silent = await waited([[status('l-1', state, { reason: '' })]]);
    expect(silent.outcome).toMatchObject({ error: { message: message.split(':')[0] } });
  });

  it('fails after its time, and tells at most each five seconds where nothing changes', async () => {
    const { outcome, told } = await waited([[status('l-1', 'pending')]], { timeoutMs: 15_000 });
    expect(outcome).toEqual({
      ok: false,
      error: {
        code: 'WAIT_TIMEOUT',
        message: 'link l-1 is still PENDING after 15 s',
        remedy: 'Run again later; it continues where this run stopped.',
      },
    });
    expect(told).toEqual([5_000, 10_000].map((elapsedMs) => ({ state: 'PENDING', elapsedMs })));
  });
});

describe('a wait until a link is gone', () => {
  const gone = { goal: 'gone' } as const;

  it('ends with the first poll that does not show it', async () => {
    const { outcome, asked } = await waited([[status('l-1', 'deleting')], []], gone);
    expect(outcome).toEqual({ ok: true, value: { state: 'gone', watchedMs: 5_000 } });
    expect(asked).toHaveLength(2);
  });

  it('fails where the deletion failed, and waits while it is ready', async () => {
    const failed = await waited([[status('l-1', 'ready')], [status('l-1', 'failed', { reason: 'in use' })]], gone);
    expect(failed.outcome).toMatchObject({
      ok: false,
      error: {
        code: 'WAIT_FAILED',
        message: 'deleting link l-1 ended as FAILED: in use',
        remedy: 'Check the link in the cloud, then run again.',
      },
    });
    expect(failed.asked).toHaveLength(2);
  });
});

describe('the polls of a watch', () => {
  const READY = [status('l-1', 'ready'), status('l-2', 'ready')];

  it('are shared by all waits of one kind, in an order that does not depend on who came first', async () => {
    const { clock, asked, until, units, watches, driver } = scene([READY]);
    await drive(clock, Promise.all([until('l-2'), until('l-1'), until('l-2')]));
    expect(asked).toEqual([
      ['l-1', 'l-2'],
      ['l-1', 'l-2'],
    ]);
    const v1 = { kind: 'vpc-link-v1', id: 'l-1' } as const;
    const wait = { goal: 'gone', timeoutMs: 60_000, onWait: () => undefined } as const;
    await drive(clock, watches(driver, '1').until({ ...wait, link: v1 }));
    await drive(clock, watches(driver, '2').until({ ...wait, link: { ...v1, id: 'l-9' } }));
    expect(units).toEqual([
      'poll:aws/eu-west-1/1/vpc-link-v2',
      'poll:aws/eu-west-1/1/vpc-link-v1',
      'poll:aws/eu-west-1/2/vpc-link-v1',
    ]);
  });

  it('begin again after they ended', async () => {
    const { clock, ids, until } = scene([READY]);
    await drive(clock, until('l-1'));
    await drive(clock, until('l-1'));
    expect(ids.filter((id) => id.startsWith('status'))).toEqual(['status 1', 'status 2', 'status 3', 'status 4']);
  });

  it('bear two failures; the third one ends all waits', async () => {
    const denied = cloudError('PERMISSION_DENIED');
    const borne = await waited([denied, denied, READY]);
    expect(borne.outcome).toMatchObject({ ok: true });
    const { outcome, asked } = await waited([denied]);
    expect(outcome).toMatchObject({ ok: false, error: { code: 'PERMISSION_DENIED' } });
    expect(asked).toHaveLength(3);
    const mixed = await waited([denied, denied, READY.slice(1), denied, denied, READY]);
    expect(mixed.outcome).toMatchObject({ ok: true });
  });

  it('bear an endpoint that cannot be reached for three minutes', async () => {
    const lost = cloudError('ENDPOINT_UNREACHABLE');
    const { outcome, asked } = await waited([lost], { timeoutMs: 3_600_000 });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'ENDPOINT_UNREACHABLE' } });
    expect(asked).toHaveLength(36);
  });

  it('that the run cannot make end all waits', async () => {
    const { clock, until } = scene([READY], 'interval 2');
    const all = await drive(clock, Promise.all([until('l-1'), until('l-2')]));
    expect(all).toMatchObject([1, 2].map(() => ({ ok: false, error: { code: 'JOURNAL_WRITE_FAILED' } })));
  });

  it('go on for the others where one wait is aborted', async () => {
    const { clock, asked, until } = scene([READY.map((one) => ({ ...one, state: 'pending' as const })), READY]);
    const abort = new AbortController();
    const both = Promise.all([until('l-1', {}, abort.signal), until('l-2')]);
    await clock.advance(6_000);
    abort.abort('enough');
    const [first, second] = await drive(clock, both);
    expect(first).toMatchObject({
      ok: false,
      error: { code: 'ABORTED', message: expect.stringContaining('wait for link l-1') },
    });
    expect(second).toMatchObject({ ok: true });
    expect(asked.at(-1)).toEqual(['l-2']);
    expect(await until('l-1', {}, AbortSignal.abort())).toMatchObject({ ok: false, error: { code: 'ABORTED' } });
  });
});

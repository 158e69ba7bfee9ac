import { expect, it, vi } from 'vitest';
import type { FleetState } from '../../src/model.js';
import { unknownIn } from '../../src/services/known-request.js';
import { heldBy } from '../../src/services/run.js';
import { changeTheSame } from '../../src/services/runs.js';
import { endOf, questionsOf } from '../../src/services/spec.js';
import { READ_MS, settled } from '../../src/worker/failures.js';

it.each<[string, string, FleetState[], number, FleetState | undefined, string | undefined]>([
  ['all done', 'a', ['done', 'done'], 0, undefined, undefined],
  ['failures that are tolerated', 'a', ['failed', 'done'], 1, undefined, undefined],
  ['too many failures', 'a', ['failed', 'failed'], 1, 'skipped', 'specs that failed before: 2; tolerated: 1'],
  ['a canary that failed', 'a/canary', ['failed'], 3, 'skipped', 'the canary failed: a/canary'],
  ['a wave that was refused', 'a', ['canceled'], 0, 'canceled', 'the run was canceled, or a wave was refused'],
  ['a deletion that was refused', 'a/canary', ['skipped', 'done'], 0, undefined, undefined],
])('a wave after %s', (_title, name, states, toleratedFailures, state, message) => {
  const held = heldBy([{ name, states }], { toleratedFailures });
  expect([held?.state, held?.error?.message]).toEqual([state, message]);
});

it('a spec of which a region could not be read says why it failed', () => {
  const role = { code: 'CREDENTIALS_REJECTED', message: 'the role cannot be assumed' };
  const place = { provider: 'aws', region: 'eu-west-1', account: '1', links: ['eu'], integrations: [] };
  expect(endOf({ unread: [{ ...place, ...role } as never] }, [], 'go')).toEqual({
    state: 'failed',
    error: { ...role, message: 'aws 1 eu-west-1 was not read: the role cannot be assumed' },
  });
});

it('a read that hangs ends with an error, not never', async () => {
  vi.useFakeTimers();
  const read = settled(() => new Promise(() => undefined));
  await vi.advanceTimersByTimeAsync(READ_MS);
  vi.useRealTimers();
  expect(await read).toMatchObject({ error: { code: 'WAIT_TIMEOUT', message: 'reading took longer than 60 minutes' } });
});

it.each<[string, object, string[]]>([
  ['deletes', { kind: 'delete' }, ['deletion']],
  ['replaces', { kind: 'replace' }, ['deletion']],
  ['removes from an allowlist', { kind: 'revoke' }, ['deletion']],
  ['buys', { kind: 'create', purchase: { summary: 'an instance' } }, ['purchase']],
  ['leads a route elsewhere', { kind: 'retarget' }, ['move']],
  ['creates', { kind: 'create' }, []],
])('a plan that %s is asked about where the run wants it', (_title, step, kinds) => {
  const plan = { units: [{ account: '1', region: 'eu-west-1', steps: [{ id: 'a', reason: 'b', ...step }] }] } as never;
  expect(questionsOf({ approvals: ['deletion', 'move', 'purchase'] }, plan).map(({ kind }) => kind)).toEqual(kinds);
  expect(questionsOf({ approvals: [] }, plan)).toEqual([]);
});

it.each<[string, readonly string[], readonly string[], boolean]>([
  ['one project in one region', ['shop', 'eu'], ['shop', 'eu'], true],
  ['two projects', ['shop', 'eu'], ['pay', 'eu'], false],
  ['moves beside a project', ['*', 'eu'], ['shop', 'eu'], true],
  ['a project beside moves', ['shop', 'eu'], ['*', 'eu'], true],
  ['moves in two regions', ['*', 'eu'], ['*', 'us'], false],
])('%s', (_title, one, other, is) => {
  expect(changeTheSame([JSON.stringify(one)], [JSON.stringify(other)])).toBe(is);
});

it('a request of a newer command is known by what workers of this version do not know', () => {
  const move = { request: {}, canary: 5 };
  const known = {
    run: 'a',
    goal: 'migrate',
    accounts: [{ id: '1', provider: 'aws', role: 'r' }],
    waves: [{ name: 'all', specs: ['eu'], approval: true }],
    specs: [{ name: 'eu', spec: {}, moves: { provider: 'aws', account: '1', region: 'r', moves: [move] } }],
    limits: { maxDeletes: 0 },
    approvals: ['purchase', 'deletion', 'move', 'dns'],
    options: { drain: 5 },
    by: 'ada',
  };
  expect(unknownIn(known as never)).toEqual([]);
  const newer = {
    ...known,
    deadline: 5,
    accounts: [{ ...known.accounts[0], session: 's' }],
    waves: [{ ...known.waves[0], from: 'noon' }],
    specs: [
      { name: 'eu', spec: {}, moves: { moves: [{ ...move, most: 1 }] } },
      { name: 'us', spec: {}, shifts: {} },
    ],
    limits: { maxReplacements: 0 },
    approvals: ['rename'],
    options: { toString: 1 },
  };
  expect(unknownIn(newer as never)).toEqual([
    'deadline',
    'limits.maxReplacements',
    'options.toString',
    'approvals: rename',
    'accounts.session',
    'waves.from',
    'moves.most',
    'specs.shifts',
  ]);
});

import { CLOUDS } from '../../../core/test/clouds.js';
import { describe, expect, it } from 'vitest';
import { nextOf, nextRuns, parseFleet } from '../../src/config/parse-fleet.js';

const FLEET = `version: 1
fleet: payments
specs: [teams/*.yaml]
accounts:
  trial: { id: '111111111111', wave: first }
  prod: { id: '222222222222', regions: [eu-west-1] }
  cn: { id: '1111222233334444', provider: alibaba }
roles:
  aws: arn:aws:iam::{account}:role/postern
  alibaba: acs:ram::{account}:role/postern
regions:
  aws: [eu-west-1, us-east-1]
  alibaba: [cn-hangzhou]
waves:
  - name: first
  - { name: rest, canary: prod, approval: true }
limits: { concurrency: 100, toleratedFailures: 3 }
approvals: { before: [purchases, moves], by: [ana@example.com] }
schedules: [{ run: check, cron: '0 3 * * *', timeZone: Europe/Berlin }, { run: watch, cron: '*/10 * * * *' }]
`;

/** What puts a move in the place of the specs, and the code of its error. */
const moved = (move: string, code = 'INVALID_FLEET') => ['specs: [teams/*.yaml]', `moves: [${move}]`, code] as const;

describe('parseFleet', () => {
  it('fills in roles, regions, waves and what needs an approval', () => {
    const { accounts, waves, approvals, approvers, schedules } = parseFleet(FLEET, { clouds: CLOUDS });
    expect(accounts.map(({ name, role, regions, wave }) => [name, role, regions.join(), wave])).toEqual([
      ['trial', 'arn:aws:iam::111111111111:role/postern', 'eu-west-1,us-east-1', 'first'],
      ['prod', 'arn:aws:iam::222222222222:role/postern', 'eu-west-1', 'rest'],
      ['cn', 'acs:ram::1111222233334444:role/postern', 'cn-hangzhou', 'rest'],
    ]);
    expect(waves).toEqual([
      { name: 'first', canary: undefined, approval: false },
      { name: 'rest', canary: 'prod', approval: true },
    ]);
    expect({ approvals, approvers }).toEqual({ approvals: ['purchase', 'move'], approvers: ['ana@example.com'] });
    const next = schedules.map((one) => nextOf(one, new Date('2026-11-25T12:00:00Z')));
    expect(next).toEqual(['2026-11-26T02:00:00.000Z', '2026-11-25T12:10:00.000Z']);
    expect(parseFleet(FLEET.replace('[purchases,', '[waves, purchases,'), { clouds: CLOUDS }).waves[0]?.approval).toBe(
      true,
    );
    expect(
      parseFleet("version: 1\nfleet: f\nspecs: [a.yaml]\naccounts: { a: { id: '111111111111' } }", { clouds: CLOUDS }),
    ).toMatchObject({
      waves: [{ name: 'all', approval: false }],
      accounts: [{ wave: 'all', role: undefined, regions: [] }],
    });
  });

  it.each([
    ['an account twice', '222222222222', '111111111111', 'INVALID_FLEET', 6, 'also `accounts.trial`'],
    ['a key twice', '  prod:', '  trial:', 'INVALID_YAML', 6, 'trial'],
    ['an ID without quotes', "'222222222222'", '222222222222', 'INVALID_FLEET', 6, 'expected text'],
    ['an unknown key', 'limits:', 'limit:', 'INVALID_FLEET', 17, 'unknown key'],
    ['an unknown wave', 'wave: first', 'wave: frist', 'UNKNOWN_REFERENCE', 5, 'frist is not a defined wave'],
    ['a wave twice', 'name: rest, canary: prod', 'name: first', 'INVALID_FLEET', 16, 'given twice'],
    ['a canary of another wave', 'canary: prod', 'canary: trial', 'UNKNOWN_REFERENCE', 16, 'wave rest'],
    ['a role of another account', '{account}', '999999999999', 'INVALID_FLEET', 9, 'belongs to account 9999'],
    ['a role of the other cloud', 'arn:aws:iam', 'acs:ram', 'INVALID_FLEET', 9, 'not one of aws'],
    ['a role that is none', 'arn:aws:iam::{account}:role/', '', 'INVALID_FLEET', 9, 'not a valid role'],
    ['an impossible region', '[eu-west-1, us', '[eu-wst-1, us', 'INVALID_FLEET', 12, 'not a known AWS region'],
    ['an unknown account', '[teams/*.yaml]', '[{ files: a, accounts: [x] }]', 'UNKNOWN_REFERENCE', 3, 'x is not'],
    ['words in place of cron', '0 3 * * *', 'every day', 'INVALID_FLEET', 19, 'not a cron expression'],
    ['cron with seconds', '0 3 * * *', '0 0 3 * * *', 'INVALID_FLEET', 19, 'not a cron expression'],
    ['a nickname of cron', '0 3 * * *', '@daily', 'INVALID_FLEET', 19, 'not a cron expression'],
    ['a day that no month has', '0 3 * * *', '0 3 31 2 *', 'INVALID_FLEET', 19, 'never comes'],
    ['an unknown time zone', 'Europe/Berlin', 'Europe/Bonn', 'INVALID_FLEET', 19, 'not a time zone'],
    ['an unknown approval', 'purchases, moves', 'purchases, move', 'INVALID_FLEET', 18, 'unknown step'],
    ['no specs', 'specs: [teams/*.yaml]', '', 'INVALID_FLEET', 1, 'are given'],
    ['a schedule of moves without moves', 'run: check', 'run: migrate', 'INVALID_FLEET', 19, 'nothing to migrate'],
    ['a move of nothing', ...moved('{ to: new }'), 3, 'nothing to move is named'],
    ['a move of routes without their link', ...moved('{ api: a1b2c3, to: new }'), 3, '`from` is required with `api`'],
    ['a move of two things', ...moved('{ group: g, route: ANY /, to: new }'), 3, '`route` does not go with `group`'],
    [
      'accounts of the other cloud',
      ...moved('{ group: g, to: new, accounts: [tr*] }', 'UNKNOWN_REFERENCE'),
      3,
      'account of alibaba',
    ],
    ['a region of the other cloud', ...moved('{ group: g, to: new, regions: [eu-wst-1] }'), 3, 'eu-wst-1'],
    ['a limit of nothing', 'concurrency: 100', 'concurrency: 0', 'INVALID_FLEET', 17, 'too small'],
  ])('refuses %s', (_, from, to, code, line, message) => {
    expect(() => parseFleet(FLEET.replace(from, to), { file: 'fleet.yaml', clouds: CLOUDS })).toThrow(
      expect.objectContaining({
        code,
        message: expect.stringContaining(message) as string,
        place: expect.objectContaining({ file: 'fleet.yaml', line }) as object,
      }),
    );
  });
});

it('names each schedule of the same minute', () => {
  const of = (run: 'check' | 'watch' | 'apply', cron: string) => ({ run, cron, timeZone: 'UTC' });
  const after = new Date('2026-11-25T02:55:00Z');
  const schedules = [of('check', '0 3 * * *'), of('watch', '*/10 * * * *'), of('apply', '0 4 * * *')];
  expect(nextRuns(schedules, after)).toEqual({ at: '2026-11-25T03:00:00.000Z', goals: ['check', 'watch'] });
  expect(nextRuns([], after)).toBeUndefined();
});

import { cloud as alibaba } from '@postern/alibaba/cloud';
import { cloud as aws } from '@postern/aws/cloud';
import { CLOUDS, LOADED } from '../../clouds.js';
import { describe, expect, it } from 'vitest';
import { defineCheck, ranked } from '../../../src/check/checks/define-check.js';
import { checksOf, rulesOf } from '../../../src/check/checks/registry.js';
import { check } from '../../../src/check/checks/run.js';
import { reportSarif } from '../../../src/check/report/sarif.js';
import type { Check, Outcome } from '../../../src/do/findings/check.js';
import { fail } from '../../../src/do/findings/say.js';
import { clouds, withLoadedChecks, type Clouds } from '../../../src/do/kinds/cloud/clouds.js';
import { thirdCloud } from '../../do/third-product/tables.js';
import { awsWorld } from './world.js';

const named = (id: string): Check =>
  defineCheck({
    id,
    severity: 'note',
    title: 'A',
    about: 'A.',
    sources: [],
    codes: { FOUND: fail('{name} is seen', 'Look.') },
    *run({ links }, say) {
      for (const { name } of links) yield say.FOUND({ subject: `link ${name}` }, { name });
    },
  });
const bringing = (...checks: Readonly<Record<number, Check>>[]): Clouds =>
  clouds([
    ...LOADED,
    ...checks.map((one, at) => ({ ...thirdCloud, links: {}, gateways: {}, name: `third${at}`, checks: ranked(one) })),
  ]);
const OUTCOME: Outcome = { verdict: 'fail', subject: 'a', message: 'b', evidence: [] };
const ids = (set: Clouds) => checksOf(set).map(({ id }) => id);

describe('checks that clouds bring', () => {
  it('come at their rank, and of one rank in the order of their IDs', () => {
    const all = ids(bringing({ 15: named('third0/b'), 9000: named('third0/a') }, { 15: named('third1/a') }));
    expect(all.slice(0, 4)).toEqual(['link/exists', 'third0/b', 'third1/a', 'link/adopted']);
    expect(all.at(-1)).toBe('third0/a');
    expect(all.filter((id) => !id.startsWith('third'))).toEqual(ids(CLOUDS));
  });

  it('are in the values of `/cloud`: a set judges when it is made', () => {
    const { snapshot, spec } = awsWorld();
    const set = clouds([aws, alibaba]);
    expect(check(snapshot, spec, { clouds: set })).toEqual(check(snapshot, spec, { clouds: CLOUDS }));
    expect(ids(set)).toEqual(ids(CLOUDS));
  });

  it('are loaded with the first judgment, once, and without them nothing is judged', async () => {
    const { snapshot, spec } = awsWorld();
    let times = 0;
    const loadChecks = () => ((times += 1), Promise.resolve({ checks: ranked({ 1: named('third0/seen') }) }));
    const set = clouds([...LOADED, { ...thirdCloud, links: {}, gateways: {}, name: 'third0', loadChecks }]);
    expect(() => check(snapshot, spec, { clouds: set })).toThrow('the set of clouds has no checks of Third Cloud');
    expect(ids(await withLoadedChecks(set))[0]).toBe('third0/seen');
    expect(ids(await withLoadedChecks(set))).toContain('link/exists');
    expect(times).toBe(1);
  });

  it('are named where they throw', () => {
    const { snapshot, spec } = awsWorld();
    const cause = new TypeError('no such list');
    const broken: Check = {
      ...named('third0/broken'),
      run: () => {
        throw cause;
      },
    };
    const judged = () => check(snapshot, spec, { clouds: bringing({ 1: broken }) });
    expect(judged).toThrow(
      expect.objectContaining({
        code: 'INTERNAL',
        message: 'the check third0/broken threw: no such list',
        remedy: 'Correct the check, or report it to those who maintain it.',
        details: { check: 'third0/broken' },
        cause,
      }),
    );
  });

  it.each([
    [5, 'an outcome needs a verdict'],
    [{ ...OUTCOME, evidence: [null] }, "Cannot destructure property 'text'"],
    [{ ...OUTCOME, params: { count: 1n } }, 'Do not know how to serialize a BigInt'],
  ])('are named where they yield %o', (outcome, why) => {
    const { snapshot, spec } = awsWorld();
    const wrong = { ...named('third0/wrong'), run: () => [outcome] as unknown as Outcome[] };
    expect(() => check(snapshot, spec, { clouds: bringing({ 1: wrong }) })).toThrow(
      `the check third0/wrong threw: ${why}`,
    );
  });

  it('are of one set: another one in the same process lacks them', () => {
    bringing({ 1: named('third0/a') });
    expect(ids(CLOUDS)).not.toContain('third0/a');
  });

  it('run by default, and a spec may ignore their findings; SARIF has their rules', () => {
    const { snapshot, spec } = awsWorld();
    const set = bringing({ 1: named('third0/seen') });
    const ignore = [{ check: 'third0/seen', reason: 'it is' }];
    expect(check(snapshot, spec, { clouds: set }).failures).toMatchObject([{ check: 'third0/seen' }]);
    expect(check(snapshot, { ...spec, ignore }, { clouds: set }).failures).toEqual([]);
    expect(() =>
      check(snapshot, { ...spec, ignore: [{ check: 'third0/sean', reason: 'it is' }] }, { clouds: set }),
    ).toThrow(/does not exist/);
    expect(reportSarif(check(snapshot, spec, { clouds: set }), spec, { rules: rulesOf(set) })).toContain(
      '"id": "third0/seen"',
    );
    expect(rulesOf(set).at(-1)?.id).toBe('spec/ignore');
  });

  it.each([
    [
      'two clouds have one check',
      [{ 1: named('link/encryption') }, { 2: named('link/encryption') }],
      'two checks of this set are named link/encryption',
    ],
    ['an ID is of no cloud', [{ 1: named('acme/seen') }], 'the ID of check acme/seen does not begin with third0/'],
    [
      'an ID is of another cloud',
      [{ 1: named('third1/seen') }, {}],
      'the ID of check third1/seen does not begin with third0/',
    ],
    [
      'an ID is of a family of core',
      [{ 1: named('link/seen') }],
      'the ID of check link/seen does not begin with third0/',
    ],
  ])('are refused where %s', (_, checks, message) => {
    expect(() => bringing(...checks)).toThrow(new TypeError(message));
  });
});

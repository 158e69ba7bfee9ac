import { afterAll, describe, expect, it } from 'vitest';
import { CATALOGUE } from './catalogue/index.js';
import { addEntries } from './entries.js';
import { errorsOf } from './fault.js';
import { apis, backends, open, unreached } from './stages.js';
import { PROVE } from '../../../core/test/runs.js';

/** Families of faults that lists of the cloud cause and entries fix. */
const BY_LISTS = new Set(['security groups', 'network ACLs', 'access control lists']);
const MENDED = CATALOGUE.filter(({ family }) => BY_LISTS.has(family));
/** One of each kind; POSTERN_PROVE=1 takes all. */
const SOME = /^(?:sg-(?:one-zone|drop|inner-drop|out)|nacl-(?:zone|answer|back)|acl-(?:half|deny))$/;
const CHOSEN = MENDED.filter(({ id }) => PROVE || SOME.test(id));
/** Lists and directions of the entries so far. */
const ways = new Set<string>();

describe('the entries of the impact table', () => {
  it.each(CHOSEN.map((fault) => [fault.id, fault] as const))('%s: exactly these allow all calls', async (_, fault) => {
    const stage = await open(fault.source);
    await fault.plant(stage);
    const report = await stage.validate();
    expect(errorsOf(report)).not.toEqual([]);
    for (const { form, text } of report.impact.flatMap(({ entries }) => entries)) {
      for (const line of text.split('\n')) {
        ways.add(`${form} ${/\b(?:change|in|out|remove)\b/.exec(line)?.[0] ?? ''}`.trim());
      }
    }
    expect(addEntries(stage, report.impact)).toBeGreaterThan(0);
    await stage.wait();
    const { old, next } = stage.parts;
    const after = await stage.validate();
    expect(errorsOf(after).map(({ check, message }) => `${check}: ${message}`)).toEqual([]);
    expect(after.impact.flatMap(({ entries }) => entries.filter(({ form }) => form === 'security-group'))).toEqual([]);
    const called = (link: string) => [
      ...unreached(backends(stage, link, fault.source)),
      ...unreached(apis(stage, link)),
    ];
    expect(called(old), 'until the move all is called as before').toEqual([]);
    expect(await stage.move()).toMatchObject({ status: 'Success', on: next });
    expect(called(next)).toEqual([]);
  });

  // Independent of the order of the tests.
  afterAll(() => {
    expect([...ways]).toEqual(
      expect.arrayContaining([
        'security-group in',
        'security-group out',
        'security-group change',
        'network-acl in',
        'network-acl out',
        'access-control-list',
        'access-control-list remove',
      ]),
    );
  });
});

import { describe, expect, it } from 'vitest';
import type { Check } from '../../../src/do/findings/check.js';
import type { Finding } from '../../../src/do/findings/finding.js';
import { check } from '../../../src/check/checks/run.js';
import type { Spec } from '../../../src/do/spec.js';
import type { Snapshot } from '../../../src/do/snapshot/snapshot.js';
import { awsWorld } from './world.js';
import { edit } from './edits.js';
import { CLOUDS } from '../../clouds.js';

const SUBJECT = 'link eu → target orders (10.20.1.7:443)';
const FAILING: Check = {
  id: 'path/route',
  title: 'it arrives',
  severity: 'error',
  about: 'For a test.',
  sources: [],
  run: () => [
    { verdict: 'fail', subject: SUBJECT, message: 'no route', evidence: [] },
    { verdict: 'pass', subject: 'another', message: 'fine', evidence: [] },
  ],
};

function findings(ignore: NonNullable<Spec['ignore']>, now = '2026-06-01T12:00:00Z'): readonly Finding[] {
  const { snapshot, spec } = awsWorld(edit({ 'spec.ignore': [...ignore] }));
  return check(snapshot as Snapshot, spec as Spec, { clouds: CLOUDS, checks: [FAILING], now: Date.parse(now) })
    .findings;
}

describe('an entry of ignore', () => {
  it.each<[string, { check: string; subject?: string }, boolean]>([
    ['the check', { check: 'path/route' }, true],
    ['its family', { check: 'path/*' }, true],
    ['the subject', { check: 'path/route', subject: SUBJECT }, true],
    ['a part of the subject', { check: 'path/route', subject: 'link eu*orders*' }, true],
    ['parts that overlap', { check: 'path/route', subject: `${SUBJECT}*443)` }, false],
    ['a part that would share letters with the end', { check: 'path/route', subject: 'link*7:443)*:443)' }, false],
    ['parts in another order', { check: 'path/route', subject: '*orders*eu*' }, false],
    ['another subject', { check: 'path/route', subject: 'link eu' }, false],
    ['a subject that passes', { check: 'path/route', subject: 'another' }, false],
  ])('covers by %s: %j → %s', (_, entry, covered) => {
    const [first, ...others] = findings([{ ...entry, reason: 'known' }]);
    const finding = first?.check === 'path/route' ? first : others.find((one) => one.check === 'path/route');
    expect(finding?.verdict).toBe('fail');
    expect(finding?.suppressed).toEqual(covered ? { reason: 'known' } : undefined);
  });

  it.each<[string, boolean]>([
    ['2026-06-01T00:00:00Z', true],
    ['2026-06-01T23:59:59.999Z', true],
    ['2026-06-02T00:00:00Z', false],
  ])('holds until the end of its day: at %s it is %s', (now, covered) => {
    const found = findings([{ check: 'path/route', reason: 'known', until: '2026-06-01' }], now);
    const failed = found.find((one) => one.check === 'path/route' && one.verdict === 'fail');
    expect(failed?.suppressed).toEqual(covered ? { reason: 'known', until: '2026-06-01' } : undefined);
    expect(found.filter((one) => one.check === 'spec/ignore').map(({ message }) => message)).toEqual(
      covered ? [] : ['the entry for path/route ended on 2026-06-01'],
    );
  });

  it.each<['fail' | 'unknown' | 'pass', boolean]>([
    ['fail', false],
    ['unknown', false],
    ['pass', true],
  ])('that covers nothing is reported where target/exists returns %s: %s', (verdict, told) => {
    const exists: Check = {
      ...FAILING,
      id: 'target/exists',
      run: () => [{ verdict, subject: 'target orders', message: '', evidence: [] }],
    };
    const ignore = [{ check: 'path/route', subject: 'other', reason: 'known' }];
    const { snapshot, spec } = awsWorld(edit({ 'spec.ignore': ignore }));
    const { findings: found } = check(snapshot, spec, { clouds: CLOUDS, checks: [FAILING, exists] });
    expect(found.some((one) => one.check === 'spec/ignore')).toBe(told);
  });

  it('that has ended is replaced by one that has not', () => {
    const ended = { check: 'path/route', reason: 'old', until: '2026-05-01' };
    const found = findings([ended, { check: 'path/*', reason: 'new' }]);
    expect(found.find((one) => one.subject === SUBJECT)?.suppressed).toEqual({ reason: 'new' });
  });

  it('that covers nothing is reported', () => {
    const found = findings([{ check: 'path/route', subject: 'link us', reason: 'known' }]);
    expect(found).toContainEqual({
      check: 'spec/ignore',
      verdict: 'fail',
      severity: 'note',
      integration: null,
      subject: 'ignore[0]',
      message: 'the entry for path/route of link us covers no finding',
      evidence: [],
      remedy: 'Remove the entry, or correct its check or subject.',
      code: 'ENTRY_UNUSED',
      about: [{ kind: 'ignore', id: 'ignore[0]', label: 'ignore[0]' }],
      params: { check: 'path/route', subject: 'link us' },
    });
  });

  it('of a check that does not run is neither refused nor reported', () => {
    expect(findings([{ check: 'link/exists', reason: 'known' }]).map(({ check: id }) => id)).not.toContain(
      'spec/ignore',
    );
    expect(findings([{ check: 'link/*', reason: 'known' }]).map(({ check: id }) => id)).not.toContain('spec/ignore');
  });

  it('of a family that runs elsewhere is neither refused nor reported', () => {
    for (const id of ['acme/subnet-team', 'acme/*'])
      expect(findings([{ check: id, reason: 'known' }]).map((finding) => finding.check)).not.toContain('spec/ignore');
  });

  it.each<[string, string]>([
    ['path/rout', 'Did you mean path/route?'],
    ['pth/*', 'Did you mean path/*?'],
    ['path/nothing-like-it', 'Write the ID of a check; docs/checks.md lists them.'],
    ['constructor', 'Write the ID of a check; docs/checks.md lists them.'],
  ])('of %s, which does not exist, is refused', (id, remedy) => {
    expect(() => findings([{ check: id, reason: 'known' }])).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_REFERENCE', remedy, place: { path: 'ignore[0].check' } }) as Error,
    );
  });
});

import { describe, expect, it } from 'vitest';
import type { Check, Outcome } from '../../../src/do/findings/check.js';
import { defineCheck } from '../../../src/check/checks/define-check.js';
import { CHECKS } from './all-checks.js';
import { check, countedCheck } from '../../../src/check/checks/run.js';
import type { Spec } from '../../../src/do/spec.js';
import type { Snapshot } from '../../../src/do/snapshot/snapshot.js';
import { alibabaWorld, awsWorld, TAKEN_AT, type World, withhold } from './world.js';
import { edit } from './edits.js';
import { CLOUDS } from '../../clouds.js';

type Given = Partial<Outcome> & { readonly subject: string };

/** A check that returns these outcomes. */
function saying(id: string, outcomes: readonly Given[], more: Partial<Check> = {}): Check {
  return {
    id,
    title: 'it holds',
    severity: 'error',
    about: 'For a test.',
    sources: [],
    run: () => outcomes.map((one) => ({ verdict: 'fail' as const, message: 'm', evidence: [], ...one })),
    ...more,
  };
}

function report(checks: readonly Check[], change?: (world: World) => void, options: object = {}) {
  const { snapshot, spec } = awsWorld(change);
  return check(snapshot as Snapshot, spec as Spec, { clouds: CLOUDS, checks, ...options });
}

describe('a report', () => {
  it('has its findings in order: integration, urgency, check, subject', () => {
    const two = ({ spec }: World): void => {
      spec.integrations = { zoo: spec.integrations['orders']!, orders: spec.integrations['orders']! };
    };
    const { findings } = report(
      [
        saying('b/b', [
          { subject: 'pass', verdict: 'pass', integration: 'orders' },
          { subject: 'unknown', verdict: 'unknown', integration: 'orders' },
          { subject: 'note', severity: 'note', integration: 'orders' },
          { subject: 'x', integration: 'orders' },
          { subject: 'nobody' },
        ]),
        saying('a/a', [
          { subject: 'y', integration: 'orders' },
          { subject: 'x', integration: 'orders' },
          { subject: 'zoo first', integration: 'zoo' },
          { subject: 'warned', severity: 'warning', integration: 'orders' },
          { subject: 'warned?', severity: 'warning', verdict: 'unknown', integration: 'orders' },
        ]),
      ],
      two,
    );
    expect(findings.map((one) => `${one.integration ?? '-'} ${one.check} ${one.subject}`)).toEqual([
      '- b/b nobody',
      'zoo a/a zoo first',
      'orders a/a x',
      'orders a/a y',
      'orders b/b x',
      'orders b/b unknown',
      'orders a/a warned',
      'orders a/a warned?',
      'orders b/b note',
      'orders b/b pass',
    ]);
  });

  it('is plain JSON whose members have a fixed order', () => {
    const made = report(
      [saying('a/a', [{ remedy: 'Do it.', integration: 'orders', subject: 's' }])],
      ({ spec, withhold }) => {
        spec.ignore = [{ check: 'a/a', reason: 'known', until: '2026-06-01' }];
        withhold('zones', 'ec2:DescribeAvailabilityZones');
      },
    );
    expect(JSON.stringify(made)).toBe(
      '{"version":1,"failures":[],"findings":[{"check":"a/a","verdict":"fail","severity":"error","integration":"orders","subject":"s",' +
        '"message":"m","evidence":[],"remedy":"Do it.","code":"FAILED","about":[{"kind":"subject","id":"s","label":"s"}],"params":{},"suppressed":{"reason":"known","until":"2026-06-01"}}],' +
        '"gaps":[{"provider":"aws","region":"eu-west-1","account":"111122223333","what":"zones","operation":"DescribeAvailabilityZones",' +
        '"code":"PERMISSION_DENIED","permission":"ec2:DescribeAvailabilityZones","of":"zones"}],"assumptions":[]}',
    );
  });

  it('is the same, byte for byte, each time', () => {
    const { snapshot, spec } = awsWorld();
    const once = JSON.stringify(check(snapshot as Snapshot, spec as Spec, { clouds: CLOUDS }));
    const again = JSON.parse(JSON.stringify(snapshot)) as Snapshot;
    expect(JSON.stringify(check(again, spec as Spec, { clouds: CLOUDS }))).toBe(once);
  });

  it('is the same in whatever order the cloud listed things', () => {
    for (const make of [awsWorld, alibabaWorld]) {
      const { snapshot, spec } = make(withhold('prefixLists', 'ec2:DescribeManagedPrefixLists'));
      const once = JSON.stringify(check(snapshot as Snapshot, spec as Spec, { clouds: CLOUDS }));
      const [region] = structuredClone(snapshot.regions);
      for (const list of Object.values(region ?? {})) if (Array.isArray(list)) list.reverse();
      const reversed = { ...snapshot, regions: [region] } as Snapshot;
      expect(JSON.stringify(check(reversed, spec as Spec, { clouds: CLOUDS }))).toBe(once);
    }
  });

  it('lists what failed as failures, without what is ignored or undecided; a pass has no severity', () => {
    const outcomes: Given[] = [
      { subject: 'passed', verdict: 'pass', severity: 'error' },
      { subject: 'passed by default', verdict: 'pass' },
      { subject: 'undecided', verdict: 'unknown' },
      { subject: 'accepted' },
      { subject: 'fragile', severity: 'warning' },
      { subject: 'broken' },
    ];
    const ignore = edit({ 'spec.ignore': [{ check: 'a/a', subject: 'accepted', reason: 'known' }] });
    const { findings, failures } = report([saying('a/a', outcomes)], ignore);
    expect(failures.map(({ subject, severity }) => `${severity} ${subject}`)).toEqual([
      'error broken',
      'warning fragile',
    ]);
    for (const one of failures) expect(findings).toContain(one);
    expect(findings.filter(({ severity }) => severity === 'error').map(({ subject }) => subject)).toEqual([
      'accepted',
      'broken',
      'undecided',
    ]);
    const passed = findings.filter(({ verdict }) => verdict === 'pass');
    expect(passed).toHaveLength(2);
    for (const one of passed) expect(Object.keys(one)).not.toContain('severity');
  });

  it('lists the same failures where it leaves passes out', () => {
    const change = edit({ 'linkSpec.id': 'vlink-9' });
    const whole = report(CHECKS, change);
    expect(whole.failures.length).toBeGreaterThan(0);
    expect(report(CHECKS, change, { passes: false }).failures).toEqual(whole.failures);
  });

  it('counts the passes that it leaves out', () => {
    const { snapshot, spec } = awsWorld();
    const checks = [saying('a/a', [{ subject: 'a', verdict: 'pass' }, { subject: 'b' }])];
    const counted = countedCheck(snapshot as Snapshot, spec as Spec, { clouds: CLOUDS, checks, passes: false });
    expect(counted).toMatchObject({ passed: 1, report: { findings: [{ subject: 'b' }] } });
    expect(countedCheck(snapshot as Snapshot, spec as Spec, { clouds: CLOUDS, checks })).toMatchObject({ passed: 1 });
  });

  it('compares dates with the time of the snapshot, or with the given time', () => {
    const seen: number[] = [];
    const clock = saying('a/a', [], { run: ({ now }) => (seen.push(now), []) });
    report([clock]);
    report([clock], undefined, { now: 7 });
    expect(seen).toEqual([Date.parse(TAKEN_AT), 7]);
    expect(() => report([clock], ({ snapshot }) => (snapshot.takenAt = 'yesterday'))).toThrow(/takenAt/);
  });

  it('names assumptions', () => {
    const one = saying('a/a', [], { run: ({ assumed }) => (assumed('assume.returnPaths[0]', 'it returns'), []) });
    expect(report([one]).assumptions).toEqual([{ path: 'assume.returnPaths[0]', text: 'it returns' }]);
  });
});

describe('checks of the registry', () => {
  it('have unique ids, titles and descriptions', () => {
    expect(() => report(CHECKS)).not.toThrow();
    for (const { id, title, about, severity } of CHECKS) {
      expect(id).toMatch(/^(?:alibaba|aws|link|cidr|gateway|target|path|egress)\/[a-z0-9-]+$/);
      expect(title).toMatch(/[^.]$/);
      expect(about.length).toBeGreaterThan(60);
      expect(['error', 'warning', 'note']).toContain(severity);
    }
  });

  it.each<[string, (world: World) => void, string, string]>([
    ['link', edit({ 'linkSpec.id': 'vlink-9' }), 'fail', 'link eu'],
    ['link', withhold('links', 'apigateway:GET', 'vlink-1'), 'unknown', 'link eu'],
    ['link', () => undefined, 'pass', 'link eu'],
    ['gateway', ({ remove }) => remove('gateways', 'api-1'), 'fail', 'gateway api-1'],
    ['gateway', withhold('gateways', 'apigateway:GET', 'api-1'), 'unknown', 'gateway api-1'],
    ['gateway', () => undefined, 'pass', 'gateway api-1'],
    ['target', edit({ targets: [] }), 'fail', 'target orders'],
    ['target', withhold('targets', 'elasticloadbalancing:DescribeListeners'), 'unknown', 'target orders'],
    ['target', () => undefined, 'pass', 'target orders'],
  ])('%s/exists', (family, change, verdict, subject) => {
    const found = report(CHECKS, change).findings.filter((one) => one.check === `${family}/exists`);
    const severity = verdict === 'pass' ? undefined : 'error';
    expect(found).toMatchObject([{ verdict, subject, integration: 'orders' }]);
    expect(found[0]?.severity).toBe(severity);
    if (verdict !== 'pass') expect(found[0]?.remedy).toMatch(/^[A-Z].*\.$/);
    if (verdict === 'unknown')
      expect(found[0]?.remedy).toMatch(/apigateway:GET|elasticloadbalancing:DescribeListeners/);
  });
});

describe('a custom check', () => {
  it('runs beside the others', () => {
    const mine = defineCheck({ ...saying('acme/tags', [{ subject: 'link eu' }]), codes: {} });
    const { findings } = report([...CHECKS, mine]);
    expect(findings.map((one) => one.check)).toEqual(expect.arrayContaining(['acme/tags', 'link/exists']));
  });

  it.each(['tags', 'Acme/tags', 'acme/', 'acme/tags/more', '__proto__/x', ''])('cannot be called %j', (id) => {
    expect(() => defineCheck({ ...saying(id, []), codes: {} })).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT' }) as Error,
    );
  });

  it.each([[['NO_TEAM']], [undefined]])('cannot have %j as its codes: they have no sentences', (codes) => {
    const definition = { ...saying('acme/tags', []), codes } as never;
    expect(() => defineCheck(definition)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }) as Error);
  });

  it('cannot have the id of another check', () => {
    expect(() => report([...CHECKS, saying('link/exists', [])])).toThrow(/two checks/);
  });
});

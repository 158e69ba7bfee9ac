import fc from 'fast-check';
import { expect, it } from 'vitest';
import { displayText } from '../../../src/ground/text/display.js';
import { junitSuites, type JUnitCase } from '../../../src/check/report/junit.js';
import { finding, FULL, hostileReport, report, RUNS } from './sample.js';

const outcomeOf = ({ outcome }: JUnitCase): string => outcome?.kind ?? 'pass';

it('has a suite for each integration and a case for each finding', () => {
  const { suites, ...counts } = junitSuites(FULL);
  expect(counts).toEqual({ name: 'postern check', tests: 6, failures: 1, errors: 0, skipped: 4 });
  expect(suites.map(({ name, tests }) => `${name} ${tests}`)).toEqual(['facts 0', 'postern 1', 'orders 5']);
  expect(suites[0]?.properties).toEqual([
    {
      name: 'gap',
      value: 'route tables of eu-west-1: DescribeRouteTables returned PERMISSION_DENIED (ec2:DescribeRouteTables)',
    },
    { name: 'assumption', value: 'assume.returnPaths[0]: 192.168.0.0/16 sends answers back' },
  ]);
  expect(suites[2]?.cases.map(outcomeOf)).toEqual(['failure', 'skipped', 'skipped', 'pass', 'skipped']);
  expect(suites[2]).toMatchObject({ failures: 1, errors: 0, skipped: 3 });
  expect(suites[2]?.cases[0]).toMatchObject({
    classname: 'path/reach',
    name: 'link eu → target orders (10.20.1.7:443)',
    outcome: {
      message: 'no route leads to 10.20.1.7',
      type: 'error',
      text: expect.stringContaining('route rtb-1: 10.20.0.0/16 → pcx-1 (blackhole)\nAccept the peering') as string,
    },
  });
});

it('fails where the command fails, and otherwise names the reason of the skip', () => {
  expect(junitSuites(FULL, { failOn: 'warning' })).toMatchObject({ failures: 2, errors: 0 });
  expect(junitSuites(FULL, { failOn: 'unknown' })).toMatchObject({ failures: 1, errors: 1 });
  const [ignored] = junitSuites(report([finding({ suppressed: { reason: 'known', until: '2026-12-31' } })])).suites;
  expect(ignored?.cases[0]?.outcome).toMatchObject({
    kind: 'skipped',
    message: 'error: no route leads to 10.20.1.7 (ignored: known, until 2026-12-31)',
  });
  expect(ignored?.cases[0]?.outcome).not.toHaveProperty('type');
});

it('has no suites for an empty report', () => {
  expect(junitSuites(report([]))).toEqual({
    name: 'postern check',
    tests: 0,
    failures: 0,
    errors: 0,
    skipped: 0,
    suites: [],
  });
});

it('whatever the names, no character is invalid in XML, and each finding has a case', () => {
  fc.assert(
    fc.property(hostileReport(), (one) => {
      const suites = junitSuites(one);
      // https://www.w3.org/TR/xml/#charsets
      expect(JSON.stringify(suites).replaceAll(String.raw`\n`, '')).not.toMatch(
        /[^\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u,
      );
      const cases = suites.suites.flatMap((suite) => suite.cases);
      expect(cases.map(({ name }) => name).toSorted()).toEqual(
        one.findings.map(({ subject }) => displayText(subject)).toSorted(),
      );
    }),
    RUNS,
  );
});

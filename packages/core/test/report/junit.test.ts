import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { displayText } from '../../src/display.js';
import { junitReport } from '../../src/report/junit.js';
import { FULL, hostileReport, report, RUNS } from './sample.js';

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  trimValues: false,
  parseTagValue: false,
  isArray: (name) => ['testsuite', 'testcase'].includes(name),
});

interface Case {
  readonly classname: string;
  readonly name: string;
  readonly [outcome: string]: unknown;
}
interface Suites {
  readonly testsuites: {
    readonly testsuite?: readonly {
      readonly name: string;
      readonly tests: string;
      readonly testcase?: readonly Case[];
    }[];
    readonly [attribute: string]: unknown;
  };
}

function read(text: string): Suites['testsuites'] {
  expect(XMLValidator.validate(text)).toBe(true);
  return (parser.parse(text) as Suites).testsuites;
}

describe('JUnit', () => {
  it('has a suite for each integration and a case for each finding', () => {
    const { testsuite = [], ...counts } = read(junitReport(FULL));
    expect(counts).toMatchObject({ tests: '6', failures: '1', errors: '0', skipped: '4' });
    expect(testsuite.map(({ name, tests }) => `${name} ${tests}`)).toEqual(['facts 0', 'postern 1', 'orders 5']);
    const outcomes = testsuite[2]?.testcase?.map(
      (one) => Object.keys(one).find((key) => ['failure', 'error', 'skipped'].includes(key)) ?? 'pass',
    );
    expect(outcomes).toEqual(['failure', 'skipped', 'skipped', 'pass', 'skipped']);
    expect(testsuite[2]?.testcase?.[0]).toMatchObject({
      classname: 'path/reach',
      name: 'link eu → target orders (10.20.1.7:443)',
      failure: {
        message: 'no route leads to 10.20.1.7',
        type: 'error',
        '#text': expect.stringContaining('route rtb-1: 10.20.0.0/16 → pcx-1 (blackhole)\nAccept the peering') as string,
      },
    });
  });

  it('fails where the command would', () => {
    expect(read(junitReport(FULL, { failOn: 'warning' }))).toMatchObject({ failures: '2', errors: '0' });
    expect(read(junitReport(FULL, { failOn: 'unknown' }))).toMatchObject({ failures: '1', errors: '1' });
  });

  it('of nothing is a document, too', () => {
    expect(read(junitReport(report([])))).toMatchObject({ tests: '0' });
  });

  it('A11: whatever the names, it is XML, and reads back as what was shown', () => {
    fc.assert(
      fc.property(hostileReport(), (one) => {
        const text = junitReport(one);
        // XML 1.0: https://www.w3.org/TR/xml/#charsets
        expect(text).not.toMatch(/[^\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
        expect(text).not.toContain(']]>');
        expect(text).not.toMatch(/^\s*::[A-Za-z]/m);
        const cases = (read(text).testsuite ?? []).flatMap(({ testcase = [] }) => testcase);
        expect(cases.map(({ name }) => name).toSorted()).toEqual(
          one.findings.map(({ subject }) => displayText(subject)).toSorted(),
        );
      }),
      RUNS,
    );
  });
});

import { junitSuites, type JUnitSuites } from '@postern/core/internal/report';
import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect, it } from 'vitest';
import { FULL, hostileReport, report, RUNS } from '../../../core/test/check/report/sample.js';
import { junitXml } from '../../src/report/junit-xml.js';

const LISTS = new Set(['testsuite', 'testcase', 'property']);
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
  isArray: (name) => LISTS.has(name),
});

interface Case {
  readonly classname: string;
  readonly name: string;
  readonly [outcome: string]: unknown;
}
interface Suite {
  readonly name: string;
  readonly tests: string;
  readonly properties?: { readonly property: readonly { readonly name: string; readonly value: string }[] };
  readonly testcase?: readonly Case[];
}

/** What a consumer reads: suites, and the outcome of each case. */
function read(text: string): { readonly testsuite?: readonly Suite[]; readonly [attribute: string]: unknown } {
  expect(XMLValidator.validate(text)).toBe(true);
  return (parser.parse(text) as { testsuites: ReturnType<typeof read> }).testsuites;
}

/** Suites as a consumer would have them after reading. */
function expected({ suites }: JUnitSuites) {
  return suites.map(({ name, tests, properties, cases }) => ({
    name,
    tests: String(tests),
    properties,
    cases: cases.map(({ classname, name: of, outcome }) => ({
      classname,
      name: of,
      ...(outcome === undefined
        ? {}
        : {
            [outcome.kind]: {
              message: outcome.message,
              ...(outcome.type === undefined ? {} : { type: outcome.type }),
              ...(outcome.text === '' ? {} : { '#text': outcome.text }),
            },
          }),
    })),
  }));
}

it('is a document of suites, cases and their outcomes', () => {
  const text = junitXml(junitSuites(FULL));
  expect(
    text.startsWith(
      '<?xml version="1.0" encoding="UTF-8"?><testsuites name="postern check" tests="6" failures="1" errors="0" skipped="4"><testsuite name="facts"',
    ),
  ).toBe(true);
  expect(text.endsWith('</testsuites>\n')).toBe(true);
  expect(text).toContain(
    '<testcase classname="link/single-zone" name="link eu"><skipped message="warning: one zone">Add a subnet.</skipped></testcase>',
  );
  expect(text).toContain('<testcase classname="target/exists" name="target orders"/>');
  expect(text).toContain('<failure message="no route leads to 10.20.1.7" type="error">');
});

it('of no findings is a document, too', () => {
  expect(read(junitXml(junitSuites(report([]))))).toMatchObject({ tests: '0' });
});

it('for any names it is XML 1.0, and parses to its input', () => {
  fc.assert(
    fc.property(hostileReport(), (one) => {
      const suites = junitSuites(one);
      const text = junitXml(suites);
      // https://www.w3.org/TR/xml/#charsets
      expect(text).not.toMatch(/[^\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
      expect(text).not.toContain(']]>');
      expect(text).not.toMatch(/^\s*::[A-Za-z]/m);
      const got = (read(text).testsuite ?? []).map(({ name, tests, properties, testcase }) => ({
        name,
        tests,
        properties: properties?.property ?? [],
        cases: testcase ?? [],
      }));
      expect(got).toEqual(expected(suites));
    }),
    RUNS,
  );
});

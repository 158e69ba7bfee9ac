import type { JUnitCase, JUnitCounts, JUnitSuite, JUnitSuites } from '@postern/core/internal/report';
import XMLBuilder from 'fast-xml-builder';

/** Members with this prefix are attributes; the prefix itself holds the text. */
const ATTRIBUTE = '@';
const TEXT = '#text';

/**
 * JUnit's suites as an XML document, as CI systems read it.
 * @see https://github.com/testmoapp/junitxml
 */
export function junitXml(suites: JUnitSuites): string {
  const builder = new XMLBuilder({
    ignoreAttributes: false,
    attributeNamePrefix: ATTRIBUTE,
    textNodeName: TEXT,
    suppressEmptyNode: true,
    // A name of `true` is a name.
    suppressBooleanAttributes: false,
  });
  const root = { ...attributes({ name: suites.name, ...countsOf(suites) }), testsuite: suites.suites.map(suiteOf) };
  return `${builder.build({ '?xml': attributes({ version: '1.0', encoding: 'UTF-8' }), testsuites: root })}\n`;
}

function suiteOf(suite: JUnitSuite): object {
  const { name, properties, cases } = suite;
  return {
    ...attributes({ name, ...countsOf(suite) }),
    ...(properties.length === 0 ? {} : { properties: { property: properties.map(attributes) } }),
    testcase: cases.map(caseOf),
  };
}

function caseOf({ classname, name, outcome }: JUnitCase): object {
  if (outcome === undefined) return attributes({ classname, name });

  const { kind, message, type, text } = outcome;
  const said = attributes(type === undefined ? { message } : { message, type });
  return { ...attributes({ classname, name }), [kind]: text === '' ? said : { ...said, [TEXT]: text } };
}

function countsOf({ tests, failures, errors, skipped }: JUnitCounts): JUnitCounts {
  return { tests, failures, errors, skipped };
}

function attributes(values: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${ATTRIBUTE}${name}`, value]));
}

import { parseSpec } from '../../clouds.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHECKS, RULES } from '../checks/all-checks.js';
import type { Spec } from '../../../src/do/spec.js';
import { fileUri, reportSarif } from '../../../src/check/report/sarif.js';
import { sarifProblems } from './sarif-problems.js';
import { finding, FULL, hostileReport, report, RUNS, WALK } from './sample.js';

const SPEC: Spec = parseSpec(
  `version: 1
project: shop
links:
  eu: { provider: aws, region: eu-west-1, id: abc123 }
integrations:
  orders:
    link: eu
    gateway: { httpApi: a1b2c3d4e5 }
    targets: { orders: { listener: { loadBalancer: orders, port: 80 } } }
    routes: { 'ANY /orders': orders }
ignore:
  - { check: path/*, reason: known }
`,
  { file: 'deploy/postern.yaml' },
);

interface Log {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly invocations: readonly [{ readonly toolExecutionNotifications: readonly unknown[] }];
      readonly results: readonly Result[];
    },
  ];
}

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly message: { readonly text: string };
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly [key: string]: unknown;
}

function read(
  one: Parameters<typeof reportSarif>[0],
  spec: Spec,
  options: Partial<Parameters<typeof reportSarif>[2]> = {},
): Log['runs'][0] {
  const log: unknown = JSON.parse(reportSarif(one, spec, { rules: RULES, ...options }));
  expect(sarifProblems(log)).toEqual([]);
  return (log as Log).runs[0];
}

describe('SARIF', () => {
  it('is validated by the schema, which refuses other JSON', () => {
    const wrong = JSON.parse(
      reportSarif(FULL, SPEC, { rules: RULES }).replace('"kind": "open"', '"kind": "unknown"'),
    ) as unknown;
    expect(sarifProblems(wrong)).not.toEqual([]);
    expect(sarifProblems({ version: '2.1.0' })).not.toEqual([]);
  });

  it('has a rule for each check, and each result refers to its rule', () => {
    const { tool, results } = read(FULL, SPEC, { version: '1.2.3' });
    expect(tool.driver).toMatchObject({ name: 'Postern', version: '1.2.3' });
    expect(tool.driver.rules.slice(0, RULES.length).map(({ id }) => id)).toEqual(RULES.map(({ id }) => id));
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    expect(new Set(tool.driver.rules.map(({ id }) => id)).size).toBe(tool.driver.rules.length);
  });

  it('links its rules to the documentation where it has an address', () => {
    const rules = read(FULL, SPEC, { docs: 'https://docs.example/checks.md', rules: CHECKS }).tool.driver.rules;
    expect(rules.find(({ id }) => id === 'link/exists')).toMatchObject({
      helpUri: 'https://docs.example/checks.md#linkexists',
    });
    const [first] = CHECKS;
    expect(read(FULL, SPEC, { rules: CHECKS }).tool.driver.rules[0]).toMatchObject({ helpUri: first?.sources?.[0] });
  });

  it('places each result at the line of its integration, its link or its entry', () => {
    const at = (change: Parameters<typeof finding>[0]): unknown =>
      read(report([finding(change)]), SPEC).results[0]?.['locations'];
    const place = (line: number, column: number): object => ({
      physicalLocation: {
        artifactLocation: { uri: 'deploy/postern.yaml' },
        region: { startLine: line, startColumn: column },
      },
    });
    expect(at({ subject: 'gateway a1b2c3d4e5' })).toMatchObject([place(6, 3)]);
    expect(at({ integration: null, subject: 'link eu' })).toMatchObject([place(4, 3)]);
    const entry = { kind: 'ignore', id: 'ignore[0]', label: 'ignore[0]' };
    expect(at({ integration: null, subject: 'ignore[0]', about: [entry] })).toMatchObject([place(12, 5)]);
    expect(at({ integration: null, subject: 'link gone' })).toMatchObject([place(3, 1)]);
    const { places: _, ...without } = SPEC;
    expect(read(report([finding()]), without).results[0]?.['locations']).toEqual([
      { logicalLocations: [{ fullyQualifiedName: 'integrations.orders.targets.orders' }] },
    ]);
  });

  it('a result is at the line of its target, and a rule has its severity', () => {
    const spec = parseSpec(
      `version: 1
project: shop
links:
  eu: { provider: aws, region: eu-west-1, id: abc123 }
integrations:
  shop:
    link: eu
    gateway: { httpApi: a1b2c3d4e5 }
    targets:
      orders: { listener: { loadBalancer: orders, port: 80 } }
      billing: { listener: { loadBalancer: billing, port: 80 } }
    routes:
      'ANY /orders': orders
      'ANY /billing': billing
`,
      { file: 'postern.yaml' },
    );
    const lines = [
      'link eu → target billing (10.20.1.7:443)',
      'target orders',
      'target gone',
      'route ANY /billing',
    ].map((subject) => read(report([finding({ integration: 'shop', subject })]), spec).results[0]?.['locations']);
    expect(lines).toMatchObject([11, 10, 6, 14].map((startLine) => [{ physicalLocation: { region: { startLine } } }]));
    const { rules } = read(FULL, SPEC, { rules: CHECKS }).tool.driver;
    const severityOf = { error: '8.0', warning: '5.0', note: '2.0' } as const;
    for (const [at, { severity }] of CHECKS.entries())
      expect(rules[at]).toMatchObject({
        properties: { tags: ['security'], 'security-severity': severityOf[severity] },
      });
  });

  it('distinguishes what fails, what is open and what passed', () => {
    const kinds = read(FULL, SPEC).results.map(({ kind, level }) => `${String(kind)} ${String(level)}`);
    expect(kinds).toEqual(['fail warning', 'fail error', 'open none', 'fail note', 'pass none', 'fail error']);
  });

  it('shows the path as a code flow', () => {
    const [result] = read(report([finding()]), SPEC).results;
    expect(result?.['codeFlows']).toMatchObject([
      {
        threadFlows: [
          {
            locations: [
              { executionOrder: 1, importance: 'important' },
              { executionOrder: 2, importance: 'important' },
              {
                executionOrder: 3,
                importance: 'essential',
                location: {
                  message: { text: '✗ route: rtb-1: 10.20.0.0/16 → pcx-1 (blackhole) (ROUTE_TABLE_BLACKHOLE)' },
                },
              },
            ],
          },
        ],
      },
    ]);
    expect(read(report([finding({ evidence: [] })]), SPEC).results[0]).not.toHaveProperty('codeFlows');
  });

  it('has fingerprints that only check, integration and subject change', () => {
    const print = (change: Parameters<typeof finding>[0]): string | undefined =>
      read(report([finding(change)]), SPEC).results[0]?.partialFingerprints['postern/v1'];
    const base = print({});
    expect(base).toMatch(/^[0-9a-f]{16}$/);
    expect(print({ message: 'other words', evidence: [], verdict: 'unknown', severity: 'note' })).toBe(base);
    const others = [
      print({ check: 'path/other' }),
      print({ integration: 'b' }),
      print({ integration: null }),
      print({ subject: 's' }),
    ];
    expect(new Set([base, ...others]).size).toBe(5);
    const twice = read(report([finding(), finding({ evidence: WALK.slice(1) })]), SPEC).results;
    expect(twice.map(({ partialFingerprints }) => partialFingerprints['postern/v1'])).toEqual([
      base,
      `${String(base)}:2`,
    ]);
  });

  it('has the reason of a suppression, and what could not be read or was assumed', () => {
    const { results, invocations } = read(FULL, SPEC);
    expect(results.filter((one) => 'suppressions' in one)).toMatchObject([
      {
        level: 'error',
        suppressions: [{ kind: 'inSource', status: 'accepted', justification: 'known (until 2026-12-31)' }],
      },
    ]);
    expect(invocations[0].toolExecutionNotifications).toMatchObject([
      { level: 'warning', message: { text: expect.stringContaining('ec2:DescribeRouteTables') as string } },
      { level: 'note', message: { text: 'assume.returnPaths[0]: 192.168.0.0/16 sends answers back' } },
    ]);
  });

  it('whatever the names, it is valid, and no message contains a link or a placeholder', () => {
    fc.assert(
      fc.property(hostileReport(), (one) => {
        const { results, invocations } = read(one, SPEC);
        const texts = [...results, ...invocations[0].toolExecutionNotifications].flatMap((part) =>
          [...JSON.stringify(part).matchAll(/"text":("(?:[^"\\]|\\.)*")/g)].map(
            ([, text = '""']) => JSON.parse(text) as string,
          ),
        );
        for (const { message } of results) {
          expect(message.text).not.toMatch(/\]\(/);
          expect(message.text.replaceAll('{{', '').replaceAll('}}', '')).not.toMatch(/[{}]/);
        }
        for (const text of texts) expect(text).not.toMatch(/[^\P{Cc}\n]/u);
      }),
      RUNS,
    );
  });
});

it.each<[string, string]>([
  ['postern.yaml', 'postern.yaml'],
  ['../a b/postern.yaml', '../a%20b/postern.yaml'],
  ['/srv/postern.yaml', 'file:///srv/postern.yaml'],
  ['C:\\work\\postern.yaml', 'file:///C:/work/postern.yaml'],
  ['javascript:alert(1)', 'javascript%3Aalert(1)'],
  ['100%.yaml', '100%25.yaml'],
])('fileUri: %s → %s', (path, uri) => {
  expect(fileUri(path)).toBe(uri);
});

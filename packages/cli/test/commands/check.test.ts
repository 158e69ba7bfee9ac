import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cloud, folder, network, run, specOf, type RunOptions } from '../run-command.js';

/** The result of `apply`, as a snapshot file: taken once for all tests. */
let taken: ReturnType<typeof takeOnce> | undefined;
async function takeOnce() {
  const server = await cloud();
  const there = await network(server);
  const cwd = folder({ 'postern.yaml': specOf(there) });
  const env = { POSTERN_SIMULATOR: server.url };
  expect(await run(['apply', '--yes'], { cwd, env })).toMatchObject({ status: 0 });
  expect(await run(['snapshot', '--spec', 'postern.yaml', '-o', 'snapshot.json'], { cwd, env })).toMatchObject({
    status: 0,
  });
  return { there, text: readFileSync(path.join(cwd, 'snapshot.json'), 'utf8') };
}

/** A spec, and a snapshot of the network that it names, in a folder; without a cloud. */
async function scene(change: (snapshot: Snapshot) => void = () => undefined, spec = (text: string) => text) {
  const { there, text } = await (taken ??= takeOnce());
  const snapshot = JSON.parse(text) as Snapshot;
  change(snapshot);
  const cwd = folder({ 'postern.yaml': spec(specOf(there)), 'snapshot.json': JSON.stringify(snapshot) });
  const write = (name: string, content: string): void => writeFileSync(path.join(cwd, name), content);
  const offline = (argv: readonly string[], options: RunOptions = {}) =>
    run([...argv, '--snapshot', 'snapshot.json'], { cwd, ...options });
  return { cwd, there, write, offline, file: (name: string) => readFileSync(path.join(cwd, name), 'utf8') };
}

interface Snapshot {
  version: number;
  takenAt: string;
  regions: Region[];
  [member: string]: unknown;
}
interface Region {
  region: string;
  account: string;
  [list: string]: unknown;
}

interface Report {
  readonly version: number;
  readonly findings: readonly {
    check: string;
    verdict: string;
    severity: string;
    subject: string;
    suppressed?: object;
  }[];
}

const failures = (out: string) => (JSON.parse(out) as Report).findings.filter(({ verdict }) => verdict === 'fail');

describe('postern check', () => {
  it('reports that its source is a file, with its time and place; apply accepts no snapshot', async () => {
    const { offline } = await scene();
    expect((await offline(['check'])).out).toMatch(/^From snapshot\.json, taken 2026-06-01T/);
    for (const argv of [['apply'], ['plan'], ['destroy']]) {
      expect(await offline(argv)).toMatchObject({
        status: 64,
        err: expect.stringContaining("unknown option '--snapshot'"),
      });
    }
  });

  it('exits with 3 at findings, and reports their number by kind', async () => {
    const { offline } = await scene();
    const { status, out, err } = await offline(['check']);
    expect(status).toBe(3);
    expect(out).toMatch(
      /^From snapshot\.json, taken 2026-06-01T[\d:.]+Z: aws eu-west-1 of account 111122223333\n\norders\n {2}✗ /,
    );
    expect(out).toMatch(
      /\n\d+ errors?, (?:\d+ warnings?, )?.*\d+ passed(?: \(\d+ findings in \d+ entr(?:y|ies)\))?\n$/,
    );
    expect(err).toBe('');
  });

  it('prints one JSON document and nothing else', async () => {
    const { offline } = await scene();
    const { out, err } = await offline(['check', '--json']);
    expect(Object.keys(JSON.parse(out) as object)).toEqual(['version', 'findings', 'gaps', 'assumptions']);
    expect(err).toMatch(/^note: From snapshot\.json, taken [^\n]*\n$/);
    expect((JSON.parse(out) as Report).findings.some(({ verdict }) => verdict === 'pass')).toBe(true);
  });

  it('exits with 3 at the severity that --fail-on names', async () => {
    // The errors of this world are ignored: a listener with a fixed response, and a group without inbound rules.
    const ignore = ['egress/*', 'path/*', 'target/answers'].map(
      (check) => `  - { check: '${check}', reason: known }\n`,
    );
    const { offline, file, write } = await scene(
      () => undefined,
      (text) => `${text}ignore:\n${ignore.join('')}`,
    );
    const { findings } = JSON.parse((await offline(['check', '--json'])).out) as Report;
    const open = findings.filter(({ verdict, suppressed }) => verdict === 'fail' && suppressed === undefined);
    expect(new Set(open.map(({ severity }) => severity))).toEqual(new Set(['warning']));
    expect((await offline(['check'])).status).toBe(0);
    expect((await offline(['check', '--fail-on', 'warning'])).status).toBe(3);
    expect((await offline(['check', '--fail-on', 'unknown'])).status).toBe(0);

    const snapshot = JSON.parse(file('snapshot.json')) as Snapshot;
    Object.assign(snapshot.regions[0]!, {
      gateways: [],
      gaps: [
        { what: 'APIs', operation: 'GetApis', code: 'PERMISSION_DENIED', permission: 'apigateway:GET', of: 'gateways' },
      ],
    });
    write('snapshot.json', JSON.stringify(snapshot));
    const unknown = await offline(['check', '--fail-on', 'unknown']);
    expect(unknown).toMatchObject({ status: 3, out: expect.stringContaining('Allow apigateway:GET') });
    expect((await offline(['check'])).status).toBe(0);
  });

  it('contact M10: undecided checks do not fail by default, and a note names the option that makes them fail', async () => {
    const { offline, file, write } = await scene(
      () => undefined,
      (text) =>
        `${text}ignore:\n  - { check: 'egress/*', reason: known }\n  - { check: 'path/*', reason: known }\n  - { check: target/answers, reason: known }\n`,
    );
    expect((await offline(['check'])).err).not.toContain('could not be decided');
    const snapshot = JSON.parse(file('snapshot.json')) as Snapshot;
    const gap = {
      what: 'APIs',
      operation: 'GetApis',
      code: 'PERMISSION_DENIED',
      permission: 'apigateway:GET',
      of: 'gateways',
    };
    Object.assign(snapshot.regions[0]!, { gateways: [], gaps: [gap] });
    write('snapshot.json', JSON.stringify(snapshot));
    const { status, out, err } = await offline(['check']);
    expect(status).toBe(0);
    expect(err).toMatch(
      /note: \d+ checks? of severity error could not be decided; --fail-on unknown makes this a failure\n/,
    );
    expect(out.replace(/\s+/g, ' ')).toContain('un the check again, with a new snapshot where it reads one');
    expect((await offline(['check', '--fail-on', 'unknown'])).err).not.toContain('could not be decided');
  });

  it('shows what the spec ignores as suppressed, until its date', async () => {
    const { offline } = await scene(
      () => undefined,
      (text) => `${text}ignore:\n  - { check: egress/*, reason: known, until: '2026-06-30' }\n`,
    );
    const text = await offline(['check']);
    expect(text.out).toMatch(/\nsuppressed {2}egress\/admitted {2}target orders of orders: known, until 2026-06-30\n/);
    const json = (now: string[]) => offline(['check', '--json', ...now]);
    const suppressed = async (now: string[]) =>
      failures((await json(now)).out).filter((one) => one.check.startsWith('egress/') && one.suppressed !== undefined)
        .length;
    expect(await suppressed([])).toBe(1);
    expect(await suppressed(['--now', '2026-06-30T23:59:59Z'])).toBe(1);
    expect(await suppressed(['--now', '2026-07-01'])).toBe(0);
  });

  it('writes the report into a file, and shows the text where it has more', async () => {
    const { offline, file, cwd } = await scene();
    const sarif = await offline(['check', '--sarif', '-o', 'postern.sarif']);
    expect(sarif.out).toContain('errors');
    expect(sarif.err).toContain('note: the report is in postern.sarif\n');
    expect(JSON.parse(file('postern.sarif'))).toMatchObject({ version: '2.1.0' });
    // For code scanning an absolute path of the spec is the same file.
    const absolute = await offline(['check', path.join(cwd, 'postern.yaml'), '--sarif']);
    expect(absolute.out).toContain('"uri": "postern.yaml"');
    expect(absolute.out).toBe(file('postern.sarif'));
    expect(await offline(['check', '--json', '-o', 'report.json'])).toMatchObject({ status: 3, out: '' });
    expect(file('report.json')).toBe((await offline(['check', '--json'])).out);
    await offline(['check', '-o', 'report.txt']);
    expect(file('report.txt')).toBe((await offline(['check'])).out);
    for (const [option, start] of [
      ['--junit', '<?xml version="1.0"'],
      ['--md', '## Postern: '],
    ] as const) {
      expect((await offline(['check', option])).out.startsWith(start)).toBe(true);
    }
  });

  it('reads a snapshot and a spec in JSON, and works in pipes', async () => {
    const { offline, write, there } = await scene();
    write(
      'shop.json',
      JSON.stringify({
        version: 1,
        project: 'shop',
        links: { main: { provider: 'aws', region: 'eu-west-1', subnets: there.subnets, allowlist: ['10.0.0.0/16'] } },
        integrations: {
          orders: {
            link: 'main',
            gateway: { httpApi: there.api },
            targets: { orders: { listener: { loadBalancer: 'orders', port: 80 } } },
            routes: { 'ANY /orders': 'orders' },
          },
        },
      }),
    );
    expect((await offline(['check', 'shop.json'])).out).toBe((await offline(['check'])).out);
  });
});

describe('postern explain', () => {
  it('shows the path hop by hop, and the rule that blocks it', async () => {
    const { offline } = await scene();
    const { status, out } = await offline(['explain', 'orders']);
    expect(status).toBe(3);
    expect(out).toMatch(/\norders: ANY \/orders → target orders by link main: calls do not arrive\n\n {2}subnet-/);
    expect(out).toMatch(/\n {4}✓ link +\S+: AVAILABLE\n {4}✓ security group out +sg-/);
    expect(out).toMatch(/\n {4}✗ security group in +sg-[^]*?\n {8}→ Add an inbound rule/);
    const json = JSON.parse((await offline(['explain', 'orders', 'ANY /orders', '--json'])).out) as object;
    expect(json).toMatchObject({
      version: 1,
      explanations: [{ integration: 'orders', route: 'ANY /orders', verdict: 'fail' }],
    });
  });

  it.each([
    [['order'], 'Did you mean orders?'],
    [['orders', 'ANY /order'], 'Did you mean ANY /orders?'],
    [['orders', 'GET /something-else'], 'Write one of those it has: ANY /orders.'],
    [['constructor'], 'Write one of those it has: orders.'],
  ])('%j does not exist', async (args, remedy) => {
    const { offline } = await scene();
    expect(await offline(['explain', ...args])).toMatchObject({
      status: 64,
      out: '',
      err: expect.stringContaining(remedy),
    });
  });
});

describe('invalid input is refused, with status 64', () => {
  it('a region that the snapshot does not have', async () => {
    const { offline } = await scene();
    const { status, out, err } = await offline(['check', '--region', 'us-east-1']);
    expect({ status, out }).toEqual({ status: 64, out: '' });
    expect(err).toMatch(/--region us-east-1: \S+ has eu-west-1/);
  });

  const bad: readonly [string, (snapshot: Snapshot) => void, string][] = [
    ['a newer version', (snapshot) => (snapshot.version = 99), 'UNSUPPORTED_VERSION'],
    [
      'no version',
      (snapshot) => delete (snapshot as Partial<Snapshot>).version,
      'INVALID_INPUT: snapshot: the file is no',
    ],
    [
      'another region',
      ({ regions }) => (regions[0]!.region = 'eu-central-1'),
      'the snapshot does not include aws eu-west-1',
    ],
    ['no region at all', (snapshot) => (snapshot.regions = []), 'the snapshot does not include aws eu-west-1'],
    ['an unknown member', (snapshot) => (snapshot['surprise'] = 1), 'surprise'],
    ['a list of another type', ({ regions }) => Object.assign(regions[0]!, { subnets: {} }), 'subnets'],
    ['no date', (snapshot) => (snapshot.takenAt = 'yesterday'), 'takenAt'],
  ];
  it.each(bad)('a snapshot of %s', async (_, change, said) => {
    const { offline } = await scene(change);
    const { status, out, err } = await offline(['check']);
    expect({ status, out }).toEqual({ status: 64, out: '' });
    expect(err).toContain(said);
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('a snapshot that is truncated, empty, or has __proto__', async () => {
    const { offline, write, file } = await scene();
    const whole = file('snapshot.json');
    for (const text of [
      whole.slice(0, -1),
      whole.slice(0, whole.length / 2),
      '',
      '[]',
      'null',
      whole.replace('{', '{"__proto__":{"version":1},'),
    ]) {
      write('snapshot.json', text);
      const { status, out, err } = await offline(['check']);
      expect({ status, out }).toEqual({ status: 64, out: '' });
      expect(err).toMatch(/^error [A-Z_]+: .*\n(?: {2}snapshot\.json.*\n)? {2}.*\n$/);
    }
    expect({}).not.toHaveProperty('version');
  });

  it('a spec for another account or provider than the snapshot', async () => {
    const { offline, write, file, there } = await scene();
    const spec = file('postern.yaml');
    write('account.yaml', spec.replace('provider: aws', "provider: aws\n    account: '999999999999'"));
    const account = await offline(['check', 'account.yaml']);
    expect(account).toMatchObject({ status: 64, out: '' });
    expect(account.err).toMatch(
      /the snapshot does not include aws eu-west-1 of account 999999999999; it includes aws eu-west-1 of account 111122223333\n {2}account\.yaml:5:3\n/,
    );
    const both = `version: 1
project: shop
links:
  aws: { provider: aws, region: eu-west-1, id: ${there.api} }
  cn: { provider: alibaba, region: cn-hangzhou, id: apigateway-hz-1 }
`;
    write('provider.yaml', both);
    expect(await offline(['check', 'provider.yaml'])).toMatchObject({
      status: 64,
      err: expect.stringContaining(
        'the snapshot does not include alibaba cn-hangzhou; it includes aws eu-west-1 of account 111122223333',
      ),
    });
  });

  it('options that are not valid', async () => {
    const { offline, cwd } = await scene();
    const wrong: readonly (readonly [readonly string[], string])[] = [
      [['check', '--junit', '--sarif'], 'several report formats were given: --sarif, --junit'],
      [['check', '--now', '2026-02-30'], '--now: "2026-02-30" is not a valid date'],
      [['check', '--now', 'tomorrow'], '--now: "tomorrow" is not a valid date'],
      [['check', '--fail-on', 'everything'], '--fail-on'],
      [['check', 'missing.yaml'], 'missing.yaml'],
    ];
    for (const [argv, said] of wrong) {
      const { status, out, err } = await offline(argv);
      expect({ argv, status, out }).toEqual({ argv, status: 64, out: '' });
      expect(err).toContain(said);
    }
    expect(await run(['check', '--snapshot', 'missing.json'], { cwd })).toMatchObject({
      status: 64,
      err: expect.stringContaining('missing.json'),
    });
  });

  it('an ignore of a check that does not exist, with its place', async () => {
    const { offline, write, file } = await scene();
    write('wrong.yaml', `${file('postern.yaml')}ignore:\n  - { check: path/rout, reason: x }\n`);
    expect((await offline(['check', 'wrong.yaml'])).err).toMatch(
      /check path\/rout does not exist\n {2}wrong\.yaml:\d+:14\n {2}Did you mean path\/route\?/,
    );
    write('own.yaml', `${file('postern.yaml')}ignore:\n  - { check: acme/tags, reason: x }\n`);
    expect((await offline(['check', 'own.yaml'])).err).not.toContain('acme'); // another program's
  });
});

describe('hostile names in a snapshot', () => {
  const NAME = '\u001b[31m::error::\r\n##vso[task.complete]<script>[x](javascript:1)]]>\u202e{0}';

  it('have no effect on a terminal, a CI system or a page', async () => {
    const { offline } = await scene(({ regions }) => {
      for (const list of ['loadBalancers', 'securityGroups', 'gateways', 'links'] as const) {
        for (const item of regions[0]![list] as { name: string }[]) item.name = NAME;
      }
      for (const subnet of regions[0]!['subnets'] as object[]) Object.assign(subnet, { zone: NAME });
    });
    for (const form of [[], ['--json'], ['--sarif'], ['--junit'], ['--md']]) {
      const { status, out, err } = await offline(['check', ...form]);
      expect(status).toBe(3);
      for (const text of [out, err]) {
        expect(text).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u);
        expect(text).not.toMatch(/^\s*::[A-Za-z]/m);
        expect(text).not.toMatch(/##\w*\[/);
      }
      if (form[0] === '--md' || form[0] === '--junit') expect(out).not.toContain('<script>');
    }
  });
});

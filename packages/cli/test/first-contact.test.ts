import { describe, expect, it } from 'vitest';
import { questionOf } from '../src/apply/confirm-and-apply.js';
import { cloud, folder, network, run, specOf } from './run-command.js';

const link = (member: string): string =>
  `version: 1\nproject: shop\nlinks:\n  a: { provider: aws, region: eu-west-1, ${member} }\n`;

describe('mistakes are reported with what was expected', () => {
  it.each<[string, readonly string[], Record<string, string>, string]>([
    [
      'an unknown provider',
      ['plan'],
      { 'postern.yaml': 'version: 1\nproject: shop\nlinks:\n  a: { provider: azure }\n' },
      'unknown provider "azure"',
    ],
    [
      'no provider',
      ['plan'],
      { 'postern.yaml': 'version: 1\nproject: shop\nlinks:\n  a: { region: eu-west-1 }\n' },
      '`provider` is required',
    ],
    [
      'an ID as a map',
      ['plan'],
      { 'postern.yaml': link('subnets: [{ id: subnet-0a }]') },
      'error INVALID_SPEC: links.a.subnets[0]: an ID is written as plain text, not under `id`\n  postern.yaml:4:52\n  Write subnet-0a in place of the map.\n',
    ],
    ['an empty list', ['plan'], { 'postern.yaml': link('subnets: []') }, 'Write at least 1 item.'],
    [
      'a spec that throws',
      ['plan', 'boom.config.ts'],
      { 'boom.config.ts': "const a = 1;\nthrow new Error('boom');\nexport default a;\n" },
      'error FILE_UNREADABLE: boom.config.ts: the program failed during loading: boom\n  boom.config.ts:2:7\n  Correct the program at that place.\n',
    ],
    [
      'a spec in place of a plan',
      ['apply', '--yes', '--plan', 'good.yaml'],
      { 'good.yaml': link('subnets: [subnet-0a]') },
      'error INVALID_INPUT: good.yaml: this is not a saved plan\n  Name a file that `postern plan -o` wrote.\n',
    ],
    ['help for an unknown command', ['help', 'nope'], {}, "error INVALID_INPUT: unknown command 'nope'\n"],
    [
      'an address in place of a file',
      ['cidr', 'merge', 'vpcs.txt', '10.0.3.7'],
      { 'vpcs.txt': '10.0.0.0/16\n' },
      'echo 10.0.3.7 | postern cidr',
    ],
    ['a move without a destination', ['migrate', 'validate', '--api', 'a'], {}, '--to is missing'],
    ['no region', ['snapshot'], {}, 'error REGION_MISSING: no region given\n'],
    ['a list without its end', ['plan'], { 'postern.yaml': 'version: 1\nlinks: [\n' }, 'Write the missing `]`'],
    ['another version', ['plan'], { 'postern.yaml': 'version: 2\n' }, 'version 2 is not supported'],
    ['no spec and no terminal', ['apply'], {}, 'none of postern.yaml, postern.yml, postern.json exists'],
    ['no spec and no terminal for a name', ['forget', 'links.pay'], {}, 'no project given'],
    [
      'a spec in place of a snapshot',
      ['check', '--snapshot', 'postern.yaml'],
      { 'postern.yaml': link('subnets: [subnet-0a]') },
      'postern.yaml: this is not a snapshot\n  Give a file that `postern snapshot -o` wrote.\n',
    ],
    ['no pool', ['cidr', 'free', '--bits', '24'], {}, 'Add --pool'],
    ['an invalid block', ['allow', 'eu', '10.30.0.0/99'], {}, 'error INVALID_PREFIX: block "10.30.0.0/99": IPv4'],
    ['no file of needs', ['advise', 'needs.yaml'], {}, 'needs.yaml: the file or its folder does not exist'],
  ])('Low: %s', async (_, argv, files, expected) => {
    const { status, out, err } = await run(argv, { cwd: folder(files) });
    expect({ status, out, err }).toEqual({ status: 64, out: '', err: expect.stringContaining(expected) });
  });

  it.each([
    [{ version: 1, project: 'shop', goal: 'apply', units: [] }, 'postern apply --plan p.json'],
    [{ version: 1, kind: 'move', move: 'x' }, 'postern migrate run --plan p.json'],
  ])('a saved plan in place of a spec is named, with the option', async (plan, command) => {
    const cwd = folder({ 'p.json': `${JSON.stringify(plan, undefined, 2)}\n` });
    const { status, err } = await run(['apply', 'p.json', '--yes'], { cwd });
    expect(status).toBe(64);
    expect(err).toMatch(/p\.json: this is a saved plan(?: of a move)?, not a spec/);
    expect(err).toContain(`\`${command}\``);
    expect(err.match(/^error /gm)).toHaveLength(1);
  });

  it('Low: a missing file is named once', async () => {
    const { err } = await run(['plan', 'nope.json'], { cwd: folder() });
    expect(err.split('nope.json')).toHaveLength(2);
  });

  it('Low: commands that call no cloud have no --debug; the help of migrate names what changes nothing', async () => {
    expect((await run(['cidr', 'merge', '--help'])).out).not.toContain('--debug');
    expect((await run(['plan', '--help'])).out).toContain('--debug');
    const { out } = await run(['migrate', '--help']);
    expect(out.replace(/\s+/g, ' ')).toContain('nothing is changed by validate, plan and status');
  });
});

describe('the environment of a command', () => {
  it('Low: a port in use has its own code', async () => {
    const server = await cloud();
    const { status, err } = await run(['simulate', '--port', new URL(server.url).port]);
    expect([status, err]).toEqual([1, expect.stringContaining('error PORT_IN_USE: ')]);
  });

  it('Low: help lists the environment variables', async () => {
    const { out } = await run(['--help']);
    for (const name of ['AWS_REGION', 'ALIBABA_CLOUD_REGION_ID', 'POSTERN_SIMULATOR', 'NO_COLOR'])
      expect(out.slice(out.indexOf('Environment:'))).toContain(name);
  });

  it('Low: the remedy for refused credentials names a region that does not exist as a cause', async () => {
    const server = await cloud();
    const env = { POSTERN_SIMULATOR: server.url };
    const { err } = await run(['links', '--region', 'eu-west-9'], { env });
    expect(err).toContain('Check that the region exists');
  });
});

describe('contact M9: the remedy for a link that does not exist names its cloud', () => {
  it('and can be done as written', async () => {
    const server = await cloud();
    const cwd = folder();
    const env = { POSTERN_SIMULATOR: server.url };
    const { err } = await run(['egress', 'cn', '--provider', 'alibaba', '--region', 'cn-hangzhou'], { cwd, env });
    const [, remedy = ''] = /See `postern ([^`]+)`/.exec(err) ?? [];
    expect(remedy).toBe('links --provider alibaba --region cn-hangzhou');
    expect(await run(remedy.split(' '), { cwd, env })).toMatchObject({ status: 0 });
  });
});

describe('contact M14: the question before a change', () => {
  it('names counts, project, place and the simulator', async () => {
    const server = await cloud();
    const cwd = folder({ 'postern.yaml': specOf(await network(server)) });
    const { out } = await run(['plan', '--json'], { cwd, env: { POSTERN_SIMULATOR: server.url } });
    const plan = JSON.parse(out) as Parameters<typeof questionOf>[1];
    const steps = plan.units.flatMap((unit) => unit.steps).length;
    expect(questionOf('Apply', plan, 'shop', undefined)).toBe(
      `Apply ${steps} changes to project shop in aws eu-west-1, account 111122223333?`,
    );
    expect(questionOf('Apply', plan, 'shop', 'http://127.0.0.1:4010')).toContain(
      '(SIMULATOR at http://127.0.0.1:4010)?',
    );
    const [unit] = plan.units;
    const [step] = unit?.steps ?? [];
    if (unit === undefined || step === undefined) throw new Error('the plan has no step');
    const gone = { ...plan, units: [{ ...unit, steps: [{ ...step, kind: 'delete' as const }] }] };
    expect(questionOf('Destroy', gone, 'shop', undefined)).toMatch(/^Delete 1 resource of project shop in aws/);
  });
});

describe('a name of a subnet that is misspelled', () => {
  it('is the only error, and the remedy is the intended name', async () => {
    const server = await cloud();
    const there = await network(server);
    const spec = specOf(there).replace(/subnets: .*/, 'subnets: [{ name: orders-a }, { name: orders-b }]');
    const cwd = folder({ 'postern.yaml': spec, 'wrong.yaml': spec.replace('orders-b', 'order-b') });
    const postern = (...argv: string[]) => run(argv, { cwd, env: { POSTERN_SIMULATOR: server.url } });
    expect(await postern('apply', '--yes', '--ignore-findings', '*')).toMatchObject({ status: 0 });
    const { out } = await postern('check', 'wrong.yaml');
    expect(out).toContain('Did you mean orders-b?');
    expect(out).not.toContain('link/single-zone');
    expect(out).not.toContain('gateway/live-route');
    expect(out).not.toContain('not created yet');
  });
});

describe('a table of links', () => {
  it('has columns of the width of what is shown', async () => {
    const server = await cloud();
    const there = await network(server);
    const cwd = folder({ 'postern.yaml': specOf({ ...there, api: "'${env:ORDERS_API}'" }) });
    const env = { POSTERN_SIMULATOR: server.url, ORDERS_API: there.api };
    expect(await run(['apply', '--yes', '--ignore-findings', '*'], { cwd, env })).toMatchObject({ status: 0 });
    const { out } = await run(['links', '--uses'], { cwd, env });
    const [, head = '', row = ''] = out.split('\n');
    expect(row).toMatch(/^\$\{env:ORDERS_API\} /);
    expect(row.indexOf('orders')).toBe(head.indexOf('NAME'));
  });
});

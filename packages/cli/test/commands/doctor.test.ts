import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { HANDOVER_PERMISSIONS, permissions as alibaba } from '../../../alibaba/src/cloud/permissions.js';
import { permissions as aws } from '../../../aws/src/cloud/permissions.js';
import { lineText } from '../../src/doctor/line-text.js';
import { machineLines } from '../../src/doctor/machine.js';
import { Interrupted } from '../../src/process/interrupted.js';
import { cloud, folder, network, run, specOf } from '../run-command.js';

type Server = Awaited<ReturnType<typeof cloud>>;

async function doctorOf(prepare: (server: Server) => void = () => undefined, ...argv: string[]) {
  const server = await cloud();
  const cwd = folder({ 'postern.yaml': specOf(await network(server)) });
  prepare(server);
  return run(['doctor', ...argv], { cwd, env: { POSTERN_SIMULATOR: server.url } });
}

describe('doctor', () => {
  it('tells versions, whose the credentials are, the time, and what may be read', async () => {
    const { status, out } = await doctorOf();
    expect(status).toBe(0);
    expect(out).toMatch(/^ok {7}postern: version \d/);
    expect(out).toMatch(/^ok {7}spec: postern\.yaml: project shop, 1 link, 1 integration$/m);
    expect(out).toMatch(/^ok {7}simulator: http:\/\/127\.0\.0\.1:\d+ answers/m);
    expect(out).toMatch(/^ok {7}credentials aws eu-west-1: arn:aws:\S+ of account 111122223333$/m);
    expect(out).toMatch(/^ok {7}clock: the simulator's is used$/m);
    expect(out).toMatch(/^ok {7}reading aws eu-west-1 111122223333: all that check and plan read/m);
    expect(out).toMatch(
      /^warning {2}applying aws: unknown: .*\n {9}Allow what this plan may need: apigateway:POST, .*ec2:/m,
    );
    expect(out).toMatch(/\n\n0 failed, \d warnings?\n$/);
  });

  it('prints no lines when it is asked to end', async () => {
    const signal = AbortSignal.abort(new Interrupted('SIGINT'));
    const ran = await run(['doctor', '--region', 'eu-west-1'], { cwd: folder(), signal });
    expect(ran).toEqual({ status: 130, out: '', err: 'stopped by SIGINT\n' });
  });

  it.each([
    [
      'the plan changes no allowlist',
      (spec: string) => spec.replace(/, allowlist: \[.*?\]|\n +allowlist: .*/, ''),
      /Allow what this plan may need: (?!.*ec2:)/,
    ],
    [
      'there is no plan',
      (spec: string) => spec.replace(/\[subnet-\w+/, '[subnet-00000000'),
      /Allow what a plan may need: .*ec2:/,
    ],
  ])('lists the permissions to apply where %s', async (_, edit, line) => {
    const server = await cloud();
    const cwd = folder({ 'postern.yaml': edit(specOf(await network(server))) });
    expect((await run(['doctor'], { cwd, env: { POSTERN_SIMULATOR: server.url } })).out).toMatch(line);
  });

  it('asks for no permission to apply where the plan has no changes', async () => {
    const server = await cloud();
    const cwd = folder({ 'postern.yaml': specOf(await network(server)) });
    const env = { POSTERN_SIMULATOR: server.url };
    expect(await run(['apply', '--yes'], { cwd, env })).toMatchObject({ status: 0 });
    expect((await run(['doctor'], { cwd, env })).out).toMatch(/^ok {7}applying aws: the plan has no changes/m);
  });

  it.each([
    ['DescribeSubnets', 'deny', /^failed {3}reading aws .*: not allowed: ec2:DescribeSubnets\n.*snapshot --policy/m],
    ['DescribeNetworkAcls', 'error', /^warning {2}reading aws .*: not read: DescribeNetworkAcls \(CLOUD_FAILED\)\n/m],
    ['GetCallerIdentity', 'expired', /^failed {3}credentials aws eu-west-1: .*\n {9}Get new credentials/m],
    ['GetCallerIdentity', 'deny', /^failed {3}credentials aws eu-west-1: /m],
    ['GetVpcLinks', 'html', /^failed {3}reading aws eu-west-1: .*\n {9}.*proxy/m],
  ] as const)('%s that answers with %s is a line with a remedy', async (operation, kind, line) => {
    const { status, out } = await doctorOf(({ simulation }) => simulation.faults.add({ operation, kind }));
    expect(out).toMatch(line);
    expect(status).toBe(out.includes('\nfailed') ? 3 : 0);
  });

  it('goes on after a broken spec, and answers on stdout with --json', async () => {
    const server = await cloud();
    const cwd = folder({ 'postern.yaml': 'version: 1\nlinks: []\n' });
    const env = { POSTERN_SIMULATOR: server.url, AWS_REGION: 'eu-west-1', ALIBABA_CLOUD_REGION_ID: 'cn-hangzhou' };
    const { status, out } = await run(['doctor', '--json'], { cwd, env });
    expect(status).toBe(3);
    const { lines, failed } = JSON.parse(out) as { lines: Record<string, unknown>[]; failed: number };
    expect(failed).toBe(1);
    expect(lines).toContainEqual(
      expect.objectContaining({
        what: 'spec',
        status: 'failed',
        remedy: expect.any(String),
        details: { code: 'INVALID_SPEC', place: expect.objectContaining({ file: 'postern.yaml', line: 1 }) },
      }),
    );
    expect(lines.filter(({ what }) => what === 'credentials')).toMatchObject([
      { of: 'aws eu-west-1', status: 'ok', details: { account: '111122223333' } },
      { of: 'alibaba cn-hangzhou', status: 'ok', details: { account: '1111222233334444' } },
    ]);
    for (const line of lines) if (line['status'] !== 'ok') expect(line).toHaveProperty('remedy', expect.any(String));
  });

  it.each([
    ['http://127.0.0.1:9', /^failed {3}simulator: .*\n {9}Start it with `postern simulate`/m],
    ['127.0.0.1:4010', /^failed {3}simulator: POSTERN_SIMULATOR lacks http/m],
  ])('reports the simulator %s', async (url, line) => {
    const ran = await run(['doctor'], { cwd: folder(), env: { POSTERN_SIMULATOR: url, AWS_REGION: 'eu-west-1' } });
    expect(ran).toMatchObject({ status: 3, out: expect.stringMatching(line) });
  });

  it('says what to name where no region is known', async () => {
    const { status, out } = await run(['doctor'], { cwd: folder() });
    expect(status).toBe(0);
    expect(out).toMatch(/^warning {2}spec: this folder has none.*\n {9}Name one/m);
    expect(out).toMatch(/^warning {2}credentials: not tested: no region is known\n {9}Name a spec/m);
  });
});

describe('this machine', () => {
  const linesOf = (env: Record<string, string>, node = '22.0.0') =>
    machineLines(env, node).flatMap(({ what, status, message }) => (status === 'ok' ? [] : [`${what}: ${message}`]));
  it.each([
    [{}, []],
    [{ HTTPS_PROXY: '' }, []],
    [{ https_proxy: 'http://u:hidden@p:1' }, []],
    [{ AWS_ENDPOINT_URL_EC2: 'http://x' }, [expect.stringMatching(/^endpoints: AWS_ENDPOINT_URL_EC2 is set/)]],
    [{ AWS_ENDPOINT_URL: 'http://x', POSTERN_SIMULATOR: 'http://127.0.0.1:1' }, []],
    [{ AWS_ENDPOINT_URL: 'http://x', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }, []],
  ])('with %j has warnings %j, and no value of a variable', (env, expected) => {
    expect(linesOf(env)).toEqual(expected);
    expect(JSON.stringify(machineLines(env, '22.0.0'))).not.toContain('hidden');
  });
  it('names the variables of a proxy, and not their values', () => {
    const lines = machineLines({ HTTP_PROXY: 'x', HTTPS_PROXY: 'http://u:hidden@p:1', NO_PROXY: 'y' }, '22.0.0');
    expect(lines.find(({ what }) => what === 'proxy')?.message).toBe(
      'HTTP_PROXY and HTTPS_PROXY are set: calls of the clouds go through that proxy, except for the hosts of NO_PROXY',
    );
    expect(JSON.stringify(lines)).not.toContain('hidden');
  });

  it('has a warning for a version of Node.js without security fixes', () => {
    expect(linesOf({}, '20.19.0')).toEqual([expect.stringMatching(/^Node\.js: Node\.js 20\.19\.0 is past/)]);
  });
});

describe('a line', () => {
  it('fits the terminal, and its words stay whole', () => {
    const line = {
      what: 'applying',
      of: 'aws',
      status: 'failed',
      message: 'not allowed',
      remedy: 'Allow a, b and c.',
    } as const;
    expect(lineText(line, { columns: 20 })).toBe(
      'failed   applying\n         aws: not\n         allowed\n         Allow a, b\n         and c.\n',
    );
    expect(lineText(line, {})).toBe('failed   applying aws: not allowed\n         Allow a, b and c.\n');
  });
});

/** What adapters call that is not a read. */
const WRITE =
  /'((?:Add|Batch|Undeploy|Create|Update|Delete|Put|Tag|Untag|Authorize|Revoke|Modify|Set|Remove|Deploy|Abolish|Test|Validate)[A-Za-z]+)'/g;
/** Names of members and of processes of Auto Scaling, not of operations. */
const OTHER = new Set([
  'AddToLoadBalancer',
  'CreateRouteTable', // the origin of a route
  'AuthorizerId',
  'DeploymentId',
  'Deployed',
  'DeployedApis',
  'DeployedApiItem',
  'AuthorizedApp',
  'AuthorizedApps',
]);

describe('permissions to apply', () => {
  it.each([
    ['aws', aws.write],
    ['alibaba', [...alibaba.write, ...HANDOVER_PERMISSIONS]],
  ])('name every write of the adapter of %s, and nothing else', (provider, permissions) => {
    const source = path.resolve(import.meta.dirname, '../../../', provider, 'src');
    const called = new Set<string>();
    const files = readdirSync(source, { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((one) => one.endsWith('.ts') && !one.endsWith('permissions.ts')))
      for (const [, name = ''] of readFileSync(path.join(source, file), 'utf8').matchAll(WRITE))
        if (!OTHER.has(name)) called.add(name);
    const listed = permissions.flatMap(({ operations }) => operations);
    expect([...new Set(listed)].toSorted()).toEqual([...called].sort());
  });
});

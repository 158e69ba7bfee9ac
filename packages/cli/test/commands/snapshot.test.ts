import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { decodeSnapshot } from '@postern/core/decode';
import type { SnapshotDiff } from '@postern/core/snapshot';
import { alibabaNetwork } from '../alibaba/alibaba-network.js';
import { cloud, folder, network, run, specOf } from '../run-command.js';

/** A cloud, a network in it, and a folder with a spec. */
async function scene() {
  const server = await cloud();
  const there = await network(server);
  const cwd = folder({ 'postern.yaml': specOf(there) });
  const env = { POSTERN_SIMULATOR: server.url };
  const read = (name: string) => readFileSync(path.join(cwd, name), 'utf8');
  return { server, there, cwd, read, postern: (...argv: string[]) => run(argv, { cwd, env }) };
}

const withoutTime = (text: string): string => text.replace(/"takenAt": "[^"]*"/, '');

describe('postern snapshot', () => {
  it('writes all resources, readable by the owner only, and reports what it read', async () => {
    const { postern, cwd, read, there } = await scene();
    const taken = await postern('snapshot', '--provider', 'aws', '--region', 'eu-west-1', '-o', 'a.json');
    expect(taken).toMatchObject({ status: 0 });
    expect(taken.out).toMatch(
      /^aws eu-west-1 of account 111122223333: .*1 gateway.*5 subnets.*\n(?: {2}could not be read.*\n)*The snapshot is in a\.json\.\n$/,
    );
    expect(statSync(path.join(cwd, 'a.json')).mode & 0o777).toBe(0o600);
    const snapshot = decodeSnapshot(read('a.json'));
    expect(snapshot).toMatchObject({ version: 1, scope: 'all' });
    expect(snapshot.regions[0]!.subnets.map(({ id }) => id)).toEqual(expect.arrayContaining([...there.subnets]));
    expect(snapshot.regions[0]!.routeTables).toBeDefined();
    expect(read('a.json')).not.toContain('"raw"');

    await postern('snapshot', '--region', 'eu-west-1', '-o', 'b.json');
    expect(withoutTime(read('b.json'))).toBe(withoutTime(read('a.json')));
  });

  it('writes to stdout where no file is given, and writes nothing else there', async () => {
    const { postern } = await scene();
    const taken = await postern('snapshot', '--region', 'eu-west-1', '--raw');
    expect(decodeSnapshot(taken.out).regions).toHaveLength(1);
    expect(taken.out).toContain('"raw"');
    expect(taken.err).toContain('note: aws eu-west-1 of account 111122223333: ');
  });

  it('of a spec reads the resources that the spec names, as check does', async () => {
    const { postern, read } = await scene();
    const taken = await postern('snapshot', '--spec', 'postern.yaml', '-o', 'a.json', '--json');
    expect(JSON.parse(taken.out)).toMatchObject({
      version: 1,
      file: 'a.json',
      regions: [{ provider: 'aws', region: 'eu-west-1', read: { gateways: 1, targets: 1 }, gaps: [] }],
    });
    expect(decodeSnapshot(read('a.json')).scope).toBeUndefined();
    expect((await postern('snapshot', '--spec', 'postern.yaml', '--provider', 'alibaba')).out).toContain(
      '"regions": []',
    );
  });

  it.runIf(PROVE)('reads several regions of one cloud', async () => {
    const { postern, read } = await scene();
    const argv = [
      'snapshot',
      '--region',
      'eu-west-1',
      '--region',
      'us-east-1',
      '--region',
      'eu-west-1',
      '-o',
      'a.json',
    ];
    expect(await postern(...argv)).toMatchObject({ status: 0, err: expect.stringContaining('reading aws us-east-1') });
    expect(decodeSnapshot(read('a.json')).regions.map(({ region }) => region)).toEqual(['eu-west-1', 'us-east-1']);
  });

  it('--redact leaves no account ID', async () => {
    const { postern, read } = await scene();
    await postern('snapshot', '--region', 'eu-west-1', '--redact', '-o', 'a.json');
    expect(read('a.json')).not.toContain('111122223333');
    expect(decodeSnapshot(read('a.json'))).toMatchObject({ redacted: true, regions: [{ account: '000000000001' }] });
  });

  it('does not fail at a gap, and names the permission that closes it', async () => {
    const { postern, server } = await scene();
    server.simulation.faults.add({ service: 'ec2', operation: 'DescribeRouteTables', kind: 'deny' });
    const taken = await postern('snapshot', '--region', 'eu-west-1', '-o', 'a.json');
    expect(taken).toMatchObject({ status: 0 });
    expect(taken.out).toMatch(/could not be read: .*DescribeRouteTables.*; allow ec2:DescribeRouteTables\n/);
  });

  it('writes nothing where the cloud cannot be read', async () => {
    const { postern, server, cwd } = await scene();
    server.simulation.faults.add({ kind: 'expired' });
    const taken = await postern('snapshot', '--region', 'eu-west-1', '-o', 'a.json');
    expect(taken).toMatchObject({ status: 1, out: '', err: expect.stringContaining('CREDENTIALS_EXPIRED') });
    expect(existsSync(path.join(cwd, 'a.json'))).toBe(false);
  });

  it('reads Alibaba Cloud', async () => {
    const server = await cloud();
    await alibabaNetwork(server);
    const cwd = folder();
    const argv = ['snapshot', '--provider', 'alibaba', '--region', 'cn-hangzhou', '-o', 'a.json', '--redact'];
    expect(await run(argv, { cwd, env: { POSTERN_SIMULATOR: server.url } })).toMatchObject({ status: 0 });
    const text = readFileSync(path.join(cwd, 'a.json'), 'utf8');
    expect(text).not.toContain('1111222233334444');
    expect(decodeSnapshot(text).regions[0]).toMatchObject({ provider: 'alibaba', account: '0000000000000001' });
  });

  it.each<[string, string]>([
    ['aws', '2012-10-17'],
    ['alibaba', '1'],
  ])('--policy prints the permissions for %s, without a call', async (provider, version) => {
    const printed = await run(['snapshot', '--policy', '--provider', provider, '--region', 'r-1'], { env: {} });
    expect(printed).toMatchObject({ status: 0, err: '' });
    const policy = JSON.parse(printed.out) as { Statement: { Effect: string; Action: string[]; Resource: string[] }[] };
    expect(policy).toMatchObject({ Version: version });
    for (const { Effect, Action } of policy.Statement) {
      expect(Effect).toBe('Allow');
      for (const action of Action) expect(action).toMatch(/^[a-z0-9-]+:(?:Describe|Get|List|Search|Discover|GET)/);
    }
    expect(printed.out).not.toMatch(/\{region\}|\{account\}/);
    expect(printed.out.replace(/\s/g, '').length).toBeLessThan(6_144); // the limit of a managed policy, on both clouds
  });

  it('diff reports what changed, without findings and without a call', async () => {
    const { postern, server, there, cwd } = await scene();
    await postern('snapshot', '--region', 'eu-west-1', '-o', 'a.json');
    const { ec2 } = server.simulation.clients('eu-west-1');
    const { GroupId } = await ec2.createSecurityGroup({ GroupName: 'late', Description: 'x', VpcId: there.vpc });
    const { SecurityGroups } = await ec2.describeSecurityGroups({
      Filters: [{ Name: 'group-name', Values: ['default'] }],
    });
    const group = SecurityGroups?.find(({ VpcId }) => VpcId === there.vpc)?.GroupId ?? '';
    const permission = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '10.9.0.0/16' }] };
    await ec2.authorizeSecurityGroupIngress({ GroupId: group, IpPermissions: [permission] });
    await postern('snapshot', '--region', 'eu-west-1', '-o', 'b.json');
    const before = server.simulation.journal().length;

    const told = await postern('snapshot', 'diff', 'a.json', 'b.json');
    expect(told).toMatchObject({ status: 0, err: '' });
    expect(told.out).toContain(`  ~ security group ${group} (default): rule in tcp 443 from 10.9.0.0/16 added\n`);
    expect(told.out).toContain(`  + security group ${GroupId} (late) is new\n`);
    const inJson = await postern('snapshot', 'diff', 'b.json', 'a.json', '--json');
    const { changes } = JSON.parse(inJson.out) as SnapshotDiff;
    expect(changes.map(({ kind, id }) => [kind, id])).toEqual(
      expect.arrayContaining([
        ['removed', GroupId],
        ['changed', group],
      ]),
    );
    expect((await postern('snapshot', 'diff', 'a.json', 'a.json')).out).toContain('Nothing changed.');
    expect(server.simulation.journal()).toHaveLength(before);

    const withSpec = await run(['snapshot', 'diff', 'a.json', 'b.json', '--spec', 'postern.yaml', '--json'], { cwd });
    expect(withSpec).toMatchObject({ status: 0 });
    expect(JSON.parse(withSpec.out)).toHaveProperty('findings');
  });

  it.each<[string, readonly string[], string]>([
    ['an unknown word', ['snapshot', 'take'], 'INVALID_INPUT'],
    ['one file', ['snapshot', 'diff', 'a.json'], 'requires two files'],
    ['standard input given twice', ['snapshot', 'diff', '-', '-'], 'requires two files'],
    ['no such file', ['snapshot', 'diff', 'no.json', 'no.json'], 'FILE_UNREADABLE'],
    ['diff of a region', ['snapshot', 'diff', 'a', 'b', '--redact'], '--redact: not supported with `snapshot diff`'],
    ['masks and raw', ['snapshot', '--redact', '--raw'], '--raw: not supported with --redact'],
    ['a policy of a spec', ['snapshot', '--policy', '--spec', 'x'], '--spec: not supported with --policy'],
    ['two policies', ['snapshot', '--policy', '--region', 'a', '--region', 'b'], 'one region'],
    ['no region', ['snapshot'], 'REGION_MISSING'],
    ['a project that is not a valid name', ['snapshot', '--region', 'eu-west-1', '--project', '../x'], '--project'],
    ['another cloud', ['snapshot', '--provider', 'gcp'], 'gcp'],
  ])('refuses %s', async (_, argv, expected) => {
    const refused = await run(argv, { cwd: folder() });
    expect(refused).toMatchObject({ status: 64, out: '', err: expect.stringContaining(expected) });
    expect(refused.err).not.toMatch(/^ +at /m);
  });

  it.each<[string, string, string]>([
    ['truncated', '{\n "version": 1,\n "regions": [', 'cut.json:3:14'],
    ['of a newer version', '{"version": 2}', 'version 2; this program reads 1'],
    ['another file', '{"version": "x"}', 'not a Postern snapshot'],
    ['edited', '{"version": 1, "takenAt": "2026-06-01T00:00:00Z", "regions": [{"links": 7}]}', 'regions[0].links'],
    ['with __proto__', '{"version": 1,\n "__proto__": {}}', 'cut.json:2:2'],
    ['too deep', `{"version": 1, "regions": ${'['.repeat(100_000)}`, 'cut.json:1:90'],
    ['invalid', `{"version":1,"takenAt":"2026-06-01T00:00:00Z","regions":[${'7,'.repeat(500_000)}7]}`, 'and more'],
    ['empty', '', 'cut.json:1:1'],
  ])('a snapshot that is %s is refused with its place', async (_, text, expected) => {
    const cwd = folder();
    writeFileSync(path.join(cwd, 'cut.json'), text);
    const refused = await run(['snapshot', 'diff', 'cut.json', 'cut.json'], { cwd });
    expect(refused).toMatchObject({ status: 64, out: '', err: expect.stringContaining(expected) });
    expect(refused.err).not.toMatch(/^ +at /m);
    expect(refused.err.length).toBeLessThan(2_500);
  });
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cloud, folder, network, run, specOf } from './run-command.js';

interface Report {
  readonly findings: readonly { readonly verdict: string; readonly severity: string }[];
  readonly gaps: readonly object[];
}

/** The listener has a fixed response, which is not tested here. */
const IGNORE = ['target/answers', 'path/load-balancer']
  .map((check) => `{ check: ${check}, reason: no backend in this test }`)
  .join(', ');

const unknown = ({ out }: { readonly out: string }) =>
  (JSON.parse(out) as Report).findings.filter(({ verdict, severity }) => verdict === 'unknown' && severity === 'error');

/** A network in which all calls arrive, applied. */
async function scene() {
  const server = await cloud();
  const there = await network(server);
  const { ec2 } = server.simulation.clients('eu-west-1');
  const { SecurityGroups = [] } = await ec2.describeSecurityGroups({
    Filters: [{ Name: 'vpc-id', Values: [there.vpc] }],
  });
  await ec2.authorizeSecurityGroupIngress({
    GroupId: SecurityGroups[0]?.GroupId,
    IpPermissions: [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: '10.0.0.0/16' }] }],
  });
  const cwd = folder({ 'postern.yaml': `${specOf(there)}ignore: [${IGNORE}]\n` });
  const postern = (...argv: readonly string[]) => run(argv, { cwd, env: { POSTERN_SIMULATOR: server.url } });
  expect(await postern('apply', '--yes')).toMatchObject({ status: 0 });
  return { cwd, postern, faults: server.simulation.faults };
}

describe('a read that stays throttled', () => {
  it('is a gap for check and snapshot, and an error only where complete data is required', async () => {
    const { cwd, postern, faults } = await scene();
    const before = await postern('check', '--json', '--fail-on', 'unknown');
    expect(before.status).toBe(0);
    expect(unknown(before)).toEqual([]);

    faults.add({ operation: 'DescribeSecurityGroups', kind: 'throttle' });
    const certain = await postern('check', '--fail-on', 'unknown');
    expect(certain.status).toBe(3);
    expect(certain.out).toMatch(/DescribeSecurityGroups\s+returned\s+THROTTLED/);
    const checked = await postern('check', '--json');
    expect(checked.status).toBe(0);
    expect(unknown(checked)).not.toEqual([]);
    expect((JSON.parse(checked.out) as Report).gaps).toContainEqual(
      expect.objectContaining({ of: 'securityGroups', operation: 'DescribeSecurityGroups', code: 'THROTTLED' }),
    );

    const taken = await postern('snapshot', '--region', 'eu-west-1', '-o', 'now.json');
    expect(taken.status).toBe(0);
    expect(taken.out).toContain('security groups (DescribeSecurityGroups returned THROTTLED)');
    expect(JSON.parse(readFileSync(path.join(cwd, 'now.json'), 'utf8'))).toMatchObject({
      regions: [{ securityGroups: [] }],
    });
    // A plan would create resources that it cannot read: it is refused.
    const planned = await postern('plan');
    expect(planned).toMatchObject({ status: 1, out: '' });
    expect(planned.err).toContain('THROTTLED');
  });
});

import { expect, it } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { cloud, folder, network, run, specOf } from '../run-command.js';

it.runIf(PROVE)(
  'a rule that is missing in a managed group is added by `postern apply`, as the remedy says; then the plan is empty',
  async () => {
    const server = await cloud();
    const cwd = folder({ 'postern.yaml': specOf(await network(server)) });
    const there = { cwd, env: { POSTERN_SIMULATOR: server.url } };
    const told = async (): Promise<readonly string[]> => {
      const { out } = await run(['check', '--json'], there);
      const { findings } = JSON.parse(out) as {
        findings: readonly { check: string; verdict: string; message: string; remedy?: string }[];
      };
      const stopped = findings.filter(({ check, verdict }) => check === 'path/security-group' && verdict === 'fail');
      return stopped.flatMap(({ message, remedy = '' }) => (message.includes('security group out') ? [remedy] : []));
    };
    expect(await run(['apply', '--yes'], there)).toMatchObject({ status: 0 });
    expect(await told()).toEqual([]);

    const { ec2 } = server.simulation.clients('eu-west-1');
    const { SecurityGroups = [] } = await ec2.describeSecurityGroups({});
    const own = SecurityGroups.find(({ Tags }) => Tags?.some(({ Key }) => Key === 'postern:project'));
    const { GroupId = '', IpPermissionsEgress: IpPermissions } = own ?? {};
    expect(IpPermissions).not.toEqual([]);
    await ec2.revokeSecurityGroupEgress({ GroupId, IpPermissions });
    const [remedy, ...others] = await told();
    expect(others).toEqual([]);
    expect(remedy).toBe(
      `Run \`postern apply\`: it restores the rules of ${GroupId} that links.main.allowlist declares.`,
    );

    expect(await run(['apply', '--yes'], there)).toMatchObject({ status: 0 });
    expect(await told()).toEqual([]);
    expect((await run(['plan'], there)).out).toMatch(/^No changes/);
  },
);

import { describe, expect, it } from 'vitest';
import { alibabaNetwork, alibabaSpec } from '../alibaba/alibaba-network.js';
import { cloud, folder, network, run, specOf } from '../run-command.js';
import { PROVE, sample } from '../../../core/test/runs.js';

type Server = Awaited<ReturnType<typeof cloud>>;

/** An applied spec, in a separate folder. */
async function applied(server: Server, spec: string) {
  const cwd = folder({ 'postern.yaml': spec });
  const postern = (...argv: readonly string[]) => run(argv, { cwd, env: { POSTERN_SIMULATOR: server.url } });
  expect(await postern('apply', '--yes', '--allow-purchase')).toMatchObject({ status: 0 });
  return { postern, faults: server.simulation.faults };
}

describe('D10: a destroy that could not read everything', () => {
  it.each(sample(['throttle', 'deny', 'error'] as const, 3))(
    'reports it and exits with 1, on AWS with security groups (%s)',
    async (kind) => {
      const server = await cloud();
      const { postern, faults } = await applied(server, specOf(await network(server)));
      faults.add({ operation: 'DescribeSecurityGroups', kind });
      const partly = await postern('destroy', '--yes');
      expect(partly).toMatchObject({ status: 1 });
      expect(partly.err).toMatch(/security groups in eu-west-1 could not be read \(\w+\).*run destroy again/);
      // The second time no resource is left in what was read, and the result is the same.
      expect(await postern('destroy', '--yes')).toMatchObject({ status: 1 });
      expect(await postern('destroy', '--yes', '--json')).toMatchObject({ status: 1 });
      faults.clear();
      expect(await postern('destroy', '--yes')).toMatchObject({ status: 0 });
      const { SecurityGroups } = server.simulation.call(
        { service: 'ec2', operation: 'DescribeSecurityGroups', region: 'eu-west-1' },
        {},
      ) as { readonly SecurityGroups: readonly { readonly GroupName: string }[] };
      expect(SecurityGroups.filter(({ GroupName }) => GroupName.startsWith('postern-'))).toEqual([]);
    },
  );

  it.runIf(PROVE).each(sample(['deny', 'throttle'] as const, 2))(
    'reports it and exits with 1, on Alibaba Cloud with authorizations (%s)',
    async (kind) => {
      const server = await cloud();
      const { postern, faults } = await applied(server, alibabaSpec(await alibabaNetwork(server)));
      faults.add({ operation: 'DescribeVpcAccesses', kind });
      const partly = await postern('destroy', '--yes', '--delete-instances');
      expect(partly).toMatchObject({ status: 1 });
      expect(partly.err).toMatch(/in cn-hangzhou could not be read \(\w+\).*run destroy again/);
      faults.clear();
      expect(await postern('destroy', '--yes', '--delete-instances')).toMatchObject({ status: 0 });
    },
  );
});

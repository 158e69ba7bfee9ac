import { describe, expect, it } from 'vitest';
import { terraformScene } from '../shows/terraform-scene.js';
import { missingTerraform } from '../shows/tools.js';

const reason = missingTerraform();
const title = `Terraform and the network${reason === undefined ? '' : ` (skipped: ${reason})`}`;

describe.skipIf(reason !== undefined)(title, () => {
  const { simulation, ...scene } = terraformScene(new URL('network', import.meta.url), 'us-east-1');
  const before = JSON.stringify([...names()]);

  /** The resources of a region, by the lists that clean-up tools read. */
  function* names(): Generator<string> {
    const lists = [
      'Vpcs',
      'Subnets',
      'SecurityGroups',
      'RouteTables',
      'NetworkAcls',
      'InternetGateways',
      'DhcpOptions',
    ];
    for (const list of [...lists, 'NetworkInterfaces', 'SecurityGroupRules', 'EgressOnlyInternetGateways']) {
      const target = { service: 'ec2', operation: `Describe${list}`, region: 'us-east-1' } as const;
      const answer = simulation.call(target, {}) as Record<string, unknown[]>;
      yield `${list}: ${answer[list]?.length}`;
    }
  }

  it('applies, plans without changes, changes in place, and leaves nothing', { timeout: 1_200_000 }, async () => {
    const { terraform, apply, plansNothing, expectSimulated } = scene;
    expect(await terraform('init')).toMatchObject({ stderr: '', status: 0 });
    await apply('41 added');
    await plansNothing();
    const changed = ['-var', 'changed=true'];
    await apply('0 added, 13 changed, 0 destroyed', ...changed);
    await plansNothing(...changed);
    await apply('0 added, 0 changed, 41 destroyed', '-destroy');
    expect(JSON.stringify([...names()])).toBe(before);
    expectSimulated();
  });
});

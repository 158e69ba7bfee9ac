import { describe } from 'vitest';
import { egressAdmitted } from '../../../../src/check/checks/egress/admitted.js';
import { GROUP } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import { SERVICE, useService } from '../target/backends.js';
import type { World } from '../world.js';
import { row, the } from './aws-rows.js';

/** The target is a container at `address`, on an instance whose interface has `prefixes`. */
const container =
  (address: string, prefixes: readonly string[] | undefined, groups: readonly string[] = ['sg-app']) =>
  (world: World): void => {
    Object.assign(world.the('interfaces', 'eni-app-a'), { prefixes, securityGroupIds: groups });
    Object.assign(world.the('targetGroups', GROUP), {
      kind: 'address',
      targets: [{ id: address, port: 8080, health: 'healthy' }],
    });
  };

/** The same container as an instance of a service, which links call without a load balancer. */
const discovered =
  (address: string, prefixes: readonly string[] | undefined, groups?: readonly string[]) =>
  (world: World): void => {
    container(address, prefixes, groups)(world);
    useService(world);
    const instances = [{ id: 'pod', address, port: 8080, healthy: true }];
    Object.assign(world.the('services', SERVICE), { instances });
    const out = { direction: 'out', protocol: 'tcp', fromPort: 8080, toPort: 8080, cidrBlock: '10.0.0.0/16' } as const;
    world.the('securityGroups', 'sg-link').rules.push(out);
  };

const blocks = ['10.0.11.16/28', '10.0.11.64/28', '10.0.11.240/28', '2001:db8::/80'];

describe('containers at addresses of a delegated block', () => {
  checkTable(the('path/load-balancer'), [
    row('pass', 'the first of a block', container('10.0.11.64', blocks)),
    row('pass', 'the last of a block', container('10.0.11.255', blocks)),
    row('fail', 'before each block', container('10.0.11.10', blocks), { says: ['10.0.11.10'] }),
    row('fail', 'between two blocks', container('10.0.11.80', blocks)),
    row('fail', 'on an instance whose group is closed', container('10.0.11.64', blocks, []), { says: ['10.0.11.64'] }),
    row('fail', 'no blocks', container('10.0.11.64', [])),
    row('unknown', 'the blocks were not read', container('10.0.11.64', undefined), { remedy: ['snapshot'] }),
  ]);
  checkTable(egressAdmitted, [
    row('pass', 'without a load balancer', discovered('10.0.11.64', blocks)),
    row('fail', 'on an instance whose group is closed', discovered('10.0.11.64', blocks, ['sg-lb'])),
    row('unknown', 'the blocks were not read', discovered('10.0.11.64', undefined)),
  ]);
});

describe('addresses of a network that another account shares', () => {
  const shared =
    (change: (world: World) => void) =>
    (world: World): void => {
      change(world);
      Object.assign(world.the('networks', 'vpc-1'), { account: '999988887777' });
    };
  checkTable(the('path/load-balancer'), [
    row('unknown', 'no visible resource has it', shared(container('10.0.11.64', [])), {
      remedy: ['999988887777'],
    }),
    row('pass', 'a visible resource has it', shared(container('10.0.11.64', blocks))),
  ]);
  checkTable(the('path/security-group'), [
    row('unknown', 'no visible resource has it', shared(discovered('10.0.11.64', [])), { remedy: ['999988887777'] }),
  ]);
  checkTable(egressAdmitted, [row('unknown', 'no visible resource has it', shared(discovered('10.0.11.64', [])))]);
});

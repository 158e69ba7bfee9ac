import { describe } from 'vitest';
import { egressAdmitted } from '../../../../src/check/checks/egress/admitted.js';
import { checkTable } from '../run-check.js';
import { SERVICE, useService } from '../target/backends.js';
import { type World, aws } from '../world.js';
import { the } from './aws-rows.js';
import { edit } from '../edits.js';

/** The target is a container at `address`, on an instance whose interface has `prefixes`. */
const container = (address: string, prefixes: readonly string[] | undefined, groups: readonly string[] = ['sg-app']) =>
  edit({
    'interfaces.eni-app-a': { prefixes, securityGroupIds: groups },
    'targetGroups.orders': {
      kind: 'address',
      targets: [{ id: address, port: 8080, health: 'healthy' }],
    },
  });

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
  checkTable(the('path/load-balancer'), {
    'the first of a block': [aws(container('10.0.11.64', blocks)), 'pass PASSED'],
    'the last of a block': [aws(container('10.0.11.255', blocks)), 'pass PASSED'],
    'before each block': [aws(container('10.0.11.10', blocks)), 'error ADDRESS_UNUSED', '10.0.11.10'],
    'between two blocks': [aws(container('10.0.11.80', blocks)), 'error ADDRESS_UNUSED'],
    'on an instance whose group is closed': [aws(container('10.0.11.64', blocks, [])), 'error NO_RULE', '10.0.11.64'],
    'no blocks': [aws(container('10.0.11.64', [])), 'error ADDRESS_UNUSED'],
    'the blocks were not read': [aws(container('10.0.11.64', undefined)), 'unknown NOT_READ', { remedy: 'snapshot' }],
  });
  checkTable(egressAdmitted, {
    'without a load balancer': [aws(discovered('10.0.11.64', blocks)), 'pass ADMITTED'],
    'on an instance whose group is closed': [aws(discovered('10.0.11.64', blocks, ['sg-lb'])), 'error NOT_ADMITTED'],
    'the blocks were not read': [aws(discovered('10.0.11.64', undefined)), 'unknown GUARDS_NOT_READ'],
  });
});

describe('addresses of a network that another account shares', () => {
  const shared =
    (change: (world: World) => void) =>
    (world: World): void => {
      change(world);
      Object.assign(world.the('networks', 'vpc-1'), { account: '999988887777' });
    };
  checkTable(the('path/load-balancer'), {
    'no visible resource has it': [
      aws(shared(container('10.0.11.64', []))),
      'unknown NOT_READ',
      { remedy: '999988887777' },
    ],
    'a visible resource has it': [aws(shared(container('10.0.11.64', blocks))), 'pass PASSED'],
  });
  checkTable(the('path/security-group'), {
    'no visible resource has it': [
      aws(shared(discovered('10.0.11.64', []))),
      'unknown NOT_READ',
      { remedy: '999988887777' },
    ],
  });
  checkTable(egressAdmitted, {
    'no visible resource has it': [aws(shared(discovered('10.0.11.64', []))), 'unknown GUARDS_NOT_READ'],
  });
});

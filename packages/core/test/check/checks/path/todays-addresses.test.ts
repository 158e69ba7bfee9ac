import { describe } from 'vitest';
import type { SecurityGroupRule } from '../../../../src/do/model/network.js';
import { BALANCER } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import type { World } from '../world.js';
import { row, the } from './aws-rows.js';

/** Replaces the rules of a group. */
function rules(w: World, id: string, direction: 'in' | 'out', port: number, blocks: readonly string[]): void {
  const group = w.the('securityGroups', id);
  const made = blocks.map((cidrBlock): SecurityGroupRule => ({
    direction,
    protocol: 'tcp',
    fromPort: port,
    toPort: port,
    cidrBlock,
  }));
  group.rules.splice(0, group.rules.length, ...group.rules.filter((one) => one.direction !== direction), ...made);
}

const BALANCER_TODAY = ['10.0.11.5/32', '10.0.12.5/32'];
const LINK_TODAY = ['10.0.1.10/32', '10.0.2.10/32'];

/** The subnets of the link have their own network ACL; that of the load balancer allows inbound from `blocks` only. */
function ownAcl(w: World, blocks: readonly string[]): void {
  w.copy('networkAcls', 'acl-1', { id: 'acl-lb' });
  const acl = w.the('networkAcls', 'acl-lb');
  const [open] = acl.entries ?? [];
  if (open === undefined) throw new Error('the ACL has no entry');
  const into = [...blocks, '10.0.11.0/24', '10.0.12.0/24'].map((cidrBlock, at) => ({
    ...open,
    direction: 'in' as const,
    order: 10 + at,
    cidrBlock,
  }));
  Object.assign(acl, { entries: [...into, { ...open, direction: 'out' }] });
  for (const id of ['subnet-lb-a', 'subnet-lb-b']) w.the('subnets', id).networkAclId = 'acl-lb';
}

describe('current addresses are not a lasting source', () => {
  checkTable(the('path/load-balancer'), [
    row(
      'unknown',
      "the backend's group names the current addresses of the load balancer",
      (w) => rules(w, 'sg-app', 'in', 8080, BALANCER_TODAY),
      {
        says: ['allowed now'],
      },
    ),
    row('fail', "the backend's group names another address of its subnet", (w) =>
      rules(w, 'sg-app', 'in', 8080, ['10.0.11.6/32', '10.0.12.6/32']),
    ),
    row('pass', "the backend's group names its subnets", (w) =>
      rules(w, 'sg-app', 'in', 8080, ['10.0.11.0/24', '10.0.12.0/24']),
    ),
  ]);
  checkTable(the('path/security-group'), [
    row('unknown', "the link's group names the current addresses of the load balancer", (w) =>
      rules(w, 'sg-link', 'out', 443, BALANCER_TODAY),
    ),
    row('unknown', "the load balancer's group names the current addresses of the link", (w) =>
      rules(w, 'sg-lb', 'in', 443, LINK_TODAY),
    ),
    row('fail', "the link's group names addresses that the load balancer does not have", (w) =>
      rules(w, 'sg-link', 'out', 443, ['10.0.11.6/32', '10.0.12.6/32']),
    ),
    row('unknown', 'the addresses of a network load balancer are fixed, those of the link are not', (w) => {
      w.the('loadBalancers', BALANCER).kind = 'network';
      rules(w, 'sg-link', 'out', 443, BALANCER_TODAY);
      rules(w, 'sg-lb', 'in', 443, LINK_TODAY);
    }),
    row('pass', 'the addresses of a network load balancer are fixed', (w) => {
      w.the('loadBalancers', BALANCER).kind = 'network';
      rules(w, 'sg-link', 'out', 443, BALANCER_TODAY);
    }),
  ]);
  checkTable(the('path/network-acl'), [
    row('unknown', 'a network ACL names the current addresses of the link', (w) => ownAcl(w, LINK_TODAY)),
    row('pass', 'a network ACL names the subnets of the link', (w) => ownAcl(w, ['10.0.1.0/24', '10.0.2.0/24'])),
    row('fail', 'a subnet of the load balancer without a current interface has an ACL that denies all', (w) => {
      w.region.interfaces = w.region.interfaces.filter(({ id }) => id !== 'eni-lb-b');
      w.copy('networkAcls', 'acl-1', { id: 'acl-shut', entries: [] });
      w.the('subnets', 'subnet-lb-b').networkAclId = 'acl-shut';
    }),
  ]);
});

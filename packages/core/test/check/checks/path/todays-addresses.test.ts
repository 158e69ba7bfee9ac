import { describe } from 'vitest';
import type { SecurityGroupRule } from '../../../../src/do/model/network.js';
import { BALANCER } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import { type World, aws } from '../world.js';
import { the } from './aws-rows.js';

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
  checkTable(the('path/load-balancer'), {
    "the backend's group names the current addresses of the load balancer": [
      aws((w) => rules(w, 'sg-app', 'in', 8080, BALANCER_TODAY)),
      'unknown RULES_ALLOW_PART',
      'allowed now',
    ],
    "the backend's group names another address of its subnet": [
      aws((w) => rules(w, 'sg-app', 'in', 8080, ['10.0.11.6/32', '10.0.12.6/32'])),
      'error NO_RULE',
    ],
    "the backend's group names its subnets": [
      aws((w) => rules(w, 'sg-app', 'in', 8080, ['10.0.11.0/24', '10.0.12.0/24'])),
      'pass PASSED',
    ],
  });
  checkTable(the('path/security-group'), {
    "the link's group names the current addresses of the load balancer": [
      aws((w) => rules(w, 'sg-link', 'out', 443, BALANCER_TODAY)),
      'unknown RULES_ALLOW_PART',
    ],
    "the load balancer's group names the current addresses of the link": [
      aws((w) => rules(w, 'sg-lb', 'in', 443, LINK_TODAY)),
      'unknown RULES_ALLOW_PART',
    ],
    "the link's group names addresses that the load balancer does not have": [
      aws((w) => rules(w, 'sg-link', 'out', 443, ['10.0.11.6/32', '10.0.12.6/32'])),
      'error NO_RULE',
    ],
    'the addresses of a network load balancer are fixed, those of the link are not': [
      aws((w) => {
        w.the('loadBalancers', BALANCER).kind = 'network';
        rules(w, 'sg-link', 'out', 443, BALANCER_TODAY);
        rules(w, 'sg-lb', 'in', 443, LINK_TODAY);
      }),
      'unknown RULES_ALLOW_PART',
    ],
    'the addresses of a network load balancer are fixed': [
      aws((w) => {
        w.the('loadBalancers', BALANCER).kind = 'network';
        rules(w, 'sg-link', 'out', 443, BALANCER_TODAY);
      }),
      'pass PASSED',
    ],
  });
  checkTable(the('path/network-acl'), {
    'a network ACL names the current addresses of the link': [
      aws((w) => ownAcl(w, LINK_TODAY)),
      'unknown ACL_DENIES_PART',
    ],
    'a network ACL names the subnets of the link': [
      aws((w) => ownAcl(w, ['10.0.1.0/24', '10.0.2.0/24'])),
      'pass PASSED',
    ],
    'a subnet of the load balancer without a current interface has an ACL that denies all': [
      aws((w) => {
        w.region.interfaces = w.region.interfaces.filter(({ id }) => id !== 'eni-lb-b');
        w.copy('networkAcls', 'acl-1', { id: 'acl-shut', entries: [] });
        w.the('subnets', 'subnet-lb-b').networkAclId = 'acl-shut';
      }),
      'error ACL_DENIES',
    ],
  });
});

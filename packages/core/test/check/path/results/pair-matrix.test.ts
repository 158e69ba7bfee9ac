import { expect, it } from 'vitest';
import { BALANCER, GROUP, LISTENER } from '../../checks/aws-region.js';
import { allPorts, the, transit } from '../../checks/path/aws-rows.js';
import { outcomesOf } from '../../checks/run-check.js';
import { awsWorld } from '../../checks/world.js';

it('the network ACLs of a transit gateway are evaluated for each port of a load balancer behind it', () => {
  const world = awsWorld((one) => {
    transit(one);
    const { the: named, copy, spec, integration } = one;
    const open = { protocol: 'tcp', ...allPorts, cidrBlock: '10.0.0.0/8' } as const;
    for (const id of ['sg-link', 'sg-far'])
      named('securityGroups', id).rules = (['in', 'out'] as const).map((direction) => ({ direction, ...open }));
    const far = { networkId: 'vpc-2', subnetIds: ['subnet-far'], securityGroupIds: ['sg-far'] };
    copy('loadBalancers', BALANCER, { id: 'lb-far', name: 'far-alb', ...far });
    copy('interfaces', 'eni-far', { id: 'eni-lb-far', addresses: ['10.1.1.20'], attachedTo: 'lb-far' });
    const targets = [{ id: 'i-far', port: 8080, zone: 'euw1-az1', health: 'healthy' as const }];
    copy('targetGroups', GROUP, { id: 'group-far', networkId: 'vpc-2', loadBalancerIds: ['lb-far'], targets });
    spec.integrations = {};
    for (const port of [8443, 443]) {
      const actions = [{ kind: 'forward' as const, targetGroupIds: ['group-far'] }];
      copy('listeners', LISTENER, { id: `far-${port}`, loadBalancerId: 'lb-far', port, actions });
      copy('targets', LISTENER, { id: `far-${port}`, name: 'far-alb', resourceId: 'lb-far', port, ...far });
      const ref = { listener: { loadBalancer: 'far-alb', port } };
      const name = `at-${port}`;
      spec.integrations[name] = { ...structuredClone(integration), targets: { [name]: { ref } }, routes: {} };
    }
    const entries = named('networkAcls', 'acl-1').entries ?? [];
    const denied = { order: 1, action: 'deny', protocol: 'tcp', fromPort: 443, toPort: 443 } as const;
    const acl = { id: 'acl-gate', entries: [...entries.map((entry) => ({ ...entry, ...denied })), ...entries] };
    copy('networkAcls', 'acl-1', acl);
    for (const id of ['subnet-gate-a', 'subnet-gate-b']) named('subnets', id).networkAclId = 'acl-gate';
  });
  const outcomes = outcomesOf(the('path/network-acl'), world, false).filter(({ verdict }) => verdict !== 'pass');
  expect(outcomes.map(({ subject, verdict }) => [subject, verdict])).toEqual([['link eu → target at-443', 'fail']]);
  expect(outcomesOf(the('path/load-balancer'), world, false).map(({ verdict }) => verdict)).toEqual(['pass']);
});

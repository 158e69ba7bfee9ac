import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathChecks } from '../../../../src/check/checks/path/index.js';
import { CHECKS } from '../../checks/all-checks.js';
import type { Spec } from '../../../../src/do/spec.js';
import type { Snapshot } from '../../../../src/do/snapshot/snapshot.js';
import { prepare } from '../../../../src/do/world/prepare.js';
import { runs } from '../../../runs.js';
import { BALANCER, GROUP, LISTENER } from '../../checks/aws-region.js';
import { allPorts, the, transit } from '../../checks/path/aws-rows.js';
import { outcomesOf } from '../../checks/run-check.js';
import { alibabaWorld, awsWorld } from '../../checks/world.js';
import { CHANGE_COUNT, crowded, only } from './crowd.js';
import { CLOUDS } from '../../../clouds.js';

it.each([
  ['the first', 0, ['eu fail', 'far pass']],
  ['the second', 1, ['eu pass', 'far fail']],
])('two accounts have the same region and IDs: the paths of %s are stopped by its own groups', (_, at, expected) => {
  const world = awsWorld(({ snapshot, spec, region, linkSpec, integration }) => {
    const account = '444455556666';
    const far = structuredClone({ ...region, account });
    Object.assign(snapshot, { regions: [region, far] });
    linkSpec.account = region.account;
    spec.links['far'] = { ...linkSpec, account };
    spec.integrations['far'] = { ...structuredClone(integration), link: 'far' };
    const { securityGroups } = [region, far][at]!;
    securityGroups.find(({ id }) => id === 'sg-lb')!.rules = [];
  });
  const outcomes = outcomesOf(the('path/security-group'), world);
  expect(outcomes.map(({ subject, verdict }) => `${/link (\w+)/.exec(subject)?.[1]} ${verdict}`)).toEqual(expected);
});

/** The checks of one path or target. What a backend is open for depends on all callers that are declared. */
const OF_ONE = CHECKS.filter(({ id }) => /^(?:path|target)\//.test(id) && id !== 'target/exposed');

describe('a path among others', () => {
  /** What is found of each integration. */
  function saidOf(snapshot: Snapshot, spec: Spec): ReadonlyMap<string, readonly string[]> {
    const { input } = prepare(snapshot, spec, { clouds: CLOUDS, now: 0, passes: false });
    const said = new Map<string, string[]>();
    for (const check of OF_ONE)
      for (const { verdict, integration, code, subject, message, remedy } of check.run(input)) {
        const of = said.get(integration ?? '') ?? [];
        said.set(integration ?? '', of);
        if (verdict !== 'pass') of.push(JSON.stringify([check.id, verdict, code, subject, message, remedy]));
      }
    return said;
  }

  it('has the findings that it has alone: nothing that is kept for one decides another', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(CHANGE_COUNT - 1), { maxLength: 4 }), (changes) => {
        const world = crowded(changes);
        const names = Object.keys(world.spec.integrations);
        const alone = new Map(names.map((name) => [name, saidOf(world.snapshot, only(world, [name])).get(name) ?? []]));
        for (const of of alone.values())
          seen.add(of.length === 0 ? 'pass' : of.some((one) => one.includes('"fail"')) ? 'fail' : 'unknown');
        for (const order of [names, names.toReversed()]) {
          const together = saidOf(world.snapshot, only(world, order));
          for (const name of names) expect(together.get(name) ?? [], name).toEqual(alone.get(name));
        }
      }),
      { numRuns: runs(20, 3_000), seed: 1 },
    );
    expect([...seen].toSorted()).toEqual(['fail', 'pass', 'unknown']);
  });
});

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

it('a next hop that has the address gets the call, although it drops what is for other addresses of its block', () => {
  const world = alibabaWorld((one) => {
    one.the('interfaces', 'eni-app').sourceDestinationCheck = true;
    const nextHop = { kind: 'interface', id: 'eni-app' } as const;
    one
      .the('routeTables', 'vtb-1')
      .routes?.push({ cidrBlock: '10.0.20.0/24', nextHop, state: 'active', origin: 'static' });
  });
  const said = pathChecks.flatMap((check) => outcomesOf(check, world));
  const of = (name: string) => said.filter(({ subject }) => subject.endsWith(` ${name}`)).map(({ verdict }) => verdict);
  expect(new Set(of('orders'))).toEqual(new Set(['pass']));
  // Another address of the block.
  expect(of('stock')).toContain('fail');
});

import { describe } from 'vitest';
import { egressAdmitted } from '../../../src/checks/egress/admitted.js';
import { targetAccessList } from '../../../src/checks/target/access-list.js';
import { instanceRunning } from '../../../src/checks/target/instance-running.js';
import { targetOutside } from '../../../src/checks/cidr/target-outside.js';
import { targetIntranet } from '../../../src/checks/target/intranet.js';
import { targetListener } from '../../../src/checks/target/listener.js';
import { targetNetwork } from '../../../src/checks/target/network.js';
import { targetProtocol } from '../../../src/checks/target/protocol.js';
import { the } from '../path/aws-rows.js';
import { checkTable } from '../run-check.js';
import { alibabaWorld, type World } from '../world.js';

/** The one target is an address of Alibaba Cloud, on the port that the application has. */
const called =
  (address: string, ...changes: readonly ((world: World) => void)[]) =>
  () =>
    alibabaWorld((world) => {
      world.integration.targets = { orders: { ref: { address, port: 8080 } } };
      world.integration.routes = {};
      for (const change of changes) change(world);
    });
const stopped = ({ the: find }: World) =>
  void Object.assign(find('instances', 'i-1'), { state: 'stopped', nativeState: 'Stopped' });
const unread = ({ withhold }: World) => withhold('instances', 'ecs:DescribeInstances');

describe('target/instance-running, of an address', () => {
  checkTable(instanceRunning, [
    { why: 'whose machine runs', world: called('10.0.20.5'), verdict: 'pass', evidence: ['i-1'] },
    {
      why: 'whose machine is stopped',
      world: called('10.0.20.5', stopped),
      verdict: 'fail',
      severity: 'error',
      subject: 'target orders',
      says: ['i-1 (10.0.20.5) is Stopped'],
      remedy: ['Start i-1'],
    },
    {
      why: 'whose machine could not be read',
      world: called('10.0.20.5', unread),
      verdict: 'unknown',
      evidence: ['ecs:DescribeInstances'],
    },
    { why: 'of a load balancer', world: called('10.0.20.9'), verdict: 'nothing' },
  ]);
});

const balancerUnread = (world: World) => {
  const there = { networkId: 'vpc-h', resourceId: '10.0.20.9', port: 80, raw: null };
  world.region.targets.push({ kind: 'address', id: '10.0.20.9:80', ...there });
  world.withhold('loadBalancers', 'slb:DescribeLoadBalancers');
};
/** On the port of the listener. */
const onListener =
  (...changes: readonly ((world: World) => void)[]) =>
  () =>
    called(
      '10.0.20.9',
      ({ integration }) => {
        Object.assign(integration.targets['orders'] ?? {}, { ref: { address: '10.0.20.9', port: 80 } });
      },
      ...changes,
    )();

describe('an address that a load balancer has', () => {
  checkTable(targetProtocol, [
    { why: 'with a listener that fits', world: onListener(), verdict: 'pass' },
    {
      why: 'with a listener that speaks TLS',
      world: onListener(({ the: find }) => void (find('listeners', 'lb-1/http:80').protocol = 'HTTPS')),
      verdict: 'fail',
    },
  ]);
  checkTable(targetListener, [
    {
      why: 'without a listener on the port',
      world: called('10.0.20.9'),
      verdict: 'fail',
      says: ['does not listen on port 8080'],
    },
  ]);
  checkTable(targetAccessList, [
    {
      why: 'whose list lacks a vSwitch',
      world: onListener(({ the: find }) => {
        Object.assign(find('listeners', 'lb-1/http:80').accessControl ?? {}, { cidrBlocks: ['10.0.1.0/24'] });
      }),
      verdict: 'fail',
    },
  ]);
  checkTable(egressAdmitted, [
    { why: 'has no groups', world: onListener(), verdict: 'nothing' },
    {
      why: 'that may have it, and could not be read',
      world: onListener(balancerUnread),
      verdict: 'unknown',
      remedy: ['slb:DescribeLoadBalancers'],
    },
  ]);
});

describe('what another check says is wrong', () => {
  const publicOnly = () =>
    alibabaWorld((world) => {
      delete world.integration.targets['orders'];
      const { networkId: _network, ...balancer } = world.the('loadBalancers', 'lb-1');
      Object.assign(balancer, { scheme: 'internet-facing', addresses: [], subnetIds: [] });
      world.remove('loadBalancers', 'lb-1');
      world.region.loadBalancers.push(balancer);
    });
  const released = () =>
    alibabaWorld((world) => {
      delete world.integration.targets['stock'];
      world.remove('instances', 'i-1');
      world.remove('interfaces', 'eni-app');
    });
  const why = 'a load balancer that faces the internet has no place in a network';
  for (const check of [targetOutside, targetNetwork, the('path/route'), the('path/load-balancer')]) {
    checkTable(check, [{ why, world: publicOnly, verdict: 'nothing' }]);
  }
  checkTable(targetIntranet, [{ why: 'is that error', world: publicOnly, verdict: 'fail' }]);
  checkTable(the('path/route'), [{ why: 'an instance that was released', world: released, verdict: 'nothing' }]);
});

describe('the way to an address', () => {
  checkTable(the('path/route'), [
    {
      why: 'that may be of a load balancer that could not be read',
      world: onListener(balancerUnread),
      verdict: 'unknown',
      remedy: ['slb:DescribeLoadBalancers'],
    },
    {
      why: 'belief 54: that a vSwitch keeps',
      world: called('10.0.20.255'),
      verdict: 'fail',
      says: ['no resource in vpc-h has'],
    },
    { why: 'that nobody is seen at', world: called('10.0.20.252'), verdict: 'pass' },
    { why: 'whose machine runs', world: called('10.0.20.5'), verdict: 'pass' },
    { why: 'whose machine could not be read', world: called('10.0.20.5', unread), verdict: 'unknown' },
  ]);
});

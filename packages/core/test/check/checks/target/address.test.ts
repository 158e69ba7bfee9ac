import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { egressAdmitted } from '../../../../src/check/checks/egress/admitted.js';
import { targetListener } from '../../../../src/check/checks/target/listener.js';
import { targetNetwork } from '../../../../src/check/checks/target/network.js';
import { targetProtocol } from '../../../../src/check/checks/target/protocol.js';
import { the } from '../path/aws-rows.js';
import { checkTable } from '../run-check.js';
import { called, unread } from './address.js';
import { type World, alibabaWorld } from '../world.js';

const targetOutside = named('cidr/target-outside');
const targetAccessList = named('target/access-list');
const targetIntranet = named('target/intranet');

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

describe('an address of a load balancer', () => {
  checkTable(targetProtocol, [
    { why: 'with a listener of the same protocol', world: onListener(), verdict: 'pass' },
    {
      why: 'with a listener for TLS',
      world: onListener(({ the: find }) => void (find('listeners', 'lb-1/http:80').protocol = 'HTTPS')),
      verdict: 'fail',
      code: 'PROTOCOL_UNFIT',
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
      why: 'whose access control list lacks a vSwitch',
      world: onListener(({ the: find }) => {
        Object.assign(find('listeners', 'lb-1/http:80').accessControl ?? {}, { cidrBlocks: ['10.0.1.0/24'] });
      }),
      verdict: 'fail',
    },
  ]);
  checkTable(egressAdmitted, [
    { why: 'without security groups', world: onListener(), verdict: 'nothing' },
    {
      why: 'of a load balancer that may have it and could not be read',
      world: onListener(balancerUnread),
      verdict: 'unknown',
      remedy: ['slb:DescribeLoadBalancers'],
    },
  ]);
});

describe('what another check reports', () => {
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
  const why = 'an internet-facing load balancer is in no network';
  for (const check of [targetOutside, targetNetwork, the('path/route'), the('path/load-balancer')]) {
    checkTable(check, [{ why, world: publicOnly, verdict: 'nothing' }]);
  }
  checkTable(targetIntranet, [{ why: 'an internet-facing load balancer', world: publicOnly, verdict: 'fail' }]);
  checkTable(the('path/route'), [{ why: 'a released instance', world: released, verdict: 'nothing' }]);
});

describe('the path to an address', () => {
  checkTable(the('path/route'), [
    {
      why: 'of a load balancer that may have it and could not be read',
      world: onListener(balancerUnread),
      verdict: 'unknown',
      remedy: ['slb:DescribeLoadBalancers'],
    },
    {
      why: 'that a vSwitch reserves',
      world: called('10.0.20.255'),
      verdict: 'fail',
      says: ['no resource in vpc-h has'],
    },
    { why: 'that no listed resource has', world: called('10.0.20.252'), verdict: 'pass' },
    { why: 'of a running instance', world: called('10.0.20.5'), verdict: 'pass' },
    { why: 'of an instance that could not be read', world: called('10.0.20.5', unread), verdict: 'unknown' },
  ]);
});

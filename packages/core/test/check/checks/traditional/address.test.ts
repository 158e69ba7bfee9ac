import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { egressAdmitted } from '../../../../src/check/checks/egress/admitted.js';
import { targetListener } from '../../../../src/check/checks/target/listener.js';
import { targetNetwork } from '../../../../src/check/checks/target/network.js';
import { targetProtocol } from '../../../../src/check/checks/target/protocol.js';
import { the } from '../path/aws-rows.js';
import { checkTable } from '../run-check.js';
import { called, unread } from '../target/address.js';
import { type World, alibabaWorld } from '../world.js';
import { edit } from '../edits.js';

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
    called('10.0.20.9', edit({ 'integration.targets.orders.ref': { address: '10.0.20.9', port: 80 } }), ...changes)();

describe('an address of a load balancer', () => {
  checkTable(targetProtocol, {
    'with a listener of the same protocol': [onListener(), 'pass PROTOCOL_FITS'],
    'with a listener for TLS': [
      onListener(edit({ 'listeners.lb-1/http:80.protocol': 'HTTPS' })),
      'error PROTOCOL_UNFIT',
    ],
  });
  checkTable(targetListener, {
    'without a listener on the port': [called('10.0.20.9'), 'error NO_LISTENER', 'does not listen on port 8080'],
  });
  checkTable(targetAccessList, {
    'whose access control list lacks a vSwitch': [
      onListener(edit({ 'listeners.lb-1/http:80.accessControl.cidrBlocks': ['10.0.1.0/24'] })),
      'error LIST_REFUSES',
    ],
  });
  checkTable(egressAdmitted, {
    'without security groups': [onListener(), 'nothing'],
    'of a load balancer that may have it and could not be read': [
      onListener(balancerUnread),
      'unknown GUARDS_NOT_READ',
      { remedy: 'slb:DescribeLoadBalancers' },
    ],
  });
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
    alibabaWorld(
      edit({ 'integration.targets.stock': undefined, 'instances.i-1': undefined, 'interfaces.eni-app': undefined }),
    );
  for (const check of [targetOutside, targetNetwork, the('path/route'), the('path/load-balancer')]) {
    checkTable(check, { 'an internet-facing load balancer is in no network': [publicOnly, 'nothing'] });
  }
  checkTable(targetIntranet, { 'an internet-facing load balancer': [publicOnly, 'error PUBLIC'] });
  checkTable(the('path/route'), { 'a released instance': [released, 'nothing'] });
});

describe('the path to an address', () => {
  checkTable(the('path/route'), {
    'of a load balancer that may have it and could not be read': [
      onListener(balancerUnread),
      'unknown NOT_READ',
      { remedy: 'slb:DescribeLoadBalancers' },
    ],
    'that a vSwitch reserves': [called('10.0.20.255'), 'error ADDRESS_UNUSED', 'no resource in vpc-h has'],
    'that no listed resource has': [called('10.0.20.252'), 'pass PASSED'],
    'of a running instance': [called('10.0.20.5'), 'pass PASSED'],
    'of an instance that could not be read': [called('10.0.20.5', unread), 'unknown NOT_READ'],
  });
});

import { expect, it } from 'vitest';
import { toInterface } from '../../src/networks/network-interface.js';

const BASE = { NetworkInterfaceId: 'eni-1', SubnetId: 'subnet-1', VpcId: 'vpc-1' };

it.each([
  ['an instance’s first', { InstanceId: 'i-1', DeviceIndex: 0, NetworkCardIndex: 0 }, true],
  ['an instance’s second', { InstanceId: 'i-1', DeviceIndex: 1, NetworkCardIndex: 0 }, false],
  ['the first of a second network card', { InstanceId: 'i-1', DeviceIndex: 0, NetworkCardIndex: 1 }, false],
  ['an instance’s, without a network card', { InstanceId: 'i-1', DeviceIndex: 0 }, true],
  ['an instance’s, without an index', { InstanceId: 'i-1' }, undefined],
  ['a service’s', { DeviceIndex: 1 }, undefined],
  ['without attachment', undefined, undefined],
])('that is %s is primary, secondary or undetermined', (_, Attachment, primary) => {
  expect(toInterface({ ...BASE, Attachment }, undefined).primary).toBe(primary);
});

it.each([
  ['in-use', true],
  ['available', false],
  ['attaching', undefined],
  ['detaching', undefined],
  ['associated', undefined],
  [undefined, undefined],
] as const)('with status %s is in use or not', (Status, inUse) => {
  expect(toInterface({ ...BASE, Status }, undefined).inUse).toBe(inUse);
});

it('has the blocks that were delegated to it, of both families', () => {
  const own = { ...BASE, PrivateIpAddress: '10.0.0.4', Ipv4Prefixes: [{ Ipv4Prefix: '10.0.0.16/28' }] };
  const one = toInterface({ ...own, Ipv6Prefixes: [{ Ipv6Prefix: '2001:db8::/80' }] }, undefined);
  expect(one).toMatchObject({ addresses: ['10.0.0.4'], prefixes: ['10.0.0.16/28', '2001:db8::/80'] });
  expect(toInterface(BASE, undefined).prefixes).toEqual([]);
});

import { describe, expect, it } from 'vitest';
import { toInterface } from '../../src/network/network-interface.js';

describe('a network interface', () => {
  it.each([
    ['an instance’s first', { InstanceId: 'i-1', DeviceIndex: 0, NetworkCardIndex: 0 }, true],
    ['an instance’s second', { InstanceId: 'i-1', DeviceIndex: 1, NetworkCardIndex: 0 }, false],
    ['the first of a second network card', { InstanceId: 'i-1', DeviceIndex: 0, NetworkCardIndex: 1 }, false],
    ['an instance’s, without a network card', { InstanceId: 'i-1', DeviceIndex: 0 }, true],
    ['an instance’s, without an index', { InstanceId: 'i-1' }, undefined],
    ['a service’s', { DeviceIndex: 1 }, undefined],
    ['nobody’s', undefined, undefined],
  ])('that is %s says whether it is the primary one', (_, Attachment, primary) => {
    expect(toInterface({ NetworkInterfaceId: 'eni-1', Attachment }, undefined).primary).toBe(primary);
  });
});

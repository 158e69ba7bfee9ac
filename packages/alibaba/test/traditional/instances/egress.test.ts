import { describe, expect, it } from 'vitest';
import { ownerOf, toEgress } from '../../../src/traditional/instances/egress.js';
import type { InstanceOutput } from '../../../src/traditional/instances/instance.js';
import type { InterfaceOutput } from '../../../src/network/nat.js';
import { simulated } from '../../world/simulated.js';
import { instanceRef } from '../../world/refs.js';

const instance = (InstanceId: string, VswitchId = 'vsw-1', SecurityGroupId = 'sg-1'): InstanceOutput => ({
  InstanceId,
  DedicatedInstanceType: 'vpc_connect',
  ConnectVpcId: 'vpc-1',
  NetworkInterfaceAttributes: {
    NetworkInterfaceAttribute: [{ CidrBlock: '10.0.0.0/24', VswitchId, SecurityGroupId, ZoneId: 'cn-hangzhou-j' }],
  },
});
const eni = (more: Partial<InterfaceOutput> = {}): InterfaceOutput => ({
  NetworkInterfaceId: 'eni-1',
  Type: 'Secondary',
  ServiceManaged: true,
  VSwitchId: 'vsw-1',
  VpcId: 'vpc-1',
  SecurityGroupIds: { SecurityGroupId: ['sg-1'] },
  PrivateIpSets: { PrivateIpSet: [{ PrivateIpAddress: '10.0.0.7' }] },
  ...more,
});

describe('an interface', () => {
  it.each<readonly [Partial<InterfaceOutput>, readonly InstanceOutput[], string | undefined, string]>([
    [{}, [instance('gw-a')], 'gw-a', 'the only one there'],
    [{}, [instance('gw-a'), instance('gw-b', 'vsw-2')], 'gw-a', 'the other is in another vSwitch'],
    [{}, [instance('gw-a'), instance('gw-b')], undefined, 'two in one vSwitch with one group'],
    [{ Description: 'API Gateway gw-b' }, [instance('gw-a'), instance('gw-b')], 'gw-b', 'its description names it'],
    [{ Description: 'API Gateway gw-c' }, [instance('gw-a')], 'gw-a', 'its description names no known instance'],
    [{ ServiceManaged: false }, [instance('gw-a')], undefined, 'it is not managed by a service'],
    [{ Type: 'Primary' }, [instance('gw-a')], undefined, 'an ECS instance’s own'],
    [{ SecurityGroupIds: { SecurityGroupId: ['sg-2'] } }, [instance('gw-a')], undefined, 'another group'],
    [{ VSwitchId: 'vsw-9' }, [instance('gw-a')], undefined, 'another vSwitch'],
  ])('%j among %s belongs to %s: %s', (more, instances, expected) => {
    expect(ownerOf(eni(more), instances)?.id).toBe(expected);
  });

  it('returns an address that is only a candidate', () => {
    expect(toEgress(instance('gw-a'), [instance('gw-a')], [eni()])).toMatchObject({
      addresses: ['10.0.0.7'],
      prefixes: ['10.0.0.0/24'],
      securityGroupIds: ['sg-1'],
      stability: 'momentary',
      confidence: 'candidate',
    });
  });
});

describe('a conventional instance', () => {
  it.each<
    readonly [string, string | undefined, readonly string[], Readonly<Record<string, string>> | undefined, string]
  >([
    ['100.104.254.0/26', '', ['100.104.254.0/26'], undefined, 'as bought'],
    [
      '100.104.254.0/26',
      '100.104.253.0/26',
      ['100.104.254.0/26', '100.104.253.0/26'],
      { '100.104.253.0/26': 'new' },
      'after a change of spec',
    ],
    ['100.104.254.0/26, 10.0.0.1', undefined, ['100.104.254.0/26', '10.0.0.1/32'], undefined, 'a block and an address'],
    [' ', 'nonsense', [], undefined, 'nothing that can be read'],
  ])('with %s and %s calls from %j', (VpcEgressAddress, NewVpcEgressAddress, prefixes, prefixNotes) => {
    const egress = toEgress(
      { InstanceId: 'a', DedicatedInstanceType: 'normal', VpcEgressAddress, NewVpcEgressAddress },
      [],
      [],
    );
    expect(egress).toMatchObject({ addresses: [], prefixes, stability: 'stable' });
    expect(egress.prefixNotes).toEqual(prefixNotes);
  });

  it('is adopted and described, with both blocks while its spec changes', async () => {
    const { driver, ctx, call, simulation } = await simulated();
    const bought = {
      InstanceName: 'old',
      InstanceSpec: 'api.s1.small',
      ChargeType: 'PostPaid',
      HttpsPolicy: 'HTTPS2_TLS1_0',
    };
    const place = { InstanceType: 'normal', ZoneId: 'cn-hangzhou-MAZ1(i,j)', Token: 'one' };
    const { InstanceId } = call('CloudAPI', 'CreateInstance', { ...bought, ...place });
    await simulation.advance(900_000);
    expect(await driver.links.find(instanceRef(InstanceId), ctx)).toMatchObject({
      kind: 'dedicated-instance',
      state: 'ready',
      networkId: undefined,
      subnetIds: [],
      native: { spec: 'api.s1.small' },
    });
    expect((await driver.egress({ kind: 'dedicated-instance', id: InstanceId }, ctx)).prefixes).toHaveLength(1);
    const change = { InstanceId, InstanceSpec: 'api.s1.medium', ModifyAction: 'UPGRADE', Token: 'two' };
    call('CloudAPI', 'ModifyInstanceSpec', change);
    expect((await driver.links.find(instanceRef(InstanceId), ctx))?.state).toBe('pending');
    await simulation.advance(900_000);
    const waiting = await driver.links.find(instanceRef(InstanceId), ctx);
    // APIs stay callable while it waits for its users to allow the new block.
    expect(waiting).toMatchObject({ state: 'ready', nativeState: 'WAIT_SWITCH' });
    const egress = await driver.egress({ kind: 'dedicated-instance', id: InstanceId }, ctx);
    expect(egress.prefixes).toHaveLength(2);
    expect(Object.values(egress.prefixNotes ?? {})).toEqual(['new']);
  });
});

import { describe, expect, it } from 'vitest';
import { forwarding } from '../forwarding.js';
import { answers } from '../../answers.js';
import { simulate } from '../../../src/index.js';
import { connectedWorld } from '../connects/world.js';
import { newAccount, newGroup, newInterface, newSubnet, newVpc, refusal } from './account.js';

const IMAGE = { ImageId: 'ami-0a1b2c3d4e5f60718', MinCount: 1, MaxCount: 1 };
const MINUTE = 60_000;

function network() {
  const account = newAccount();
  const { ec2 } = account;
  const VpcId = newVpc(ec2);
  const SubnetId = newSubnet(ec2, VpcId, '10.0.1.0/24');
  const run = (input: object = {}): any[] => ec2('RunInstances', { ...IMAGE, SubnetId, ...input }).Instances;
  const all = (input: object = {}): any[] =>
    ec2('DescribeInstances', input).Reservations.flatMap(({ Instances }: any) => Instances);
  const state = (id: string): string => all({ InstanceIds: [id] })[0].State.Name;
  const interfaces = (): any[] =>
    ec2('DescribeNetworkInterfaces', { Filters: [{ Name: 'subnet-id', Values: [SubnetId] }] }).NetworkInterfaces;
  return { ...account, VpcId, SubnetId, run, all, state, interfaces };
}

describe('RunInstances', () => {
  it('launches an instance with a primary interface, and shows both with the same address, groups and tags', () => {
    const { ec2, VpcId, SubnetId, run, all, interfaces } = network();
    const group = newGroup(ec2, VpcId, 'web');
    const [made] = run({
      PrivateIpAddress: '10.0.1.20',
      SecurityGroupIds: [group],
      InstanceType: 't3.micro',
      KeyName: 'operators',
      TagSpecifications: [
        { ResourceType: 'instance', Tags: [{ Key: 'Name', Value: 'web' }] },
        { ResourceType: 'network-interface', Tags: [{ Key: 'Name', Value: 'of web' }] },
      ],
    });
    expect(made).toMatchObject({
      InstanceId: expect.stringMatching(/^i-[0-9a-f]{17}$/),
      State: { Code: 0, Name: 'pending' },
      StateReason: { Code: 'pending' },
      PrivateIpAddress: '10.0.1.20',
      InstanceType: 't3.micro',
      SubnetId,
      VpcId,
      SecurityGroups: [{ GroupId: group, GroupName: 'web' }],
      Placement: { AvailabilityZone: 'us-east-1a' },
      Tags: [{ Key: 'Name', Value: 'web' }],
    });
    expect(all()).toEqual([made]);
    const [primary] = interfaces();
    expect(primary).toMatchObject({
      Status: 'in-use',
      PrivateIpAddress: '10.0.1.20',
      Attachment: { InstanceId: made.InstanceId, DeviceIndex: 0, DeleteOnTermination: true, Status: 'attached' },
      TagSet: [{ Key: 'Name', Value: 'of web' }],
    });
    expect(made.NetworkInterfaces[0].NetworkInterfaceId).toBe(primary.NetworkInterfaceId);
    expect(() => ec2('DeleteNetworkInterface', { NetworkInterfaceId: primary.NetworkInterfaceId })).toThrow(
      refusal('InvalidNetworkInterface.InUse'),
    );
    ec2('CreateTags', { Resources: [made.InstanceId], Tags: [{ Key: 'team', Value: 'shop' }] });
    expect(all({ Filters: [{ Name: 'tag:team', Values: ['shop'] }] })).toHaveLength(1);
  });

  it('takes interfaces that exist, and keeps them when the instance is terminated', async () => {
    const { ec2, sim, SubnetId, run, interfaces } = network();
    const given = newInterface(ec2, SubnetId, { PrivateIpAddress: '10.0.1.30' });
    const NetworkInterfaces = [
      { DeviceIndex: 1, SubnetId },
      { DeviceIndex: 0, NetworkInterfaceId: given.NetworkInterfaceId },
    ];
    const [made] = run({ SubnetId: undefined, NetworkInterfaces });
    expect(made.PrivateIpAddress).toBe('10.0.1.30');
    expect(made.NetworkInterfaces).toHaveLength(2);
    expect(() => run({ SubnetId: undefined, NetworkInterfaces })).toThrow(
      refusal('InvalidNetworkInterface.InUse', `^Interface: \\[${given.NetworkInterfaceId}\\] in use.$`),
    );
    expect(interfaces()).toHaveLength(2); // the second one of the refused launch is gone
    ec2('TerminateInstances', { InstanceIds: [made.InstanceId] });
    await sim.advance(MINUTE);
    expect(interfaces()).toMatchObject([{ NetworkInterfaceId: given.NetworkInterfaceId, Status: 'available' }]);
  });

  it('names what is missing where there is no default network', () => {
    const { ec2, run } = network();
    const vpc = ec2('DescribeVpcs', { Filters: [{ Name: 'is-default', Values: ['true'] }] }).Vpcs[0].VpcId;
    const subnets = ec2('DescribeSubnets', { Filters: [{ Name: 'vpc-id', Values: [vpc] }] }).Subnets;
    for (const { SubnetId } of subnets) ec2('DeleteSubnet', { SubnetId });
    expect(() => run({ SubnetId: undefined })).toThrow(
      refusal('MissingInput', `^No subnets found for the default VPC '${vpc}'. Please specify a subnet.$`),
    );
  });
});

answers('RunInstances', network)`
  launches as many as addresses allow, and none where that is too few
    SubnetId2 = newSubnet [$VpcId, 10.0.2.0/28] # 11 addresses
    run {SubnetId: $SubnetId2, MinCount: 12, MaxCount: 12} !InsufficientFreeAddressesInSubnet
    all == []
    run {SubnetId: $SubnetId2, MinCount: 3, MaxCount: 20}
      -> {AmiLaunchIndex=: ${Array.from({ length: 11 }, (_, index) => index)}}
    DescribeInstances -> {Reservations.length: 1}
    run {MinCount: 2000000000, MaxCount: 2000000000} !InstanceLimitExceeded
  launches once for one client token
    first = run {ClientToken: once, MinCount: 2, MaxCount: 2}
    run {ClientToken: once, MinCount: 2, MaxCount: 2} == $first
    all == $first
    run {ClientToken: once} !IdempotentParameterMismatch
  uses a default subnet of the zone where none is named
    run {SubnetId: absent, Placement: {AvailabilityZone: us-east-1c}}
      -> {0: {Placement: {AvailabilityZone: us-east-1c}, PrivateIpAddress: /^172\.31\./}}
    run {SubnetId: absent, Placement: {AvailabilityZone: mars-1a}} !InvalidParameterValue /mars-1a/
  refuses wrong input, and launches nothing
    run {ImageId: absent} !MissingParameter /ImageId/
    run {ImageId: linux} !InvalidAMIID.Malformed /linux/
    run {InstanceType: large} !InvalidParameterValue /Invalid value 'large' for InstanceType./
    run {MinCount: 0} !InvalidParameterValue /minCount/
    run {MinCount: 2} !InvalidParameterValue /maxCount/
    run {SubnetId: subnet-0123456789abcdef0} !InvalidSubnetID.NotFound /does not exist/
    run {SecurityGroupIds: [sg-0123456789abcdef0]} !InvalidSecurityGroupID.NotFound /does not exist/
    run {SecurityGroups: [nobody]} !InvalidGroup.NotFound /nobody/
    run {PrivateIpAddress: 10.0.2.20} !InvalidParameterValue /address range/
    run {PrivateIpAddress: 10.0.1.20, MaxCount: 2} !InvalidParameterCombination /PrivateIpAddress/
    run {NetworkInterfaces: [{DeviceIndex: 0}]} !InvalidParameterCombination /instance-level subnet ID/
    run {SubnetId: absent, NetworkInterfaces: [{DeviceIndex: 1}]} !MissingParameter /device index 0/
    run {SubnetId: absent, NetworkInterfaces: [{DeviceIndex: 0}]} !MissingParameter /subnetId/
    run {TagSpecifications: [{ResourceType: vpc, Tags: [{Key: a}]}]} !InvalidParameterValue /vpc/
    run {IamInstanceProfile: {Name: nobody}} !InvalidParameterValue /Invalid IAM Instance Profile name/
    run {InstanceMarketOptions: {MarketType: spot}} !UnsupportedOperation /InstanceMarketOptions/
    run {LaunchTemplate: {LaunchTemplateName: web}} !InvalidLaunchTemplateName.NotFoundException /does not exist/
    run {Placement: {Tenancy: dedicated}} !UnsupportedOperation /Tenancy/
    run {DryRun: true} !DryRunOperation /succeeded/
    all == []
    interfaces == []
`;

describe('the states of an instance', () => {
  it('continues in a saved world; one without instances gets an empty table', async () => {
    const { sim, run, all } = network();
    run();
    const copy = simulate({ seed: 9 });
    copy.load(JSON.parse(JSON.stringify(sim.world())));
    await copy.advance(MINUTE);
    const there = (operation: string) => copy.call({ service: 'ec2', operation, region: 'us-east-1' }, {}) as any;
    expect(there('DescribeInstances').Reservations[0].Instances[0]).toEqual({
      ...all()[0],
      State: { Code: 16, Name: 'running' },
      StateReason: undefined,
    });
    const old = JSON.stringify(sim.world()).replaceAll('"instances"', '"nothing"');
    copy.load(JSON.parse(old));
    expect(there('DescribeInstances').Reservations).toEqual([]);
  });

  it('a route may lead to an instance with one interface', () => {
    const { ec2, VpcId, SubnetId, run } = network();
    const [{ InstanceId, NetworkInterfaces }] = run();
    const { RouteTableId } = ec2('CreateRouteTable', { VpcId }).RouteTable;
    ec2('CreateRoute', { RouteTableId, DestinationCidrBlock: '192.0.2.0/24', InstanceId });
    const [{ Routes }] = ec2('DescribeRouteTables', { RouteTableIds: [RouteTableId] }).RouteTables;
    expect(Routes).toContainEqual(
      expect.objectContaining({ InstanceId, NetworkInterfaceId: NetworkInterfaces[0].NetworkInterfaceId }),
    );
    const [two] = run({
      SubnetId: undefined,
      NetworkInterfaces: [0, 1].map((DeviceIndex) => ({ DeviceIndex, SubnetId })),
    });
    const wanted = { RouteTableId, DestinationCidrBlock: '198.51.100.0/24', InstanceId: two.InstanceId };
    expect(() => ec2('CreateRoute', wanted)).toThrow(refusal('InvalidInstanceID', 'multiple interfaces'));
  });
});

answers('the states of an instance', network)`
  pending, running, stopping, stopped, and again; its address stays
    run
    StopInstances {InstanceIds: [$InstanceId]}
      !IncorrectInstanceState: This instance '$InstanceId' is not in a state from which it can be stopped.
    advance ${MINUTE}
    state $InstanceId == running
    StartInstances {InstanceIds: [$InstanceId]} -> {StartingInstances: [{CurrentState: {Name: running}}]}
    StopInstances {InstanceIds: [$InstanceId]}
      -> {StoppingInstances=: [{InstanceId: $InstanceId, PreviousState: {Code: 16, Name: running},
      CurrentState: {Code: 64, Name: stopping}}]}
    StartInstances {InstanceIds: [$InstanceId]} !IncorrectInstanceState /can be started/
    advance ${MINUTE}
    all
      -> {0: {State: {Code: 80, Name: stopped}, StateTransitionReason: User initiated (2026-06-01 00:01:00 GMT),
      PrivateIpAddress: $PrivateIpAddress}}
    StartInstances {InstanceIds: [$InstanceId]}
    advance ${MINUTE}
    all -> {0: {State: {Name: running}, StateTransitionReason: '', PrivateIpAddress: $PrivateIpAddress}}
  a terminated instance loses its interface and address, is shown for an hour, and then is unknown
    run
    TerminateInstances {InstanceIds: [$InstanceId]} -> {TerminatingInstances: [{CurrentState: {Code: 32}}]}
    DeleteSubnet {SubnetId: $SubnetId} !DependencyViolation
    advance ${MINUTE}
    state $InstanceId == terminated
    interfaces == []
    run {PrivateIpAddress: $PrivateIpAddress} -> {0.PrivateIpAddress: $PrivateIpAddress}
    TerminateInstances {InstanceIds: [$InstanceId]} -> {TerminatingInstances: [{CurrentState: {Code: 48}}]}
    StopInstances {InstanceIds: [$InstanceId]} !IncorrectInstanceState
    advance ${60 * MINUTE}
    DescribeInstances {InstanceIds: [$InstanceId]}
      !InvalidInstanceID.NotFound: The instance ID '$InstanceId' does not exist
  changes none of several where one is refused
    run2 = run
    advance ${MINUTE}
    run
    StopInstances {InstanceIds: [$run2.0.InstanceId, i-0123456789abcdef0]} !InvalidInstanceID.NotFound
    StopInstances {InstanceIds: [$run2.0.InstanceId, i-web]} !InvalidInstanceID.Malformed
    run3 = run
    StopInstances {InstanceIds: [$run2.0.InstanceId, $run3.0.InstanceId]} !IncorrectInstanceState
    TerminateInstances {InstanceIds: []} !MissingParameter
    state $run2.0.InstanceId == running
  of a planted instance is running, and it can be stopped
    newInterface $SubnetId
    id = plant {kind: instance, networkInterfaceId: $NetworkInterfaceId}
    all -> [{InstanceId: $id, State: {Name: running}, SubnetId: $SubnetId}]
    StopInstances {InstanceIds: [$id]} -> {StoppingInstances.length: 1}
`;

describe('instances behind a load balancer', () => {
  async function balanced(TargetType: 'instance' | 'ip', type: 'application' | 'network') {
    const world = await connectedWorld();
    const { elb, ec2, subnets, groups, vpcId, sim } = world;
    const [{ InstanceId, PrivateIpAddress }] = ec2('RunInstances', {
      ...IMAGE,
      SubnetId: subnets.back,
      SecurityGroupIds: [groups.server],
    }).Instances as any[];
    const { TargetGroupArn, ListenerArn } = forwarding(elb, {
      Type: type,
      VpcId: vpcId,
      Subnets: type === 'network' ? [subnets.back] : [subnets.back, subnets.back2],
      SecurityGroups: [groups.server],
      TargetType,
    });
    const Targets = [{ Id: TargetType === 'ip' ? PrivateIpAddress : InstanceId }];
    const register = () => elb('RegisterTargets', { TargetGroupArn, Targets });
    const health = () => elb('DescribeTargetHealth', { TargetGroupArn }).TargetHealthDescriptions[0]?.TargetHealth;
    const reach = () => world.connects({ targetId: ListenerArn as string });
    return { ...world, register, health, reach, ids: { InstanceIds: [InstanceId as string] }, ec2, sim };
  }

  it('cannot be registered before they run, answer while they run, and are unused when stopped or terminated', async () => {
    const { register, health, reach, ids, ec2, sim } = await balanced('instance', 'application');
    expect(register).toThrow(expect.objectContaining({ code: 'InvalidTarget' }));
    await sim.advance(10 * MINUTE);
    register();
    await sim.advance(MINUTE);
    expect(health()).toEqual({ State: 'healthy' });
    expect(reach()).toMatchObject({ connects: true });
    ec2('StopInstances', ids);
    await sim.advance(MINUTE);
    const stopped = { State: 'unused', Reason: 'Target.InvalidState', Description: 'Target is in the stopped state' };
    expect(health()).toEqual(stopped);
    expect(reach()).toMatchObject({ connects: false, by: 'target-health' });
    ec2('StartInstances', ids);
    await sim.advance(22_000);
    expect(health()).toMatchObject({ State: 'initial' });
    await sim.advance(MINUTE);
    expect(health()).toEqual({ State: 'healthy' });
    ec2('TerminateInstances', ids);
    await sim.advance(MINUTE);
    expect(health()).toMatchObject({ State: 'unused', Description: 'Target is in the terminated state' });
    await sim.advance(61 * MINUTE);
    expect(health()).toBeUndefined();
  });

  it.each([
    ['application', 'Target.Timeout'],
    ['network', 'Target.FailedHealthChecks'],
  ] as const)(
    'an address behind a load balancer (%s) is unhealthy while its instance is stopped',
    async (type, Reason) => {
      const { register, health, reach, ids, ec2, sim } = await balanced('ip', type);
      register();
      await sim.advance(10 * MINUTE);
      expect(health()).toEqual({ State: 'healthy' });
      expect(reach()).toMatchObject({ connects: true });
      ec2('StopInstances', ids);
      await sim.advance(MINUTE);
      expect(health()).toMatchObject({ State: 'unhealthy', Reason });
      expect(reach()).toMatchObject({ connects: false });
    },
  );

  it('a stopped instance does not answer at its address', async () => {
    const world = await connectedWorld();
    const { ec2, plant, serverId, sim } = world;
    const id = plant({ kind: 'instance', networkInterfaceId: serverId });
    expect(world.connects('10.0.3.10', 80)).toMatchObject({ connects: true });
    ec2('StopInstances', { InstanceIds: [id] });
    await sim.advance(MINUTE);
    expect(world.connects('10.0.3.10', 80)).toMatchObject({
      connects: false,
      by: 'target',
      because: expect.stringContaining(`${id}, which has 10.0.3.10, is stopped.`),
    });
  });
});

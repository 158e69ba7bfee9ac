import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { forwarding } from '../forwarding.js';
import { analyze } from './analyze.js';
import { newAccount, newGroup, newInterface, newSubnet, newVpc } from '../ec2/account.js';
import {
  allow,
  connectedWorld,
  joinByTransit,
  mainTable,
  networkAcl,
  peer,
  route,
  type Row,
} from '../connects/world.js';

/** The world of a link, and what an analysis from an interface of the link says. */
async function analyzed() {
  const world = await connectedWorld();
  const { ec2, subnets } = world;
  const Filters = [{ Name: 'subnet-id', Values: [subnets.a] }];
  const [{ NetworkInterfaceId: linkEni }] = ec2('DescribeNetworkInterfaces', { Filters }).NetworkInterfaces;
  const analyzePath = (path: Row, more: Row = {}) => analyze(world, { Source: linkEni, ...path }, more);
  const codes = async (path: Row, more: Row = {}): Promise<string> => {
    const { NetworkPathFound: isFound, Explanations } = await analyzePath(path, more);
    return isFound ? 'found' : Explanations.map((one: Row) => one['ExplanationCode']).join(' ');
  };
  const address = (id: string): Row =>
    ec2('DescribeNetworkInterfaces', { NetworkInterfaceIds: [id] }).NetworkInterfaces[0];
  return { ...world, linkEni: linkEni as string, analyzePath, codes, address };
}

type Scene = Awaited<ReturnType<typeof analyzed>>;

const WEB = { DestinationPort: 80 };
const toServer = ({ serverId }: Scene): Row => ({ Destination: serverId, ...WEB });
const toFar = ({ farServerId }: Scene): Row => ({ Destination: farServerId, ...WEB });

/** An internet gateway of the link's VPC, with a route to it. */
function internet(scene: Scene): string {
  const { ec2, vpcId: VpcId } = scene;
  const { InternetGatewayId } = ec2('CreateInternetGateway', {}).InternetGateway;
  ec2('AttachInternetGateway', { InternetGatewayId, VpcId });
  route(scene, VpcId, '0.0.0.0/0', { GatewayId: InternetGatewayId });
  return InternetGatewayId;
}

/** Gives the server a public address. */
function publish({ ec2, serverId: NetworkInterfaceId }: Scene): void {
  const { AllocationId } = ec2('AllocateAddress', {});
  ec2('AssociateAddress', { AllocationId, NetworkInterfaceId });
}

/** A network load balancer in front of port 8080 of some addresses: the filter of paths through it. */
async function balancer({ elb, sim, vpcId: VpcId, subnets }: Scene, ...Targets: readonly string[]): Promise<Row> {
  const { LoadBalancerArn } = forwarding(elb, {
    Type: 'network',
    VpcId,
    Subnets: [subnets.back],
    Targets,
    Port: 8080,
  });
  await sim.advance(600_000);
  return { FilterInArns: [LoadBalancerArn] };
}

/** The network ACL of the server allows answers to a few source ports only. */
function fewAnswers(scene: Scene): void {
  const rules = ['in 100 allow -1 - 0.0.0.0/0', 'out 100 allow 6 60000-65535 0.0.0.0/0'];
  networkAcl(scene, scene.subnets.back, rules);
}

/** What each kind of analysis says: a path is found, or the codes of what stops it. */
const KINDS: Readonly<Record<string, (scene: Scene) => Promise<string>>> = {
  'found: the instance of the server, on any port': ({ codes, address, serverId }) =>
    codes({ Destination: address(serverId)['Attachment'].InstanceId }),
  'found: an interface that is attached to nothing': ({ codes, ec2, subnets: { back: SubnetId }, groups }) => {
    const input = { SubnetId, Groups: [groups.server] };
    const { NetworkInterfaceId } = ec2('CreateNetworkInterface', input).NetworkInterface;
    return codes({ Destination: NetworkInterfaceId, ...WEB });
  },
  'SUBNET_ACL_RESTRICTION: no answer to the source ports of the path': (scene) => {
    fewAnswers(scene);
    const FilterAtSource = {
      SourcePortRange: { FromPort: 1024, ToPort: 50_000 },
      DestinationPortRange: { FromPort: 80 },
    };
    return scene.codes({ Destination: scene.serverId, FilterAtSource });
  },
  'found: one source port gets answers': (scene) => {
    fewAnswers(scene);
    return scene.codes(toServer(scene));
  },
  'DISCONNECTED_VPCS: nothing joins the two': (scene) => scene.codes(toFar(scene)),
  'NO_ROUTE_TO_DESTINATION: joined without a route': (scene) => {
    const { ec2, vpcId: VpcId, farVpcId: PeerVpcId } = scene;
    const { VpcPeeringConnectionId } = ec2('CreateVpcPeeringConnection', { VpcId, PeerVpcId }).VpcPeeringConnection;
    ec2('AcceptVpcPeeringConnection', { VpcPeeringConnectionId });
    return scene.codes(toFar(scene));
  },
  'found: a peering': (scene) => scene.codes({ Destination: peer(scene) }),
  'found: over a peering': (scene) => {
    peer(scene);
    return scene.codes(toFar(scene));
  },
  'found: over a transit gateway, without a route back': async (scene) => {
    await joinByTransit(scene);
    const RouteTableId = mainTable(scene, scene.farVpcId);
    scene.ec2('DeleteRoute', { RouteTableId, DestinationCidrBlock: '10.0.0.0/16' });
    return scene.codes(toFar(scene));
  },
  'COMPONENT_FILTER_RESTRICTION_REMOVED_COMPONENT: the path passes it': (scene) => {
    const id = peer(scene);
    const FilterOutArns = [`arn:aws:ec2:eu-west-1:111122223333:vpc-peering-connection/${id}`];
    return scene.codes(toFar(scene), { FilterOutArns });
  },
  'IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS: no public address': (scene) => scene.codes({ Destination: internet(scene) }),
  'found: an address of the internet, behind a NAT gateway': async (scene) => {
    const { ec2, sim, subnets, vpcId: VpcId } = scene;
    internet(scene);
    const { AllocationId } = ec2('AllocateAddress', {});
    const { NatGatewayId } = ec2('CreateNatGateway', { SubnetId: subnets.back, AllocationId }).NatGateway;
    await sim.advance(600_000);
    const { RouteTableId } = ec2('CreateRouteTable', { VpcId }).RouteTable;
    ec2('CreateRoute', { RouteTableId, DestinationCidrBlock: '0.0.0.0/0', NatGatewayId });
    ec2('AssociateRouteTable', { RouteTableId, SubnetId: subnets.a });
    return scene.codes({ FilterAtSource: { DestinationAddress: '1.1.1.1' } });
  },
  'found: the public address of the server': (scene) => {
    const Source = internet(scene);
    publish(scene);
    allow(scene.ec2, 'in', scene.groups.server, { IpRanges: [{ CidrIp: '203.0.113.0/24' }] });
    const DestinationAddress = scene.address(scene.serverId)['Association'].PublicIp;
    return scene.codes({ Source, FilterAtSource: { DestinationAddress, DestinationPortRange: { FromPort: 80 } } });
  },
  'ENI_SG_RULES_MISMATCH: a call of one address of the internet': (scene) => {
    const Source = internet(scene);
    publish(scene);
    return scene.codes({ ...toServer(scene), Source, SourceIp: '198.51.100.7' });
  },
  'found: through a load balancer': async (scene) => {
    const IpRanges = [{ CidrIp: '10.0.3.0/24' }];
    allow(scene.ec2, 'in', scene.groups.server, { IpRanges, FromPort: 8080, ToPort: 8080 });
    return scene.codes(toServer(scene), await balancer(scene, '10.0.3.10'));
  },
  'ELBV2_LISTENER_HAS_NO_TG: no target': async (scene) => scene.codes(toServer(scene), await balancer(scene)),
  'TARGET_ADDRESS_RESTRICTION: another target': async (scene) =>
    scene.codes(toServer(scene), await balancer(scene, '10.0.3.77')),
  'FILTER_AT_SOURCE_SOURCE_ADDRESS: no address of the source': (scene) =>
    scene.codes({ ...toServer(scene), SourceIp: '10.0.1.250' }),
};

describe('an analysis of Reachability Analyzer says', () => {
  it.each(Object.entries(KINDS))('%s', async (kind, ask) => {
    expect(await ask(await analyzed())).toBe(kind.split(':')[0]);
  });

  it('what a path passes, and what stops another', async () => {
    const { analyzePath, linkEni, serverId, groups, subnets, vpcId, address } = await analyzed();
    const path = await analyzePath({ Destination: serverId, ...WEB });
    const passed = path['ForwardPathComponents'].map(({ Component }: Row) =>
      Component.Id.replace(/-[0-9a-f]{17}$/, ''),
    );
    expect(passed).toEqual(['eni', 'sg', 'acl', 'rtb', 'acl', 'sg', 'eni', 'i']);
    expect(path['ReturnPathComponents'][0].Component.Id).toBe(address(serverId)['Attachment'].InstanceId);
    expect(path['ReturnPathComponents'].at(-1)).toMatchObject({ SequenceNumber: 8, Component: { Id: linkEni } });
    const { Explanations } = await analyzePath({ Destination: serverId, DestinationPort: 81 });
    expect(Explanations).toMatchObject([
      {
        ExplanationCode: 'ENI_SG_RULES_MISMATCH',
        Direction: 'ingress',
        NetworkInterface: { Id: serverId, Arn: `arn:aws:ec2:eu-west-1:111122223333:network-interface/${serverId}` },
        SecurityGroups: [{ Id: groups.server }],
        Subnet: { Id: subnets.back },
        Vpc: { Id: vpcId },
      },
    ]);
  });
});

answers('a path', () => {
  const account = newAccount();
  const VpcId = newVpc(account.ec2);
  const SubnetId = newSubnet(account.ec2, VpcId, '10.0.1.0/24');
  const Groups = [newGroup(account.ec2, VpcId, 'all')];
  const ends = [1, 2].map((): string => newInterface(account.ec2, SubnetId, { Groups }).NetworkInterfaceId);
  return { ...account, SubnetId, from: ends[0], to: ends[1] };
})`
  is analyzed in a while, and deleted after its analyses
    CreateNetworkInsightsPath {Source: $from, Destination: 'arn:aws:ec2:us-east-1:111122223333:network-interface/$to',
      Protocol: TCP, TagSpecifications: [{ResourceType: network-insights-path, Tags: [{Key: a, Value: b}]}]}
      -> {NetworkInsightsPath: {Source: $from, Destination: $to, Protocol: tcp, Tags: [{Key: a, Value: b}],
      NetworkInsightsPathId: /^nip-/, SourceArn: 'arn:aws:ec2:us-east-1:111122223333:network-interface/$from'}}
    StartNetworkInsightsAnalysis {NetworkInsightsPathId: $NetworkInsightsPathId, ClientToken: one}
      -> {NetworkInsightsAnalysis: {Status: running, NetworkInsightsAnalysisId: /^nia-/}}
    StartNetworkInsightsAnalysis {NetworkInsightsPathId: $NetworkInsightsPathId, ClientToken: one}
    DeleteNetworkInsightsPath {NetworkInsightsPathId: $NetworkInsightsPathId} !AnalysisExistsForNetworkInsightsPath
    advance 60000
    DescribeNetworkInsightsAnalyses {NetworkInsightsPathId: $NetworkInsightsPathId}
      -> {NetworkInsightsAnalyses: [{Status: succeeded, NetworkPathFound: false,
      Explanations: [{ExplanationCode: SG_HAS_NO_RULES, Direction: ingress}]}], NetworkInsightsAnalyses.length: 1}
    DescribeNetworkInsightsAnalyses {Filters: [{Name: path-found, Values: ['true']}]} == {NetworkInsightsAnalyses: []}
    DeleteTags {Resources: [$NetworkInsightsPathId]}
    DescribeNetworkInsightsPaths {NetworkInsightsPathIds: [$NetworkInsightsPathId]} -> {NetworkInsightsPaths: [{Tags: []}]}
    DeleteNetworkInsightsAnalysis {NetworkInsightsAnalysisId: $NetworkInsightsAnalysisId}
    DeleteNetworkInsightsPath {NetworkInsightsPathId: $NetworkInsightsPathId}
    StartNetworkInsightsAnalysis {NetworkInsightsPathId: $NetworkInsightsPathId} !InvalidNetworkInsightsPathId.NotFound
  has analyses for 120 days
    CreateNetworkInsightsPath {Source: $from, Destination: $to, Protocol: tcp}
    StartNetworkInsightsAnalysis {NetworkInsightsPathId: $NetworkInsightsPathId}
    advance 10368000000
    DescribeNetworkInsightsAnalyses -> {NetworkInsightsAnalyses: [{Status: succeeded}]}
    advance 60000
    DescribeNetworkInsightsAnalyses -> {NetworkInsightsAnalyses: []}
  whose end is deleted leads nowhere
    CreateNetworkInsightsPath {Source: $from, Destination: $to, Protocol: tcp}
    DeleteNetworkInterface {NetworkInterfaceId: $to}
    StartNetworkInsightsAnalysis {NetworkInsightsPathId: $NetworkInsightsPathId}
    advance 60000
    DescribeNetworkInsightsAnalyses
      -> {NetworkInsightsAnalyses: [{Explanations: [{ExplanationCode: NO_SOURCE_OR_DESTINATION, NetworkInterface: {Id: $to}}]}]}
  has ends that the analyzer takes
    CreateNetworkInsightsPath {Source: abc123, Destination: $to, Protocol: tcp}
      !InvalidParameterValue: Value (abc123) for parameter Source is invalid. The resource type is not supported.
    CreateNetworkInsightsPath {Source: $from, Destination: $SubnetId, Protocol: tcp} !InvalidParameterValue
    CreateNetworkInsightsPath {Source: eni-0123456789abcdef0, Destination: $to, Protocol: tcp} !NetworkInsightsSource.NotFound
    CreateNetworkInsightsPath {Source: $from, Destination: igw-0123456789abcdef0, Protocol: tcp} !NetworkInsightsDestination.NotFound
    CreateNetworkInsightsPath {Source: tgw-0123456789abcdef0, Destination: $to, Protocol: tcp} !UnsupportedOperation
    CreateNetworkInsightsPath {Source: $from, Destination: $to, Protocol: udp} !UnsupportedOperation
    CreateNetworkInsightsPath {Source: $from, Protocol: tcp} !MissingParameter
    CreateNetworkInsightsPath {Source: $from, Destination: $to, Protocol: tcp, DestinationPort: 80, FilterAtSource: {}}
      !InvalidParameterCombination
`;

// The network of the gateways of AWS: a VPC of the simulated AWS with two subnets for links and two for backends, and two servers.
import { simulate } from '../../packages/simulator/dist/index.js';

export const REGION = 'eu-west-1';

/** A simulation with such a network, and how its services are called in this process. */
export function builtNetwork(options) {
  const simulation = simulate({ seed: 7, ...options });
  const call = (service) => (operation, input) => simulation.call({ service, operation, region: REGION }, input);
  const ec2 = call('ec2');
  const { VpcId } = ec2('CreateVpc', { CidrBlock: '10.20.0.0/16' }).Vpc;
  const subnet = (CidrBlock, zone) =>
    ec2('CreateSubnet', { VpcId, CidrBlock, AvailabilityZone: `${REGION}${zone}` }).Subnet.SubnetId;
  const subnetIds = [subnet('10.20.0.0/19', 'a'), subnet('10.20.32.0/19', 'b')];
  const app = [subnet('10.20.128.0/20', 'a'), subnet('10.20.144.0/20', 'b')];
  const group = (GroupName) => ec2('CreateSecurityGroup', { VpcId, GroupName, Description: GroupName }).GroupId;
  const admit = (GroupId, FromPort, ToPort, from) =>
    ec2('AuthorizeSecurityGroupIngress', {
      GroupId,
      IpPermissions: [{ IpProtocol: 'tcp', FromPort, ToPort, ...from }],
    });
  const servers = group('servers');
  admit(servers, 8080, 8080, { IpRanges: [{ CidrIp: '10.20.0.0/16' }] });
  const targets = app.map((SubnetId) => {
    const { NetworkInterface: made } = ec2('CreateNetworkInterface', { SubnetId, Groups: [servers] });
    simulation.plant(REGION, { kind: 'instance', networkInterfaceId: made.NetworkInterfaceId });
    return { Id: made.PrivateIpAddress };
  });
  return {
    simulation,
    elb: call('elasticloadbalancingv2'),
    http: call('apigatewayv2'),
    rest: call('apigateway'),
    VpcId,
    subnetIds,
    app,
    targets,
    group,
    admit,
  };
}

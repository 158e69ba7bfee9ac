import {
  simulate,
  type ServiceError,
  type ServiceName,
  type SimulateOptions,
} from '../../../src/internal/simulation.js';

type Row = Readonly<Record<string, any>>;

export const REGION = 'eu-west-1';
export const ACCOUNT = '111122223333';

/** Code and message of a refusal; undefined if the call succeeded. */
export type Refusal = { readonly code: string; readonly message: string; readonly status: number } | undefined;

/** One simulated account on manual time, called without a wire. It has the default VPC, with three subnets in three zones. */
export function newAccount(options: SimulateOptions & { readonly region?: string } = {}) {
  const { region = REGION, ...settings } = options;
  const sim = simulate({ seed: 7, ...settings });
  const call = (service: ServiceName, operation: string, input: Row = {}): any =>
    sim.call({ service, operation, region }, input);
  const refusal = (service: ServiceName, operation: string, input: Row = {}): Refusal => {
    try {
      call(service, operation, input);
      return undefined;
    } catch (error) {
      const { code, message, status } = error as ServiceError;
      return { code, message, status };
    }
  };
  const ec2 = (operation: string, input: Row = {}): any => call('ec2', operation, input);
  const elb = (operation: string, input: Row = {}): any => call('elasticloadbalancingv2', operation, input);
  const vpcId: string = ec2('DescribeVpcs').Vpcs[0].VpcId;
  const subnetIds: string[] = ec2('DescribeSubnets').Subnets.map(({ SubnetId }: Row) => SubnetId);
  const interfaces = (): Row[] => ec2('DescribeNetworkInterfaces').NetworkInterfaces;
  return {
    sim,
    vpcId,
    subnetIds,
    ec2,
    elb,
    call,
    answer: (operation: string, input: Row, service: any = 'elasticloadbalancingv2') => call(service, operation, input),
    interfaces,
    refusalOf: refusal,
    refusal: (operation: string, input: Row = {}): Refusal => refusal('elasticloadbalancingv2', operation, input),
    advance: (ms: number) => sim.advance(ms),
    group: (name = 'lb', vpc = vpcId): string =>
      ec2('CreateSecurityGroup', { GroupName: name, Description: name, VpcId: vpc }).GroupId,
    /** Another VPC with two subnets and no internet gateway. */
    otherVpc(block = '10.9'): { vpcId: string; subnetIds: string[] } {
      const other: string = ec2('CreateVpc', { CidrBlock: `${block}.0.0/16` }).Vpc.VpcId;
      const subnets = ['a', 'b'].map(
        (zone, index) =>
          ec2('CreateSubnet', {
            VpcId: other,
            CidrBlock: `${block}.${index}.0/24`,
            AvailabilityZone: `${region}${zone}`,
          }).Subnet.SubnetId,
      );
      return { vpcId: other, subnetIds: subnets };
    },
    balancer(name = 'orders', input: Row = {}): Row {
      return elb('CreateLoadBalancer', { Name: name, Subnets: subnetIds, Scheme: 'internal', ...input })
        .LoadBalancers[0];
    },
    targetGroup(name = 'orders', input: Row = {}): Row {
      const lambda = input['TargetType'] === 'lambda';
      const place = lambda ? {} : { Protocol: 'HTTP', Port: 8080, VpcId: vpcId, TargetType: 'ip' };
      return elb('CreateTargetGroup', { Name: name, ...place, ...input }).TargetGroups[0];
    },
    listener(balancer: Row, group: Row, input: Row = {}): Row {
      return elb('CreateListener', {
        LoadBalancerArn: balancer['LoadBalancerArn'],
        Protocol: balancer['Type'] === 'network' ? 'TCP' : 'HTTP',
        Port: 80,
        DefaultActions: [forward(group)],
        ...input,
      }).Listeners[0];
    },
    /** A certificate that ACM has issued. */
    async certificate(domain = 'orders.example.com'): Promise<string> {
      const { CertificateArn } = call('acm', 'RequestCertificate', { DomainName: domain, ValidationMethod: 'DNS' });
      await sim.advance(600_000);
      return CertificateArn;
    },
    /** An address of the first subnet; nothing uses it. */
    address(host = 77): string {
      const { CidrBlock } = ec2('DescribeSubnets', { SubnetIds: [subnetIds[0]] }).Subnets[0];
      return CidrBlock.replace(/\.\d+\/\d+$/, `.${host}`);
    },
  };
}

export type Account = ReturnType<typeof newAccount>;

export const forward = (group: Row): Row => ({ Type: 'forward', TargetGroupArn: group['TargetGroupArn'] });
export const FIXED: Row = { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } };

/** A list of attributes as an object. */
export const asObject = (attributes: readonly Row[]): Record<string, string> =>
  Object.fromEntries(attributes.map(({ Key, Value }) => [Key, Value]));

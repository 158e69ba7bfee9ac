import { newAccount } from '../../aws/load-balancing/account.js';
import type { Values } from './values.js';

/** Why the simulated cloud refuses a configuration, as an apply calls it; undefined: it accepts all. */
export function refusalOf(values: Values): string | undefined {
  const { call, sim } = newAccount();
  try {
    create(values, (service, operation, input) => call(service, operation, withoutNull(input)));
    return undefined;
  } catch (error) {
    const { code, message } = error as { readonly code?: string; readonly message: string };
    if (code === undefined) throw error;
    return `${code}: ${message}`;
  } finally {
    void sim;
  }
}

type Call = (service: any, operation: string, input: Values) => any;

class Taken extends Error {
  readonly code = 'Taken';
}

const withoutNull = (input: Values): Values =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null && value !== undefined));

function create(values: Values, call: Call): void {
  const ec2 = (operation: string, input: Values) => call('ec2', operation, input);
  const elb = (operation: string, input: Values) => call('elasticloadbalancingv2', operation, input);
  const http = (operation: string, input: Values) => call('apigatewayv2', operation, input);
  const restApi = (operation: string, input: Values) => call('apigateway', operation, input);
  const ids: Record<string, string> = {};
  const VpcId = ec2('CreateVpc', { CidrBlock: '10.0.0.0/16' }).Vpc.VpcId;
  for (const [name, { block, zone }] of entries(values['subnets']))
    ids[name] = ec2('CreateSubnet', { VpcId, CidrBlock: block, AvailabilityZone: `eu-west-1${zone}` }).Subnet.SubnetId;
  for (const [key, GroupName] of entries(values['groups']))
    ids[key] = ec2('CreateSecurityGroup', { VpcId, GroupName, Description: values['description'] }).GroupId;
  for (const { protocol, from, to, block } of values['rules'])
    ec2('AuthorizeSecurityGroupIngress', {
      GroupId: ids['balancer'],
      IpPermissions: [{ IpProtocol: protocol, FromPort: from, ToPort: to, IpRanges: [{ CidrIp: block }] }],
    });
  ec2('CreateNetworkInterface', { SubnetId: ids['a'], PrivateIpAddress: '10.0.0.100', Groups: [ids['backend']] });
  const balancers: Record<string, string> = {};
  const names = new Set<string>();
  // The provider of Terraform looks a name up before it creates: one that is there is an error, whatever its settings.
  // https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/elbv2/load_balancer.go, target_group.go
  const unused = (name: string): string => {
    if (names.has(name)) throw new Taken(`${name} already exists`);
    names.add(name);
    return name;
  };
  for (const [key, { name, type, subnets }] of entries(values['balancers']))
    balancers[key] = elb('CreateLoadBalancer', {
      Name: unused(name),
      Type: type,
      Scheme: 'internal',
      Subnets: subnets.map((one: string) => ids[one]),
      SecurityGroups: [ids['balancer']],
    }).LoadBalancers[0].LoadBalancerArn;
  names.clear();
  const groups: Record<string, string> = {};
  for (const [key, one] of entries(values['targetGroups'])) {
    const check = one.health_check ?? {};
    groups[key] = elb('CreateTargetGroup', {
      Name: unused(one.name),
      VpcId,
      Port: one.port,
      Protocol: one.protocol,
      TargetType: one.target_type,
      ProtocolVersion: one.protocol_version,
      HealthCheckEnabled: check.enabled,
      HealthCheckProtocol: check.protocol,
      HealthCheckPort: check.port,
      HealthCheckPath: check.path,
      HealthCheckIntervalSeconds: check.interval,
      HealthCheckTimeoutSeconds: check.timeout,
      HealthyThresholdCount: check.healthy_threshold,
      UnhealthyThresholdCount: check.unhealthy_threshold,
      ...(check.matcher === undefined
        ? {}
        : { Matcher: one.protocol_version === 'GRPC' ? { GrpcCode: check.matcher } : { HttpCode: check.matcher } }),
    }).TargetGroups[0].TargetGroupArn;
  }
  const action = (type: string, group: string): Values =>
    type === 'forward'
      ? { Type: type, TargetGroupArn: groups[group] }
      : { Type: type, FixedResponseConfig: { StatusCode: '404', ContentType: 'text/plain' } };
  const listeners: Record<string, string> = {};
  for (const [key, { balancer, port, protocol, action: type, group }] of entries(values['listeners']))
    listeners[key] = elb('CreateListener', {
      LoadBalancerArn: balancers[balancer],
      Port: port,
      Protocol: protocol,
      DefaultActions: [action(type, group)],
    }).Listeners[0].ListenerArn;
  values['listenerRules'].forEach(({ priority, action: type, group }: Values, at: number) =>
    elb('CreateRule', {
      ListenerArn: listeners['shop'],
      Priority: priority,
      Actions: [action(type, group)],
      Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: [`/r${at}`] } }],
    }),
  );
  for (const [key, target] of entries(values['targets']))
    elb('RegisterTargets', {
      TargetGroupArn: groups[key],
      Targets: [{ Id: target === 'balancer' ? balancers['nlb'] : target }],
    });
  const { integration, rest } = values;
  const links: Values = {
    v2: http('CreateVpcLink', { Name: 'main', SubnetIds: [ids['a'], ids['b']], SecurityGroupIds: [ids['link']] })
      .VpcLinkId,
    v1: restApi('CreateVpcLink', { name: 'main', targetArns: [balancers['nlb']] }).id,
  };
  const uris: Values = {
    listener: listeners['shop'],
    balancer: balancers['shop'],
    group: groups['shop'],
    name: 'internal-shop.elb.amazonaws.com',
    http: 'http://shop.example.com',
  };
  const { ApiId } = http('CreateApi', { Name: 'main', ProtocolType: 'HTTP' });
  const { IntegrationId } = http('CreateIntegration', {
    ApiId,
    ConnectionType: 'VPC_LINK',
    ConnectionId: links[integration.link],
    IntegrationType: integration.type,
    IntegrationMethod: integration.method,
    PayloadFormatVersion: integration.format,
    TimeoutInMillis: integration.timeout,
    RequestParameters: integration.parameters,
    IntegrationUri: uris[integration.uri],
  });
  for (const RouteKey of values['keys'])
    http('CreateRoute', { ApiId, RouteKey, Target: `integrations/${IntegrationId}` });
  for (const StageName of values['stages']) http('CreateStage', { ApiId, StageName, AutoDeploy: true });
  const { id: restApiId, rootResourceId } = restApi('CreateRestApi', { name: 'main' });
  const resource = (parentId: string, pathPart: string) =>
    restApi('CreateResource', { restApiId, parentId, pathPart }).id as string;
  const [first, second, third] = rest.parts;
  const resourceId = resource(resource(rootResourceId, first), second);
  resource(rootResourceId, third);
  const at = { restApiId, resourceId, httpMethod: rest.verb };
  restApi('PutMethod', { ...at, authorizationType: 'NONE', requestParameters: rest.declared });
  restApi('PutIntegration', {
    ...at,
    type: rest.type,
    integrationHttpMethod: rest.method,
    uri: rest.uri,
    timeoutInMillis: rest.timeout,
    requestParameters: rest.parameters,
    connectionType: 'VPC_LINK',
    connectionId: links[rest.link],
    integrationTarget: rest.target === true ? balancers['shop'] : undefined,
  });
}

const entries = (of: Values): [string, any][] => Object.entries(of);

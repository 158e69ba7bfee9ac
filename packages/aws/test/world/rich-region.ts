import { createContext } from '@postern/core/internal/library';
import { simulate, type Simulation } from '@postern/simulator';
import { aws, type AwsClients } from '../../src/index.js';
import { buildChecksWorld, type ChecksWorld } from './checks-world.js';
import { httpApi, vpcLink } from './refs.js';
import { OWNER, REGION } from './simulated.js';

/** A region with one of nearly all that checks read: the world of {@link buildChecksWorld} with a link, routes and what calls pass. */
export async function richRegion() {
  const simulation = simulate({ seed: 7, clock: 'auto' });
  const world = await buildChecksWorld(simulation, REGION);
  const ctx = createContext({ clock: simulation.clock, random: () => 0.5 });
  const driverOf = (clients: AwsClients = {}) =>
    aws({ region: REGION, clients: { ...simulation.clients(REGION), ...clients } });
  const driver = driverOf();
  const { id: linkId } = await driver.links.create(
    'vpc-link-v2',
    { name: 'orders', owner: OWNER, subnetIds: world.subnetIds, securityGroupIds: [world.linkGroup], tags: {} },
    ctx,
  );
  const { CertificateArn: edgeCertificate } = simulation.call(
    { service: 'acm', operation: 'RequestCertificate', region: 'us-east-1' },
    { DomainName: 'edge.example.com', ValidationMethod: 'DNS' },
  ) as { CertificateArn: string };
  await simulation.advance(900_000);
  for (const [key, id] of [
    ['GET /raw', world.tcpListener],
    ['GET /orders', world.serviceArn],
  ] as const) {
    const ref = id === world.serviceArn ? { service: id } : { listener: id };
    const target = await driver.targets.resolve(ref, {}, ctx);
    const use = { target, path: 'overwrite' } as const;
    await driver.routes.create({ gateway: httpApi(world.apiId), key, link: vpcLink(linkId), use, owner: OWNER }, ctx);
  }
  // Its stage has no automatic deployment, so that an export shows what it serves.
  simulation.call(
    { service: 'apigatewayv2', operation: 'CreateDeployment', region: REGION },
    { ApiId: world.apiId, StageName: 'prod' },
  );
  const ecsService = addEcsService(simulation, world);
  addScalingGroup(simulation, world);
  const restApiId = addRestApi(simulation, { linkId, loadBalancerArn: world.albArn });
  addDomains(simulation, world, { restApiId, edgeCertificate });
  addEndpoint(simulation, world);
  await simulation.advance(1_200_000);
  return { simulation, world, driver, driverOf, ctx, linkId, restApiId, ecsService };
}

/** An endpoint for a service in front of the network load balancer. */
function addEndpoint(simulation: Simulation, { nlbArn, vpcId, subnetIds }: ChecksWorld): void {
  const ec2 = (operation: string, input: object): any =>
    simulation.call({ service: 'ec2', operation, region: REGION }, input);
  const configuration = { NetworkLoadBalancerArns: [nlbArn], PrivateDnsName: 'orders.example.com' };
  const { ServiceName } = ec2('CreateVpcEndpointServiceConfiguration', configuration).ServiceConfiguration;
  const endpoint = { VpcEndpointType: 'Interface', VpcId: vpcId, ServiceName, SubnetIds: subnetIds };
  ec2('CreateVpcEndpoint', { ...endpoint, PrivateDnsEnabled: false });
}

/** An ECS service behind the load balancer, whose tasks cannot pull their image: it gives up after three. */
function addEcsService(simulation: Simulation, { httpsListener, subnetIds, backendGroup }: ChecksWorld): string {
  const call = (service: 'ecs' | 'elasticloadbalancingv2', operation: string, input: object): any =>
    simulation.call({ service, operation, region: REGION }, input);
  const { Listeners } = call('elasticloadbalancingv2', 'DescribeListeners', { ListenerArns: [httpsListener] });
  call('ecs', 'CreateCluster', { clusterName: 'shop' });
  call('ecs', 'RegisterTaskDefinition', {
    family: 'orders',
    requiresCompatibilities: ['FARGATE'],
    networkMode: 'awsvpc',
    cpu: '256',
    memory: '512',
    containerDefinitions: [{ name: 'web', image: 'example.com/orders:1', portMappings: [{ containerPort: 8080 }] }],
  });
  return call('ecs', 'CreateService', {
    cluster: 'shop',
    serviceName: 'orders',
    taskDefinition: 'orders',
    desiredCount: 1,
    launchType: 'FARGATE',
    deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: false } },
    networkConfiguration: { awsvpcConfiguration: { subnets: [...subnetIds], securityGroups: [backendGroup] } },
    loadBalancers: [
      { targetGroupArn: Listeners[0].DefaultActions[0].TargetGroupArn, containerName: 'web', containerPort: 8080 },
    ],
  }).service.serviceArn;
}

/**
 * An Auto Scaling group with a target group that no listener forwards to. Its launches fail: a security group of its template is gone.
 */
function addScalingGroup(simulation: Simulation, { vpcId, subnetIds, backendGroup }: ChecksWorld): void {
  const call = (service: 'autoscaling' | 'ec2' | 'elasticloadbalancingv2', operation: string, input: object): any =>
    simulation.call({ service, operation, region: REGION }, input);
  const target = { Name: 'web', VpcId: vpcId, Protocol: 'HTTP', Port: 8080, TargetType: 'instance' };
  const { TargetGroups } = call('elasticloadbalancingv2', 'CreateTargetGroup', target);
  const { GroupId } = call('ec2', 'CreateSecurityGroup', { VpcId: vpcId, GroupName: 'gone', Description: 'gone' });
  call('ec2', 'CreateLaunchTemplate', {
    LaunchTemplateName: 'web',
    LaunchTemplateData: {
      ImageId: 'ami-0a1b2c3d4e5f60718',
      InstanceType: 't3.micro',
      NetworkInterfaces: [{ DeviceIndex: 0, Groups: [backendGroup, GroupId] }],
      UserData: Buffer.from('echo hunter2').toString('base64'),
    },
  });
  call('ec2', 'DeleteSecurityGroup', { GroupId });
  call('autoscaling', 'CreateAutoScalingGroup', {
    AutoScalingGroupName: 'web',
    LaunchTemplate: { LaunchTemplateName: 'web', Version: '$Latest' },
    MinSize: 1,
    MaxSize: 2,
    VPCZoneIdentifier: subnetIds.join(','),
    TargetGroupARNs: [TargetGroups[0].TargetGroupArn],
  });
}

/** A regional domain name with two mappings and mutual TLS, and an edge-optimized one, which V1 manages. */
function addDomains(
  simulation: Simulation,
  { otherCertificate, apiId }: ChecksWorld,
  { restApiId, edgeCertificate }: { readonly restApiId: string; readonly edgeCertificate: string },
): void {
  const http = (operation: string, input: Readonly<Record<string, unknown>>): any =>
    simulation.call({ service: 'apigatewayv2', operation, region: REGION }, input);
  http('CreateDomainName', {
    DomainName: 'other.example.com',
    DomainNameConfigurations: [{ CertificateArn: otherCertificate }],
    MutualTlsAuthentication: { TruststoreUri: 's3://shop/truststore.pem' },
  });
  const mapping = { DomainName: 'other.example.com', ApiId: apiId, Stage: 'prod' };
  http('CreateApiMapping', { ...mapping, ApiMappingKey: 'orders/v1' });
  http('CreateApiMapping', mapping);
  const rest = (operation: string, input: Readonly<Record<string, unknown>>): void =>
    void simulation.call({ service: 'apigateway', operation, region: REGION }, input);
  const domainName = 'edge.example.com';
  rest('CreateDomainName', {
    domainName,
    certificateArn: edgeCertificate,
    endpointConfiguration: { types: ['EDGE'] },
    securityPolicy: 'TLS_1_0',
  });
  rest('CreateBasePathMapping', { domainName, restApiId, basePath: 'v1' });
}

/**
 * A REST API whose stage serves two private integrations: one that the working copy has no more, and one that stage
 * variables name.
 */
function addRestApi(simulation: Simulation, to: { readonly linkId: string; readonly loadBalancerArn: string }): string {
  const rest = (operation: string, input: Readonly<Record<string, unknown>>): any =>
    simulation.call({ service: 'apigateway', operation, region: REGION }, input);
  const { id: restApiId, rootResourceId } = rest('CreateRestApi', { name: 'rest' });
  const { id: oldId } = rest('CreateResource', { restApiId, parentId: rootResourceId, pathPart: 'old' });
  const method = (resourceId: string, connectionId: string, uri: string): void => {
    const place = { restApiId, resourceId, httpMethod: 'GET' };
    rest('PutMethod', { ...place, authorizationType: 'NONE' });
    rest('PutIntegration', {
      ...place,
      type: 'HTTP_PROXY',
      integrationHttpMethod: 'GET',
      uri,
      connectionType: 'VPC_LINK',
      connectionId,
      integrationTarget: to.loadBalancerArn,
    });
  };
  const keyed = { op: 'replace', path: '/apiKeyRequired', value: 'true' };
  method(rootResourceId, '${stageVariables.link}', 'https://${stageVariables.host}/');
  method(oldId, to.linkId, 'http://old.internal.example.com/old');
  rest('UpdateMethod', { restApiId, resourceId: rootResourceId, httpMethod: 'GET', patchOperations: [keyed] });
  const { id: deploymentId } = rest('CreateDeployment', { restApiId });
  const variables = { link: to.linkId, host: 'shop.internal.example.com' };
  rest('CreateStage', { restApiId, stageName: 'prod', deploymentId, variables });
  const { clientCertificateId: value } = rest('GenerateClientCertificate', {});
  const patchOperations = [{ op: 'replace', path: '/clientCertificateId', value }];
  rest('UpdateStage', { restApiId, stageName: 'prod', patchOperations });
  rest('DeleteResource', { restApiId, resourceId: oldId });
  return restApiId;
}

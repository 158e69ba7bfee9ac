/* eslint-disable no-new -- a construct is made for its place in the app */
// A CDK app whose private integrations are judged at each synth: by a load balancer, by Cloud Map, and of a REST API by a network load
// balancer. With REMEDY=followed it has what the report says to do.
import { PosternValidation } from '@postern/cdk';
import { App, Stack, Validations } from 'aws-cdk-lib';
import * as rest from 'aws-cdk-lib/aws-apigateway';
import * as http from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpAlbIntegration, HttpServiceDiscoveryIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { CfnNetworkInterface, Peer, Port, SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import * as balancing from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import { DnsRecordType, PrivateDnsNamespace } from 'aws-cdk-lib/aws-servicediscovery';

const isFollowed = process.env.REMEDY === 'followed';
const app = new App();
const env = { region: 'eu-west-1' };

const network = new Stack(app, 'Network', { env });
const subnets = { subnetType: SubnetType.PRIVATE_ISOLATED };
const vpc = new Vpc(network, 'Vpc', {
  maxAzs: 2,
  natGateways: 0,
  subnetConfiguration: [{ name: 'private', ...subnets, cidrMask: 24 }],
});

/** Where a program answers on port 8080. */
function backend(stack, id, privateIpAddress) {
  const group = new SecurityGroup(stack, `${id}Group`, { vpc });
  group.addIngressRule(Peer.ipv4(vpc.vpcCidrBlock), Port.tcp(8080));
  const [{ subnetId }] = vpc.isolatedSubnets;
  new CfnNetworkInterface(stack, id, { subnetId, privateIpAddress, groupSet: [group.securityGroupId] });
}

// An HTTP API, whose link calls a load balancer.
const orders = new Stack(app, 'Orders', { env });
backend(orders, 'Backend', '10.0.0.100');
const ofLink = new SecurityGroup(orders, 'LinkGroup', { vpc });
const ofBalancer = new SecurityGroup(orders, 'BalancerGroup', { vpc });
ofBalancer.addIngressRule(ofLink, Port.tcp(isFollowed ? 80 : 8080));
const balancer = new balancing.ApplicationLoadBalancer(orders, 'Balancer', { vpc, securityGroup: ofBalancer });
const listener = balancer.addListener('Http', { port: 80, open: false });
listener.addTargets('Orders', { port: 8080, targets: [new IpTarget('10.0.0.100')] });
const link = new http.VpcLink(orders, 'Link', { vpc, subnets, securityGroups: [ofLink] });
const api = new http.HttpApi(orders, 'Api');
api.addRoutes({
  path: '/orders',
  methods: [http.HttpMethod.GET],
  integration: new HttpAlbIntegration('Orders', listener, { vpcLink: link }),
});

// The same API and link, and a service that is found by Cloud Map.
const namespace = new PrivateDnsNamespace(orders, 'Namespace', { name: 'shop.internal', vpc });
const service = namespace.createService('Stock', { dnsRecordType: DnsRecordType.SRV });
service.registerIpInstance('Instance', { ipv4: '10.0.0.100', port: 8080 });
api.addRoutes({
  path: '/stock',
  methods: [http.HttpMethod.GET],
  integration: new HttpServiceDiscoveryIntegration('Stock', service, { vpcLink: link }),
});

// A REST API, whose link calls a network load balancer.
const invoices = new Stack(app, 'Invoices', { env });
backend(invoices, 'Backend', '10.0.0.101');
const forwarding = new balancing.NetworkLoadBalancer(invoices, 'Balancer', { vpc, crossZoneEnabled: true });
forwarding
  .addListener('Tcp', { port: 80 })
  .addTargets('Invoices', { port: 8080, targets: [new IpTarget('10.0.0.101')], preserveClientIp: false });
const vpcLink = new rest.VpcLink(invoices, 'Link', { targets: [forwarding] });
const uri = `http://${forwarding.loadBalancerDnsName}:${isFollowed ? 80 : 81}/invoices`;
new rest.RestApi(invoices, 'Api').root.addResource('invoices').addMethod(
  'GET',
  new rest.Integration({
    type: rest.IntegrationType.HTTP_PROXY,
    integrationHttpMethod: 'GET',
    uri,
    options: { connectionType: rest.ConnectionType.VPC_LINK, vpcLink },
  }),
);

Validations.of(app).addPlugins(
  new PosternValidation({ snapshot: new URL('../terraform/base.json', import.meta.url).pathname }),
);
app.synth();

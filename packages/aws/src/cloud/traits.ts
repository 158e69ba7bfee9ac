import { API_GATEWAY_QUOTAS as QUOTAS } from './quotas/api-gateway.js';
import { AWS_QUOTAS } from './quotas/quotas.js';
import { BALANCER_QUOTAS, LOAD_BALANCER_QUOTAS } from './quotas/load-balancers.js';
import { MESSAGE_KEY, ROUTE_KEY, defineTraits, reservedRanges, type ReservedByCloud } from '@postern/core/kinds';
import { restApis } from '../rest-apis/door/cloud.js';
import { BALANCER_HOST, DEFAULT_ENDPOINT, NEW_ROUTE, THROTTLED } from './gateway-parts.js';
import type { PlanTraits } from '@postern/core/adapter';

/**
 * VPC links have no hourly price. An integration names a listener or a Cloud Map service directly, so that no resource is
 * created for a target. The security groups of a link are fixed when it is created.
 * @see https://aws.amazon.com/api-gateway/pricing/
 */
const VPC_LINK: PlanTraits = {
  linksCostMoney: false,
  targetsAreResources: false,
  allowlistNeedsCreation: true,
  allowlistHasPorts: true,
};

const TARGET_ADVICE =
  'Put a load balancer in front of it and write its listener, or register it in AWS Cloud Map and write its service.';

const VPC_BLOCKS = 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html';
const DNS = 'https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html';
const METADATA = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html';
const TIME = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/set-time.html';

/** What no VPC can be, and the services of every VPC. */
const AWS_RESERVED: ReservedByCloud = {
  ranges: reservedRanges([
    ['0.0.0.0/8', 'not allowed as block of a VPC', VPC_BLOCKS],
    ['127.0.0.0/8', 'not allowed as block of a VPC', VPC_BLOCKS],
    ['169.254.0.0/16', 'not allowed as block of a VPC', VPC_BLOCKS],
    ['224.0.0.0/4', 'not allowed as block of a VPC', VPC_BLOCKS],
    ['169.254.169.253/32', 'DNS resolver of the VPC', DNS],
    ['fd00:ec2::253/128', 'DNS resolver of the VPC', DNS],
    ['169.254.169.254/32', 'instance metadata', METADATA],
    ['fd00:ec2::254/128', 'instance metadata', METADATA],
    ['169.254.169.123/32', 'time service', TIME],
    ['fd00:ec2::123/128', 'time service', TIME],
  ]),
  subnets: {
    first: 4,
    last: 1,
    ipv6: true,
    source: 'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html',
  },
};

/**
 * AWS. Stages of an HTTP API without AutoDeploy need a deployment.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-links-v2.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-nlb-for-vpclink-using-console.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-tagging-supported-resources.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/getting-started-client-side-ssl-authentication.html
 */
export const AWS_TRAITS = defineTraits({
  name: 'aws',
  title: 'AWS',
  quotas: AWS_QUOTAS,
  quotasReadOn: '2026-11-23',
  quotasRead: { permission: 'servicequotas:ListServiceQuotas', console: 'the console of Service Quotas' },
  balancers: BALANCER_QUOTAS,
  network: {
    account: {
      form: /^\d{12}$/,
      example: '111122223333',
      fault: 'expected an AWS account ID of twelve digits',
      remedy: 'Write all twelve digits, in quotes.',
    },
    aclEntriesAreNumbered: true,
    loadBalancersFailOpen: true,
    readsTargetHealth: 'elasticloadbalancing:DescribeTargetHealth',
    clientAddressesStayNear: true,
    groupsReachPeers: true,
    addressesAreInterfaces: true,
    routersAreListed: true,
    natHasDestinations: false,
    groupsMayServeOtherNetworks: {
      documented: 'AWS documents associated groups for REST APIs of API Gateway only',
      listed: '`aws ec2 describe-security-group-vpc-associations` lists associations',
    },
    emptyZonesLeaveDns: true,
    groupRulesHavePriorities: false,
    publicBalancersStandOutside: false,
    reserved: AWS_RESERVED,
  },
  links: {
    'vpc-link-v2': {
      title: 'a VPC link V2',
      createdOn: 'aws',
      createdFrom: 'subnets',
      plans: VPC_LINK,
      callsFrom: 'subnets',
      allowlist: 'security group',
      targets: ['listener', 'service'],
      targetAdvice: TARGET_ADVICE,
      quota: QUOTAS['vpc-links'],
      settings: [],
      groupPerZone: false,
      quotas: {
        subnets: QUOTAS['subnets-per-vpc-link'],
        groups: LOAD_BALANCER_QUOTAS['security-groups-per-interface'],
        tags: QUOTAS['tags-per-resource'],
      },
      fallsInactive: true,
      sharedSubnetsNeedGroup: true,
      obeysEncryptionControls: true,
    },
    'vpc-link-v1': {
      title: 'a VPC link V1',
      createdOn: 'aws',
      createdFrom: 'loadBalancer',
      plans: { ...VPC_LINK, allowlistNeedsCreation: false },
      callsFrom: 'load balancer',
      callers: 'API Gateway (PrivateLink)',
      balancerKind: 'network',
      targets: ['listener'],
      targetAdvice: TARGET_ADVICE,
      quota: QUOTAS['vpc-links-v1'],
      settings: [],
      groupPerZone: false,
      quotas: { tags: QUOTAS['tags-per-resource'] },
    },
  },
  gateways: {
    'http-api': {
      ref: 'httpApi',
      provider: 'aws',
      title: 'an HTTP API',
      example: 'a1b2c3d4e5',
      ids: /^[A-Za-z0-9]{1,64}$/,
      namedById: DEFAULT_ENDPOINT,
      stagesShowInPaths: true,
      keys: ROUTE_KEY,
      newRoute: { ...NEW_ROUTE, timeoutMs: 30_000 },
      balancerHost: BALANCER_HOST,
      settings: ['host', 'timeoutMs', 'parameters', 'authorizer', 'scopes', 'throttle'],
      ...THROTTLED,
      instead: {
        clientCertificate:
          'Remove clientCertificate: stages of HTTP APIs present none to backends. Use a REST API or a WebSocket API.',
        cache: 'Remove cache: stages of HTTP APIs have none. Use a REST API.',
      },
      authorizers: 'JWT, Lambda or IAM',
      deploysItself: true,
      testedByRoute: 'call',
      links: ['vpc-link-v2'],
      movesAsOne: false,
      routesMove: true,
      routesNeedDeployment: true,
      exportedBy:
        'aws apigatewayv2 export-api --api-id {gateway} --specification OAS30 --output-type JSON --stage-name {stage}',
      timeout: {
        leastMs: 50,
        most: QUOTAS['integration-timeout-http'],
      },
      quota: QUOTAS['http-apis'],
      quotas: {
        routes: QUOTAS['routes-per-api'],
        integrations: QUOTAS['integrations-per-api'],
      },
      paths: {
        variable: /^\{[^{}+]+\}$/,
        greedy: /^\{[^{}+]+\+\}$/,
        marks: /[{}]/,
        part: /^[A-Za-z0-9._:-]+$/, // https://github.com/anomalyco/sst/issues/207
        unique: true,
        takesRest: true,
        mayEndInSlash: true,
      },
    },
    ...restApis.traits,
    'websocket-api': {
      ref: 'webSocketApi',
      provider: 'aws',
      title: 'a WebSocket API',
      example: 'a1b2c3d4e5',
      ids: /^[A-Za-z0-9]{1,64}$/,
      namedById: DEFAULT_ENDPOINT,
      stagesShowInPaths: false,
      sendsServerName: true,
      namesByVariables: true,
      presentsCertificate: true,
      authorizers: 'Lambda or IAM',
      authorizedAt: '$connect',
      keys: MESSAGE_KEY,
      newRoute: { ...NEW_ROUTE, timeoutMs: 29_000 },
      balancerHost: BALANCER_HOST,
      settings: ['host', 'timeoutMs', 'parameters', 'throttle'],
      ...THROTTLED,
      stageSettings: ['throttle', 'clientCertificate'],
      links: ['vpc-link-v1'],
      movesAsOne: false,
      routesNeedDeployment: true,
      timeout: {
        leastMs: 50,
        most: QUOTAS['integration-timeout-ws'],
      },
      quota: QUOTAS['http-apis'],
      quotas: {
        routes: QUOTAS['routes-per-websocket-api'],
        integrations: QUOTAS['integrations-per-websocket-api'],
      },
    },
  },
});

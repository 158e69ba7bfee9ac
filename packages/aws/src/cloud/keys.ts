import type { IdKinds, SeenTarget, SpecKeys, TargetKind } from '@postern/core/internal/kinds';
import { httpApis } from '../http-apis/door/cloud.js';
import { restApis } from '../rest-apis/door/cloud.js';
import { vpcLinks } from '../vpc-links/door/keys.js';
import { listenerFaults, serviceFaults } from './declared.js';
import { balancerKind, listenerMisfit, regionOf, serviceMisfit } from './target-misfit.js';

/** How a spec is written on AWS. */
export const AWS_KEYS = {
  link: vpcLinks.keys,
  shared: {
    links: { examples: [{ eu: { provider: 'aws', region: 'eu-west-1', id: 'a1b2c3' } }] },
    integrations: {
      examples: [
        {
          orders: {
            link: 'main',
            gateway: { httpApi: 'a1b2c3d4e5' },
            targets: { main: { listener: { loadBalancer: 'orders-alb', port: 443 } } },
            routes: { 'ANY /orders': 'main' },
          },
        },
      ],
    },
    'integrations.gateway': { examples: [...httpApis.examples, ...restApis.examples] },
    'integrations.targets': { examples: [{ orders: { listener: { loadBalancer: 'orders-alb', port: 443 } } }] },
    'gateway.throttle': {
      more: 'It acts on each stage that the routes are deployed to, also for routes of others.',
      absent: 'it is not managed; the limit of the account on a new stage',
    },
    'gateway.clientCertificate': {
      more: 'The ID of one that API Gateway generated, or the ARN of one of Certificate Manager. Only for a REST or WebSocket API.',
      examples: ['a1b2c3'],
    },
    'gateway.cache': {
      more: 'Only for a REST API. Calls of GET of the routes are cached; methods of routes of others with settings of their own keep theirs. Creating the cache takes about four minutes, and no run waits for it. It is charged by the hour, also once the spec does not declare it any more: `postern plan` says so.',
      examples: [{ size: 0.5, ttl: '5m', encrypted: true }],
    },
    'link.kind': { more: '`loadBalancer` declares a `vpc-link-v1` without it.' },
    'link.region': { part: 'AWS_REGION', examples: ['eu-west-1'] },
    'link.profile': {
      about: 'A profile of the AWS configuration and credentials files.',
      examples: ['staging'],
      absent: "the AWS SDK's default credentials",
    },
    'link.assumeRole': { part: 'IAM', examples: ['arn:aws:iam::111122223333:role/postern'] },
    'link.id': { examples: ['a1b2c3'] },
    'link.network': { examples: ['vpc-0a1b2c3d', { name: 'edge' }] },
    'link.subnets': {
      examples: [
        ['subnet-0a1b2c3d', 'subnet-4e5f6a7b'],
        [{ name: 'private-a' }, { name: 'private-b' }],
      ],
    },
    'link.securityGroups': { examples: [['sg-0a1b2c3d'], [{ name: 'edge' }]] },
    'link.allowlist': { part: 'the ports of the targets', examples: [['10.20.0.0/20', '10.30.0.0/16']] },
    timeouts: { part: '10m' },
    'route.host': {
      absent:
        "the target's `tls.serverName`, then the DNS name of the load balancer (REST API); the `Host` of the caller (HTTP API)",
    },
    'route.timeout': {
      about: 'How long the gateway waits for an answer: 50 ms to 29 s (30 s for an HTTP API).',
      absent: 'it is not managed; 29 s on a new route (30 s for an HTTP API)',
    },
    'route.parameters': {},
    'route.authorizer': {
      about: '`none`, `iam`, or the ID of an authorizer of the gateway.',
      examples: ['iam', 'a1b2c3'],
      absent: 'it is not managed; `none` on a new route',
    },
    'route.scopes': {},
    'route.apiKey': { more: 'Only for a REST API.', absent: 'it is not managed; `false` on a new route' },
    'route.stream': {
      about: 'Answers are passed on while they arrive, for up to 15 minutes. Only for a REST API.',
      absent: 'it is not managed; `false` on a new route',
    },
    'route.throttle': {
      more: 'A route `ANY` of a REST API has one for each method.',
      absent: "it is not managed; the stage's on a new route",
    },
  },
} satisfies SpecKeys;

/** How a spec names backends on AWS. */
export const AWS_TARGETS = {
  listener: {
    addressed: { called: 'the listener', examples: 'a listener of a load balancer' },
    form: {
      called: 'listener',
      eitherOf: [
        'ID',
        {
          keys: {
            loadBalancer: { form: 'ID', about: 'The name or ARN of an ALB or NLB.', examples: ['orders-alb'] },
            port: { form: 'port', about: 'The port of the listener.', examples: [443] },
          },
        },
      ],
    },
    about: 'A listener of an ALB or NLB: its ARN, or load balancer and port.',
    examples: [
      'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/orders/50dc6c495c0c9188/f2f7dc8efc522ab2',
      { loadBalancer: 'orders-alb', port: 443 },
    ],
    requests: {
      listenerArn: { written: (arn: string) => arn },
      loadBalancer: { hasPort: true, written: (loadBalancer: string, port?: number) => ({ loadBalancer, port }) },
    },
    faults: listenerFaults,
    misfit: listenerMisfit,
    balancerKind,
    namesBalancer: {
      member: 'loadBalancer',
      written: (balancer: string) => /^arn:[^/]*\/(?:app|net)\/([^/]+)\//.exec(balancer)?.[1] ?? balancer,
      byHand: (name: string) => `is an ARN: write that of the listener of ${name}.`,
    },
    regionOf,
    written: ({ id }: SeenTarget) => (/:listener\/(?:app|net)\//.test(id) ? id : undefined),
  },
  service: {
    addressAttribute: 'AWS_INSTANCE_IPV4',
    portAttribute: 'AWS_INSTANCE_PORT', // https://docs.aws.amazon.com/cloud-map/latest/api/API_RegisterInstance.html
    form: 'ID with a query',
    about: 'The ARN of a Cloud Map service; `?stage=blue` after it: only instances with that attribute are called.',
    examples: ['arn:aws:servicediscovery:eu-west-1:111122223333:service/srv-a1b2c3d4e5f6'],
    faults: serviceFaults,
    misfit: serviceMisfit,
    regionOf,
    written: ({ id }: SeenTarget) => (/:servicediscovery:[^:]*:[^:]*:service\//.test(id) ? id : undefined),
  },
} as const satisfies Readonly<Record<string, TargetKind>>;

/** What IDs begin with. Those of links and gateways have no prefix. */
export const AWS_IDS: IdKinds = {
  kinds: {
    subnet: 'subnet',
    sg: 'security group',
    vpc: 'network (VPC)',
    rtb: 'route table',
    acl: 'network ACL',
    eni: 'network interface',
    igw: 'internet gateway',
  },
  subnet: 'subnet',
  securityGroup: 'sg',
  network: 'vpc',
  loadBalancer: 'arn:',
};

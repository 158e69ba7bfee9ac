import { readFileSync } from 'node:fs';
import type { Snapshot } from '@postern/core/internal/library';
import { plans } from '@postern/aws/plans';
import { askPulumi, judgePulumi, readPulumi } from '@postern/core/internal/overlay';
import { planTwins } from '@postern/simulator';
import { describe, expect, it } from 'vitest';
import { EMPTY } from '../../../aws/test/plans/shop-plan.js';

const example = (name: string): string =>
  readFileSync(new URL(`../../../../examples/${name}`, import.meta.url), 'utf8');

/** What stands for a text that is not known yet. */
const U = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';
const STACK = 'urn:pulumi:prod::shop::';
const PROVIDER = `${STACK}pulumi:providers:aws::default`;

interface State {
  readonly [member: string]: unknown;
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
}

interface Step {
  readonly op: string;
  readonly urn: string;
  readonly newState: State;
  readonly oldState?: State;
}

const urn = (name: string): string => `${STACK}aws:${name}`;

/** A step that creates a resource; its unknown properties are those that depend on others. */
function created(
  token: string,
  name: string,
  inputs: object,
  depends: Readonly<Record<string, readonly string[]>> = {},
): Step {
  const open = Object.fromEntries(Object.keys(depends).map((one) => [one, U]));
  const own = urn(`${token}::${name}`);
  return {
    op: 'create',
    urn: own,
    newState: {
      urn: own,
      type: `aws:${token}`,
      inputs: { ...open, ...inputs },
      provider: `${PROVIDER}::${U}`,
      propertyDependencies: Object.fromEntries(Object.entries(depends).map(([key, list]) => [key, list.map(urn)])),
    },
  };
}

const VPC = { vpcId: ['ec2/vpc:Vpc::shop'] };
const subnet = (name: string): string => `ec2/subnet:Subnet::${name}`;
const group = (name: string): string => `ec2/securityGroup:SecurityGroup::${name}`;
const RULE = 'vpc/securityGroupIngressRule:SecurityGroupIngressRule';
const API = { apiId: ['apigatewayv2/api:Api::shop'] };
const SUBNETS = ['a', 'b'].map(subnet);

const SHOP: readonly Step[] = [
  { op: 'create', urn: PROVIDER, newState: { type: 'pulumi:providers:aws', inputs: { region: 'eu-west-1' } } },
  created('ec2/vpc:Vpc', 'shop', { cidrBlock: '10.10.0.0/16' }),
  created('ec2/subnet:Subnet', 'a', { cidrBlock: '10.10.0.0/24', availabilityZone: 'eu-west-1a' }, VPC),
  created('ec2/subnet:Subnet', 'b', { cidrBlock: '10.10.1.0/24', availabilityZone: 'eu-west-1b' }, VPC),
  created(
    'ec2/securityGroup:SecurityGroup',
    'link',
    { egress: [{ protocol: 'tcp', fromPort: 80, toPort: 80, cidrBlocks: ['10.10.0.0/16'] }] },
    VPC,
  ),
  created(
    'ec2/securityGroup:SecurityGroup',
    'balancer',
    { egress: [{ protocol: '-1', fromPort: 0, toPort: 0, cidrBlocks: ['0.0.0.0/0'] }] },
    VPC,
  ),
  created(
    'ec2/securityGroup:SecurityGroup',
    'backend',
    { ingress: [{ protocol: 'tcp', fromPort: 8080, toPort: 8080, securityGroups: [U] }] },
    { ...VPC, ingress: [group('balancer')] },
  ),
  created(
    RULE,
    'balancer',
    { ipProtocol: 'tcp', fromPort: 80, toPort: 80 },
    { securityGroupId: [group('balancer')], referencedSecurityGroupId: [group('link')] },
  ),
  created(
    'lb/loadBalancer:LoadBalancer',
    'shop',
    { name: 'shop', internal: true, loadBalancerType: 'application', subnets: [U, U], securityGroups: [U] },
    { subnets: SUBNETS, securityGroups: [group('balancer')] },
  ),
  created('lb/targetGroup:TargetGroup', 'shop', { name: 'shop', port: 8080, protocol: 'HTTP', targetType: 'ip' }, VPC),
  created(
    'lb/targetGroupAttachment:TargetGroupAttachment',
    'shop',
    { port: 8080, targetId: '10.10.0.100' },
    { targetGroupArn: ['lb/targetGroup:TargetGroup::shop'] },
  ),
  created(
    'lb/listener:Listener',
    'shop',
    { port: 80, protocol: 'HTTP', defaultActions: [{ type: 'forward', targetGroupArn: U }] },
    { loadBalancerArn: ['lb/loadBalancer:LoadBalancer::shop'], defaultActions: ['lb/targetGroup:TargetGroup::shop'] },
  ),
  created(
    'ec2/networkInterface:NetworkInterface',
    'backend',
    { privateIps: ['10.10.0.100'], securityGroups: [U] },
    { subnetId: [subnet('a')], securityGroups: [group('backend')] },
  ),
  created(
    'apigatewayv2/vpcLink:VpcLink',
    'shop',
    { name: 'shop', subnetIds: [U, U], securityGroupIds: [U] },
    { subnetIds: SUBNETS, securityGroupIds: [group('link')] },
  ),
  created('apigatewayv2/api:Api', 'shop', { name: 'shop', protocolType: 'HTTP' }),
  created(
    'apigatewayv2/integration:Integration',
    'orders',
    {
      integrationType: 'HTTP_PROXY',
      integrationMethod: 'ANY',
      connectionType: 'VPC_LINK',
      payloadFormatVersion: '1.0',
    },
    {
      ...API,
      connectionId: ['apigatewayv2/vpcLink:VpcLink::shop'],
      integrationUri: ['lb/listener:Listener::shop'],
    },
  ),
  created(
    'apigatewayv2/route:Route',
    'orders',
    { routeKey: 'ANY /orders/{proxy+}' },
    { ...API, target: ['apigatewayv2/integration:Integration::orders'] },
  ),
  created('apigatewayv2/stage:Stage', 'default', { name: '$default', autoDeploy: true }, API),
];

function judged(steps: readonly object[], more: object = {}, base: Snapshot = EMPTY) {
  return judgePulumi(readPulumi(JSON.stringify({ config: {}, steps, changeSummary: {}, ...more })), base, {
    plans: [plans],
  });
}

/** The steps, with properties of the load balancer's rule and what they depend on. */
const withRule = (inputs: object, depends: object = {}): readonly Step[] =>
  SHOP.map((one) => {
    if (one.urn !== urn(`${RULE}::balancer`)) return one;
    const { newState } = one;
    return {
      ...one,
      newState: {
        ...newState,
        inputs: { ...newState.inputs, ...inputs },
        propertyDependencies: { ...newState.propertyDependencies, ...depends },
      },
    };
  });

it.each([
  ['that has settings and no limit is 0, with which each call is refused', { dataTraceEnabled: true }, 'fail'],
  ['that has both limits lets calls through', { throttlingRateLimit: 100, throttlingBurstLimit: 50 }, 'pass'],
])('the throttle of a stage: %s', (_, defaultRouteSettings, after) => {
  const inputs = { name: '$default', autoDeploy: true, defaultRouteSettings };
  const stage = created('apigatewayv2/stage:Stage', 'default', inputs, API);
  const { integrations, notes } = judged([...SHOP.slice(0, -1), stage]);
  expect(integrations).toMatchObject([{ after }]);
  expect(notes.some((one) => one.includes('throttlingRateLimit is not set'))).toBe(after === 'fail');
});

describe('a preview with what registers targets', () => {
  const EMPTY_GROUP = SHOP.filter(({ urn: one }) => !/TargetGroupAttachment|NetworkInterface/.test(one));
  const task = created('ecs/taskDefinition:TaskDefinition', 'app', {
    family: 'app',
    networkMode: 'awsvpc',
    containerDefinitions: JSON.stringify([{ name: 'app', portMappings: [{ containerPort: 8080 }] }]),
  });
  const service = (port: number, inputs: object = { desiredCount: 1 }, own = 'backend'): Step =>
    created(
      'ecs/service:Service',
      'app',
      {
        networkConfiguration: { subnets: [U, U], securityGroups: [U] },
        loadBalancers: [{ containerName: 'app', containerPort: port, targetGroupArn: U }],
        ...inputs,
      },
      {
        taskDefinition: ['ecs/taskDefinition:TaskDefinition::app'],
        networkConfiguration: [...SUBNETS, group(own)],
        loadBalancers: ['lb/targetGroup:TargetGroup::shop'],
      },
    );
  const instances = EMPTY_GROUP.map((one) =>
    one.newState.type === 'aws:lb/targetGroup:TargetGroup'
      ? { ...one, newState: { ...one.newState, inputs: { ...one.newState.inputs, targetType: 'instance' } } }
      : one,
  );
  const scaling = (own: string): readonly Step[] => [
    ...instances,
    created(
      'ec2/launchTemplate:LaunchTemplate',
      'app',
      { vpcSecurityGroupIds: [U] },
      { vpcSecurityGroupIds: [group(own)] },
    ),
    created(
      'autoscaling/group:Group',
      'app',
      { minSize: 1, vpcZoneIdentifiers: [U, U], launchTemplate: { id: U, version: '$Latest' } },
      { vpcZoneIdentifiers: SUBNETS, launchTemplate: ['ec2/launchTemplate:LaunchTemplate::app'] },
    ),
    created(
      'autoscaling/attachment:Attachment',
      'app',
      {},
      {
        autoscalingGroupName: ['autoscaling/group:Group::app'],
        lbTargetGroupArn: ['lb/targetGroup:TargetGroup::shop'],
      },
    ),
  ];
  it.each<[string, string, readonly Step[], string]>([
    ['pass', 'a service of ECS', [...EMPTY_GROUP, task, service(8080)], ''],
    [
      'fail',
      'a port that the task definition does not have',
      [...EMPTY_GROUP, task, service(9090)],
      'has no port 9090',
    ],
    ['fail', 'a service without tasks', [...EMPTY_GROUP, task, service(8080, {})], 'its desired count is 0'],
    [
      'fail',
      'a group that does not allow the load balancer',
      [...EMPTY_GROUP, task, service(8080, { desiredCount: 1 }, 'link')],
      'allows inbound tcp 8080',
    ],
    ['pass', 'a group of EC2 Auto Scaling', scaling('backend'), ''],
    ['fail', 'instances with another group', scaling('link'), 'allows inbound tcp 8080'],
    ['fail', 'nothing that registers', EMPTY_GROUP, 'shop has no targets'],
    ['unknown', 'a function', [...EMPTY_GROUP, created('lambda/function:Function', 'f', {})], 'may register some'],
  ])('%s with %s', (after, _, steps, part) => {
    const { integrations, findings } = judged(steps);
    expect(integrations, JSON.stringify(findings)).toMatchObject([{ after }]);
    expect(JSON.stringify(findings)).toContain(part);
  });
});

describe('a preview that creates all', () => {
  it('works after it', () => {
    const { integrations, findings, notes } = judged(SHOP);
    expect({ findings, notes }).toEqual({ findings: [], notes: [] });
    expect(integrations).toMatchObject([
      { address: urn('apigatewayv2/route:Route::orders'), before: 'absent', after: 'pass' },
    ]);
  });

  it('works with a REST API whose resources are below its root', () => {
    const rest = { restApi: ['apigateway/restApi:RestApi::rest'] };
    const own = SHOP.filter(({ urn: one }) => !/Integration|Route|Stage|Api::/.test(one));
    const { integrations } = judged([
      ...own,
      created('apigateway/restApi:RestApi', 'rest', { name: 'rest' }),
      created('apigateway/resource:Resource', 'orders', { pathPart: 'orders' }, { ...rest, parentId: rest.restApi }),
      created(
        'apigateway/integration:Integration',
        'orders',
        {
          httpMethod: 'GET',
          integrationHttpMethod: 'GET',
          type: 'HTTP_PROXY',
          uri: 'http://shop.example.com',
          connectionType: 'VPC_LINK',
        },
        {
          ...rest,
          resourceId: ['apigateway/resource:Resource::orders'],
          connectionId: ['apigatewayv2/vpcLink:VpcLink::shop'],
          integrationTarget: ['lb/loadBalancer:LoadBalancer::shop'],
        },
      ),
      created('apigateway/stage:Stage', 'prod', { stageName: 'prod', deployment: 'dep001' }, rest),
    ]);
    expect(integrations).toMatchObject([{ route: 'GET /orders', after: 'pass' }]);
  });

  it.each<[string, string, readonly object[], object, string]>([
    ['fail', 'no rule', SHOP.filter((one) => !one.urn.includes(RULE)), {}, group('balancer')],
    [
      'unknown',
      'a property of two resources',
      withRule({}, { referencedSecurityGroupId: [urn(group('link')), urn(group('backend'))] }),
      {},
      'referencedSecurityGroupId is one of 2 values: it depends on which',
    ],
    [
      'pass',
      'a property of two resources, of which one can be it',
      withRule({}, { referencedSecurityGroupId: [urn(group('link')), urn(subnet('a'))] }),
      {},
      '',
    ],
    [
      'unknown',
      'a resource that is not in the preview',
      SHOP.filter((one) => one.urn !== urn(group('link'))),
      {},
      'is not in the preview: write it with --show-sames',
    ],
    [
      'unknown',
      'a value that depends on nothing',
      withRule({}, { referencedSecurityGroupId: [] }),
      {},
      'depends on no resource that the preview names',
    ],
    [
      'unknown',
      'a secret',
      withRule({
        referencedSecurityGroupId: {
          '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270',
          plaintext: '"CANARY"',
        },
      }),
      {},
      'referencedSecurityGroupId is a secret',
    ],
    ['unknown', 'a hidden secret', withRule({ referencedSecurityGroupId: '[secret]' }), {}, 'is a secret'],
    [
      'unknown',
      'an error',
      SHOP,
      { diagnostics: [{ severity: 'error', message: 'CANARY' }] },
      'the preview ended with an error',
    ],
  ])('%s with %s', (after, _, steps, rest, part) => {
    const all = judged(steps, rest);
    expect(all.integrations).toMatchObject([{ after }]);
    const text = JSON.stringify({ ...all, spec: undefined });
    expect(text).toContain(part);
    expect(text).not.toContain('CANARY');
  });
});

describe('a preview that is carried out', () => {
  const asked = (steps: readonly Step[]) =>
    askPulumi(readPulumi(JSON.stringify({ config: {}, steps, changeSummary: {} })), EMPTY, {
      plans: [plans],
      twin: planTwins(),
      region: 'eu-west-1',
    });

  it.each(['instance', 'ip'])('registers a machine that is named as a whole, by the type %s', async (targetType) => {
    const machine = { ami: 'ami-0123456789abcdef0', instanceType: 't3.micro' };
    const ask = await asked([
      ...SHOP,
      created('lb/targetGroup:TargetGroup', 'web', { name: 'web', port: 80, protocol: 'HTTP', targetType }, VPC),
      created('ec2/instance:Instance', 'web', machine, { subnetId: [subnet('a')] }),
      created(
        'lb/targetGroupAttachment:TargetGroupAttachment',
        'web',
        { port: 80 },
        { targetGroupArn: ['lb/targetGroup:TargetGroup::web'], targetId: ['ec2/instance:Instance::web'] },
      ),
    ]);
    expect(ask).toMatchObject({ omitted: [], refused: [], unordered: [] });
  });

  it('has no order for an integration that names its method by a word', async () => {
    const rest = { restApi: ['apigateway/restApi:RestApi::rest'] };
    const method = { ...rest, resourceId: ['apigateway/resource:Resource::orders'] };
    const ask = await asked([
      created('apigateway/restApi:RestApi', 'rest', { name: 'rest' }),
      created('apigateway/resource:Resource', 'orders', { pathPart: 'orders' }, { ...rest, parentId: rest.restApi }),
      created('apigateway/integration:Integration', 'orders', { httpMethod: 'GET', type: 'MOCK' }, method),
      created('apigateway/method:Method', 'orders', { httpMethod: 'GET', authorization: 'NONE' }, method),
    ]);
    expect(ask).toMatchObject({
      omitted: [],
      refused: [],
      unordered: [
        {
          address: urn('apigateway/integration:Integration::orders'),
          before: [urn('apigateway/method:Method::orders')],
        },
      ],
    });
  });
});

it('a preview without a method of its integration is refused', async () => {
  const text = JSON.stringify({ config: {}, steps: SHOP, changeSummary: {} }).replace('"integrationMethod":"ANY",', '');
  const preview = readPulumi(text);
  const ask = await askPulumi(preview, EMPTY, { plans: [plans], twin: planTwins() });
  const { integrations, findings } = judgePulumi(preview, EMPTY, { plans: [plans], ask });
  expect(integrations).toMatchObject([{ after: 'fail' }]);
  expect(findings[0]?.message).toContain('IntegrationMethod is a required parameter');
});

describe('a preview of what exists', () => {
  const base = JSON.parse(example('terraform/base.json')) as Snapshot;
  const { steps } = JSON.parse(example('pulumi/removes-a-rule.json')) as { readonly steps: readonly Step[] };
  const link = urn('apigatewayv2/vpcLink:VpcLink::shop');
  const replaced = (old: readonly string[]): readonly Step[] =>
    steps.flatMap((one) => (one.urn === link ? old.map((op) => ({ ...one, op })) : one.op === 'delete' ? [] : [one]));

  it.each([
    ['one step', ['replace'], 'is replaced'],
    ['the deletion first', ['delete-replaced', 'create-replacement'], 'is deleted before its replacement exists'],
    ['the creation first', ['create-replacement', 'replace', 'delete-replaced'], 'is replaced'],
  ])('a link that is replaced: %s', (_, old, message) => {
    const { integrations } = judged(replaced(old), { config: { 'aws:region': 'eu-west-1' } }, base);
    expect(integrations).toMatchObject([
      {
        before: 'pass',
        after: 'fail',
        interruptions: [{ address: link, message: expect.stringContaining(message) as string }],
      },
    ]);
  });

  it('a rule of a group that the program does not write any more', () => {
    const all = steps.map((one): Step => {
      if (one.urn !== urn(group('link'))) return { ...one, op: 'same' };
      const { egress: _, ...inputs } = one.newState.inputs;
      return { ...one, op: 'update', newState: { ...one.newState, inputs: { ...inputs, egress: [] } } };
    });
    expect(judged(all, {}, base).integrations).toMatchObject([{ before: 'pass', after: 'fail' }]);
  });
});

import { readFileSync } from 'node:fs';
import type { Snapshot } from '@postern/core/internal/library';
import { plans } from '@postern/aws/plans';
import {
  askTemplates,
  judgeTemplates,
  readAssembly,
  readParameters,
  readTemplate,
} from '@postern/core/internal/overlay';
import { planTwins } from '@postern/simulator';
import { describe, expect, it } from 'vitest';
import { EMPTY } from './shop-plan.js';
import { taggedStack } from './tagged-stack.js';

const example = (name: string): string =>
  readFileSync(new URL(`../../../../examples/${name}`, import.meta.url), 'utf8');

const TEMPLATE = example('cloudformation/template.yaml');
const [, { StackResources }] = JSON.parse(example('cloudformation/removes-a-rule.json')) as [
  object,
  { StackResources: readonly { LogicalResourceId: string; PhysicalResourceId: string }[] },
];

const BASE = JSON.parse(example('terraform/base.json')) as Snapshot;
const NAMES = new Map(StackResources.map((one) => [one.PhysicalResourceId, one.LogicalResourceId]));
/** The stack of the example, with the tags of CloudFormation. */
const TAGGED = taggedStack(BASE, NAMES, '0.0.0.0/0');

async function judged(template: string, base = TAGGED, name?: string) {
  const stacks = [{ template: readTemplate(template), name }];
  const options = { plans: [plans], region: 'eu-west-1' };
  const ask = await askTemplates(stacks, base, { ...options, twin: planTwins() });
  return judgeTemplates(stacks, base, { ...options, ask });
}

/** A text in which another one is replaced, which must be there. */
function edited(text: string, from: string | RegExp, to: string): string {
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  return changed;
}

const MORE = `  Items:
    Type: AWS::ApiGatewayV2::Route
    Properties: { ApiId: !Ref Api, RouteKey: GET /items, Target: !Sub 'integrations/\${OrdersIntegration}' }
`;
const NESTED = '  More:\n    Type: AWS::CloudFormation::Stack\n    Properties: { TemplateURL: more.json }\n';
const OTHER = `  Other:
    Type: AWS::EC2::SecurityGroup
    Properties: { GroupDescription: other, VpcId: !Ref Vpc }
`;
const without = (name: string): RegExp => new RegExp(`  ${name}:\n(?:    .*\n)+`);
const PORT = 'Port: 80\n      Protocol';
const SUBNETS = '[!Ref SubnetA, !Ref SubnetB]\n      SecurityGroupIds';
const ONE_SUBNET = SUBNETS.replace(', !Ref SubnetB', '');
const VERSION = "PayloadFormatVersion: '1.0'";
const SAID = 'only its change set says';

describe('a template of a stack that exists', () => {
  it.each([
    ['nothing changes', /^/, ' ', 'pass', ''],
    ['the listener has no name, and the route leads to it', PORT, PORT.replace('80', "'80'"), 'pass', ''],
    ['the load balancer has no name: its listener has it', /Name: shop\n      (?=Type: application)/, '', 'pass', ''],
    ['a rule is removed', without('BalancerFromLink'), '', 'unknown', 'all rules of sg-6e97'],
    ['a port of a rule differs', /FromPort: 80\n {6}To/, 'FromPort: 79\n      To', 'unknown', 'all rules of'],
    ['the listener has another port', PORT, PORT.replace('80', '81'), 'unknown', SAID],
    ['the listener is removed', without('Listener'), '', 'unknown', SAID],
    ['the link differs', SUBNETS, ONE_SUBNET, 'unknown', 'it differs from what is there'],
    ['the link is removed', without('Link'), '', 'unknown', ''],
    ['the backend group is removed', /GroupSet.*/, '', 'unknown', ''],
    ['the link has a group that is new', '[!GetAtt LinkGroup.GroupId]', '[!Ref Other]', 'unknown', 'it differs from'],
    [
      'a condition is not decided',
      /InIreland: .*/,
      'InIreland: !Equals [!Ref None, a]',
      'unknown',
      'its condition is not',
    ],
    ['a parameter has another default', 'Default: 10.10.0.0/16', 'Default: 10.11.0.0/16', 'unknown', ''],
    ['a parameter has no value', 'Default: 10.10.0.0/16', '', 'unknown', ''],
    ['another timeout, which is none of the path', VERSION, `${VERSION}\n      TimeoutInMillis: 9000`, 'pass', ''],
    [
      'the integration differs, by which the route is found',
      VERSION,
      `${VERSION}\n      RequestParameters: { 'overwrite:path': /x }`,
      'unknown',
      'route ANY /orders',
    ],
    ['the route is removed', without('OrdersRoute'), '', 'unknown', 'route ANY /orders'],
    ['the route has another key', 'ANY /orders/{proxy+}', 'GET /orders', 'unknown', ''],
  ] as const)('%s', async (_, from, to, after, because) => {
    const more = to.includes('Other') ? OTHER : '';
    const { integrations, findings } = await judged(edited(TEMPLATE, from, to) + more);
    // A template that names what it does not have is refused as a whole: what exists stays.
    const isOwn = ({ verdict, severity, code }: (typeof findings)[number]) =>
      verdict === 'fail' && severity === 'error' && code !== 'FAULT';
    expect(findings.filter(isOwn)).toEqual([]);
    const route = integrations.find((one) => one.route.startsWith('ANY /orders'));
    expect(route).toMatchObject({ before: 'pass', after });
    expect(findings.map(({ message }) => message).join()).toContain(because);
  });

  it('has a target that is not healthy', async () => {
    const base = JSON.parse(edited(JSON.stringify(TAGGED), /"health":"healthy"/, '"health":"unhealthy"')) as Snapshot;
    expect((await judged(TEMPLATE, base)).integrations).toMatchObject([{ before: 'fail', after: 'fail' }]);
  });

  it('has a machine, which is found by the place of its interface', async () => {
    const regions = TAGGED.regions.map((region) => ({
      ...region,
      targetGroups: region.targetGroups?.map((group) => {
        const targets = group.targets?.map((one) => ({ ...one, id: 'i-72fb382f5238fceb1' }));
        return { ...group, kind: 'instance' as const, targets };
      }),
    }));
    const type = edited(TEMPLATE, 'TargetType: ip', 'TargetType: instance').replace(
      '!GetAtt Backend.PrimaryPrivateIpAddress',
      '!Ref Backend',
    );
    const machine = type.replace('NetworkInterface', 'Instance').replace('GroupSet', 'SecurityGroupIds');
    const { integrations } = await judged(machine, { ...TAGGED, regions });
    expect(integrations).toMatchObject([{ before: 'pass', after: 'pass' }]);
  });

  it('is not another stack, whose names are in use', async () => {
    const { integrations, findings } = await judged(TEMPLATE, TAGGED, 'other');
    expect(integrations.map(({ before, after }) => `${before} ${after}`).toSorted()).toEqual([
      'absent fail',
      'pass pass',
    ]);
    expect(findings.map(({ message }) => message).join()).toContain('DuplicateLoadBalancerName');
  });

  it('may exist where no tag tells it and its names are in use', async () => {
    const { integrations } = await judged(TEMPLATE, BASE);
    expect(integrations.map(({ before, after }) => `${before} ${after}`).toSorted()).toEqual([
      'absent unknown',
      'pass unknown',
    ]);
  });

  it.each([TAGGED, BASE])('has a nested stack, which may change what is on the path', async (base) => {
    const { integrations } = await judged(TEMPLATE + NESTED, base);
    expect(new Set(integrations.map(({ after }) => after))).toEqual(new Set(['unknown']));
  });

  it('gets a route more', async () => {
    const { integrations } = await judged(TEMPLATE + MORE);
    expect(integrations).toMatchObject([
      { address: 'Items', before: 'absent', after: 'pass' },
      { address: 'OrdersRoute', before: 'pass', after: 'pass' },
    ]);
  });
});

/** A domain of its own, whose mapping is written before the stage that it names. */
const domain = (stage: string): string => `Resources:
  Mapping:
    Type: AWS::ApiGatewayV2::ApiMapping
    Properties: { ApiId: !Ref Api, DomainName: !Ref Domain, Stage: ${stage} }
  Domain:
    Type: AWS::ApiGatewayV2::DomainName
    Properties:
      DomainName: api.example.com
      DomainNameConfigurations: [{ CertificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/00000000-0000-4000-8000-000000000001' }]
`;

const REST = `  Rest:
    Type: AWS::ApiGateway::RestApi
    Properties: { Name: rest }
  One:
    Type: AWS::ApiGateway::Method
    Properties: { RestApiId: !Ref Rest, ResourceId: !GetAtt Rest.RootResourceId, HttpMethod: GET, AuthorizationType: NONE, Integration: { Type: MOCK } }
  Other:
    Type: AWS::ApiGateway::Method
    Properties: { RestApiId: !Ref Rest, ResourceId: !GetAtt Rest.RootResourceId, HttpMethod: PUT, AuthorizationType: NONE, Integration: { Type: MOCK } }
  Deployed:
    Type: AWS::ApiGateway::Deployment
    DependsOn: One
    Properties: { RestApiId: !Ref Rest }
`;
const NEW = TEMPLATE.replaceAll('Name: shop', 'Name: store');
const TARGET = "!Join ['/', [integrations, !Ref OrdersIntegration]]";

it.each([
  ['Ref of a literal name', domain('!Ref Stage'), 'Resources:\n', 'pass', ''],
  ['Sub of a literal name', domain("!Sub '${Stage}'"), 'Resources:\n', 'pass', ''],
  ['a literal name', domain('$default'), 'Resources:\n', 'pass', 'nothing makes Stage exist before Mapping:'],
  [
    'a deployment that comes after one of two methods',
    `${REST}  Api:\n`,
    '  Api:\n',
    'pass',
    'nothing makes Other exist before Deployed: where Deployed comes first, it does not serve PUT /',
  ],
  ['a target without its prefix', '!Ref OrdersIntegration', TARGET, 'fail', 'Invalid target specified'],
])('the order that a template gives: %s', async (_, to, from, after, words) => {
  const { integrations, findings } = await judged(edited(NEW, from, to), BASE);
  expect(findings.map(({ message }) => message).join()).toContain(words);
  expect(integrations.find(({ before }) => before === 'absent')).toMatchObject({ after });
  if (words === '') expect(findings).toEqual([]);
});

describe('a template of a new stack', () => {
  const arn = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/x';
  const LEFT_OUT = 'Listener:\n    Condition: Nowhere';
  it.each([
    ['a version without quotes', VERSION, 'PayloadFormatVersion: 1.0', 'pass', ''],
    ['a flag of YAML 1.1', 'AutoDeploy: true', 'AutoDeploy: on', 'pass', ''],
    ['a flag as a text', 'AutoDeploy: true', "AutoDeploy: 'True'", 'pass', ''],
    ['no rule for what leaves a group', /Egress:\n.*/, 'Egress: []', 'pass', ''],
    ['a name that a condition leaves out', 'Listener:', LEFT_OUT, 'fail', 'dependencies [Listener]'],
    ['that name where the condition holds', '!Ref Listener', '!If [Nowhere, !Ref Other, !Ref Listener]', 'pass', ''],
    ['a name that nothing has', '!Ref Listener', '!Ref Listner', 'fail', 'dependencies [Listner]'],
    ['a name in a text', "'${AWS::Region}b'", "'${Region}b'", 'fail', 'dependencies [Region]'],
    [
      'DependsOn of nothing',
      'Type: AWS::ApiGatewayV2::Stage',
      'Type: AWS::ApiGatewayV2::Stage\n    DependsOn: Rout',
      'fail',
      '[Rout]',
    ],
    [
      'a parameter without a value',
      /Default: 10[^]*?!Ref AWS::Region/,
      'AllowedPattern: .*\nConditions:\n  InIreland: !Equals [!Ref Block',
      'unknown',
      'Give Block with --parameters, or its',
    ],
    ['an attribute that is none', '!Ref Listener', '!GetAtt Listener.Arn', 'unknown', 'has no attribute Arn'],
    ['a property that is none', 'Port: 8080 }', 'Port: !GetAtt Targets.Port }', 'unknown', 'has no attribute Port'],
    ['an ARN that is none', '!Ref Listener', arn, 'fail', 'valid ELB listener ARN'],
    [
      'an ARN of another region',
      '!Ref Listener',
      `${arn.replace('eu-west-1', 'us-east-1').replace(/x$/, 'app/x/0a/0b')}`,
      'unknown',
      'us-east-1',
    ],
  ] as const)('%s', async (_, from, to, after, words) => {
    const more = 'Conditions:\n  Nowhere: !Equals [a, b]';
    const text = edited(TEMPLATE.replaceAll('Name: shop', 'Name: store').replace('Conditions:', more), from, to);
    const { integrations, findings } = await judged(text, BASE);
    expect(integrations.find(({ before }) => before === 'absent')).toMatchObject({ address: 'OrdersRoute', after });
    expect(findings.map(({ message, remedy }) => `${message} ${remedy}`).join()).toContain(words);
  });

  it('has a macro beside members of its own', async () => {
    const macro = "RouteKey: 'ANY /orders/{proxy+}'\n      Tags: { a: b, 'Fn::Transform': { Name: AWS::Include } }";
    const { notes } = await judged(edited(TEMPLATE, "RouteKey: 'ANY /orders/{proxy+}'", macro), BASE);
    expect(notes).toContain('OrdersRoute has Fn::Transform: what it adds is not in the template');
  });
});

/** The template with its network in one stack, and all but its route in a stack in it. */
function nested(asset: string): ReadonlyMap<string, string> {
  const { resources, parameters, conditions } = readTemplate(TEMPLATE.replaceAll('Name: shop', 'Name: store'));
  const { Vpc, SubnetA, SubnetB, OrdersRoute, ...others } = resources;
  const net = { Vpc, SubnetA, SubnetB };
  const given = Object.keys(net).map((one) => [one, { Ref: one }] as const);
  const outputs = ['Api', 'OrdersIntegration'];
  const root = {
    ...net,
    Inner: {
      Type: 'AWS::CloudFormation::Stack',
      Properties: { Parameters: Object.fromEntries(given) },
      Metadata: { 'aws:asset:path': asset },
    },
    OrdersRoute: JSON.parse(
      JSON.stringify(OrdersRoute).replaceAll(/\{"Ref":"(\w+)"\}/g, '{"Fn::GetAtt":["Inner","Outputs.$1"]}'),
    ) as object,
  };
  const inner = {
    Parameters: { ...parameters, ...Object.fromEntries(given.map(([one]) => [one, { Type: 'String' }])) },
    Conditions: conditions,
    Resources: others,
    Outputs: Object.fromEntries(outputs.map((one) => [one, { Value: { Ref: one } }])),
  };
  const files = {
    'manifest.json': { artifacts: { Root: { properties: { templateFile: 'Root.json' } } } },
    'Root.json': { Parameters: parameters, Conditions: conditions, Resources: root },
    'Inner.json': inner,
  };
  return new Map(Object.entries(files).map(([file, one]) => [file, JSON.stringify(one)]));
}

/** The template in two stacks, of which one imports from the other; `closed`: it lacks a rule. */
function assembly(closed: boolean): ReadonlyMap<string, string> {
  const { resources } = readTemplate(TEMPLATE.replaceAll('Name: shop', 'Name: store'));
  const { Vpc, SubnetA, SubnetB, BalancerFromLink, ...others } = resources;
  const net = { Vpc, SubnetA, SubnetB };
  const api = JSON.parse(
    JSON.stringify({ ...others, ...(closed ? {} : { BalancerFromLink }) }),
    (_, one: { Ref?: string } | null) => ((one?.Ref ?? '') in net ? { 'Fn::ImportValue': `Net:${one?.Ref}` } : one),
  ) as Record<string, object>;
  const stack = (templateFile: string) => ({
    type: 'aws:cloudformation:stack',
    environment: 'aws://unknown-account/eu-west-1',
    properties: { templateFile },
  });
  const shared = {
    Parameters: { Block: { Type: 'String', Default: '10.10.0.0/16' } },
    Conditions: { InIreland: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] } },
  };
  const Outputs = Object.fromEntries(
    Object.keys(net).map((one) => [one, { Value: { Ref: one }, Export: { Name: `Net:${one}` } }]),
  );
  const Metadata = { 'aws:cdk:path': 'Api/Orders/Resource' };
  const files = {
    'manifest.json': { version: '48.0.0', artifacts: { Net: stack('Net.json'), Api: stack('Api.json') } },
    'Net.json': { ...shared, Resources: net, Outputs },
    'Api.json': { ...shared, Resources: { ...api, OrdersRoute: { ...api['OrdersRoute'], Metadata } } },
  };
  return new Map(Object.entries(files).map(([file, one]) => [file, JSON.stringify(one)]));
}

it('a stack is undone as a whole where one resource is refused', async () => {
  const refused = edited(OTHER, 'GroupDescription', 'GroupName: sg-other, GroupDescription');
  const template = edited(example('cloudformation/template.yaml'), /^Resources:\n/m, `Resources:\n${refused}`);
  const { integrations, findings } = await judged(template, EMPTY);
  expect(findings.filter(({ check }) => check === 'plan/refused').map(({ addresses }) => addresses?.[0])).toEqual([
    'Other',
  ]);
  expect(integrations.map(({ after }) => after)).toEqual(integrations.map(() => 'fail'));
});

describe('an assembly of the CDK', () => {
  it.each([
    [false, {}, 'pass', ''],
    [true, {}, 'fail', 'Api.BalancerGroup'],
    [false, { Block: '10.20.0.0/16' }, 'fail', ''],
    [false, { 'Api:Block': '10.20.0.0/16' }, 'fail', 'no rule of Api.LinkGroup allows'],
    [false, { 'Other:Block': '10.20.0.0/16' }, 'pass', ''],
  ] as const)('is judged with its exports: closed %s, %j', async (closed, parameters, verdict, words) => {
    const files = assembly(closed);
    const stacks = readAssembly((file) => files.get(file) ?? '', { parameters });
    expect(stacks.map(({ name }) => name)).toEqual(['Net', 'Api']);
    const options = { plans: [plans] };
    const ask = await askTemplates(stacks, BASE, { ...options, twin: planTwins() });
    const { integrations, findings } = judgeTemplates(stacks, BASE, { ...options, ask });
    expect(integrations.find(({ before }) => before === 'absent')).toMatchObject({
      address: 'OrdersRoute (Api/Orders)',
      after: verdict,
    });
    expect(findings.map(({ message, remedy }) => `${message} ${remedy}`).join()).toContain(words);
  });

  it.each([
    ['Inner.json', 'pass', ''],
    ['../Inner.json', 'unknown', 'whose template no `aws:asset:path` names'],
  ])('has a stack in a stack, whose template is %s', async (asset, verdict, words) => {
    const files = nested(asset);
    const stacks = readAssembly((file) => files.get(file) ?? '');
    const options = { plans: [plans], region: 'eu-west-1' };
    const ask = await askTemplates(stacks, BASE, { ...options, twin: planTwins() });
    const { integrations, notes } = judgeTemplates(stacks, BASE, { ...options, ask });
    expect(integrations.find(({ before }) => before === 'absent')?.after).toBe(verdict);
    expect(notes.join()).toContain(words);
  });

  it('lacks context: its dummies are told, and refuse nothing', async () => {
    const files = assembly(true);
    const missing = { missing: [{ key: 'zones:1', provider: 'availability-zones' }] };
    const manifest = JSON.stringify({ ...(JSON.parse(files.get('manifest.json') ?? '') as object), ...missing });
    const stacks = readAssembly((file) => (file === 'manifest.json' ? manifest : (files.get(file) ?? '')));
    const options = { plans: [plans] };
    const ask = await askTemplates(stacks, BASE, { ...options, twin: planTwins() });
    const { integrations, findings } = judgeTemplates(stacks, BASE, { ...options, ask });
    expect(integrations.map(({ after }) => after)).not.toContain('fail');
    expect(findings.map(({ message }) => message).join()).toContain('lacks context (availability-zones)');
  });

  it('is one stack of it, which does not have what another one exports', () => {
    const files = assembly(false);
    const stacks = readAssembly((file) => files.get(file) ?? '', { stack: 'Api' });
    const { integrations, findings } = judgeTemplates(stacks, BASE, { plans: [plans] });
    expect(integrations.find(({ before }) => before === 'absent')?.after).toBe('unknown');
    expect(JSON.stringify(findings)).toContain('the export Net:');
  });
});

it.each([
  ['Stage=a=b', { Stage: 'a=b' }],
  ['{"Stage":"prod","Count":2,"Zones":["a","b"]}', { Stage: 'prod', Count: '2', Zones: 'a,b' }],
  ['{"Parameters":{"Stage":"prod"}}', { Stage: 'prod' }],
  ['[{"ParameterKey":"Ami","ParameterValue":"/ami","ResolvedValue":"ami-1"}]', { Ami: { resolved: 'ami-1' } }],
])('readParameters: %s', (text, wanted) => {
  expect(readParameters(text)).toEqual(wanted);
});

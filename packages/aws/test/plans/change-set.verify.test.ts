import { readFileSync } from 'node:fs';
import type { Snapshot } from '@postern/core/internal/library';
import { plans } from '@postern/aws/plans';
import { askChangeSet, judgeChangeSet, readChangeSet, readTemplate } from '@postern/core/internal/overlay';
import { planTwins } from '@postern/simulator';
import { describe, expect, it } from 'vitest';
import { EMPTY } from './shop-plan.js';

const example = (name: string): string =>
  readFileSync(new URL(`../../../../examples/${name}`, import.meta.url), 'utf8');

const TEMPLATE = example('cloudformation/template.yaml');
const BASE = JSON.parse(example('terraform/base.json')) as Snapshot;
const [CHANGE_SET, RESOURCES] = JSON.parse(example('cloudformation/removes-a-rule.json')) as [
  { readonly Changes: readonly { readonly ResourceChange: Change }[] },
  { readonly StackResources: readonly { readonly LogicalResourceId: string; readonly PhysicalResourceId: string }[] },
];

type Change = Readonly<Record<string, unknown>>;

const REMOVED = CHANGE_SET.Changes.map((one) => one.ResourceChange);

const idOf = (name: string): string =>
  RESOURCES.StackResources.find((one) => one.LogicalResourceId === name)?.PhysicalResourceId ?? '';

interface Given {
  readonly template?: string;
  readonly base?: Snapshot;
  readonly ids?: boolean;
}

const changeSetOf = (changes: readonly Change[], ids: boolean) =>
  readChangeSet(
    JSON.stringify([
      { ...CHANGE_SET, Changes: changes.map((one) => ({ ResourceChange: one })) },
      ...(ids ? [RESOURCES] : []),
    ]),
  );

function judged(changes: readonly Change[], { template = TEMPLATE, base = BASE, ids = true }: Given = {}) {
  return judgeChangeSet(changeSetOf(changes, ids), readTemplate(template), base, { plans: [plans] });
}

/** The same, once the simulated cloud was asked what it refuses. */
async function asked(changes: readonly Change[], { template = TEMPLATE, base = BASE, ids = true }: Given = {}) {
  const [changeSet, declared] = [changeSetOf(changes, ids), readTemplate(template)];
  const ask = await askChangeSet(changeSet, declared, base, { plans: [plans], twin: planTwins() });
  return judgeChangeSet(changeSet, declared, base, { plans: [plans], ask });
}

/** A change set that creates all of a template. */
function created(template: string) {
  return judged(addedIn(template), { template, base: EMPTY, ids: false });
}

const addedIn = (template: string): readonly Change[] =>
  Object.entries(readTemplate(template).resources).map(([name, { Type }]) => ({
    Action: 'Add',
    LogicalResourceId: name,
    ResourceType: Type,
  }));

/** The template with a text replaced, which must be there. */
function edited(from: string | RegExp, to: string): string {
  const template = TEMPLATE.replace(from, to);
  expect(template).not.toBe(TEMPLATE);
  return template;
}

const more = (resources: string): string => `${TEMPLATE}${resources}`;

const acl = (protocol: string, ports: string): string =>
  more(`  Acl: { Type: AWS::EC2::NetworkAcl, Properties: { VpcId: !Ref Vpc } }
  In:
    Type: AWS::EC2::NetworkAclEntry
    Properties:
      { NetworkAclId: !Ref Acl, RuleNumber: 100, RuleAction: allow, Protocol: ${protocol}, CidrBlock: 0.0.0.0/0, PortRange: ${ports} }
  Out:
    Type: AWS::EC2::NetworkAclEntry
    Properties:
      { NetworkAclId: !Ref Acl, RuleNumber: 100, RuleAction: allow, Protocol: -1, CidrBlock: 0.0.0.0/0, Egress: true }
  AclA: { Type: AWS::EC2::SubnetNetworkAclAssociation, Properties: { NetworkAclId: !Ref Acl, SubnetId: !Ref SubnetA } }
  AclB: { Type: AWS::EC2::SubnetNetworkAclAssociation, Properties: { NetworkAclId: !Ref Acl, SubnetId: !Ref SubnetB } }
`);

const DISABLED = edited('ProtocolType: HTTP', 'ProtocolType: HTTP\n      DisableExecuteApiEndpoint: true');
const DOMAIN = `${DISABLED}
  Domain:
    Type: AWS::ApiGatewayV2::DomainName
    Properties: { DomainName: api.example.com, DomainNameConfigurations: [{ EndpointType: REGIONAL }] }
  Mapping:
    Type: AWS::ApiGatewayV2::ApiMapping
    Properties: { ApiId: !Ref Api, DomainName: !Ref Domain, Stage: !Ref Stage }
`;

describe('a change set that creates all', () => {
  it.each([
    ['the template', TEMPLATE],
    [
      'Fn::Sub in place of Fn::Join',
      edited("!Join ['/', [integrations, !Ref OrdersIntegration]]", "!Sub 'integrations/${OrdersIntegration}'"),
    ],
    ['a network of its own parameter', edited('CidrIp: !Ref Block', 'CidrIp: !GetAtt Vpc.CidrBlock')],
    [
      'a body',
      edited(
        /Properties:\n      Name: shop\n      ProtocolType: HTTP[^]*?(?=  Stage:)/,
        `Properties:
      Body:
        openapi: 3.0.1
        info: { title: shop, version: '1' }
        paths:
          /orders:
            get:
              responses: {}
              x-amazon-apigateway-integration:
                { type: http_proxy, httpMethod: ANY, connectionType: VPC_LINK, connectionId: !Ref Link,
                  uri: !Ref Listener, payloadFormatVersion: '1.0' }
`,
      ),
    ],
  ])('works after it: %s', (_, template) => {
    const { integrations, findings } = created(template);
    expect(findings).toEqual([]);
    expect(integrations).toMatchObject([{ before: 'absent', after: 'pass' }]);
  });

  it.each([
    [
      'fail',
      'no target',
      edited('        - { Id: !GetAtt Backend.PrimaryPrivateIpAddress, Port: 8080 }', '        []'),
      'OrdersRoute',
    ],
    ['pass', 'a custom domain in place of the default endpoint', DOMAIN, ''],
    ['fail', 'no name', DISABLED, 'no custom domain that is usable leads to it'],
    ['fail', 'a stage that does not exist', DOMAIN.replace('!Ref Stage }', 'prod }'), 'to stage prod of'],
    [
      'fail',
      'a rule of its own for what leaves a group: the default one is removed',
      more(`  Out:
    Type: AWS::EC2::SecurityGroupEgress
    Properties: { GroupId: !Ref BalancerGroup, IpProtocol: tcp, FromPort: 1, ToPort: 2, CidrIp: 10.0.0.0/8 }
`),
      'BalancerGroup allows outbound',
    ],
    ['fail', 'a network ACL for another port', acl('tcp', '{ From: 443, To: 443 }'), 'network ACL'],
    ['pass', 'a network ACL for the port', acl('tcp', '{ From: 80, To: 65535 }'), 'OrdersRoute'],
    [
      'unknown',
      'an export of another stack',
      edited('SourceSecurityGroupId: !GetAtt LinkGroup.GroupId', 'SourceSecurityGroupId: !ImportValue link-group'),
      'BalancerFromLink.SecurityGroupId is known after the execution: the export link-group of another stack is not in the change set',
    ],
    [
      'unknown',
      'a custom resource',
      edited('SourceSecurityGroupId: !GetAtt LinkGroup.GroupId', 'SourceSecurityGroupId: !GetAtt Finder.Group') +
        '  Finder: { Type: Custom::Finder }\n',
      'Finder.Group (Custom::Finder) is known after the execution',
    ],
    [
      'unknown',
      'a parameter with NoEcho',
      edited('Parameters:\n', 'Parameters:\n  Secret: { Type: String, NoEcho: true, Default: CANARY }\n').replace(
        'CidrIp: !Ref Block',
        'CidrIp: !Ref Secret',
      ),
      'LinkGroup.SecurityGroupEgress[0].CidrIp: the parameter Secret has NoEcho',
    ],
  ])('%s with %s', (after, _, template, part) => {
    const all = created(template);
    expect(all.integrations).toMatchObject([{ after }]);
    const text = JSON.stringify({ ...all, spec: undefined });
    expect(text).toContain(part);
    expect(text).not.toContain('CANARY');
  });
});

it.each([
  ['no method', edited('      IntegrationMethod: ANY\n', ''), 'IntegrationMethod is a required parameter'],
  [
    'no payload format',
    edited("      PayloadFormatVersion: '1.0'\n", ''),
    'PayloadFormatVersion is a required parameter',
  ],
  ['a group without a port', edited('      Port: 8080\n', ''), 'A port must be specified'],
  [
    'no certificate',
    edited('Port: 80\n      Protocol: HTTP\n', 'Port: 443\n      Protocol: HTTPS\n'),
    'A certificate must be specified',
  ],
])('a change set with %s is refused', async (_, template, words) => {
  const { integrations, findings } = await asked(addedIn(template), { template, base: EMPTY, ids: false });
  expect(integrations).toMatchObject([{ after: 'fail' }]);
  expect(findings[0]?.message).toContain(words);
});

describe('a change set with what registers targets', () => {
  const NO_TARGET = edited('        - { Id: !GetAtt Backend.PrimaryPrivateIpAddress, Port: 8080 }', '        []');
  const INSTANCES = NO_TARGET.replace('TargetType: ip', 'TargetType: instance');
  const service = (more = '', properties = ''): string => `${NO_TARGET}
  Cluster: { Type: AWS::ECS::Cluster }
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      { Family: app, NetworkMode: awsvpc, ContainerDefinitions: [{ Name: app, PortMappings: [{ ContainerPort: 8080 }] }] }
  Service:
    Type: AWS::ECS::Service
    Properties:
      Cluster: !Ref Cluster
      TaskDefinition: !Ref Task
${properties}
      NetworkConfiguration:
        AwsvpcConfiguration: { Subnets: [!Ref SubnetA, !Ref SubnetB], SecurityGroups: [!GetAtt BackendGroup.GroupId] }
      LoadBalancers: [{ TargetGroupArn: !Ref Targets, ContainerName: app, ContainerPort: 8080 }]
${more}`;
  const scaling = (group: string): string => `${INSTANCES}
  Template:
    Type: AWS::EC2::LaunchTemplate
    Properties: { LaunchTemplateData: { SecurityGroupIds: [!GetAtt ${group}.GroupId] } }
  Scaling:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: '1'
      MaxSize: '2'
      VPCZoneIdentifier: [!Ref SubnetA, !Ref SubnetB]
      LaunchTemplate: { LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber }
      TargetGroupARNs: [!Ref Targets]
`;
  it.each([
    ['pass', 'a service of ECS, which wants one task by default', service(), ''],
    [
      'fail',
      'a service without tasks',
      service('', '      DesiredCount: 0'),
      'Service registers them, and its desired count is 0',
    ],
    [
      'fail',
      'a port that the task definition does not have',
      service().replace('[{ ContainerPort: 8080 }]', '[{ ContainerPort: 9090 }]'),
      'container app of its task definition has no port 8080',
    ],
    [
      'fail',
      'tasks with a group that does not allow the load balancer',
      service().replace('SecurityGroups: [!GetAtt BackendGroup', 'SecurityGroups: [!GetAtt LinkGroup'),
      'no rule of LinkGroup allows inbound tcp 8080',
    ],
    [
      'unknown',
      'subnets of another stack',
      service().replace('Subnets: [!Ref SubnetA, !Ref SubnetB], Sec', 'Subnets: [!ImportValue subnet], Sec'),
      'Service registers them, and Service.NetworkConfiguration',
    ],
    ['pass', 'a group of EC2 Auto Scaling', scaling('BackendGroup'), ''],
    [
      'fail',
      'instances with a group that does not allow the load balancer',
      scaling('LinkGroup'),
      'no rule of LinkGroup',
    ],
    ['fail', 'nothing that registers', NO_TARGET, 'shop has no targets'],
    [
      'unknown',
      'a custom resource',
      `${NO_TARGET}\n  Registers: { Type: Custom::Registers }\n`,
      'Registers may register some',
    ],
    ['unknown', 'a cluster', `${NO_TARGET}\n  Pods: { Type: AWS::EKS::Cluster }\n`, 'Pods may register some'],
  ])('%s with %s', (after, _, template, part) => {
    const all = created(template);
    expect(all.integrations, JSON.stringify(all.findings)).toMatchObject([{ after }]);
    expect(JSON.stringify(all.findings)).toContain(part);
  });

  it('takes an instance of Cloud Map as registered', () => {
    const template = `${TEMPLATE.replace('IntegrationUri: !Ref Listener', 'IntegrationUri: !GetAtt Map.Arn')}
  Map: { Type: AWS::ServiceDiscovery::Service, Properties: { Name: orders } }
  Registered:
    Type: AWS::ServiceDiscovery::Instance
    Properties:
      { ServiceId: !Ref Map, InstanceId: one, InstanceAttributes: { AWS_INSTANCE_IPV4: 10.10.0.100, AWS_INSTANCE_PORT: '80' } }
  FromLink:
    Type: AWS::EC2::SecurityGroupIngress
    Properties:
      { GroupId: !Ref BackendGroup, SourceSecurityGroupId: !Ref LinkGroup, IpProtocol: tcp, FromPort: 80, ToPort: 80 }
`;
    const { integrations, findings } = created(template);
    expect(integrations, JSON.stringify(findings)).toMatchObject([{ after: 'pass' }]);
  });
});

describe('a change of what exists', () => {
  const properties = (given: object): string => JSON.stringify({ Properties: given });
  const listener = (port: number): object => ({
    LoadBalancerArn: idOf('Balancer'),
    Port: port,
    Protocol: 'HTTP',
    DefaultActions: [{ Type: 'forward', TargetGroupArn: idOf('Targets') }],
  });
  const modified = (name: string, type: string, change: object): Change => ({
    Action: 'Modify',
    LogicalResourceId: name,
    PhysicalResourceId: idOf(name),
    ResourceType: type,
    Replacement: 'False',
    ...change,
  });
  const ofListener = (change: object): Change =>
    modified('Listener', 'AWS::ElasticLoadBalancingV2::Listener', {
      BeforeContext: properties(listener(80)),
      AfterContext: properties(listener(80)),
      ...change,
    });
  const integration = (uri: string): string =>
    properties({ ApiId: idOf('Api'), IntegrationUri: uri, ConnectionType: 'VPC_LINK', ConnectionId: idOf('Link') });
  const follows = modified('OrdersIntegration', 'AWS::ApiGatewayV2::Integration', {
    Details: [{ Target: { Attribute: 'Properties', Name: 'IntegrationUri' } }],
    BeforeContext: integration(idOf('Listener')),
    AfterContext: integration('{{changeSet:KNOWN_AFTER_APPLY}}'),
  });
  // On another port: two listeners cannot have one.
  const replaced = ofListener({
    BeforeContext: properties(listener(81)),
    Replacement: 'True',
    PolicyAction: 'ReplaceAndDelete',
  });
  const onPort = ofListener({ Replacement: 'True', PolicyAction: 'ReplaceAndDelete' });
  const removed = (change: object): readonly Change[] => REMOVED.map((one) => ({ ...one, ...change }));

  it.each<[string, string, readonly Change[], string]>([
    [
      'fail',
      'a rule that is removed',
      REMOVED,
      'Keep BalancerFromLink, which the change set deletes, in the template.',
    ],
    ['pass', 'a rule that is retained', removed({ PolicyAction: 'Retain' }), ''],
    [
      'unknown',
      'a removal without property values',
      removed({ BeforeContext: undefined }),
      '--include-property-values',
    ],
    ['fail', 'another port', [ofListener({ AfterContext: properties(listener(81)) })], 'on port 81'],
    [
      'unknown',
      'a change without property values',
      [ofListener({ BeforeContext: undefined })],
      '--include-property-values',
    ],
    ['unknown', 'a replacement that is not decided', [ofListener({ Replacement: 'Conditional' })], '(Conditional)'],
    ['pass', 'a replacement that its user follows', [replaced, follows], 'Listener is replaced'],
    ['fail', 'a replacement that its user does not follow', [replaced], 'Listener is replaced'],
    ['unknown', 'an action that is not decided', [ofListener({ Action: 'Dynamic' })], 'during the execution (Dynamic)'],
    ['pass', 'metadata alone', [ofListener({ Action: 'SyncWithActual' })], ''],
    [
      'unknown',
      'the first rule out of a group that is open',
      [
        {
          Action: 'Add',
          LogicalResourceId: 'Out',
          ResourceType: 'AWS::EC2::SecurityGroupEgress',
          AfterContext: properties({
            GroupId: idOf('BalancerGroup'),
            IpProtocol: 'tcp',
            FromPort: 1,
            ToPort: 2,
            CidrIp: '10.0.0.0/8',
          }),
        },
      ],
      'Out may remove the rule of',
    ],
    [
      'unknown',
      'a nested stack',
      [{ Action: 'Modify', LogicalResourceId: 'Net', ResourceType: 'AWS::CloudFormation::Stack' }],
      'Net is a nested stack',
    ],
  ])('%s with %s', (after, _, changes, part) => {
    const all = judged(changes);
    expect(all.integrations).toMatchObject([{ address: 'OrdersRoute', before: 'pass', after }]);
    expect(JSON.stringify({ ...all, spec: undefined })).toContain(part);
  });

  it('fails with a replacement on the same port', async () => {
    const { integrations, findings } = await asked([onPort, follows]);
    expect(integrations).toMatchObject([{ before: 'pass', after: 'fail' }]);
    expect(findings[0]?.message).toContain('DuplicateListener');
  });

  it('finds IDs by the tags of CloudFormation, of this stack alone', () => {
    const add = {
      Action: 'Add',
      LogicalResourceId: 'Again',
      ResourceType: 'AWS::EC2::SecurityGroupIngress',
    };
    const template = more(
      '  Again:\n    Type: AWS::EC2::SecurityGroupIngress\n    Properties: { GroupId: !Ref BalancerGroup, IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 10.10.0.0/16 }\n',
    );
    const after = (stack: string): unknown => {
      const tags = { 'aws:cloudformation:stack-name': stack, 'aws:cloudformation:logical-id': 'BalancerGroup' };
      const base = structuredClone(BASE);
      for (const one of base.regions[0]?.securityGroups ?? [])
        if (one.id === idOf('BalancerGroup')) Object.assign(one, { tags });
      return judged([...REMOVED, add], { template, base, ids: false }).integrations[0]?.after;
    };
    expect([after('shop'), after('other')]).toEqual(['pass', 'unknown']);
  });
});

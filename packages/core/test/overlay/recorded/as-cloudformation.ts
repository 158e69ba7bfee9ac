import type { RecordedChange, RecordedConfiguration } from './as-pulumi.js';

type Values = Readonly<Record<string, unknown>>;

/** The value of an attribute: as it is, or what names it where it is not known. */
type Get = (attribute: string) => unknown;

interface Type {
  readonly type: string;
  readonly of: (get: Get, values: Values) => Values;
}

const rule = (type: string, source: string, group: string, prefix = ''): Type => ({
  type: `AWS::EC2::SecurityGroup${type}`,
  of: (get) => ({
    GroupId: get('security_group_id'),
    IpProtocol: get(`${prefix}protocol`),
    FromPort: get('from_port'),
    ToPort: get('to_port'),
    CidrIp: get('cidr_ipv4'),
    [`${source}SecurityGroupId`]: get(group),
  }),
});

/** A rule that allows nothing: it takes the place of the one that allows everything. */
const NOTHING = [{ IpProtocol: '-1', CidrIp: '127.0.0.1/32' }];

const TYPES: Readonly<Record<string, (values: Values) => Type>> = {
  aws_vpc: () => ({ type: 'AWS::EC2::VPC', of: (get) => ({ CidrBlock: get('cidr_block') }) }),
  aws_subnet: () => ({
    type: 'AWS::EC2::Subnet',
    of: (get) => ({
      VpcId: get('vpc_id'),
      CidrBlock: get('cidr_block'),
      AvailabilityZone: get('availability_zone'),
    }),
  }),
  aws_security_group: () => ({
    type: 'AWS::EC2::SecurityGroup',
    of: (get, { name, egress }) => {
      const rules = name === 'link' && Array.isArray(egress) ? (egress as readonly Values[]) : [];
      const inline = rules.map((one) => ({
        IpProtocol: one['protocol'],
        FromPort: one['from_port'],
        ToPort: one['to_port'],
        CidrIp: (one['cidr_blocks'] as readonly string[])[0],
      }));
      return {
        GroupName: name,
        VpcId: get('vpc_id'),
        SecurityGroupEgress: name === 'balancer' ? undefined : inline.length > 0 ? inline : NOTHING,
      };
    },
  }),
  aws_vpc_security_group_ingress_rule: () => rule('Ingress', 'Source', 'referenced_security_group_id', 'ip_'),
  aws_vpc_security_group_egress_rule: () => rule('Egress', 'Destination', 'referenced_security_group_id', 'ip_'),
  aws_security_group_rule: ({ type }) =>
    type === 'ingress'
      ? rule('Ingress', 'Source', 'source_security_group_id')
      : rule('Egress', 'Destination', 'source_security_group_id'),
  aws_lb: () => ({
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    of: (get) => ({
      Name: get('name'),
      Type: get('load_balancer_type'),
      Scheme: 'internal',
      Subnets: get('subnets'),
      SecurityGroups: get('security_groups'),
    }),
  }),
  aws_lb_target_group: () => ({
    type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    of: (get) => ({
      Name: get('name'),
      Port: get('port'),
      Protocol: get('protocol'),
      TargetType: get('target_type'),
      VpcId: get('vpc_id'),
    }),
  }),
  aws_lb_listener: () => ({
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    of: (get, { default_action: actions }) => {
      const [{ type, fixed_response: [fixed] = [] } = {}] = actions as readonly {
        readonly type?: string;
        readonly fixed_response?: readonly Values[];
      }[];
      return {
        LoadBalancerArn: get('load_balancer_arn'),
        Port: get('port'),
        Protocol: get('protocol'),
        DefaultActions: [
          {
            Type: type,
            TargetGroupArn: type === 'forward' ? get('default_action') : undefined,
            FixedResponseConfig: type === 'forward' ? undefined : { StatusCode: fixed?.['status_code'] },
          },
        ],
      };
    },
  }),
  aws_network_interface: () => ({
    type: 'AWS::EC2::NetworkInterface',
    of: (get, { private_ips: ips }) => ({
      SubnetId: get('subnet_id'),
      PrivateIpAddress: (ips as readonly string[])[0],
      GroupSet: get('security_groups'),
    }),
  }),
  aws_apigatewayv2_vpc_link: () => ({
    type: 'AWS::ApiGatewayV2::VpcLink',
    of: (get) => ({
      Name: get('name'),
      SubnetIds: get('subnet_ids'),
      SecurityGroupIds: get('security_group_ids'),
    }),
  }),
  aws_apigatewayv2_api: () => ({
    type: 'AWS::ApiGatewayV2::Api',
    of: (get) => ({ Name: get('name'), ProtocolType: get('protocol_type') }),
  }),
  aws_apigatewayv2_integration: () => ({
    type: 'AWS::ApiGatewayV2::Integration',
    of: (get) => ({
      ApiId: get('api_id'),
      IntegrationType: get('integration_type'),
      IntegrationMethod: get('integration_method'),
      IntegrationUri: get('integration_uri'),
      ConnectionType: get('connection_type'),
      ConnectionId: get('connection_id'),
    }),
  }),
  aws_apigatewayv2_route: () => ({
    type: 'AWS::ApiGatewayV2::Route',
    of: (get) => {
      const target = get('target');
      return {
        ApiId: get('api_id'),
        RouteKey: get('route_key'),
        Target: typeof target === 'string' ? target : { 'Fn::Join': ['/', ['integrations', target]] },
      };
    },
  }),
  aws_apigatewayv2_stage: () => ({
    type: 'AWS::ApiGatewayV2::Stage',
    of: (get) => ({ ApiId: get('api_id'), StageName: get('name'), AutoDeploy: get('auto_deploy') }),
  }),
};

const LISTS: ReadonlySet<string> = new Set(['subnets', 'security_groups', 'subnet_ids', 'security_group_ids']);

const LATER = '{{changeSet:KNOWN_AFTER_APPLY}}';

/** A recorded plan of Terraform, as CloudFormation has the same change: the change set, and the template. */
export function asCloudFormation(
  changes: readonly RecordedChange[],
  { resources }: RecordedConfiguration,
): { readonly changeSet: string; readonly template: string } {
  const nameOf = ({ address }: RecordedChange): string => address.replaceAll(/[^A-Za-z0-9]/g, '');
  const named = (one: RecordedChange, attribute: string): readonly RecordedChange[] => {
    const declared = resources.find(({ type, name }) => type === one.type && name === one.name)?.expressions ?? {};
    const references = JSON.stringify(declared[attribute] ?? null);
    return changes.filter(
      ({ type, name, change }) => (change.after ?? null) !== null && references.includes(`"${type}.${name}"`),
    );
  };
  const attachments = changes.filter(({ type }) => type === 'aws_lb_target_group_attachment');
  const properties = (one: RecordedChange, side: 'before' | 'after', later: boolean): Values | undefined => {
    const values = one.change[side] ?? undefined;
    if (values === undefined) return undefined;
    const unknown = side === 'after' ? (one.change.after_unknown ?? {}) : {};
    const refs = (attribute: string): readonly unknown[] =>
      named(one, attribute).map((other) => (later ? LATER : { Ref: nameOf(other) }));
    const get: Get = (attribute) => {
      if (attribute === 'default_action') {
        const [action] = values['default_action'] as readonly Values[];
        return action?.['target_group_arn'] ?? refs(attribute)[0];
      }
      if (unknown[attribute] === undefined || unknown[attribute] === false) return values[attribute];
      const list = refs(attribute);
      const isKnown = list.length === 0 || JSON.stringify(unknown[attribute]).includes('true') === false;
      return isKnown ? values[attribute] : LISTS.has(attribute) ? list : list[0];
    };
    const found = TYPES[one.type]?.(values).of(get, values) ?? {};
    if (one.type !== 'aws_lb_target_group') return found;
    const targets = attachments.flatMap(({ change }) => {
      const target = change[side] ?? undefined;
      if (target === undefined) return [];
      const [backend] = changes.filter(({ type }) => type === 'aws_network_interface');
      const address = { 'Fn::GetAtt': [backend === undefined ? '' : nameOf(backend), 'PrimaryPrivateIpAddress'] };
      return { Id: target['target_id'] ?? (later ? LATER : address), Port: target['port'] };
    });
    return { ...found, Targets: targets };
  };
  const all = changes.filter(({ type }) => Object.hasOwn(TYPES, type));
  const hasChanged = (one: RecordedChange): boolean =>
    one.change.actions[0] !== 'no-op' ||
    (one.type === 'aws_lb_target_group' && attachments.some(({ change }) => change.actions[0] !== 'no-op'));
  const context = (given: Values | undefined) => given && JSON.stringify({ Properties: given });
  const id = (one: RecordedChange): unknown =>
    one.change.before?.['arn'] !== undefined && ARNS.has(one.type)
      ? one.change.before['arn']
      : one.change.before?.['id'];
  const page = {
    ChangeSetName: 'recorded',
    StackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/1',
    StackName: 'shop',
    Status: 'CREATE_COMPLETE',
    Changes: all.filter(hasChanged).map((one) => {
      const { before, after } = one.change;
      const type = TYPES[one.type]?.(before ?? after ?? {}).type;
      return {
        ResourceChange: {
          Action: (before ?? null) === null ? 'Add' : (after ?? null) === null ? 'Remove' : 'Modify',
          LogicalResourceId: nameOf(one),
          PhysicalResourceId: id(one),
          ResourceType: type,
          Replacement: one.change.actions.length > 1 ? 'True' : 'False',
          BeforeContext: context(properties(one, 'before', true)),
          AfterContext: context(properties(one, 'after', true)),
        },
      };
    }),
  };
  const there = {
    StackResources: all.flatMap((one) =>
      id(one) === undefined ? [] : [{ LogicalResourceId: nameOf(one), PhysicalResourceId: id(one) }],
    ),
  };
  const template = {
    Resources: Object.fromEntries(
      all.flatMap((one) => {
        const given = properties(one, 'after', false);
        return given === undefined
          ? []
          : [[nameOf(one), { Type: TYPES[one.type]?.(one.change.after ?? {}).type, Properties: given }] as const];
      }),
    ),
  };
  return { changeSet: JSON.stringify([page, there]), template: JSON.stringify(template) };
}

/** Resources whose ID is an ARN. */
const ARNS: ReadonlySet<string> = new Set(['aws_lb', 'aws_lb_listener', 'aws_lb_target_group']);

import { referred } from './references.js';

/** A change of a recorded plan. */
export interface RecordedChange {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before?: Values | null;
    readonly after?: Values | null;
    readonly after_unknown?: Values;
  };
}

/** The configuration of a recorded plan. */
export interface RecordedConfiguration {
  readonly resources: readonly { readonly type: string; readonly name: string; readonly expressions?: Values }[];
}

/** A recorded plan of Terraform. */
export interface RecordedDocument {
  readonly resource_changes: readonly RecordedChange[];
  readonly configuration: { readonly root_module: RecordedConfiguration };
}

/** A recorded plan, of which the types stay that a tool writes. */
export function written(text: string, types: Readonly<Record<string, unknown>>): RecordedDocument {
  const document = JSON.parse(text) as RecordedDocument;
  return { ...document, resource_changes: document.resource_changes.filter(({ type }) => Object.hasOwn(types, type)) };
}

type Values = Readonly<Record<string, unknown>>;

const NONE: Values = {};
const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

/** Tokens by type of resource. */
export const TOKENS: Readonly<Record<string, string>> = {
  aws_vpc: 'ec2/vpc:Vpc',
  aws_subnet: 'ec2/subnet:Subnet',
  aws_security_group: 'ec2/securityGroup:SecurityGroup',
  aws_security_group_rule: 'ec2/securityGroupRule:SecurityGroupRule',
  aws_vpc_security_group_ingress_rule: 'vpc/securityGroupIngressRule:SecurityGroupIngressRule',
  aws_vpc_security_group_egress_rule: 'vpc/securityGroupEgressRule:SecurityGroupEgressRule',
  aws_network_acl: 'ec2/networkAcl:NetworkAcl',
  aws_network_interface: 'ec2/networkInterface:NetworkInterface',
  aws_lb: 'lb/loadBalancer:LoadBalancer',
  aws_lb_listener: 'lb/listener:Listener',
  aws_lb_target_group: 'lb/targetGroup:TargetGroup',
  aws_lb_target_group_attachment: 'lb/targetGroupAttachment:TargetGroupAttachment',
  aws_apigatewayv2_api: 'apigatewayv2/api:Api',
  aws_apigatewayv2_vpc_link: 'apigatewayv2/vpcLink:VpcLink',
  aws_apigatewayv2_integration: 'apigatewayv2/integration:Integration',
  aws_apigatewayv2_route: 'apigatewayv2/route:Route',
  aws_apigatewayv2_stage: 'apigatewayv2/stage:Stage',
  aws_api_gateway_rest_api: 'apigateway/restApi:RestApi',
  aws_api_gateway_resource: 'apigateway/resource:Resource',
  aws_api_gateway_method: 'apigateway/method:Method',
  aws_api_gateway_integration: 'apigateway/integration:Integration',
  aws_api_gateway_deployment: 'apigateway/deployment:Deployment',
  aws_api_gateway_stage: 'apigateway/stage:Stage',
  aws_api_gateway_vpc_link: 'apigateway/vpcLink:VpcLink',
  aws_ecs_cluster: 'ecs/cluster:Cluster',
  aws_ecs_service: 'ecs/service:Service',
  aws_ecs_task_definition: 'ecs/taskDefinition:TaskDefinition',
  aws_service_discovery_service: 'servicediscovery/service:Service',
  aws_autoscaling_group: 'autoscaling/group:Group',
  aws_autoscaling_attachment: 'autoscaling/attachment:Attachment',
  aws_launch_template: 'ec2/launchTemplate:LaunchTemplate',
};

/** Lists of one for Terraform, objects for Pulumi. */
const SINGLE = new Set([
  'forward',
  'redirect',
  'fixed_response',
  'health_check',
  'network_configuration',
  'service_registries',
  'deployment_controller',
  'launch_template',
  'endpoint_configuration',
  'health_check_custom_config',
  'health_check_config',
  'dns_config',
  'target_arns',
]);

const OPERATIONS: readonly (readonly [actions: string, op: string])[] = [
  ['no-op', 'same'],
  ['create', 'create'],
  ['update', 'update'],
  ['delete', 'delete'],
  ['delete,create', 'replace'],
  ['create,delete', 'replace'],
];

/** The URN of a resource. */
export const urnOf = ({ address, type }: RecordedChange): string =>
  `urn:pulumi:prod::shop::aws:${TOKENS[type] ?? type}::${address.slice(type.length + 1)}`;

/** A recorded plan of Terraform, as `pulumi preview --json` writes the same program. */
export function asPulumi(changes: readonly RecordedChange[], { resources }: RecordedConfiguration): string {
  const steps = changes.map((one) => {
    const { before, after, after_unknown: unknown = NONE, actions } = one.change;
    const declared = resources.find(({ type, name }) => type === one.type && name === one.name)?.expressions ?? {};
    const depends = Object.fromEntries(
      Object.entries(declared).map(([name, expression]) => {
        const found = referred(changes, expression).map(({ change }) => change);
        return [camel(name), [...new Set(found.map(urnOf))]];
      }),
    );
    const state = (values: Values | null | undefined, open: Values) =>
      values === null || values === undefined
        ? undefined
        : {
            urn: urnOf(one),
            type: `aws:${TOKENS[one.type] ?? one.type}`,
            id: values['id'],
            // What the program does not give is an output.
            inputs: Object.fromEntries(
              Object.entries(members(values, open)).filter(
                ([name, value]) => name in depends || (isRules(name) && value !== UNKNOWN),
              ),
            ),
            outputs: open === NONE ? members(values, NONE) : {},
            propertyDependencies: depends,
          };
    const op = OPERATIONS.find(([name]) => name === actions.join(','))?.[1];
    return { op, urn: urnOf(one), oldState: state(before, NONE), newState: state(after, unknown) };
  });
  return JSON.stringify({ config: { 'aws:region': 'eu-west-1' }, steps, changeSummary: {} });
}

/** Names that differ: lists in the plural, lists of one, references. */
const NAMES: Readonly<Record<string, string>> = {
  default_action: 'defaultActions',
  route: 'routes',
  load_balancer: 'loadBalancers',
  target_arns: 'targetArn',
  rest_api_id: 'restApi',
  deployment_id: 'deployment',
  vpc_zone_identifier: 'vpcZoneIdentifiers',
};

/** Rules of a group may be dynamic blocks, which the configuration does not have. */
function isRules(name: string): boolean {
  return name === 'ingress' || name === 'egress';
}

function camel(name: string): string {
  return NAMES[name] ?? name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function members(values: Values, unknown: Values): Values {
  const names = new Set([...Object.keys(values), ...Object.keys(unknown)]);
  return Object.fromEntries([...names].map((name) => [camel(name), valueOf(name, values[name], unknown[name])]));
}

function valueOf(name: string, value: unknown, unknown: unknown): unknown {
  if (unknown === true) return UNKNOWN;
  if (Array.isArray(value)) {
    const open = Array.isArray(unknown) ? (unknown as readonly unknown[]) : [];
    const list = value.map((one: unknown, at) => valueOf(name, one, open[at]));
    return SINGLE.has(name) ? list[0] : list;
  }
  if (typeof value !== 'object' || value === null) return value;
  return members(value as Values, (typeof unknown === 'object' ? (unknown ?? {}) : {}) as Values);
}

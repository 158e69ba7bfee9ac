import { idForm, type AttributeUse, type View } from '@postern/core/internal/overlay';
import { partitionOf } from '../../cloud/arn.js';

/** An ID as API Gateway gives it, with a letter for each kind. */
export const shortId = (letter: string) => (_: View, hash: string) => `tf${letter}${hash.slice(0, 8)}`;

const byPrefix = (prefix: string, holders: RegExp): AttributeUse => ({ ...idForm(prefix), holders });
const byArn = (part: RegExp, holders: RegExp): AttributeUse => ({ attribute: 'arn', form: part, holders });

/** A cluster, resources of AWS with values that users write, and those of other providers: an ID of anything. */
const OF_CLUSTER =
  /^(?!aws_)|^aws_(?:ecs_cluster$|ssm_|secretsmanager_|cloudformation_|appconfig_|dynamodb_|s3_|lambda_)/;

const SUBNETS = /subnets?(?:_ids?)?$/;

/** What attributes of AWS name, by the forms of their IDs. */
export const AWS = {
  network: byPrefix('vpc', /(?:^|_)vpc_ids?$/),
  subnet: { ...byPrefix('subnet', SUBNETS), more: 'paths' },
  /** Of a network ACL more subnets mean neither more paths nor that more is allowed. */
  filtered: byPrefix('subnet', SUBNETS),
  group: { ...byPrefix('sg', /(?:security_groups?|(?:^|_)sgs?)(?:_ids?)?$/), more: 'allows' },
  acl: byPrefix('acl', /acl_ids?$/),
  table: byPrefix('rtb', /route_table_ids?$/),
  prefixList: byPrefix('pl', /prefix_list_ids?$/),
  interface: byPrefix('eni', /interface_ids?$|(?:^|_)eni_ids?$/),
  instance: byPrefix('i', /instance_ids?$/),
  address: { attribute: 'private_ip', form: /^[0-9a-f.:]+$/ },
  /** An instance, an address, or a load balancer: what is registered in a target group. */
  registered: { attribute: 'id', form: /^(?:i-[0-9a-z]+|[0-9]+\.[0-9.]+|arn:[^/]*:loadbalancer\/.*)$/ },
  hop: { attribute: 'id', form: /^(?:igw|vgw|vpce|nat|eigw|tgw|pcx|eni|i|cagw|lgw)-[0-9a-z]+$/ },
  certificate: byArn(/:acm:[^:]*:[^:]*:certificate\//, /certificate(?:_arns?)?$/),
  balancer: byArn(/:loadbalancer\//, /(?:load_?balancers?|(?:^|_)[an]?lb)(?:_arns?|_ids?)?$/),
  listener: byArn(/:listener\//, /listener(?:_arns?|_ids?)?$/),
  rule: byArn(/:listener(?:-rule)?\//, /listener(?:_rule)?(?:_arns?|_ids?)?$|_rule$/),
  targetGroup: byArn(/:targetgroup\//, /target_groups?(?:_arns?)?$/),
  /** A service of Cloud Map. */
  registry: byArn(/:servicediscovery:[^:]*:[^:]*:service\//, /(?:registry|service)(?:_arns?)?$/),
  /** By its ARN, or by its family, with a revision or without. */
  taskDefinition: { attribute: 'arn', form: /:task-definition\/|^[\w-]+(?::\d+)?$/ },
  /** A cluster of ECS, by its name or its ARN. */
  cluster: { attribute: 'name', form: /^(?:arn:.*:cluster\/)?[\w-]+$/, types: OF_CLUSTER },
  scalingGroup: byArn(/:autoScalingGroup:/, /auto_?scaling_group_(?:arns?|ids?)$/),
  /** A launch template, a launch configuration or a scaling group: users choose their names. */
  launched: { attribute: 'id', form: /^(?!arn:)(?!\$)\S+$/ },
  /** A listener or a service of Cloud Map. */
  uri: byArn(/:listener\/|:servicediscovery:[^:]*:[^:]*:service\//, /(?:listener|service)(?:_arns?|_ids?)?$|uri$/),
  /** The name of a custom domain. */
  domain: { attribute: 'id', form: /^[\w*-]+(?:\.[\w-]+)+$/, types: /_domain_name$/, holders: /domain_names?$/ },
  api: { attribute: 'id', form: /^[a-z0-9]{6,}$/, types: /_(?:rest_)?api$/, holders: /api_ids?$/ },
  /** A link of a gateway: words beside it have no digit. */
  link: { attribute: 'id', form: /^(?=.*\d)[a-z0-9]{5,}$/, types: /_vpc_link$/, holders: /(?:link|connection)_ids?$/ },
  integration: {
    attribute: 'id',
    form: /^(?:integrations\/)?[a-z0-9]{5,}$/,
    types: /_integration$/,
    holders: /integration_ids?$|^target$/,
  },
  deployment: { attribute: 'id', form: /^[a-z0-9]{5,}$/, types: /_deployment$/, holders: /deployment_ids?$/ },
  gatewayPart: { attribute: 'id', form: /^(?:integrations\/)?[a-z0-9]{5,}$/ },
} as const satisfies Record<string, AttributeUse>;

/** An ARN in the place of a resource, of what does not exist yet. */
export function arn(view: View, resource: string, service = 'elasticloadbalancing'): string {
  const { region, account } = view.lookup.place;
  return `arn:${partitionOf(region)}:${service}:${region}:${account}:${resource}`;
}

/** The name of a resource as its ARN has it. */
export function nameIn(view: View, hash: string): string {
  // A name that the cloud refuses makes no ARN.
  return view.ifKnown(() => view.text('name'))?.replaceAll(/[^\w-]/g, '-') ?? `tf-${hash.slice(0, 8)}`;
}

/** In milliseconds. Undefined: it is set, and not known. */
export function secondsOf(view: View, name: string, otherwise: number): number | undefined {
  return view.ifKnown(() => (view.number(name) ?? otherwise) * 1000);
}

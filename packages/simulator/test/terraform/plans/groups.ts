/** A plan that is recorded: one configuration in one form. */
export interface PlanVariant {
  readonly name: string;
  /** What it does, as a row of a table. */
  readonly what: string;
  /** Files that differ, by name; an ID by `${id of ADDRESS}`. Empty: removed. */
  readonly files?: Readonly<Record<string, string>>;
  /** Arguments of `terraform plan`. */
  readonly args?: readonly string[];
  /** Commands before the plan. */
  readonly first?: readonly (readonly string[])[];
  /** Created from nothing, in place of from `base`. */
  readonly creates?: boolean;
  /** What is called, where it is not what the group calls. */
  readonly path?: string;
  readonly method?: string;
}

/** Plans of one configuration. */
export interface PlanGroup {
  readonly name: string;
  /** Where each file is taken from, by its name in the configuration. */
  readonly files: Readonly<Record<string, string>>;
  readonly regions: readonly string[];
  /** What is called, and the key of its route. */
  readonly path: string;
  readonly route: string;
  /** The address of the route, where several have the key. */
  readonly called?: string;
  readonly isSocket?: boolean;
  readonly variants: readonly PlanVariant[];
}

const named = (...files: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(files.map((file) => [file, file]));

const rows = (
  table: readonly (readonly [name: string, what: string, more?: Partial<PlanVariant>])[],
): readonly PlanVariant[] => table.map(([name, what, more]) => ({ name, what, ...more }));

const REGIONS = ['eu-west-1'];
const RULE = 'aws_vpc_security_group_ingress_rule.balancer';
const rule = (name: string, source: string): string => `resource "aws_vpc_security_group_ingress_rule" "${name}" {
  security_group_id = aws_security_group.balancer.id
  ${source}
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
}
`;
const BLOCK = 'cidr_ipv4 = "10.20.0.0/16"';

/** The configurations of which plans are recorded, beside `examples/terraform`. */
export const PLAN_GROUPS: readonly PlanGroup[] = [
  {
    name: 'rest',
    files: { ...named('provider.tf', 'network.tf', 'nlb.tf'), 'main.tf': 'rest/main.tf' },
    regions: REGIONS,
    path: '/prod/orders',
    route: 'GET /orders',
    variants: rows([
      ['create', 'Creates a REST API with a V1 link', { creates: true }],
      ['listener-port', 'Moves the listener to another port'],
      ['uri-port', 'Calls another port, and deploys'],
      ['uri-port-not-deployed', 'Calls another port, and does not deploy'],
      ['rule-removed', 'Removes the rule of the backend'],
      ['method-added', 'Adds a method, and deploys', { method: 'POST' }],
      ['body', 'Replaces the resources by a document'],
      ['body-port', 'The document names a port without a listener'],
      ['body-create', 'Creates a REST API with a document', { creates: true }],
    ]),
  },
  {
    name: 'socket',
    files: { ...named('provider.tf', 'network.tf', 'nlb.tf'), 'main.tf': 'socket/main.tf' },
    regions: REGIONS,
    path: '/prod',
    route: '$connect',
    isSocket: true,
    variants: rows([
      ['create', 'Creates a WebSocket API', { creates: true }],
      ['uri-port', 'Calls a port without a listener'],
    ]),
  },
  {
    name: 'map',
    files: { ...named('provider.tf', 'network.tf'), 'main.tf': 'map/main.tf' },
    regions: REGIONS,
    path: '/orders/1',
    route: 'ANY /orders/{proxy+}',
    variants: rows([
      ['create', 'Creates a service of Cloud Map as the target', { creates: true }],
      ['instance-removed', 'Removes the instance of the service'],
      ['link-block', 'Narrows the rule of the link'],
      ['body', 'Replaces route and integration by a document'],
      ['body-create', 'Creates an HTTP API with a document', { creates: true }],
    ]),
  },
  {
    name: 'peer',
    files: { ...named('provider.tf', 'network.tf', 'alb.tf'), 'main.tf': 'peer/main.tf' },
    regions: REGIONS,
    path: '/orders/1',
    route: 'ANY /orders/{proxy+}',
    variants: rows([
      ['create', 'Creates a peering with inline routes', { creates: true }],
      ['separate', 'Creates the same with separate routes', { creates: true }],
      ['route-removed', 'Removes the inline route'],
      ['return-route-removed', 'Removes the route of the answers'],
      ['separate-route-removed', 'Creates it without the separate route', { creates: true }],
      ['by-block', 'Allows a block in place of a prefix list'],
      ['prefix-entry-removed', 'Replaces the entry of the prefix list'],
    ]),
  },
  {
    name: 'forms',
    files: {
      ...named('provider.tf', 'network.tf', 'alb.tf'),
      'main.tf': 'forms/main.tf',
      'rules/main.tf': 'forms/rules/main.tf',
      'rules/inner/main.tf': 'forms/rules/inner/main.tf',
    },
    regions: REGIONS,
    path: '/orders/1',
    route: 'ANY /orders/{proxy+}',
    variants: ['module', 'module-broken', 'inline', 'inline-broken', 'for-each'].map((form) => ({
      name: form,
      what: `Creates a rule or its target in another form (${form})`,
      creates: true,
    })),
  },
  {
    name: 'lifecycle',
    files: {
      ...named('provider.tf', 'network.tf', 'alb.tf', 'target.tf'),
      'main.tf': 'lifecycle/main.tf',
      'rule.tf': 'lifecycle/rule.tf',
    },
    regions: REGIONS,
    path: '/orders/1',
    route: 'ANY /orders/{proxy+}',
    variants: rows([
      ['base', 'Changes nothing'],
      [
        'moved',
        'Renames the rule with `moved`',
        {
          files: {
            'rule.tf': `${rule('renamed', BLOCK)}moved {\n  from = ${RULE}\n  to = aws_vpc_security_group_ingress_rule.renamed\n}\n`,
          },
        },
      ],
      [
        'forgotten',
        'Removes the rule from the state (`removed`, `destroy = false`)',
        { files: { 'rule.tf': `removed {\n  from = ${RULE}\n  lifecycle {\n    destroy = false\n  }\n}\n` } },
      ],
      [
        'removed',
        'Deletes the rule (`removed`, `destroy = true`)',
        { files: { 'rule.tf': `removed {\n  from = ${RULE}\n  lifecycle {\n    destroy = true\n  }\n}\n` } },
      ],
      [
        'imported',
        'Imports the rule',
        {
          first: [['state', 'rm', RULE]],
          files: { 'rule.tf': `${rule('balancer', BLOCK)}import {\n  to = ${RULE}\n  id = "\${id of ${RULE}}"\n}\n` },
        },
      ],
      [
        'target',
        'Removes the rule, with `-target` of another resource',
        { files: { 'rule.tf': '' }, args: ['-target=aws_lb_target_group.shop'] },
      ],
      [
        'errored',
        'Ends with an error',
        {
          files: {
            'rule.tf': `${rule('balancer', BLOCK)}resource "terraform_data" "wrong" {\n  lifecycle {\n    precondition {\n      condition = aws_vpc.shop.cidr_block == ""\n      error_message = "wrong"\n    }\n  }\n}\n`,
          },
        },
      ],
      ['link-replaced', 'Replaces the link, the new one first'],
      ['group-replaced', 'Replaces the target group, the new one first'],
      [
        'sensitive',
        'Creates the rule with a sensitive block',
        { creates: true, files: { 'rule.tf': rule('balancer', 'cidr_ipv4 = sensitive("10.20.0.0/16")') } },
      ],
      [
        'data',
        'Names the group by a data source that is read during the apply',
        {
          files: {
            'rule.tf': `data "aws_security_group" "link" {\n  id = aws_security_group.link.id\n  depends_on = [terraform_data.changed]\n}\n${rule('balancer', 'referenced_security_group_id = data.aws_security_group.link.id')}`,
          },
        },
      ],
    ]),
  },
  {
    name: 'regions',
    files: {
      'provider.tf': 'provider.tf',
      'main.tf': 'regions/main.tf',
      ...Object.fromEntries(['network.tf', 'alb.tf', 'target.tf'].map((file) => [`shop/${file}`, file])),
      'shop/shop.tf': 'regions/shop.tf',
    },
    regions: ['eu-west-1', 'us-west-2'],
    path: '/orders/1',
    route: 'ANY /orders/{proxy+}',
    called: 'module.west.aws_apigatewayv2_route.orders',
    variants: rows([['rule-removed', 'Removes a rule in one of two regions']]),
  },
];

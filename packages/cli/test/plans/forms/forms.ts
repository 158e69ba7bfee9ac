/** What is right about the route that is called, after the plan. */
export interface Expected {
  readonly before: 'pass' | 'fail' | 'absent';
  readonly after: 'pass' | 'fail' | 'unknown' | 'absent';
  /** The code of a finding that decides. */
  readonly code?: string;
  /** An address that the finding, or the reason, names: what is at fault, or open. */
  readonly at?: string;
  /** Words of the finding, of the reason, or of a note. */
  readonly says?: RegExp;
  /** Whether calls are answered, where the verdict names a condition for that. */
  readonly answers?: boolean;
}

/** A text of a part that differs, wherever it occurs in it. */
export type Swap = readonly [part: string, from: string, to: string];

/** A configuration in the form in which people write it. */
export interface Form {
  readonly name: string;
  readonly what: string;
  /** The names of `parts/*.tf`, with blanks between them, by the folder of their module; `.` is the root. */
  readonly parts: Readonly<Record<string, string>>;
  readonly swaps: readonly Swap[];
  /** Text of another file of the root. */
  readonly more: string;
  /** The form that is applied first; by default nothing is. */
  readonly from?: string;
  /** Whether it has a state of its own, beside that of `from`. */
  readonly isOther?: boolean;
  /** What is judged: the plan, or the state after it. */
  readonly reads: 'plan' | 'state';
  /** What is called: the path with its stage, and the key of the route that has to serve it. */
  readonly path: string;
  readonly route: string;
  readonly expected: Expected;
}

const pass: Expected = { before: 'absent', after: 'pass' };
const fail = (code: string, at: string, says: RegExp): Expected => ({
  before: 'absent',
  after: 'fail',
  code,
  at,
  says,
});
const unknown = (says: RegExp, at?: string): Expected => ({
  before: 'absent',
  after: 'unknown',
  says,
  ...(at === undefined ? {} : { at }),
});
/** A pass that names a condition, which is not met here: no plan shows whether it is. */
const conditional = (says: RegExp): Expected => ({ ...pass, says, answers: false });

type Options = Partial<Omit<Form, 'name' | 'what' | 'expected'>> & { readonly modules?: Form['parts'] };

function form(
  name: string,
  what: string,
  root: string,
  expected: Expected,
  { modules = {}, ...options }: Options = {},
): Form {
  const isRest = root.includes(' rest');
  return {
    name,
    what,
    parts: { '.': `provider ${root}`, ...modules },
    swaps: [],
    more: '',
    reads: 'plan',
    path: isRest ? '/prod/orders/1' : '/orders/1',
    route: 'ANY /{proxy+}',
    expected,
    ...options,
  };
}

/** The same configuration with a change, over what the other one has built. */
function then(base: Form, name: string, what: string, after: Partial<Expected>, options: Options = {}): Form {
  const { modules = {}, ...others } = options;
  const { parts, swaps, more, path, route } = base;
  return {
    name,
    what,
    from: base.name,
    reads: 'plan',
    path,
    route,
    more,
    parts: { ...parts, ...modules },
    expected: { before: 'pass', after: 'pass', ...after },
    ...others,
    swaps: [...(options.isOther === true ? [] : swaps), ...(options.swaps ?? [])],
  };
}

const ALB = 'net groups alb link2 http';
const NLB = 'net nlb link-group link2 http';
const REST = 'net nlb link1 rest';
const TCP: Swap = ['http', 'aws_lb_listener.http', 'aws_lb_listener.tcp'];
const ORDERS = { path: '/orders/1', route: 'ANY /orders/{proxy+}' };
const RULE = 'no rule .* allows inbound';

/** The provider tries to delete a group for 15 minutes, unless it has another limit. */
const limited = form('http-timeouts', 'A group with a limit for its deletion', `${ALB} ip-target`, pass, {
  swaps: [['groups', '"orders-balancer"\n', '"orders-balancer"\n  timeouts {\n    delete = "1m"\n  }\n']],
});
const http = form('http-alb', 'HTTP API, ALB, groups with rules inside, an address', `${ALB} ip-target`, pass);
const rest = form('rest-nlb', 'REST API, link V1, NLB by its DNS name', `${REST} ip-target`, pass);

/** A rule of the older form: out of a group to everywhere. */
const out = (group: string): string => `resource "aws_security_group_rule" "${group}_out" {
  type              = "egress"
  security_group_id = aws_security_group.${group}.id
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
  cidr_blocks       = ["0.0.0.0/0"]
}
`;
const MAP: Swap = ['http', 'aws_lb_listener.http', 'aws_service_discovery_service.main'];
const WITH_GROUP: Swap = [
  'nlb',
  '"network"\n',
  '"network"\n  security_groups                  = [aws_security_group.balancer.id]\n',
];
const BY_INSTANCE: Swap = ['alb', 'target_type = "ip"', 'target_type = "instance"'];
const BY_STAGE: readonly Swap[] = [
  ['rest', '= aws_api_gateway_vpc_link.main.id', '= "$${stageVariables.vpcLinkId}"'],
  ['rest', '${aws_lb.main.dns_name}', '$${stageVariables.host}'],
  [
    'rest',
    '"prod"',
    '"prod"\n  variables     = { vpcLinkId = aws_api_gateway_vpc_link.main.id, host = aws_lb.main.dns_name }',
  ],
];
const OUTER: readonly Swap[] = [
  ['link1', 'aws_lb.main.arn', 'aws_lb.outer.arn'],
  ['rest', 'aws_lb.main.dns_name', 'aws_lb.outer.dns_name'],
  ['groups', 'security_groups = [aws_security_group.link.id]', 'cidr_blocks     = [aws_vpc.main.cidr_block]'],
];
const BY_MAP: Swap = [
  'fargate',
  'load_balancer {\n    target_group_arn = aws_lb_target_group.main.arn',
  'service_registries {\n    registry_arn   = aws_service_discovery_service.main.arn',
];
const ON_MACHINES: readonly Swap[] = [
  BY_INSTANCE,
  ['fargate', '"awsvpc"', '"bridge"'],
  ['fargate', 'hostPort = 8080', 'hostPort = 0'],
  ['fargate', '"FARGATE"', '"EC2"'],
  [
    'fargate',
    '  network_configuration {\n    subnets          = aws_subnet.private[*].id\n    security_groups  = [aws_security_group.tasks.id]\n    assign_public_ip = false\n  }\n\n',
    '',
  ],
];
const GROUP_PORT: Swap = ['groups', '= 80\n', '= 443\n'];
const CLOSED: Expected = fail('NO_RULE', 'aws_security_group', new RegExp(RULE));

/** One document in the forms in which it is given. */
function documents(name: string, type: string, link: string, uri: string, root: string): readonly Form[] {
  const part = `${name}-body`;
  const values = `{ type = "${type}", link = ${link}, uri = ${uri} }`;
  const document = `jsonencode({
    openapi = "3.0.1"
    info    = { title = "orders", version = "1.0" }
    paths = { "/orders" = { get = { x-amazon-apigateway-integration = {
      type                 = "${type}"
      httpMethod           = "GET"
      connectionType       = "VPC_LINK"
      connectionId         = ${link}
      uri                  = ${uri}
      payloadFormatVersion = "1.0"
    } } } }
  })`;
  const at = { path: name === 'rest' ? '/prod/orders' : '/orders', route: 'GET /orders' };
  const open: Expected = {
    ...pass,
    says: /holds if the document names nothing else/,
    at: 'body is known after the apply',
  };
  const inPlace = (text: string): Options => ({ ...at, swaps: [[part, 'local.document', text]] });
  const local = (text: string): Options => ({ ...at, more: `locals {\n  document = ${text}\n}\n` });
  return [
    form(`${name}-body`, 'A document by jsonencode', root, open, inPlace(document)),
    form(`${name}-body-local`, 'A document in a local value', root, open, local(document)),
    form(
      `${name}-body-template`,
      'A document by templatefile',
      `${root} openapi.tftpl`,
      open,
      inPlace(`templatefile("\${path.module}/openapi.tftpl", ${values})`),
    ),
  ];
}

type Fault = readonly [name: string, what: string, expected: Expected, swaps: readonly Swap[], more?: string];

/** A stack that works, and the same with a fault. */
function stack(name: string, what: string, root: string, options: Options, faults: readonly Fault[]): readonly Form[] {
  return [
    form(name, what, root, pass, options),
    ...faults.map(([fault, how, expected, swaps, more = '']) =>
      form(`${name}-${fault}`, `${what}: ${how}`, `${root} ${more}`.trim(), expected, {
        ...options,
        swaps: [...(options.swaps ?? []), ...swaps],
      }),
    ),
  ];
}

const HTTP_DOCUMENTS = documents(
  'http',
  'HTTP_PROXY',
  'aws_apigatewayv2_vpc_link.main.id',
  'aws_lb_listener.http.arn',
  'net groups alb link2 http-body ip-target',
);

/** HTTP APIs with links of version 2. */
const HTTP_FORMS: readonly Form[] = [
  http,
  limited,
  form('http-separate', 'Rules as resources, by groups', 'net groups-separate alb link2 http ip-target', pass),
  form('http-older', 'Rules in the older form', 'net groups-older alb link2 http ip-target', pass),
  form(
    'http-older-each',
    'The same by for_each over groups',
    'net groups-older alb link2 http ip-target',
    unknown(/one of 3 values/),
    {
      swaps: [
        ['groups-older', out('link'), ''],
        ['groups-older', out('tasks'), ''],
        [
          'groups-older',
          out('balancer'),
          `resource "aws_security_group_rule" "out" {
  for_each          = { link = aws_security_group.link.id, balancer = aws_security_group.balancer.id, tasks = aws_security_group.tasks.id }
  type              = "egress"
  security_group_id = each.value
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
  cidr_blocks       = ["0.0.0.0/0"]
}
`,
        ],
      ],
    },
  ),
  form('http-dynamic', 'Rules as dynamic blocks over ports', 'net groups-dynamic alb link2 http ip-target', pass),
  form(
    'http-dynamic-group',
    'A dynamic block that names a group',
    `${ALB} ip-target`,
    unknown(/dynamic block/, 'aws_security_group.balancer'),
    {
      swaps: [
        [
          'groups',
          '  ingress {\n    description     = "calls of the gateway"',
          '  dynamic "ingress" {\n    for_each = [aws_security_group.link.id]\n    content {',
        ],
        ['groups', 'security_groups = [aws_security_group.link.id]', 'security_groups = [ingress.value]\n    }'],
      ],
    },
  ),
  form('http-self', 'One group for all, with a rule for itself', 'net groups-self alb link2 http ip-target', pass, {
    swaps: [
      ['alb', 'aws_security_group.balancer', 'aws_security_group.main'],
      ['link2', 'aws_security_group.link', 'aws_security_group.main'],
      ['ip-target', 'aws_security_group.tasks', 'aws_security_group.main'],
    ],
  }),
  form(
    'http-local-group',
    'The group of the link by a local value',
    `${ALB} ip-target`,
    unknown(/local value/, 'aws_security_group.balancer'),
    {
      more: 'locals {\n  callers = [aws_security_group.link.id]\n}\n',
      swaps: [['groups', 'security_groups = [aws_security_group.link.id]', 'security_groups = local.callers']],
    },
  ),
  form(
    'http-no-egress',
    'The group of the link has no rule out',
    'net groups-older alb link2 http ip-target',
    fail('NO_RULE', 'aws_security_group.link', /outbound/),
    {
      swaps: [['groups-older', out('link'), '']],
    },
  ),
  form(
    'http-balancer-port',
    'The balancer admits another port',
    `${ALB} ip-target`,
    fail('NO_RULE', 'aws_security_group.balancer', new RegExp(`${RULE} tcp 80`)),
    {
      swaps: [GROUP_PORT],
    },
  ),
  form('http-rules', 'A shared balancer, a rule by the path', 'net groups listener-rules link2 http ip-target', pass, {
    ...ORDERS,
    swaps: [['http', 'ANY /{proxy+}', 'ANY /orders/{proxy+}']],
  }),
  form(
    'http-rules-other',
    'A shared balancer, no rule has the path',
    'net groups listener-rules link2 http ip-target',
    fail('LISTENER_ANSWERS', 'aws_lb_listener.http', /404/),
    {
      ...ORDERS,
      swaps: [
        ['http', 'ANY /{proxy+}', 'ANY /orders/{proxy+}'],
        ['listener-rules', '["/orders", "/orders/*"]', '["/items/*"]'],
      ],
    },
  ),
  form(
    'http-rules-host',
    'A rule by the host, which the integration sends',
    'net groups listener-rules link2 http ip-target',
    pass,
    {
      swaps: [
        [
          'listener-rules',
          'path_pattern {\n      values = ["/orders", "/orders/*"]',
          'host_header {\n      values = ["orders.example.com"]',
        ],
        [
          'http',
          'payload_format_version = "1.0"',
          'payload_format_version = "1.0"\n  request_parameters     = { "overwrite:header.host" = "orders.example.com" }',
        ],
      ],
    },
  ),
  form(
    'http-each',
    'Routes and services of maps, with for_each',
    'net groups-dynamic services-each link2 http-each',
    pass,
    {
      path: '/items/1',
      route: 'GET /items/{id}',
    },
  ),
  form(
    'http-each-port',
    'The group of the machines lacks the port of one service',
    'net groups-dynamic services-each link2 http-each',
    fail('NO_RULE', 'aws_security_group.tasks', new RegExp(`${RULE} tcp 8081`)),
    {
      path: '/items/1',
      route: 'GET /items/{id}',
      swaps: [['groups-dynamic', '["8080", "8081"]', '["8080"]']],
    },
  ),
  form('http-stage', 'A stage with a deployment of its own', `${ALB} ip-target`, pass, {
    path: '/dev/orders/1',
    more: 'resource "aws_apigatewayv2_deployment" "main" {\n  api_id     = aws_apigatewayv2_api.main.id\n  depends_on = [aws_apigatewayv2_route.main]\n}\n',
    swaps: [
      ['http', '"$default"', '"dev"'],
      ['http', 'auto_deploy = true', 'deployment_id = aws_apigatewayv2_deployment.main.id'],
    ],
  }),
  form('http-default-route', 'The route of everything, a stage that is named', `${ALB} ip-target`, pass, {
    path: '/v1/orders/1',
    route: '$default',
    swaps: [
      ['http', '"ANY /{proxy+}"', '"$default"'],
      ['http', 'name        = "$default"', 'name        = "v1"'],
    ],
  }),
  form(
    'http-counted',
    'Resources by count, named with try, one, element and join',
    'net groups alb counted ip-target',
    pass,
  ),
  form('http-modules', 'Modules of the network and of the API', 'call-api', pass, {
    modules: { net: 'net groups alb ip-target module-network-outputs', api: 'module-api' },
  }),
  form('http-map-of-one', 'A module is given a map with one listener', 'call-api', pass, {
    modules: { net: 'net groups alb ip-target module-network-outputs', api: 'module-api' },
    swaps: [
      ['call-api', 'listener_arn       = module.net.listener', 'listener_arns      = { orders = module.net.listener }'],
      ['module-api', 'variable "listener_arn" {\n  type = string', 'variable "listener_arns" {\n  type = map(string)'],
      ['module-api', 'var.listener_arn\n', 'var.listener_arns["orders"]\n'],
    ],
  }),
  form(
    'http-map-of-groups',
    'A module is given a map of several groups',
    'call-api',
    unknown(/map|object/, 'module.api'),
    {
      modules: { net: 'net groups alb ip-target module-network-outputs', api: 'module-api' },
      swaps: [
        ['call-api', 'security_group_ids = [module.net.link_group]', 'groups             = module.net.group_ids'],
        [
          'module-api',
          'variable "security_group_ids" {\n  type = list(string)',
          'variable "groups" {\n  type = map(string)',
        ],
        ['module-api', 'security_group_ids = var.security_group_ids', 'security_group_ids = [var.groups["link"]]'],
      ],
    },
  ),
  form(
    'http-public-link',
    'The link is in public subnets, the balancer in private ones',
    'net public groups alb link2 http ip-target',
    pass,
    {
      swaps: [['link2', 'aws_subnet.private[*].id', 'values(aws_subnet.public)[*].id']],
    },
  ),
  form('http-acl', 'A network ACL that admits the network', `${ALB} acl ip-target`, pass),
  form(
    'http-acl-narrow',
    'A network ACL that admits one port',
    `${ALB} acl ip-target`,
    fail('ACL_DENIES', 'aws_network_acl.private', /allows inbound tcp 8080/),
    {
      swaps: [['acl', 'from_port  = 0\n    to_port    = 65535', 'from_port  = 80\n    to_port    = 80']],
    },
  ),
  form(
    'http-nothing-registers',
    'Nothing registers targets',
    ALB,
    fail('GROUP_EMPTY', 'aws_lb_target_group.main', /no targets/),
  ),
  ...HTTP_DOCUMENTS,
  // A document that is in a local value may name nothing of what does not work.
  ...HTTP_DOCUMENTS.slice(0, 2).map((one): Form => ({
    ...one,
    name: `${one.name}-closed`,
    what: `${one.what}: the balancer admits another port`,
    swaps: [...one.swaps, GROUP_PORT],
    expected:
      one.more === ''
        ? fail('NO_RULE', 'aws_security_group.balancer', new RegExp(`${RULE} tcp 80`))
        : // What a stage is given by the provider can be no link, and is no reason.
          unknown(/body is known after the apply: local\.document is a local value/),
  })),
  form('http-nlb', 'HTTP API, NLB', `${NLB} ip-target`, pass, { swaps: [TCP] }),
  form('http-nlb-group', 'An NLB with a group that admits the link', `${NLB} nlb-group ip-target`, pass, {
    swaps: [TCP, WITH_GROUP],
  }),
  form(
    'http-nlb-group-closed',
    'An NLB with a group that admits another port',
    `${NLB} nlb-group ip-target`,
    fail('NO_RULE', 'aws_security_group.balancer', new RegExp(`${RULE} tcp 80`)),
    {
      swaps: [TCP, WITH_GROUP, ['nlb-group', '= 80\n', '= 8080\n']],
    },
  ),
  form(
    'http-nlb-closed',
    'An NLB whose targets admit another block',
    `${NLB} ip-target`,
    fail('NO_RULE', 'aws_security_group.tasks', new RegExp(RULE)),
    {
      swaps: [TCP, ['nlb', '[aws_vpc.main.cidr_block]', '["192.168.0.0/16"]']],
    },
  ),
  form('http-map', 'HTTP API, Cloud Map, an instance', 'net link-group cloud-map map-instance link2 http', pass, {
    swaps: [MAP],
  }),
  form(
    'http-map-empty',
    'Cloud Map, and nothing registers',
    'net link-group cloud-map link2 http',
    fail('NO_INSTANCE', 'aws_service_discovery_service.main', /no instance/),
    { swaps: [MAP] },
  ),
];

/** Machines and clusters as targets. */
const MACHINE_FORMS: readonly Form[] = [
  form('instance', 'An instance that is registered by its ID', `${ALB} instance`, pass, { swaps: [BY_INSTANCE] }),
  form(
    'instance-closed',
    'The group of the instance admits another port',
    `${ALB} instance`,
    fail('NO_RULE', 'aws_security_group.tasks', new RegExp(`${RULE} tcp 8080`)),
    {
      swaps: [BY_INSTANCE, ['groups', '= 8080\n', '= 9090\n']],
    },
  ),
  form('group', 'An Auto Scaling group that names the target group', `${ALB} asg`, pass, { swaps: [BY_INSTANCE] }),
  form('group-attached', 'An Auto Scaling group with an attachment', `${ALB} asg asg-attachment`, pass, {
    swaps: [BY_INSTANCE, ['asg', '  target_group_arns         = [aws_lb_target_group.main.arn]\n', '']],
  }),
  form(
    'group-closed',
    'The group of its machines admits another port',
    `${ALB} asg`,
    fail('NO_RULE', 'aws_security_group.tasks', new RegExp(`${RULE} tcp 8080`)),
    {
      swaps: [BY_INSTANCE, ['groups', '= 8080\n', '= 9090\n']],
    },
  ),
  form(
    'group-of-none',
    'An Auto Scaling group without machines',
    `${ALB} asg`,
    fail('GROUP_EMPTY', 'aws_autoscaling_group.main', /no targets/),
    {
      swaps: [BY_INSTANCE, ['asg', '= 2\n', '= 0\n']],
    },
  ),
  form(
    'eks',
    'A cluster of EKS, whose controller fills the group',
    `${ALB} eks`,
    unknown(/aws_eks_cluster\.main/, 'aws_lb_target_group.main'),
  ),
  form(
    'eks-attached',
    'The Auto Scaling group of nodes of EKS',
    `${NLB} eks eks-attachment`,
    unknown(/aws_eks_cluster is not carried out/),
    {
      swaps: [TCP, ['nlb', 'target_type = "ip"', 'target_type = "instance"']],
    },
  ),
];

/** REST APIs with links of version 1. */
const REST_FORMS: readonly Form[] = [
  rest,
  form('rest-name', 'The host of the URI is a domain', `${REST} ip-target`, pass, {
    swaps: [['rest', '${aws_lb.main.dns_name}', 'orders.example.com']],
  }),
  form(
    'rest-name-port',
    'The URI names a port without a listener',
    `${REST} ip-target`,
    fail('INTEGRATION_FAILS', 'aws_api_gateway_integration.proxy', /no listener on port 3000/),
    {
      swaps: [['rest', '${aws_lb.main.dns_name}', 'orders.example.com:3000']],
    },
  ),
  form(
    'rest-dns-port',
    'The URI has the DNS name and a port without a listener',
    `${REST} ip-target`,
    conditional(/holds if the URI names no other port/),
    {
      swaps: [['rest', '${aws_lb.main.dns_name}', '${aws_lb.main.dns_name}:3000']],
    },
  ),
  form(
    'rest-closed',
    'The machine admits another block',
    `${REST} ip-target`,
    fail('NO_RULE', 'aws_security_group.tasks', new RegExp(RULE)),
    {
      swaps: [['nlb', '[aws_vpc.main.cidr_block]', '["192.168.0.0/16"]']],
    },
  ),
  form('rest-nested', 'Nested paths, methods with for_each', 'net nlb link1 rest-nested ip-target', pass, {
    path: '/live/v1/orders',
    route: 'GET /v1/orders',
  }),
  form(
    'rest-integration-type',
    'An integration that is no proxy, with responses',
    'net nlb link1 rest-nested ip-target',
    pass,
    {
      path: '/live/v1/orders',
      route: 'GET /v1/orders',
      more: `resource "aws_api_gateway_method_response" "each" {
  for_each    = aws_api_gateway_method.each
  rest_api_id = aws_api_gateway_rest_api.main.id
  resource_id = each.value.resource_id
  http_method = each.value.http_method
  status_code = "200"
}

resource "aws_api_gateway_integration_response" "each" {
  for_each    = aws_api_gateway_integration.each
  rest_api_id = aws_api_gateway_rest_api.main.id
  resource_id = each.value.resource_id
  http_method = each.value.http_method
  status_code = aws_api_gateway_method_response.each[each.key].status_code
}
`,
      swaps: [
        ['rest-nested', '"HTTP_PROXY"', '"HTTP"'],
        ['rest-nested', '[aws_api_gateway_integration.each]', '[aws_api_gateway_integration_response.each]'],
      ],
    },
  ),
  form('rest-stage-variables', 'Link and host by variables of the stage', `${REST} ip-target`, pass, {
    swaps: BY_STAGE,
  }),
  form(
    'rest-stage-variable-lacks',
    'The stage lacks the variable of the link',
    `${REST} ip-target`,
    unknown(/variables\.vpcLinkId is known after the apply/),
    {
      swaps: [...BY_STAGE, ['rest', 'vpcLinkId = aws_api_gateway_vpc_link.main.id, ', '']],
    },
  ),
  form('rest-older-stage', 'The deployment creates the stage', `${REST} ip-target`, pass, {
    swaps: [
      [
        'rest',
        '  lifecycle {\n    create_before_destroy = true\n  }\n}\n\nresource "aws_api_gateway_stage" "main" {\n  rest_api_id   = aws_api_gateway_rest_api.main.id\n  deployment_id = aws_api_gateway_deployment.main.id\n  stage_name    = "prod"',
        '  stage_name = "prod"',
      ],
    ],
  }),
  form(
    'rest-no-deployment',
    'Nothing deploys the API',
    `${REST} ip-target`,
    fail('INTEGRATION_FAILS', 'aws_api_gateway_integration.proxy', /without a stage/),
    {
      swaps: [
        [
          'rest',
          'resource "aws_api_gateway_deployment" "main" {\n  rest_api_id = aws_api_gateway_rest_api.main.id\n  triggers = {\n    redeployment = sha1(jsonencode([aws_api_gateway_resource.proxy, aws_api_gateway_method.proxy, aws_api_gateway_integration.proxy]))\n  }\n  lifecycle {\n    create_before_destroy = true\n  }\n}\n\nresource "aws_api_gateway_stage" "main" {\n  rest_api_id   = aws_api_gateway_rest_api.main.id\n  deployment_id = aws_api_gateway_deployment.main.id\n  stage_name    = "prod"\n}\n',
          '',
        ],
      ],
    },
  ),
  form('rest-alb', 'An NLB before an ALB', 'net groups alb alb-of-nlb link1 rest ip-target', pass, {
    swaps: OUTER,
  }),
  form(
    'rest-alb-closed',
    'The group of the ALB does not admit the NLB',
    'net groups alb alb-of-nlb link1 rest ip-target',
    fail('NO_RULE', 'aws_security_group.balancer', new RegExp(RULE)),
    {
      swaps: OUTER.slice(0, 2),
    },
  ),
  form('rest-module', 'A module of the API, given the link and the host', 'net nlb link1 call-rest ip-target', pass, {
    path: '/prod/orders/1',
    modules: { rest: 'module-rest' },
  }),
  form('rest-instances', 'A REST API before an Auto Scaling group', `${REST} asg`, pass, {
    swaps: [['nlb', 'target_type = "ip"', 'target_type = "instance"']],
  }),
  ...documents(
    'rest',
    'http_proxy',
    'aws_api_gateway_vpc_link.main.id',
    '"http://${aws_lb.main.dns_name}/orders"',
    'net nlb link1 rest-body ip-target',
  ),
];

const FARGATE = `${ALB} public nat roles fargate`;
const OF_NLB: Swap = ['fargate', 'aws_lb_listener.http', 'aws_lb_listener.tcp'];
const ELSEWHERE: readonly Swap[] = [
  ['fargate', 'aws_subnet.private[*].id', 'aws_subnet.other[*].id'],
  ['fargate', 'aws_security_group.tasks.id', 'aws_security_group.other.id'],
];
const MACHINES = `${ALB} public nat roles fargate machines`;
const NO_TASK = 'no targets|no task|desired';

/** Twelve stacks with tasks of ECS as targets, and each with one fault. */
const ECS_FORMS: readonly Form[] = [
  ...stack('ecs-alb', 'Fargate behind an ALB', FARGATE, {}, [
    ['closed', 'the group of the tasks admits another port', CLOSED, [['groups', '= 8080\n', '= 9090\n']]],
    [
      'elsewhere',
      'its subnets are of another network',
      fail('GROUP_EMPTY', 'aws_ecs_service.main', /network|VPC/),
      ELSEWHERE,
      'other-net',
    ],
  ]),
  ...stack(
    'ecs-separate',
    'Fargate, rules as resources',
    'net groups-separate alb link2 http public nat roles fargate',
    {},
    [
      [
        'closed',
        'the rules are of another port',
        fail('NO_RULE', 'aws_security_group.balancer', /no rule .* allows/),
        [['groups-separate', '= 8080\n', '= 9090\n']],
      ],
      [
        'none',
        'the service has no task',
        fail('GROUP_EMPTY', 'aws_ecs_service.main', new RegExp(NO_TASK)),
        [['fargate', 'desired_count   = 2', 'desired_count   = 0']],
      ],
    ],
  ),
  ...stack(
    'ecs-endpoints',
    'Fargate in subnets with endpoints for images and logs',
    `${ALB} endpoints roles fargate`,
    {},
    [['lacks', 'no route to the registry of the image', conditional(/image/), [['endpoints', '"ecr.dkr", ', '']]]],
  ),
  ...stack(
    'ecs-public',
    'Fargate in public subnets with public addresses',
    'net public groups alb link2 http roles fargate',
    {
      swaps: [
        ['fargate', 'aws_subnet.private[*].id', 'values(aws_subnet.public)[*].id'],
        ['fargate', 'assign_public_ip = false', 'assign_public_ip = true'],
      ],
    },
    [['port', 'the container listens on another port', CLOSED, [['fargate', '8080', '9090']]]],
  ),
  ...stack(
    'ecs-nlb',
    'Fargate behind an NLB of an HTTP API',
    `${NLB} public nat roles fargate`,
    { swaps: [TCP, OF_NLB] },
    [
      [
        'closed',
        'the group of the tasks admits another block',
        CLOSED,
        [['nlb', '[aws_vpc.main.cidr_block]', '["192.168.0.0/16"]']],
      ],
    ],
  ),
  ...stack('ecs-rest', 'Fargate behind an NLB of a REST API', `${REST} public nat roles fargate`, { swaps: [OF_NLB] }, [
    [
      'none',
      'the service has no task',
      fail('GROUP_EMPTY', 'aws_ecs_service.main', new RegExp(NO_TASK)),
      [['fargate', 'desired_count   = 2', 'desired_count   = 0']],
    ],
  ]),
  ...stack(
    'ecs-rest-alb',
    'Fargate behind an ALB behind an NLB',
    'net groups alb alb-of-nlb link1 rest public nat roles fargate',
    { swaps: OUTER },
    [
      [
        'port',
        'the group of the tasks admits the port of another service',
        CLOSED,
        [['groups', '= 8080\n', '= 3000\n']],
      ],
    ],
  ),
  ...stack(
    'ecs-map',
    'Fargate that is found by Cloud Map',
    'net link-group cloud-map link2 http public nat roles fargate',
    { swaps: [MAP, BY_MAP, ['fargate', '  depends_on = [aws_lb_listener.http]\n', '']] },
    [
      [
        'none',
        'the service has no task',
        fail('NO_INSTANCE', 'aws_ecs_service.main', /no instance|no task|desired/),
        [['fargate', 'desired_count   = 2', 'desired_count   = 0']],
      ],
    ],
  ),
  ...stack(
    'ecs-module',
    'A module of a service, a rule of a shared listener',
    'net groups listener-rules link2 http public nat roles call-service',
    {
      ...ORDERS,
      modules: { service: 'module-service' },
      swaps: [
        ['http', 'ANY /{proxy+}', 'ANY /orders/{proxy+}'],
        ['listener-rules', '"/orders", "/orders/*"', '"/items/*"'],
      ],
    },
    [
      [
        'closed',
        'its group admits a port that no task has',
        CLOSED,
        [
          [
            'module-service',
            '  from_port                = var.port\n  to_port                  = var.port',
            '  from_port                = 3000\n  to_port                  = 3000',
          ],
        ],
      ],
    ],
  ),
  ...stack(
    'ecs-each',
    'Services of a map, with for_each',
    'net groups services-fargate link2 http-each public nat roles',
    ORDERS,
    [
      [
        'port',
        'a service has a port of its own',
        CLOSED,
        [['services-fargate', 'port = 8080, priority = 10', 'port = 3000, priority = 10']],
      ],
    ],
  ),
  ...stack(
    'ecs-scaled',
    'Fargate Spot with a policy of scaling',
    `${FARGATE} scaling`,
    {
      swaps: [
        [
          'fargate',
          '  launch_type     = "FARGATE"\n',
          '  capacity_provider_strategy {\n    capacity_provider = "FARGATE_SPOT"\n    weight            = 1\n  }\n',
        ],
        [
          'fargate',
          '  depends_on = [aws_lb_listener.http]\n',
          '  depends_on = [aws_lb_listener.http, aws_ecs_cluster_capacity_providers.main]\n  lifecycle {\n    ignore_changes = [desired_count]\n  }\n',
        ],
      ],
    },
    [
      [
        'provider',
        'its cluster lacks the provider of Spot',
        fail('GROUP_EMPTY', 'aws_ecs_service.main', /capacity provider that is not associated with the cluster/),
        [['scaling', '["FARGATE", "FARGATE_SPOT"]', '["FARGATE"]']],
      ],
    ],
  ),
  ...stack('ecs-machines', 'Tasks on machines, with ports of the host', MACHINES, { swaps: ON_MACHINES }, [
    [
      'closed',
      'the group of the machines admits fixed ports alone',
      fail('NO_RULE', 'aws_security_group.machines', new RegExp(`${RULE} tcp 327\\d\\d`)),
      [
        [
          'machines',
          'from_port       = 32768\n    to_port         = 65535',
          'from_port       = 8080\n    to_port         = 8080',
        ],
      ],
    ],
  ]),
  ...stack(
    'ecs-provider',
    'Tasks on machines, with addresses of their own',
    `${FARGATE} machines capacity-provider`,
    {
      swaps: [
        ['fargate', '["FARGATE"]', '["EC2"]'],
        [
          'fargate',
          '  launch_type     = "FARGATE"\n',
          '  capacity_provider_strategy {\n    capacity_provider = aws_ecs_capacity_provider.machines.name\n    weight            = 1\n  }\n',
        ],
        ['fargate', '    assign_public_ip = false\n', ''],
        [
          'fargate',
          '  depends_on = [aws_lb_listener.http]\n',
          '  depends_on = [aws_lb_listener.http, aws_ecs_cluster_capacity_providers.main]\n',
        ],
      ],
    },
    [
      [
        'closed',
        'the group of the tasks admits the machines alone',
        CLOSED,
        [
          [
            'groups',
            'security_groups = [aws_security_group.balancer.id]',
            'security_groups = [aws_security_group.machines.id]',
          ],
        ],
      ],
    ],
  ),
];

const ecs = ECS_FORMS.find(({ name }) => name === 'ecs-alb') ?? http;

/** A plan that cannot be carried out. */
const refused = (at: string): Partial<Expected> => ({
  after: 'fail',
  code: 'REFUSED',
  at,
  says: / is refused: /,
});

/** Plans over what is there, and states. */
const LATER_FORMS: readonly Form[] = [
  then(http, 'later-none', 'Changes nothing', {}),
  then(http, 'later-state', 'The state of an HTTP API', {}, { reads: 'state' }),
  then(
    http,
    'later-rule',
    'The balancer admits another port',
    { after: 'fail', code: 'NO_RULE', at: 'aws_security_group.balancer' },
    { swaps: [GROUP_PORT] },
  ),
  then(
    http,
    'later-target-group',
    'Replaces the target group that a listener has, the old one first',
    refused('aws_lb_target_group.main'),
    { swaps: [['alb', 'port        = 8080\n', 'port        = 8081\n']] },
  ),
  then(
    http,
    'later-link',
    'Replaces the link that routes use, the old one first',
    refused('aws_apigatewayv2_vpc_link.main'),
    { swaps: [['link2', 'aws_subnet.private[*].id', '[aws_subnet.private[0].id]']] },
  ),
  then(
    http,
    'later-link-first',
    'Replaces the link, the new one first',
    { says: /is replaced: calls go through the new one/ },
    {
      swaps: [
        [
          'link2',
          'aws_subnet.private[*].id',
          '[aws_subnet.private[0].id]\n  lifecycle {\n    create_before_destroy = true\n  }',
        ],
      ],
    },
  ),
  then(
    limited,
    'later-group',
    'Replaces the security group of the balancer, the old one first',
    refused('aws_security_group.balancer'),
    { swaps: [['groups', '"orders-balancer"', '"orders-alb"']] },
  ),
  then(
    http,
    'later-listener',
    'Moves the listener to a port that its group does not admit',
    { after: 'fail', code: 'NO_RULE', at: 'aws_lb_listener.http' },
    { swaps: [['alb', '= 80\n', '= 8000\n']] },
  ),
  then(
    http,
    'later-data',
    'Another API, by data sources',
    { before: 'absent' },
    { parts: { '.': 'provider data' }, isOther: true, route: '$default' },
  ),
  then(http, 'later-service', 'Tasks of ECS beside a machine', {}, { parts: { '.': `provider ${FARGATE} ip-target` } }),
  // A hash over whole resources differs once: the provider leaves null in the state after a creation (`request_templates`,
  // `request_models`), and a refresh reads empty ones. The plan after that is empty.
  // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/api_gateway_deployment (triggers)
  then(rest, 'later-rest-none', 'Changes nothing of a REST API whose deployment has a hash over resources', {
    says: /aws_api_gateway_deployment.main is replaced: calls go through the new one/,
  }),
  then(rest, 'later-rest-state', 'The state of a REST API', {}, { reads: 'state' }),
  then(
    rest,
    'later-rest-listener',
    'Moves the listener of a REST API',
    { after: 'fail', at: 'aws_lb_listener.tcp', says: /no listener on port 80/ },
    { swaps: [['nlb', '= 80\n', '= 81\n']] },
  ),
  then(
    ecs,
    'later-tasks',
    'Lowers the number of tasks to none',
    { after: 'fail', at: 'aws_ecs_service.main' },
    { swaps: [['fargate', 'desired_count   = 2', 'desired_count   = 0']] },
  ),
  then(
    ecs,
    'later-more-tasks',
    'Raises the number of tasks',
    {},
    { swaps: [['fargate', 'desired_count   = 2', 'desired_count   = 3']] },
  ),
  then(ecs, 'later-image', 'A new definition of the task', {}, { swaps: [['fargate', 'orders:1', 'orders:2']] }),
  then(ecs, 'later-tasks-state', 'The state of a service of ECS', {}, { reads: 'state' }),
];

export const FORMS: readonly Form[] = [...HTTP_FORMS, ...MACHINE_FORMS, ...REST_FORMS, ...ECS_FORMS, ...LATER_FORMS];

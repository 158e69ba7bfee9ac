// The parts of docs/spec.md that are not in the schema.

export const PREAMBLE = `# The spec

<!-- Written by \`node scripts/check-docs.mjs --write\` from the schema in \`packages/core/src/spec/schema\`.
The tests pass every example of this page to the parser. -->

A spec is a YAML or JSON file. Commands read \`postern.yaml\`, \`postern.yml\` or \`postern.json\` in the current folder, or
the file that is named: \`postern plan FILE\`. A TypeScript file that exports \`defineSpec({ … })\` of
\`@postern/core/spec\` runs only when it is named. \`postern init\` writes a first spec, \`postern import\` a spec of the
current state: [tutorial](tutorial.md), [adoption](adopt.md).

Unknown keys are refused. Every error names the line, the key and a remedy. Editors with a YAML language server complete
keys and show their meaning: the first line of a spec names the schema. YAML anchors and aliases (\`&name\`, \`*name\`)
are read. Merge keys (\`<<\`) are not: write the members out, or use \`defaults\` or an [overlay](#overlays).

<!-- search: yaml anchor, alias, merge key, rest api, websocket api, configuration file, syntax -->

## A spec for AWS

\`\`\`yaml
version: 1
project: shop
spec: shop-7f3k2q
defaults: { region: eu-west-1, tags: { team: payments } }
links:
  main:
    provider: aws
    network: { name: shop }
    subnets: [{ name: private-a }, { name: private-b }]
    allowlist: [10.20.0.0/20, { cidr: 10.30.0.0/16, ports: [443, "8000-8100"] }]
    protect: true
integrations:
  orders:
    link: main
    gateway: { httpApi: a1b2c3d4e5 }
    targets:
      orders: { listener: { loadBalancer: orders-alb, port: 443 }, tls: { serverName: orders.internal } }
    routes:
      'ANY /orders/{proxy+}': orders
\`\`\`

## A REST API and a WebSocket API

A link with \`loadBalancer\` is a VPC link V1. Routes of a REST API use VPC links V2 and V1, those of a WebSocket API
only VPC links V1. Routes of a REST API are deployed to \`stage\`. A setting of a route that is not written is not
managed: it stays as it is.

\`\`\`yaml
version: 1
project: shop
spec: shop-rest-4k9w2c
defaults: { region: eu-west-1 }
links:
  main: { provider: aws, subnets: [{ name: private-a }, { name: private-b }], allowlist: [10.20.0.0/20] }
  nlb: { provider: aws, loadBalancer: orders-nlb }
  old: { provider: aws, kind: vpc-link-v1, id: x1y2z3 }
integrations:
  orders:
    link: main
    gateway: { restApi: a1b2c3d4e5, stage: prod }
    targets:
      orders: { listener: { loadBalancer: orders-alb, port: 443 }, tls: { serverName: orders.internal } }
    routes:
      'POST /orders': orders
      'GET /orders/{id}':
        target: orders
        timeout: 10s
        apiKey: true
        throttle: { rate: 20, burst: 10 }
        parameters: { header: { x-tenant: header.tenant } }
  messages:
    link: nlb
    gateway: { webSocketApi: f6g7h8i9j0 }
    targets:
      messages: { listener: { loadBalancer: orders-nlb, port: 8080 } }
    routes:
      $connect: messages
      sendOrder: messages
\`\`\`

## A spec for Alibaba Cloud

\`\`\`yaml
version: 1
project: shop
spec: shop-cn-2m8x4d
defaults: { region: cn-hangzhou }
links:
  cn:
    provider: alibaba
    subnets: [vsw-bp1a2b3c, vsw-bp4d5e6f]
    securityGroups: [sg-bp7g8h9i]
    allowlist: [10.20.0.0/20]
    instanceCidr: 172.16.0.0/12
integrations:
  orders:
    link: cn
    gateway: { apiGroup: 523e8dc7bbe04613b5b1d726c2a7889d, stages: [PRE, RELEASE] }
    targets:
      orders: { instance: lb-bp1x2y3z, port: 8080 }
      stock: { address: 10.20.0.7, port: 8080 }
    routes:
      'ANY /orders/{proxy+}': orders
      'GET /stock/{sku}': stock
\`\`\`

A gateway of Cloud-native API Gateway has nodes in its vSwitches, and no list of blocks. Its allowlist is the security
groups of the backends that admit it.

\`\`\`yaml
version: 1
project: shop
spec: shop-apig-7k3m9x
defaults: { region: cn-hangzhou }
links:
  cn:
    provider: alibaba
    kind: apig-gateway
    subnets: [vsw-bp1a2b3c, vsw-bp4d5e6f]
    spec: apigw.small.x1
    access: intranet
    allowlist: [{ group: sg-bp7g8h9i, ports: [8080] }]
integrations:
  orders:
    link: cn
    gateway: { apigHttpApi: api-d1a2b3c4e5 }
    targets:
      orders: { addresses: [10.20.0.7, 10.20.0.8], port: 8080 }
      stock: { dnsName: stock.internal, port: 8080 }
    routes:
      'ANY /orders/{proxy+}': orders
      'GET /stock/{sku}': stock
\`\`\`

## Variables

\`\${env:NAME}\` in a text is replaced by the environment variable \`NAME\`, and \`\${var:name}\` by the value of
\`--var name=value\` (\`vars\` in a program). They work in values, not in keys. A variable that is not set or empty is
\`MISSING_VARIABLE\`. With \`\${env:NAME:-default}\` or \`\${var:name:-default}\` it is the default then. A \`--var\` of a name
that the spec does not use is wrong usage. The value is used as text and is never read as YAML.
\`$\${env:NAME}\` is the text \`\${env:NAME}\`. \`\${file:name}\`, \`\${NAME}\` and other forms are refused; with one more \`$\`
before them they are texts.

Errors, findings, plans and pictures show \`\${env:NAME}\` and \`\${var:name}\` in place of the value. Two kinds of values are shown: those
of less than eight characters, and identifiers of a cloud, without which no plan could be reviewed: regions, accounts, ports, addresses,
ARNs, IDs such as \`subnet-…\`, and what is the whole value of a key that names a gateway, a link, a subnet, a security group or
a target, such as \`httpApi\`, \`id\` or \`listener\`. \`plan -o\` writes the values to its file, because \`apply\` needs
them, and the clouds get them as names, tags and targets.

A spec cannot read credentials: \`AWS_SECRET_ACCESS_KEY\`, \`ALIBABA_CLOUD_ACCESS_KEY_SECRET\`, \`GITHUB_TOKEN\`, and names
that end in \`TOKEN\`, \`SECRET\`, \`PASSWORD\`, \`API_KEY\` and the like are refused. Whoever proposes a change of the spec
could otherwise send them to a cloud, or print them.

\`\`\`yaml
version: 1
project: shop
spec: shop
links:
  main: { provider: aws, region: eu-west-1, id: '\${env:LINK_ID}' }
integrations:
  orders:
    link: main
    gateway: { httpApi: '\${env:API_ID}' }
    targets: { orders: { listener: { loadBalancer: 'orders-\${var:stage:-dev}', port: '\${env:PORT:-80}' } } }
    routes: { 'ANY /orders': orders }
\`\`\`

## Overlays

A spec may be in several files: \`postern plan -f base.yaml -f prod.yaml\`. Each file changes
the one before, and need not be complete:

- Maps are merged key by key: \`links\`, \`integrations\`, \`targets\`, \`routes\`, \`defaults\`, \`tags\` and all others.
- Lists (\`subnets\`, \`allowlist\`, \`ignore\`, …) and values replace what was there. No list is merged.
- An overlay cannot remove a key. What only some environments have belongs into their overlays.
- Where a key is a map in one file and a list or a value in another one, the spec is refused, with both places.

An error has the file and the line of the value that it is about. The journal is beside the last file. Environments that
share a base file in one account need a \`spec:\` of their own in each overlay.

\`\`\`
# base.yaml                                            # prod.yaml
version: 1                                             spec: shop-prod
project: shop                                          links:
spec: shop-dev                                           main:
links:                                                     subnets: [subnet-7, subnet-8]
  main:                                                    tags: { stage: prod }
    provider: aws
    subnets: [subnet-1, subnet-2]
\`\`\`
`;

/** The names of types in the tables, with what they take. A name that the schema uses and that is not here fails the check. */
export const VALUE_TYPES = [
  ['name', '1 to 63 ASCII letters, digits, `.`, `_` and `-`; a letter or digit first', '`orders`'],
  ['path in the spec', 'the path of a link, an integration or a target', '`integrations.orders.targets.main`'],
  ['spec identity', '1 to 32 lower-case letters, digits and hyphens; no hyphen first or last', '`orders-7f3k2q`'],
  ['cloud name', '1 to 255 printable ASCII characters', '`orders-prod`'],
  ['region', 'a region ID of the cloud', '`eu-west-1`'],
  ['ID', 'an ID or ARN of the cloud, ASCII without spaces', '`subnet-0a1b2c3d`'],
  ['ID with a query', 'an ID or ARN, and what is asked of it after `?`', '`arn:aws:servicediscovery:…?stage=blue`'],
  ['gateway ID', 'an ID in the form that the cloud gives gateways of this kind', '`a1b2c3d4e5`'],
  [
    'look-up',
    'an ID, `{ name: … }` or `{ tag: { … } }`. It must match exactly one resource',
    '`{ tag: { tier: private } }`',
  ],
  ['CIDR block', 'an IPv4 or IPv6 block in canonical form, without host bits', '`10.20.0.0/20`'],
  [
    'allowlist entry',
    'a CIDR block, a CIDR block with ports (AWS), or a security group of backends (`apig-gateway`)',
    '`{ cidr: 10.30.0.0/16, ports: [443] }`',
  ],
  ['list of ports', 'up to 60 ports and ranges of ports', "`[443, '8000-8100']`"],
  ['port', '1 to 65535', '`443`'],
  ['IP address', 'an IPv4 or IPv6 address', '`10.20.0.7`'],
  ['host name', 'a DNS name; `*.` may be first', '`orders.internal`'],
  [
    'route key',
    'a method (`ANY`, `GET`, …) and a path, or `$default` (HTTP API); of a WebSocket API: `$connect`, `$disconnect`, `$default` or the value of its route selection expression',
    '`ANY /orders/{proxy+}`',
  ],
  [
    'route',
    'the keys of [`integrations.<name>.routes.<route key>`](#integrationsnameroutesroute-key)',
    '`{ target: orders, timeout: 10s }`',
  ],
  ['name or route', 'the name of a target, or a target with settings', '`orders`'],
  ['listener', "a listener's ARN, or load balancer and port", '`{ loadBalancer: orders-alb, port: 443 }`'],
  ['link', 'the keys of [`links.<name>`](#linksname)', '`{ provider: aws, region: eu-west-1, id: a1b2c3 }`'],
  ['name or link', 'the key of a link, or a link', '`main`'],
  ['number', 'a number from 0', '`100`'],
  ['cache', 'the keys `size`, `ttl` and `encrypted`', '`{ size: 0.5, ttl: 5m }`'],
  ['throttle', 'the keys `rate` and `burst`, or one of them', '`{ rate: 100, burst: 50 }`'],
  ['duration', '`ms`, `s`, `m` or `h`, at most a day', '`15m`'],
  [
    'tags',
    'keys of 1 to 128 characters, values of up to 256. Keys that begin with `aws:`, `acs:` or `postern:` are refused',
    '`{ team: payments }`',
  ],
  ['date', 'year, month and day, in quotes', "`'2027-05-31'`"],
];

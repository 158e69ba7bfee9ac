import type { Parts } from '../init/parts.js';

/** Links and integrations of a cloud: placeholders are named by every other command. */
const PARTS = {
  aws: `# A link carries calls from a gateway into a network (a VPC). Links take minutes to create and quotas are small: share them.
links:
  main:
    provider: aws
    # account: '111122223333'     # checked before anything else; \`profile\` or \`assumeRole\` may be added
    # Two zones or more. Instead of an ID, a name or a tag: { name: private-a }, { tag: { tier: private } }
    subnets: [subnet-replace-me]
    # securityGroups: [sg-replace-me]
    # Blocks that the link may reach. With this list the link gets a security group of its own, and the list is exact.
    # allowlist: [10.20.0.0/20]
    # id: a1b2c3                  # instead of subnets: adopts a link that exists
    # protect: true               # never deleted

# An integration connects routes of a gateway through a link to targets. The gateway itself is never created or deleted.
integrations:
  orders:
    link: main
    gateway: { httpApi: replaceme }
    targets:
      orders:
        listener: { loadBalancer: orders-alb, port: 443 }   # or the listener's ARN, or service: a Cloud Map service's ARN
        # tls: { serverName: orders.internal }              # its presence means HTTPS
    routes:
      'ANY /orders/{proxy+}': orders
`,
  alibaba: `# A link carries calls from a gateway into a network (a VPC). On Alibaba Cloud it is an instance of API Gateway: share it.
links:
  main:
    provider: alibaba
    # account: '1111222233334444'   # checked before anything else
    # Adopts an instance that exists: it gets the marks of this spec, and is never deleted.
    id: apigateway-hz-replaceme
    # Without \`id\`, \`postern apply --allow-purchase\` buys an instance where these are written:
    # subnets: [vsw-replaceme]      # vSwitches in two zones or more; instead of an ID, a name or a tag: { name: private-j }
    # securityGroups: [sg-replaceme]
    # instanceCidr: 172.16.0.0/12   # the block of the instance, which must not overlap what it reaches
    # Blocks that the instance may reach.
    # allowlist: [10.20.0.0/20]
    # protect: true                 # never deleted

# An integration connects routes of a gateway through a link to targets. The gateway itself is never created or deleted.
integrations:
  orders:
    link: main
    gateway: { apiGroup: replaceme, stages: [RELEASE] }
    # adopt: true                   # takes over routes that exist and match
    targets:
      orders: { instance: i-replaceme, port: 8080 }   # an ECS instance, or lb-… of an internal CLB, or address: 10.20.1.10
    routes:
      'GET /orders': orders
`,
} as const;

/** The spec that `postern init` writes: complete except for the IDs, with an explanation at each key. */
export function starterSpec({
  provider,
  project,
  spec,
  region,
  schema,
  parts = {},
}: {
  provider: 'aws' | 'alibaba';
  project: string;
  spec: string;
  region: string;
  schema: string;
  parts?: Parts;
}): string {
  return `# yaml-language-server: $schema=${schema}
version: 1

# The project that owns the resources. Each of them carries it as a tag in the cloud; no others are ever changed.
project: ${project}
# The identity of this spec. It is part of the marks, too: another spec of the project never changes what this one created.
# Give every spec its own, and never change it. A copy of this file needs a new one: with this one, applying the copy deletes
# what is declared here and not there.
spec: ${spec}

defaults:
  region: ${region}
  # tags: { team: payments }

${filled(PARTS[provider], parts)}`;
}

/** The placeholders of which something is known, replaced by it. */
function filled(text: string, { subnets, link, gateway, target }: Parts): string {
  const replacements: readonly (readonly [RegExp, string | undefined])[] = [
    [/^    subnets: \[subnet-replace-me\]$/m, subnets && `    subnets: [${subnets.join(', ')}]`],
    // Only AWS has subnets in their place, which an ID replaces.
    [/^    # Two zones or more.*\n    subnets: .*$/m, link && `    id: ${link}`],
    [/^    # id: a1b2c3 .*\n/m, link && ''],
    [/(?<=^    id: )apigateway-hz-replaceme$/m, link],
    [/(?<=^    gateway: ).*$/m, gateway],
    [/\{ instance: i-replaceme, port: 8080 \}/, target],
    [/(?<=^      orders:)\n        listener: .*$/m, target && ` ${target}`],
  ];
  return replacements.reduce((left, [from, to]) => (to === undefined ? left : left.replace(from, () => to)), text);
}

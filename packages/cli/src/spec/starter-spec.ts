/** The spec that `postern init` writes: complete but for the ids, and everything explained where it stands. */
export function starterSpec({
  project,
  spec,
  region,
  schema,
}: {
  project: string;
  spec: string;
  region: string;
  schema: string;
}): string {
  return `# yaml-language-server: $schema=${schema}
version: 1

# Whose resources these are. It is written on the cloud with each of them, and only these are ever changed.
project: ${project}
# Which spec of the project this is. It is part of the marks, too: another spec of the project never changes what this one made.
# Give every spec another one, and never change it. A copy of this file needs a new one: with this one, applying the copy deletes
# what is declared here and not there.
spec: ${spec}

defaults:
  region: ${region}
  # tags: { team: payments }

# A link carries calls from a gateway into a network (a VPC). Links take minutes to make and quotas are small: share them.
links:
  main:
    provider: aws
    # account: '111122223333'     # checked before anything else; \`profile\` or \`assumeRole\` may stand beside it
    # Two zones or more. Instead of an id, a name or a tag: { name: private-a }, { tag: { tier: private } }
    subnets: [subnet-replace-me]
    # securityGroups: [sg-replace-me]
    # Blocks that the link may reach. With this list the link gets a security group of its own, and the list is exact.
    # allowlist: [10.20.0.0/20]
    # id: a1b2c3                  # instead of subnets: adopts a link that exists
    # protect: true               # never deleted
  # cn:
  #   provider: alibaba           # needs region: cn-hangzhou or the like; subnets are vSwitches (vsw-…)
  #   id: apigateway-hz-replaceme # adopts an instance; without it one is bought, when --allow-purchase is given

# An integration leads routes of a gateway through a link to targets. The gateway itself is never created or deleted.
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
`;
}

// What checks believe of the clouds: one row per belief, with its source, the checks that rest on it, and the tests that decide by it.
// docs/beliefs.md is made from it, and each check's section of docs/checks.md names its beliefs.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT, filesBelow } from './workspace.mjs';

const APIGW = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/';
const ALB = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/';
const NLB = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/';
const ELB_API = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/';
const VPC = 'https://docs.aws.amazon.com/vpc/latest/userguide/';
const TGW = 'https://docs.aws.amazon.com/vpc/latest/tgw/';
const ALI = 'https://www.alibabacloud.com/help/en/';
const ECS_API = `${ALI}ecs/developer-reference/api-ecs-2014-05-26-`;
const GATEWAY = `${ALI}api-gateway/traditional-api-gateway/`;

const PATHS = ['path/security-group', 'path/load-balancer'];

/**
 * `mark`: [U] no source settles it, so that a check answers `unknown` where it decides; [I] inferred from what the source says; none where
 * the source says it. `row`: tests whose titles have `verdict <row>:` decide by it, too. `considered: false`: no verdict depends on it.
 */
const BELIEFS = [
  // AWS: links, load balancers, listeners
  {
    is: 'A VPC link V2 has a network interface in each of its subnets and reaches ALBs, NLBs and Cloud Map services of its own account.',
    from: [`${APIGW}http-api-develop-integrations-private.html`],
    checks: ['path/link', 'target/account'],
  },
  {
    is: 'Subnets and security groups of a VPC link never change. A link without calls for 60 days becomes INACTIVE, loses its interfaces and gets others.',
    from: [`${APIGW}http-api-vpc-links.html`],
    checks: ['link/inactive', 'egress/admitted', 'path/link'],
  },
  {
    is: "The load balancer is in the link's VPC. Links are served in the Availability Zones that the documentation lists, by zone ID.",
    from: [`${APIGW}http-api-vpc-links.html`],
    checks: ['target/network', 'link/zone-served'],
  },
  {
    is: 'Targets of an ALB see the addresses of the ALB. Targets of an NLB see the client or the NLB, as `preserve_client_ip.enabled` says.',
    from: [`${NLB}load-balancer-target-groups.html`],
    checks: PATHS,
  },
  {
    is: 'A target group of type `alb` always keeps the address of the client, and the ALB behind it decides with its own listener and rules.',
    from: [`${NLB}application-load-balancer-target.html`],
    checks: PATHS,
  },
  {
    is: 'Where an NLB forwards to an ALB, both should have the same cross-zone setting, or calls fail from time to time.',
    mark: '[U]',
    from: [`${NLB}application-load-balancer-target.html`],
    considered: false,
    checks: ['path/load-balancer'],
  },
  {
    is: 'An NLB keeps the address of a client only inside the VPC or over a peering; a PrivateLink interface or one of another NLB as target loses the call.',
    from: [`${NLB}load-balancer-target-groups.html`],
    row: 'P7',
    checks: ['path/load-balancer'],
  },
  {
    is: 'An IP target that is a load balancer has a listener, rules, health and groups of its own, which decide as well.',
    from: [`${NLB}load-balancer-target-groups.html`],
    row: 'P7',
    checks: ['path/load-balancer'],
  },
  {
    is: 'Security groups of an NLB count for what it receives, and targets can name them. Groups of the client do not count at the targets.',
    from: [`${NLB}load-balancer-security-groups.html`],
    checks: ['path/security-group'],
  },
  {
    is: 'An NLB without security groups filters nothing. Enforcement of inbound rules on PrivateLink traffic concerns V1 links only.',
    from: [`${NLB}load-balancer-security-groups.html`, `${APIGW}set-up-nlb-for-vpclink-using-console.html`],
    checks: ['path/security-group', 'target/private-link'],
  },
  {
    is: 'An NLB does not balance across zones by default; a zone without targets leaves its DNS. Whether links ask that name is not documented.',
    mark: '[U]',
    from: [`${NLB}introduction.html`],
    row: 'F6',
    checks: ['target/healthy-zones', 'path/load-balancer'],
  },
  {
    is: 'A load balancer sends to all targets where fewer are healthy than its routing failover threshold asks for.',
    from: [`${ALB}target-group-health.html`, `${NLB}target-group-health.html`],
    row: 'P9',
    checks: ['path/load-balancer', 'target/healthy'],
  },
  {
    is: 'A target that is unhealthy with the reason Target.ResponseCodeMismatch answers calls: its health checks did return an HTTP code.',
    mark: '[I]',
    from: [`${ELB_API}API_TargetHealth.html`],
    checks: ['target/healthy', 'path/load-balancer'],
  },
  {
    is: 'An instance registered by ID is called at the primary address of its primary interface.',
    from: [`${NLB}load-balancer-target-groups.html`, `${ALB}load-balancer-target-groups.html`],
    checks: PATHS,
  },
  {
    is: 'Targets in zones that the load balancer does not have enabled get no calls.',
    from: [`${NLB}load-balancer-target-groups.html`],
    checks: ['path/load-balancer', 'target/healthy'],
  },
  {
    is: 'Target groups of protocol version HTTP/2 or gRPC refuse HTTP/1.1 with status 464.',
    from: [`${ALB}load-balancer-troubleshooting.html`],
    checks: ['target/healthy', 'path/load-balancer'],
  },
  {
    is: 'Listener rules are evaluated by priority, on path, method, host, header and source. Calls are shared by weight, and weight 0 gets none.',
    from: [`${ALB}introduction.html`, `${ALB}listener-rules.html`],
    checks: ['target/answers', 'path/load-balancer'],
  },
  {
    is: 'The actions authenticate-oidc and authenticate-cognito redirect callers that have not logged in, as calls of an API have not.',
    from: [`${ALB}listener-authenticate-users.html`],
    checks: ['target/answers', 'path/load-balancer'],
  },
  {
    is: 'The action jwt-validation rejects calls without a valid token. Whether a call brings one is not known before it is made.',
    mark: '[U]',
    from: [`${ALB}listener-verify-jwt.html`],
    row: 'P6',
    checks: ['target/answers', 'path/load-balancer'],
  },
  {
    is: 'HTTP APIs show backends no client certificate, so that a listener with mutual TLS in verify mode refuses their calls.',
    from: [`${APIGW}http-api-vs-rest.html`],
    checks: ['target/certificate'],
  },
  {
    is: 'Private integrations accept certificates of the public authorities in the list of API Gateway only.',
    from: [`${APIGW}api-gateway-supported-certificate-authorities-for-http-endpoints.html`],
    checks: ['target/certificate'],
  },
  {
    is: 'Which Host header a call carries is not documented; its path holds the stage unless a parameter mapping overwrites it.',
    mark: '[U]',
    from: [`${APIGW}http-api-parameter-mapping.html`],
    checks: ['target/answers', 'path/load-balancer'],
  },
  {
    is: 'A web ACL of AWS WAF on an ALB can block calls. It is not read, so no verdict speaks of it.',
    mark: '[U]',
    from: [`${ALB}application-load-balancers.html`],
    considered: false,
    checks: ['path/load-balancer'],
  },
  {
    is: 'An ALB calls from, and is called at, any address of its subnets: the addresses of today change when it scales.',
    from: [`${ALB}application-load-balancers.html`],
    row: 'P8',
    checks: ['egress/admitted', 'path/security-group', 'path/network-acl'],
  },
  {
    is: 'API Gateway calls the healthy instances that DiscoverInstances finds, at their attributes AWS_INSTANCE_IPV4 and AWS_INSTANCE_PORT.',
    from: [`${APIGW}http-api-develop-integrations-private.html`],
    checks: ['target/cloud-map', 'target/cloud-map-health'],
  },
  // AWS: groups, network ACLs, routes
  {
    is: 'Security groups are stateful, only allow, and see private addresses.',
    from: [`${VPC}VPC_Security.html`, `${VPC}security-group-rules.html`],
    checks: ['path/security-group'],
  },
  {
    is: 'A rule can name a group of a peered VPC in the same Region.',
    from: [`${VPC}security-group-rules.html`],
    checks: ['path/security-group'],
  },
  {
    is: 'Over a transit gateway inbound rules can name groups, where the gateway and both attachments allow it.',
    from: [`${TGW}tgw-vpc-attachments.html`],
    checks: ['path/security-group'],
  },
  {
    is: 'A rule that names a group does not hold behind a middlebox.',
    from: [`${VPC}route-table-options.html`],
    checks: ['path/security-group', 'path/route'],
  },
  {
    is: 'A security group can be associated with further VPCs.',
    from: ['https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateSecurityGroupVpc.html'],
    row: 'F7',
    checks: ['link/group-network'],
  },
  {
    is: 'A rule that names a prefix list counts as its maximum number of entries.',
    from: [`${VPC}managed-prefix-lists.html`],
    checks: ['link/allowlist', 'path/security-group'],
  },
  {
    is: 'Network ACLs apply at the edge of a subnet only; the entry with the lowest number that matches decides.',
    from: [`${VPC}vpc-network-acls.html`],
    checks: ['path/network-acl'],
  },
  {
    is: 'Answers go to a port of 1024 to 65535. A few denied ports of the range are common advice and stop few answers.',
    from: [`${VPC}vpc-network-acls.html`],
    row: 'F4',
    checks: ['path/return', 'path/load-balancer'],
  },
  {
    is: 'The most specific route decides; of equal ones a static route goes before a prefix list, that before a propagated route.',
    from: [`${VPC}VPC_Route_Tables.html`],
    checks: ['path/route'],
  },
  {
    is: 'Of two prefix lists with one block and different next hops AWS chooses at random.',
    from: [`${VPC}VPC_Route_Tables.html`],
    row: 'P11',
    checks: ['path/route'],
  },
  {
    is: 'A local route goes before propagated ones, also before more specific ones.',
    from: [`${VPC}route-tables-priority.html`],
    checks: ['path/route'],
  },
  {
    is: 'A route more specific than the local one may lead to an interface, a NAT gateway or a Gateway Load Balancer endpoint.',
    from: [`${VPC}VPC_Route_Tables.html`],
    row: 'F1',
    checks: ['path/route'],
  },
  { is: 'A route in state blackhole drops packets.', from: [`${VPC}vpc-nat-gateway.html`], checks: ['path/route'] },
  {
    is: "A peering is not transitive: it carries what is for the other side's own blocks.",
    from: [`https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html`],
    checks: ['path/peering'],
  },
  {
    is: "A transit gateway needs a subnet in the sender's zone. Its static routes go before propagated ones.",
    from: [`${TGW}tgw-vpc-attachments.html`, `${TGW}how-transit-gateways-work.html`],
    checks: ['path/transit'],
  },
  {
    is: 'A route of a transit gateway may lead to an inspection VPC, whose firewall forwards what is allowed.',
    from: ['https://docs.aws.amazon.com/network-firewall/latest/developerguide/vpc-config-tgw-multi-az.html'],
    row: 'F3',
    checks: ['path/transit'],
  },
  {
    is: "Network ACLs of the transit gateway's own subnets apply: inbound rules to what comes from the sender, outbound rules to what goes to the receiver.",
    from: [`${TGW}tgw-nacls.html`],
    checks: ['path/network-acl'],
  },
  {
    is: 'Of a VPN or Direct Connect line it is known whether it is up and what leads there. Whether answers return is not known.',
    mark: '[U]',
    from: ['https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNRoutingTypes.html'],
    checks: ['path/on-premises', 'path/return'],
  },
  {
    is: 'Five addresses of a subnet are reserved. A full subnet stops a new link, and leaves calls over a ready one alone.',
    from: [`${VPC}subnet-sizing.html`],
    row: 'F5',
    checks: ['link/free-addresses'],
  },
  {
    is: 'A link in a subnet that another account shares needs a security group.',
    from: ['https://github.com/aws/aws-cdk/issues/34137'],
    checks: ['link/shared-subnet'],
  },
  // Alibaba Cloud
  {
    is: 'Of the rules of a security group the lowest priority number decides; at a tie a drop goes before an accept.',
    from: [`${ECS_API}authorizesecuritygroup`],
    checks: ['path/security-group'],
  },
  {
    is: 'The inner access policy Accept of a group goes before every rule; with Drop, rules decide between members, too.',
    from: [`${ECS_API}modifysecuritygrouppolicy`],
    checks: ['path/security-group'],
  },
  {
    is: 'A basic group denies inbound and allows outbound by default; an advanced one denies both, and rules cannot name it.',
    from: [`${ALI}ecs/user-guide/security-group-rules`],
    checks: ['path/security-group', 'egress/admitted'],
  },
  {
    is: 'Rules that name groups of a peered VPC do not exist: the service refuses them.',
    from: [`${ECS_API}authorizesecuritygroup`],
    checks: ['path/security-group'],
  },
  {
    is: 'Servers of a CLB need no rule for 100.64.0.0/10. A layer-4 listener shows them the client, a layer-7 listener the CLB.',
    from: [`${ALI}slb/classic-load-balancer/user-guide/faq-about-clb-health-checks`],
    checks: PATHS,
  },
  {
    is: 'Whether groups of servers behind a CLB filter the client of a layer-4 listener is not documented.',
    mark: '[U]',
    from: [`${ALI}slb/classic-load-balancer/user-guide/create-and-manage-clb-instances`],
    row: 'P12',
    checks: ['path/load-balancer'],
  },
  {
    is: 'An empty access control list of a listener admits every caller, whether it allows or denies.',
    from: ['https://help.aliyun.com/en/slb/classic-load-balancer/user-guide/overview-3'],
    checks: ['target/access-list', 'path/load-balancer'],
  },
  {
    is: 'A network ACL does not filter what a CLB receives, and filters what its servers receive.',
    mark: '[I]',
    from: [`${ALI}vpc/user-guide/network-acl-overview`],
    checks: ['path/network-acl'],
  },
  {
    is: 'The first and the last three addresses of a vSwitch are reserved.',
    from: [`${ALI}vpc/developer-reference/api-vpc-2016-04-28-createvswitch`],
    checks: ['link/free-addresses'],
  },
  {
    is: 'A network ACL of a vSwitch is stateless, decides by the order of its entries, and not within the vSwitch; DNS and metadata are exempt.',
    from: [`${ALI}vpc/user-guide/network-acl-overview`],
    checks: ['path/network-acl', 'path/return'],
  },
  {
    is: 'An integration instance sends into its accessible blocks only, and never into its own block.',
    from: [`${GATEWAY}user-guide/vpc-integration-instances`],
    checks: ['cidr/target-outside', 'path/link'],
  },
  {
    is: 'A move compares VPCs and blocks only: the same address in another VPC is another backend.',
    mark: '[I]',
    from: [`${GATEWAY}developer-reference/api-cloudapi-2016-07-14-modifyapigroupinstance`],
    row: 'P2',
    checks: ['migrate/same-machine', 'migrate/network', 'migrate/plain-address'],
  },
  {
    is: 'Plug-ins of the kinds routing, remote authorization, JWT authentication and circuit breaker call backends.',
    from: [`${GATEWAY}user-guide/plug-ins-of-the-circuit-breaker-type`],
    row: 'P3',
    checks: ['migrate/known', 'gateway/live-route'],
  },
  {
    is: 'Drafts, each stage, named backends, private names and registries can hold backends.',
    from: [`${GATEWAY}developer-reference/api-cloudapi-2016-07-14-modifyapigroupinstance`],
    checks: ['migrate/known', 'migrate/registry', 'migrate/stage-variable'],
  },
  {
    is: 'What lies behind CEN, a VPN gateway or Express Connect is not known.',
    mark: '[U]',
    from: [`${ALI}cen/product-overview/what-is-cen`],
    checks: ['path/on-premises', 'path/route'],
  },
  {
    is: 'A VPC NAT gateway or a Gateway Load Balancer endpoint forwards to private addresses, too; what it does with a call is not known.',
    mark: '[U]',
    from: [`${VPC}nat-gateway-scenarios.html`, `${ALI}nat-gateway/user-guide/vpc-nat-gateways`],
    row: 'F2',
    checks: ['path/route'],
  },
  {
    is: 'A VPC NAT gateway has private addresses of its own, for which it forwards by DNAT entries. A default route to a NAT gateway leads to the internet.',
    mark: '[I]',
    from: [
      `${ALI}nat-gateway/user-guide/create-and-manage-a-vpc-nat-gateway`,
      `${ALI}nat-gateway/developer-reference/api-vpc-2016-04-28-createnatgateway-natgws`,
    ],
    checks: ['path/route'],
  },
  {
    is: 'A conventional dedicated instance calls from its 100.x block; while the block changes, from the old and the new one.',
    from: [`${GATEWAY}developer-reference/api-cloudapi-2016-07-14-describeinstances`],
    checks: ['path/link', 'egress/admitted'],
  },
  // AWS: REST APIs, WebSocket APIs and V1 links
  {
    is: 'A V1 link to an ALB, to an NLB that is not active, or to the NLB of another V1 link becomes FAILED after it was accepted.',
    from: [`${APIGW}set-up-nlb-for-vpclink-using-console.html`, `${APIGW}set-up-api-with-vpclink-cli.html`],
    checks: ['link/load-balancer'],
  },
  {
    is: 'A rule for every address allows the calls of a V1 link, where the rules of its NLB apply to them. A rule that names a group does not.',
    mark: '[I]',
    from: [`${NLB}load-balancer-security-groups.html`],
    checks: ['target/private-link', 'path/load-balancer'],
  },
  {
    is: 'A stage of a REST API serves the routes of its deployment. A stage with a canary cannot get another deployment.',
    from: [`${APIGW}how-to-deploy-api.html`, `${APIGW}canary-release.html`],
    checks: ['gateway/undeployed'],
  },
  {
    is: 'API Gateway accepts a stage variable that does not exist as link or URI. Calls then get status 500.',
    from: [`${APIGW}api-gateway-known-issues.html`, `${APIGW}stage-variables.html`],
    checks: ['gateway/stage-variable'],
  },
  {
    is: "A REST API sends the path and the host of the integration's URI to a private target. The name of the stage is not added.",
    mark: '[I]',
    from: [`${APIGW}set-up-private-integration.html`],
    checks: ['target/answers', 'path/load-balancer'],
  },
  {
    is: 'The root of a REST API does not count as one of its 300 resources.',
    mark: '[U]',
    from: [`${APIGW}api-gateway-execution-service-limits-table.html`],
    considered: false,
    checks: ['gateway/quota'],
  },
  {
    is: 'An ALB answers 504 where its target sends nothing until the idle timeout ends.',
    from: [`${ALB}load-balancer-troubleshooting.html`],
    checks: ['gateway/timeout'],
  },
  {
    is: 'Open connections of a WebSocket API stay open when a stage gets another deployment, and their next messages take its routes. A link that no deployment leads to has no calls after the timeout of the last message.',
    mark: '[I]',
    from: [`${APIGW}apigateway-set-up-websocket-deployment.html`],
    checks: ['gateway/live-route'],
  },
];

const TITLE = /\b(?:belief|verdict) ((?:[PF]?\d+)(?:, [PF]?\d+)*):/g;

/** The files of tests by what their titles name: the number of a belief, or a row such as `P6`. */
function testsByName() {
  const tests = new Map();
  const files = filesBelow(path.join(ROOT, 'packages'), (file) => file.endsWith('.test.ts'));
  for (const file of files) {
    for (const [, names] of readFileSync(file, 'utf8').matchAll(TITLE)) {
      for (const name of names.split(', ')) {
        const held = tests.get(name) ?? new Set();
        tests.set(name, held.add(path.relative(ROOT, file).replaceAll(path.sep, '/')));
      }
    }
  }
  return tests;
}

/** The files of tests of each belief, in the order of the beliefs. */
function testsOfBeliefs() {
  const tests = testsByName();
  return BELIEFS.map(({ row }, at) => [...new Set([...(tests.get(String(at + 1)) ?? []), ...(tests.get(row) ?? [])])]);
}

/** The lines of a check's section that name what it rests on. */
export function beliefsOf(check) {
  return BELIEFS.flatMap(({ is, mark, checks }, at) =>
    checks.includes(check) ? [`- [${at + 1}](beliefs.md) ${is}${mark === undefined ? '' : ` ${mark}`}`] : [],
  );
}

/** Checks that beliefs name and that do not exist. */
export function beliefProblems(checks) {
  return BELIEFS.flatMap(({ checks: wanted }, at) =>
    wanted.filter((id) => !checks.has(id)).map((id) => `belief ${at + 1} names a check that does not exist: ${id}`),
  );
}

/** docs/beliefs.md as it should be. */
export function beliefsPage() {
  const tests = testsOfBeliefs();
  const link = (url) => `[${new URL(url).hostname.replace(/^www\./, '')}](${url})`;
  const rows = BELIEFS.map(({ is, mark = '', from, checks, considered = true }, at) =>
    [
      at + 1,
      is,
      mark,
      from.map(link).join(', '),
      checks.map((id) => `[\`${id}\`](checks.md#${id.replace('/', '')})`).join(', '),
      tests[at].map((file) => `[${path.basename(file)}](../${file})`).join(', ') ||
        (considered ? 'open' : 'not considered'),
    ].join(' | '),
  );
  return `# What checks believe of the clouds

Written by \`node scripts/check-docs.mjs --write\`. A verdict is only as reliable as the facts about the cloud that it depends on. Each
fact is listed with its source, the checks that depend on it, and its tests (their titles have \`belief N:\`).

- no mark: the source states the fact.
- [I]: the fact is inferred from what the source states.
- [U]: no source settles the fact. Where it decides, the verdict is \`unknown\`, unless the row says that it is not considered.

An open row has no test: checks may decide otherwise there.

| no. | fact | mark | source | checks | tests |
| --- | --- | --- | --- | --- | --- |
${rows.map((row) => `| ${row} |`).join('\n')}
`;
}

import { remark, type Remark } from '@postern/core/internal/kinds';
import { MISMATCH, TOKENS, HOST_OF_CALLER, KEY_IN_PATH, URI_OF_INTEGRATION, ZONE_WITHOUT_TARGETS } from './targets.js';

const LINES =
  'Of a VPN or Direct Connect line it is known whether it is up and what leads there. Whether answers return is not known. [U]';

/** What the documentation of the checks of paths, addresses and moves says of AWS, by the check. */
export const pathRemarks: Readonly<Record<string, Remark>> = {
  'cidr/network-overlap': remark(
    'AWS refuses peerings of overlapping networks. It accepts them at one transit gateway, where the routes of the second attachment are not propagated.',
    [
      'https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html',
      'https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html',
    ],
  ),
  'cidr/outside-network': remark(
    'On AWS an allowlist consists of outbound rules of a security group, which may be wider than the network.',
    ['https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html'],
  ),
  'cidr/reserved': { sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html'] },
  'egress/admitted': {
    sources: [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
      'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html',
    ],
  },
  'egress/wider': { sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html'] },
  'migrate/deployment': remark('On AWS this concerns the stages of an HTTP API.', [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-publish.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html',
  ]),
  'migrate/egress': {
    sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html'],
  },
  'migrate/owner': remark('On AWS, the next apply of a tool sets the old link of an integration again.', [
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/apigatewayv2_integration',
  ]),
  'migrate/quota': remark('On AWS, an HTTP API has at most 300 integrations. A ticket cannot raise this quota.', [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html',
    'https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations-integrationid.html',
  ]),
  'migrate/ready': {
    sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html'],
  },
  'migrate/same-machine': remark('On AWS an instance of a Cloud Map service is called by its address alone.', [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html',
    'https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html',
  ]),
  'migrate/shared-integration': {
    sources: [
      'https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations-integrationid.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html',
    ],
  },
  'migrate/zones': {
    sources: [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#cross-zone-load-balancing',
    ],
  },
  'path/endpoint': {
    about:
      'On AWS it is an interface VPC endpoint, and the load balancer is an NLB. Its security groups apply only if they are enforced for ' +
      'PrivateLink, and then see the address of the client. Targets behind it see the load balancer. A private DNS name that is not ' +
      'verified is a warning: calls by address do not need it.',
    sources: [
      'https://docs.aws.amazon.com/vpc/latest/privatelink/create-endpoint-service.html',
      'https://docs.aws.amazon.com/vpc/latest/privatelink/manage-dns-names.html',
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html',
    ],
    unsettled: [
      'It is not documented whether a service answers endpoints in a zone without a node, if its load balancer balances across zones. [U]',
    ],
  },
  'path/flow-log': {
    about: 'On AWS these are flow logs in CloudWatch Logs, of the interface, its subnet or its VPC.',
    sources: [
      'https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html',
      'https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-cwl.html',
    ],
    unsettled: [
      'No page says that flow logs have the interfaces of VPC links; they have those that services manage. [I]',
    ],
  },
  'path/link': remark(
    'AWS re-provisions an INACTIVE link at the first request: it becomes AVAILABLE after some minutes, with other addresses.',
    ['https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-links-v2.html'],
  ),
  'path/load-balancer': {
    about:
      'On AWS, calls go to unhealthy targets if no target is healthy. These calls count as answered if each target answered its health check, although with another status code than expected (see target/healthy).',
    sources: [
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html',
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html',
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html',
    ],
    unsettled: [
      'Where an NLB forwards to an ALB, both should have the same cross-zone setting, or calls fail from time to time. [U]',
      ZONE_WITHOUT_TARGETS,
      MISMATCH,
      TOKENS,
      HOST_OF_CALLER,
      KEY_IN_PATH,
      'A web ACL of AWS WAF on an ALB can block calls. It is not read, so no verdict speaks of it. [U]',
      'A rule for every address allows the calls of a V1 link, where the rules of its NLB apply to them. A rule that names a group does not. [I]',
      URI_OF_INTEGRATION,
    ],
  },
  'path/network-acl': {
    sources: [
      'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html',
      'https://docs.aws.amazon.com/vpc/latest/tgw/tgw-nacls.html',
    ],
  },
  'path/on-premises': {
    sources: [
      'https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-route-priority.html',
      'https://docs.aws.amazon.com/directconnect/latest/UserGuide/virtualgateways.html',
    ],
    unsettled: [LINES],
  },
  'path/outside': remark('On AWS a leased line is a Direct Connect connection.', [
    'https://docs.aws.amazon.com/vpc/latest/userguide/extend-intro.html',
  ]),
  'path/peering': { sources: ['https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html'] },
  'path/return': {
    sources: [
      'https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html',
      'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html',
    ],
    unsettled: [LINES],
  },
  'path/route': {
    sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html'],
    unsettled: [
      'A Gateway Load Balancer endpoint forwards to private addresses, too; what it does with a call is not known. [U]',
    ],
  },
  'path/security-group': remark('On AWS rules only allow.', [
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html',
  ]),
  'path/transit': {
    sources: [
      'https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html',
      'https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html',
    ],
  },
};

import { remark, type Remark } from '@postern/core/internal/kinds';

const BEHIND_GATEWAYS = 'What lies behind CEN, a VPN gateway or Express Connect is not known. [U]';

/** What the documentation of the checks of core says of Alibaba Cloud, by the check. */
export const remarks: Readonly<Record<string, Remark>> = {
  'cidr/outside-network': {
    sources: [
      'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
    ],
  },
  'cidr/redundant': remark(
    'An integration instance of Alibaba Cloud always reaches its own vSwitches, so their blocks need no entry. An entry inside them that is not on the cloud yet is an error: `postern plan` refuses it (`CIDR_REDUNDANT`).',
    ['https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances'],
  ),
  'cidr/reserved': remark('Alibaba Cloud keeps 100.64.0.0/10 for its own services.', [
    'https://www.alibabacloud.com/help/en/vpc/vpc-and-vswitch',
  ]),
  'egress/admitted': remark(
    'On Alibaba Cloud, calls of a conventional instance come from the blocks that the cloud names for it, old and new. The backend has to allow each of them. `target/access-list` checks the access control list of a CLB instance.',
    ['https://www.alibabacloud.com/help/en/ecs/user-guide/security-group-rules'],
  ),
  'egress/wider': remark('On Alibaba Cloud a load balancer with an access control list is a CLB instance.', [
    'https://www.alibabacloud.com/help/en/slb/classic-load-balancer/user-guide/overview-of-access-control',
  ]),
  'gateway/domain': remark(
    'On Alibaba Cloud a domain that is not bound, or that is ABNORMAL, such as one without an ICP filing, affects calls.',
    ['https://www.alibabacloud.com/help/en/api-gateway/developer-reference/domain-name-information'],
  ),
  'gateway/domain-certificate': remark('On Alibaba Cloud only the end of a certificate is in a snapshot.', [
    'https://www.alibabacloud.com/help/doc-detail/29494.htm',
  ]),
  'gateway/exists': {
    about: 'On Alibaba Cloud a gateway is an API group or an HTTP API of Cloud-native API Gateway.',
  },
  'gateway/link-kind': {
    about: 'On Alibaba Cloud an API group uses an instance, and an HTTP API of Cloud-native API Gateway a gateway.',
  },
  'gateway/live-route': remark(
    'On Alibaba Cloud a stage of an API group serves the published version of an API. A routing plug-in of an API group calls a backend of its own where its condition holds, which is not evaluated.',
    [
      'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-describedeployedapi',
    ],
  ),
  'gateway/open-route': {
    sources: [
      'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-createapi',
    ],
  },
  'gateway/published': remark(
    'On Alibaba Cloud a stage of an API group serves the published version of an API, and a gateway of Cloud-native API Gateway that of a route.',
    ['https://help.aliyun.com/document_detail/43611.html'],
  ),
  'gateway/route-owner': remark('On Alibaba Cloud drafts of an API group count, too, although they cannot be called.', [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-createapi',
  ]),
  'gateway/route-target': remark(
    'On Alibaba Cloud an API of an API group names its backend by a VPC access authorization.',
    [
      'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-removevpcaccess',
    ],
  ),
  'link/group-network': remark(
    'On Alibaba Cloud a group of another VPC is an error. An interface accepts either basic or enterprise groups. Each zone of an integration instance has an interface with one group of its own, so the groups of an instance may be of both kinds.',
    ['https://www.alibabacloud.com/help/en/ecs/user-guide/overview-44'],
  ),
  'link/no-group': {
    about: 'An integration instance of Alibaba Cloud cannot be created without a group.',
  },
  'link/quota': {
    about: 'Alibaba Cloud does not publish its quota, so it is not checked.',
  },
  'link/retiring': remark(
    'Alibaba Cloud ends API Gateway (Traditional) in steps: no new purchases since 2026-08-23, no ' +
      'renewals and upgrades after 2027-03-21, and the end of the service, with console and support, on ' +
      '2027-09-21. The days are counted in Beijing time. The successor is Cloud-native API Gateway, for ' +
      'which a migration tool exists.',
    [
      'https://help.aliyun.com/en/api-gateway/traditional-api-gateway/product-overview/what-is-api-gateway',
      'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/use-cases/migrate-to-cloud-native-api-gateway-by-tool/',
    ],
  ),
  'link/single-zone': {
    sources: [
      'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/product-overview/dedicated-instances',
    ],
  },
  'link/spare': {
    sources: [
      'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-createinstance',
    ],
  },
  'migrate/egress': {
    sources: [
      'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
    ],
  },
  'migrate/known': {
    sources: [
      'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
    ],
  },
  'migrate/owner': remark(
    'On Alibaba Cloud, `instance_id` of a group is a property that forces a replacement for Terraform and Pulumi. Their next apply with the old ID destroys the group and its domain, and creates another group. ROS compares templates, not the current state, and cannot change the property.',
    [
      'https://registry.terraform.io/providers/aliyun/alicloud/latest/docs/resources/api_gateway_group',
      'https://www.alibabacloud.com/help/doc-detail/61467.htm',
    ],
  ),
  'migrate/ready': remark('On Alibaba Cloud the service refuses to move a group to an instance that is not running.', [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ]),
  'migrate/rollback': remark(
    'On Alibaba Cloud, for example, a move from a VPC integration instance back to a conventional one loses backends without an authorization.',
    [
      'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
    ],
  ),
  'migrate/same-machine': {
    about:
      'On Alibaba Cloud an API with a plain address and a server of a registry are called by their addresses alone. The service compares CIDR blocks, and accepts such a move.',
    sources: [
      'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
    ],
    unsettled: ['A move compares VPCs and blocks only: the same address in another VPC is another backend. [I]'],
  },
  'path/load-balancer': {
    sources: ['https://www.alibabacloud.com/help/en/slb/classic-load-balancer/user-guide/access-control-1'],
    unsettled: [
      'Whether groups of servers behind a CLB filter the client of a layer-4 listener is not documented. [U]',
    ],
  },
  'path/network-acl': {
    sources: ['https://www.alibabacloud.com/help/en/vpc/network-acl-overview'],
    unsettled: ['A network ACL does not filter what a CLB receives, and filters what its servers receive. [I]'],
  },
  'path/on-premises': {
    unsettled: [BEHIND_GATEWAYS],
  },
  'path/route': {
    unsettled: [
      BEHIND_GATEWAYS,
      'A VPC NAT gateway forwards to private addresses, too; what it does with a call is not known. [U]',
      'A VPC NAT gateway has private addresses of its own, for which it forwards by DNAT entries. A default route to a NAT gateway leads to the internet. [I]',
    ],
  },
  'path/security-group': remark(
    'On Alibaba Cloud the lowest priority number is evaluated first, a drop precedes an allow, and members of a basic group reach each other before all rules.',
    ['https://www.alibabacloud.com/help/en/ecs/user-guide/overview-44'],
  ),
  'target/balancer-active': remark(
    'On Alibaba Cloud a load balancer that is stopped or locked does not answer calls, either. A CLB instance that an authorization names may have been deleted. The authorization then refers to a load balancer that does not exist.',
    [
      'https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-describeloadbalancerattribute',
    ],
  ),
  'target/exists': remark(
    'On Alibaba Cloud, targets of an API group are authorizations, which a plan creates on demand. Other checks evaluate whether the backend of an authorization exists.',
    [
      'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/use-a-resource-in-a-vpc-as-the-backend-service-of-an-api',
    ],
  ),
  'target/healthy': remark('CLB of Alibaba Cloud sends no calls to unhealthy backends.', [
    'https://www.alibabacloud.com/help/en/slb/classic-load-balancer/user-guide/health-check-overview',
  ]),
  'target/kind': remark(
    'On Alibaba Cloud a target is an ECS instance, an internal CLB instance or a private address, with a port.',
    [
      'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/use-a-resource-in-a-vpc-as-the-backend-service-of-an-api',
    ],
  ),
  'target/listener': remark(
    'On Alibaba Cloud a listener of a CLB instance can be stopped. It then does not answer calls.',
    ['https://www.alibabacloud.com/help/en/slb/classic-load-balancer/user-guide/listener-overview'],
  ),
  'target/network': remark(
    'On Alibaba Cloud the service compares the VPC of each authorization with the VPC of the instance when an API is published or moved, and rejects others.',
    ['https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances'],
  ),
  'target/protocol': {
    about:
      'On Alibaba Cloud a plain address behind an integration instance has no name of its own for the verification of a certificate.',
  },
};

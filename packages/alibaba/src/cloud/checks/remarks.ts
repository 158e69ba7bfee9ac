import type { Remark } from '@postern/core/kinds';

/** What the documentation of the checks of core says of Alibaba Cloud, by the check. */
export const remarks: Readonly<Record<string, Remark>> = {
  'cidr/outside-network': {
    sources: [
      'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
    ],
  },
  'cidr/redundant': {
    sources: [
      'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
    ],
  },
  'cidr/reserved': {
    sources: ['https://www.alibabacloud.com/help/en/vpc/vpc-and-vswitch'],
  },
  'egress/admitted': {
    sources: ['https://www.alibabacloud.com/help/en/ecs/user-guide/security-group-rules'],
  },
  'egress/wider': {
    sources: ['https://www.alibabacloud.com/help/en/slb/classic-load-balancer/user-guide/overview-of-access-control'],
  },
  'gateway/domain': {
    sources: ['https://www.alibabacloud.com/help/en/api-gateway/developer-reference/domain-name-information'],
  },
  'gateway/domain-certificate': {
    sources: ['https://www.alibabacloud.com/help/doc-detail/29494.htm'],
  },
  'gateway/live-route': {
    sources: [
      'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-describedeployedapi',
    ],
  },
  'gateway/open-route': {
    sources: [
      'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-createapi',
    ],
  },
  'gateway/published': {
    sources: ['https://help.aliyun.com/document_detail/43611.html'],
  },
  'gateway/route-owner': {
    sources: [
      'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-createapi',
    ],
  },
  'gateway/route-target': {
    sources: [
      'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-removevpcaccess',
    ],
  },
  'link/group-network': {
    sources: ['https://www.alibabacloud.com/help/en/ecs/user-guide/overview-44'],
  },
  'link/retiring': {
    sources: [
      'https://help.aliyun.com/en/api-gateway/traditional-api-gateway/product-overview/what-is-api-gateway',
      'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/use-cases/migrate-to-cloud-native-api-gateway-by-tool/',
    ],
  },
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
  'migrate/owner': {
    sources: [
      'https://registry.terraform.io/providers/aliyun/alicloud/latest/docs/resources/api_gateway_group',
      'https://www.alibabacloud.com/help/doc-detail/61467.htm',
    ],
  },
  'migrate/ready': {
    sources: [
      'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
    ],
  },
  'migrate/rollback': {
    sources: [
      'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
    ],
  },
  'migrate/same-machine': {
    sources: [
      'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
    ],
  },
  'path/load-balancer': {
    sources: ['https://www.alibabacloud.com/help/en/slb/classic-load-balancer/user-guide/access-control-1'],
  },
  'path/network-acl': {
    sources: ['https://www.alibabacloud.com/help/en/vpc/network-acl-overview'],
  },
  'path/security-group': {
    sources: ['https://www.alibabacloud.com/help/en/ecs/user-guide/overview-44'],
  },
  'target/balancer-active': {
    sources: [
      'https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-describeloadbalancerattribute',
    ],
  },
  'target/exists': {
    sources: [
      'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/use-a-resource-in-a-vpc-as-the-backend-service-of-an-api',
    ],
  },
  'target/healthy': {
    sources: ['https://www.alibabacloud.com/help/en/slb/classic-load-balancer/user-guide/health-check-overview'],
  },
  'target/kind': {
    sources: [
      'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/use-a-resource-in-a-vpc-as-the-backend-service-of-an-api',
    ],
  },
  'target/listener': {
    sources: ['https://www.alibabacloud.com/help/en/slb/classic-load-balancer/user-guide/listener-overview'],
  },
  'target/network': {
    sources: [
      'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
    ],
  },
};

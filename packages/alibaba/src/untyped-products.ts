/**
 * Requests and answers of products that have no package on npm (CLB) or whose few members do not need one (STS). In the form
 * of the official models: members in camelCase, which stand on the wire in PascalCase.
 * @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-overview
 * @see https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-getcalleridentity
 */
export interface CallerIdentity {
  accountId: string;
  arn: string;
  identityType: string;
}

export interface DescribeLoadBalancersRequest {
  regionId: string;
  loadBalancerId: string;
  vpcId: string;
  addressType: string;
  address: string;
  pageNumber: number;
  pageSize: number;
}

/** One row of the list of load balancers. */
export interface LoadBalancerRow {
  loadBalancerId: string;
  loadBalancerName: string;
  loadBalancerStatus: string;
  address: string;
  /** `internet`, `intranet`. */
  addressType: string;
  /** `vpc`, `classic`. */
  networkType: string;
  vpcId: string;
  vSwitchId: string;
}

export interface LoadBalancers {
  loadBalancers: { loadBalancer: LoadBalancerRow[] };
  totalCount: number;
}

export interface DescribeLoadBalancerAttributeRequest {
  regionId: string;
  loadBalancerId: string;
}

export interface LoadBalancerAttribute extends LoadBalancerRow {
  listenerPortsAndProtocol: {
    listenerPortAndProtocol: { listenerPort: number; listenerProtocol: string; description: string }[];
  };
}

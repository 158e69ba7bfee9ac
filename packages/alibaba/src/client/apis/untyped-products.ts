/**
 * Requests and answers of products that have no package on npm (CLB, VPC peering), or whose few members do
 * not need one (STS, RAM). They have the form of the official models: members are in camelCase, and in
 * PascalCase on the wire.
 * @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-overview
 * @see https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-getcalleridentity
 * @see https://www.alibabacloud.com/help/en/ram/developer-reference/api-ram-2015-05-01-getrole
 * @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpcpeer-2022-01-01-listvpcpeerconnections
 */
export interface CallerIdentity {
  accountId: string;
  arn: string;
  identityType: string;
}

/** What lists load balancers. */
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
  masterZoneId: string;
  slaveZoneId: string;
}

/** A page of load balancers. */
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
  backendServers: { backendServer: { serverId: string; weight: number; type: string }[] };
}

/** The load balancers whose listeners are listed. */
export interface DescribeLoadBalancerListenersRequest {
  regionId: string;
  loadBalancerId: string[];
  maxResults: number;
  nextToken: string;
}

/** The part of a listener that is in the member named after its protocol. */
export interface ListenerConfig {
  healthCheck: string;
  healthCheckType: string;
  healthCheckConnectPort: number;
  /** `on`: everything is redirected. Only of HTTP. */
  listenerForward: string;
  forwardCode: string;
  /** Only of HTTPS. */
  serverCertificateId: string;
  /** Only of HTTPS; pages write it in two ways. */
  CACertificateId: string;
  caCertificateId: string;
}

/** A page of listeners of all protocols. */
export interface LoadBalancerListeners {
  /** Without a wrapper. */
  listeners: {
    loadBalancerId: string;
    listenerProtocol: string;
    listenerPort: number;
    backendServerPort: number;
    vServerGroupId: string;
    status: string;
    description: string;
    aclStatus: string;
    aclType: string;
    aclId: string;
    aclIds: string[];
    TCPListenerConfig: ListenerConfig;
    UDPListenerConfig: ListenerConfig;
    HTTPListenerConfig: ListenerConfig;
    HTTPSListenerConfig: ListenerConfig;
  }[];
  nextToken: string;
  totalCount: number;
}

/** The load balancer whose backend servers are requested. */
export interface DescribeHealthStatusRequest {
  regionId: string;
  loadBalancerId: string;
}

export interface HealthStatus {
  backendServers: {
    backendServer: {
      listenerPort: number;
      port: number;
      protocol: string;
      serverHealthStatus: string;
      serverId: string;
      serverIp: string;
      type: string;
    }[];
  };
}

/** The listener whose forwarding rules are requested. */
export interface DescribeRulesRequest {
  regionId: string;
  loadBalancerId: string;
  listenerPort: number;
  listenerProtocol: string;
}

/** The forwarding rules of a listener. */
export interface ForwardingRules {
  rules: { rule: { ruleId: string; ruleName: string; domain: string; url: string; vServerGroupId: string }[] };
}

/** The requested vServer group. */
export interface DescribeVServerGroupAttributeRequest {
  regionId: string;
  VServerGroupId: string;
}

export interface VServerGroup {
  VServerGroupId: string;
  backendServers: { backendServer: { serverId: string; port: number; weight: number; type: string }[] };
}

export interface DescribeAccessControlListAttributeRequest {
  regionId: string;
  aclId: string;
}

export interface AccessControlListAttribute {
  aclEntrys: { aclEntry: { aclEntryIP: string; aclEntryComment: string }[] };
  totalAclEntry: number;
}

export interface GetRoleRequest {
  roleName: string;
}

/** A role of RAM, as far as it is read. */
export interface RoleAnswer {
  role: { roleName: string; arn: string };
}

/** What lists peerings. */
export interface ListVpcPeerConnectionsRequest {
  regionId: string;
  maxResults: number;
  nextToken: string;
}

/** One side of a peering. */
export interface PeerVpc {
  vpcId: string;
  ipv4Cidrs: string[];
  ipv6Cidrs: string[];
}

/** A page of peerings. */
export interface VpcPeerConnections {
  /** Without a wrapper. */
  vpcPeerConnects: {
    instanceId: string;
    name: string;
    description: string;
    status: string;
    bizStatus: string;
    ownerId: number;
    acceptingOwnerUid: number;
    regionId: string;
    acceptingRegionId: string;
    vpc: PeerVpc;
    acceptingVpc: PeerVpc;
  }[];
  nextToken: string;
  totalCount: number;
}

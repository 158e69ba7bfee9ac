import type {
  AbolishApiRequest,
  CreateApiRequest,
  CreateApiResponseBody,
  CreateInstanceRequest,
  CreateInstanceResponseBody,
  DeleteApiGroupRequest,
  DeleteApiRequest,
  DeleteDomainRequest,
  DeleteInstanceRequest,
  DeployApiRequest,
  DescribeApiGroupRequest,
  DescribeApiGroupResponseBody,
  DescribeApiGroupsRequest,
  DescribeApiGroupsResponseBody,
  DescribeApiHistoryRequest,
  DescribeApiHistoryResponseBody,
  DescribeApiIpControlsRequest,
  DescribeApiIpControlsResponseBody,
  DescribeApiQpsDataRequest,
  DescribeApiQpsDataResponseBody,
  DescribeApiRequest,
  DescribeApiResponseBody,
  DescribeApiSignaturesRequest,
  DescribeApiSignaturesResponseBody,
  DescribeApiTrafficControlsRequest,
  DescribeApiTrafficControlsResponseBody,
  DescribeApisByBackendRequest,
  DescribeApisByBackendResponseBody,
  DescribeApisByVpcAccessRequest,
  DescribeApisByVpcAccessResponseBody,
  DescribeApisRequest,
  DescribeApisResponseBody,
  DescribeAppAttributesRequest,
  DescribeAppAttributesResponseBody,
  DescribeAppSecurityRequest,
  DescribeAppSecurityResponseBody,
  DescribeAuthorizedAppsRequest,
  DescribeAuthorizedAppsResponseBody,
  DescribeBackendInfoRequest,
  DescribeBackendInfoResponseBody,
  DescribeBackendListRequest,
  DescribeBackendListResponseBody,
  DescribeDeployedApiRequest,
  DescribeDeployedApiResponseBody,
  DescribeDeployedApisRequest,
  DescribeDeployedApisResponseBody,
  DescribeGroupQpsRequest,
  DescribeGroupQpsResponseBody,
  DescribeHistoryApisRequest,
  DescribeHistoryApisResponseBody,
  DescribeInstanceNewConnectionsRequest,
  DescribeInstanceNewConnectionsResponseBody,
  DescribeInstanceQpsRequest,
  DescribeInstanceQpsResponseBody,
  DescribeInstancesRequest,
  DescribeInstancesResponseBody,
  DescribeIpControlPolicyItemsRequest,
  DescribeIpControlPolicyItemsResponseBody,
  DescribeIpControlsRequest,
  DescribeIpControlsResponseBody,
  DescribeLogConfigRequest,
  DescribeLogConfigResponseBody,
  DescribePluginApisRequest,
  DescribePluginApisResponseBody,
  DescribePluginGroupsRequest,
  DescribePluginGroupsResponseBody,
  DescribePluginsRequest,
  DescribePluginsResponseBody,
  DescribeTrafficControlsRequest,
  DescribeTrafficControlsResponseBody,
  DescribeUpdateVpcInfoTaskRequest,
  DescribeUpdateVpcInfoTaskResponseBody,
  DescribeVpcAccessesRequest,
  DescribeVpcAccessesResponseBody,
  DescribeZonesResponseBody,
  ListPrivateDNSRequest,
  ListPrivateDNSResponseBody,
  ModifyApiGroupInstanceRequest,
  ModifyApiGroupNetworkPolicyRequest,
  ModifyApiRequest,
  ModifyInstanceAttributeRequest,
  ModifyVpcAccessAndUpdateApisRequest,
  ModifyVpcAccessAndUpdateApisResponseBody,
  RemoveVpcAccessRequest,
  SetVpcAccessRequest,
  SetVpcAccessResponseBody,
  TagResourcesRequest,
  UntagResourcesRequest,
  ValidateVpcConnectivityRequest,
  ValidateVpcConnectivityResponseBody,
} from '@alicloud/cloudapi20160714';
import type {
  AuthorizeSecurityGroupEgressRequest,
  AuthorizeSecurityGroupRequest,
  DescribeInstancesRequest as DescribeEcsInstancesRequest,
  DescribeInstancesResponseBody as DescribeEcsInstancesResponseBody,
  DescribeNetworkInterfacesRequest,
  DescribeNetworkInterfacesResponseBody,
  DescribePrefixListAttributesRequest,
  DescribePrefixListAttributesResponseBody,
  DescribeSecurityGroupAttributeRequest,
  DescribeSecurityGroupAttributeResponseBody,
  DescribeSecurityGroupsRequest,
  DescribeSecurityGroupsResponseBody,
  RevokeSecurityGroupEgressRequest,
  RevokeSecurityGroupRequest,
} from '@alicloud/ecs20140526';
import type {
  DescribeNatGatewaysRequest,
  DescribeNatGatewaysResponseBody,
  DescribeNetworkAclsRequest,
  DescribeNetworkAclsResponseBody,
  DescribeRouteEntryListRequest,
  DescribeRouteEntryListResponseBody,
  DescribeRouteTableListRequest,
  DescribeRouteTableListResponseBody,
  DescribeSnatTableEntriesRequest,
  DescribeSnatTableEntriesResponseBody,
  DescribeVpcsRequest,
  DescribeVpcsResponseBody,
  DescribeVSwitchesRequest,
  DescribeVSwitchesResponseBody,
  DescribeZonesRequest as DescribeVpcZonesRequest,
  DescribeZonesResponseBody as DescribeVpcZonesResponseBody,
} from '@alicloud/vpc20160428';
import type {
  Product,
  Wire,
  DescribeMetricListRequest,
  MetricList,
  AddDomainRecordRequest,
  DescribeSubDomainRecordsRequest,
  DomainRecordAnswer,
  DomainRecords,
  SetDnsSlbStatusRequest,
  UpdateDomainRecordRequest,
} from './alibaba-api.js';
import type {
  AccessControlListAttribute,
  CallerIdentity,
  DescribeAccessControlListAttributeRequest,
  DescribeHealthStatusRequest,
  DescribeLoadBalancerAttributeRequest,
  DescribeLoadBalancerListenersRequest,
  DescribeLoadBalancersRequest,
  DescribeRulesRequest,
  DescribeVServerGroupAttributeRequest,
  GetRoleRequest,
  HealthStatus,
  ListVpcPeerConnectionsRequest,
  LoadBalancerAttribute,
  LoadBalancerListeners,
  LoadBalancers,
  ForwardingRules,
  RoleAnswer,
  VServerGroup,
  VpcPeerConnections,
} from './untyped-products.js';

/** An action with the models of its request and answer, as the official packages publish them. */
interface Act<Q, A = object> {
  readonly query: Wire<Q>;
  readonly answer: Wire<A>;
}

type None = Record<never, never>;

/** Every action that is called, by product. The models are types only: nothing of their packages is loaded or published. */
export interface Actions {
  readonly CloudAPI: {
    readonly AbolishApi: Act<AbolishApiRequest>;
    readonly CreateApi: Act<CreateApiRequest, CreateApiResponseBody>;
    readonly CreateInstance: Act<CreateInstanceRequest, CreateInstanceResponseBody>;
    readonly DeleteApi: Act<DeleteApiRequest>;
    readonly DeleteApiGroup: Act<DeleteApiGroupRequest>;
    readonly DeleteDomain: Act<DeleteDomainRequest>;
    readonly DeleteInstance: Act<DeleteInstanceRequest>;
    readonly DeployApi: Act<DeployApiRequest>;
    readonly DescribeApi: Act<DescribeApiRequest, DescribeApiResponseBody>;
    readonly DescribeApiGroup: Act<DescribeApiGroupRequest, DescribeApiGroupResponseBody>;
    readonly DescribeApiGroups: Act<DescribeApiGroupsRequest, DescribeApiGroupsResponseBody>;
    readonly DescribeApiHistory: Act<DescribeApiHistoryRequest, DescribeApiHistoryResponseBody>;
    readonly DescribeApiIpControls: Act<DescribeApiIpControlsRequest, DescribeApiIpControlsResponseBody>;
    readonly DescribeApiSignatures: Act<DescribeApiSignaturesRequest, DescribeApiSignaturesResponseBody>;
    readonly DescribeApiTrafficControls: Act<DescribeApiTrafficControlsRequest, DescribeApiTrafficControlsResponseBody>;
    readonly DescribeAppAttributes: Act<DescribeAppAttributesRequest, DescribeAppAttributesResponseBody>;
    readonly DescribeAppSecurity: Act<DescribeAppSecurityRequest, DescribeAppSecurityResponseBody>;
    readonly DescribeAuthorizedApps: Act<DescribeAuthorizedAppsRequest, DescribeAuthorizedAppsResponseBody>;
    readonly DescribeApiQpsData: Act<DescribeApiQpsDataRequest, DescribeApiQpsDataResponseBody>;
    readonly DescribeGroupQps: Act<DescribeGroupQpsRequest, DescribeGroupQpsResponseBody>;
    readonly DescribeHistoryApis: Act<DescribeHistoryApisRequest, DescribeHistoryApisResponseBody>;
    readonly DescribeIpControlPolicyItems: Act<
      DescribeIpControlPolicyItemsRequest,
      DescribeIpControlPolicyItemsResponseBody
    >;
    readonly DescribeIpControls: Act<DescribeIpControlsRequest, DescribeIpControlsResponseBody>;
    readonly DescribeLogConfig: Act<DescribeLogConfigRequest, DescribeLogConfigResponseBody>;
    readonly DescribeTrafficControls: Act<DescribeTrafficControlsRequest, DescribeTrafficControlsResponseBody>;
    readonly DescribeApis: Act<DescribeApisRequest, DescribeApisResponseBody>;
    readonly DescribeApisByVpcAccess: Act<DescribeApisByVpcAccessRequest, DescribeApisByVpcAccessResponseBody>;
    readonly DescribeApisByBackend: Act<DescribeApisByBackendRequest, DescribeApisByBackendResponseBody>;
    readonly DescribeBackendInfo: Act<DescribeBackendInfoRequest, DescribeBackendInfoResponseBody>;
    readonly DescribeBackendList: Act<DescribeBackendListRequest, DescribeBackendListResponseBody>;
    readonly DescribeDeployedApi: Act<DescribeDeployedApiRequest, DescribeDeployedApiResponseBody>;
    readonly DescribeDeployedApis: Act<DescribeDeployedApisRequest, DescribeDeployedApisResponseBody>;
    readonly DescribeInstanceNewConnections: Act<
      DescribeInstanceNewConnectionsRequest,
      DescribeInstanceNewConnectionsResponseBody
    >;
    readonly DescribeInstanceQps: Act<DescribeInstanceQpsRequest, DescribeInstanceQpsResponseBody>;
    readonly DescribeInstances: Act<DescribeInstancesRequest, DescribeInstancesResponseBody>;
    readonly DescribePluginApis: Act<DescribePluginApisRequest, DescribePluginApisResponseBody>;
    readonly DescribePluginGroups: Act<DescribePluginGroupsRequest, DescribePluginGroupsResponseBody>;
    readonly DescribePlugins: Act<DescribePluginsRequest, DescribePluginsResponseBody>;
    readonly DescribeUpdateVpcInfoTask: Act<DescribeUpdateVpcInfoTaskRequest, DescribeUpdateVpcInfoTaskResponseBody>;
    readonly DescribeVpcAccesses: Act<DescribeVpcAccessesRequest, DescribeVpcAccessesResponseBody>;
    readonly DescribeZones: Act<None, DescribeZonesResponseBody>;
    readonly ListPrivateDNS: Act<ListPrivateDNSRequest, ListPrivateDNSResponseBody>;
    readonly ModifyApi: Act<ModifyApiRequest>;
    readonly ModifyApiGroupInstance: Act<ModifyApiGroupInstanceRequest>;
    readonly ModifyApiGroupNetworkPolicy: Act<ModifyApiGroupNetworkPolicyRequest>;
    readonly ModifyInstanceAttribute: {
      /** On the wire the block is a JSON text. */
      readonly query: Omit<Wire<ModifyInstanceAttributeRequest>, 'ToConnectVpcIpBlock'> & {
        readonly ToConnectVpcIpBlock?: string | undefined;
      };
      readonly answer: object;
    };
    readonly ModifyVpcAccessAndUpdateApis: Act<
      ModifyVpcAccessAndUpdateApisRequest,
      ModifyVpcAccessAndUpdateApisResponseBody
    >;
    readonly RemoveVpcAccess: Act<RemoveVpcAccessRequest>;
    readonly SetVpcAccess: Act<SetVpcAccessRequest, SetVpcAccessResponseBody>;
    readonly TagResources: Act<TagResourcesRequest>;
    readonly UntagResources: Act<UntagResourcesRequest>;
    readonly ValidateVpcConnectivity: Act<ValidateVpcConnectivityRequest, ValidateVpcConnectivityResponseBody>;
  };
  readonly Ecs: {
    readonly AuthorizeSecurityGroup: Act<AuthorizeSecurityGroupRequest>;
    readonly AuthorizeSecurityGroupEgress: Act<AuthorizeSecurityGroupEgressRequest>;
    readonly DescribeInstances: Act<DescribeEcsInstancesRequest, DescribeEcsInstancesResponseBody>;
    readonly DescribeNetworkInterfaces: Act<DescribeNetworkInterfacesRequest, DescribeNetworkInterfacesResponseBody>;
    readonly DescribePrefixListAttributes: Act<
      DescribePrefixListAttributesRequest,
      DescribePrefixListAttributesResponseBody
    >;
    readonly DescribeSecurityGroupAttribute: Act<
      DescribeSecurityGroupAttributeRequest,
      DescribeSecurityGroupAttributeResponseBody
    >;
    readonly DescribeSecurityGroups: Act<DescribeSecurityGroupsRequest, DescribeSecurityGroupsResponseBody>;
    readonly RevokeSecurityGroup: Act<RevokeSecurityGroupRequest>;
    readonly RevokeSecurityGroupEgress: Act<RevokeSecurityGroupEgressRequest>;
  };
  readonly Vpc: {
    readonly DescribeNatGateways: Act<DescribeNatGatewaysRequest, DescribeNatGatewaysResponseBody>;
    readonly DescribeNetworkAcls: Act<DescribeNetworkAclsRequest, DescribeNetworkAclsResponseBody>;
    readonly DescribeRouteEntryList: Act<DescribeRouteEntryListRequest, DescribeRouteEntryListResponseBody>;
    readonly DescribeRouteTableList: Act<DescribeRouteTableListRequest, DescribeRouteTableListResponseBody>;
    readonly DescribeSnatTableEntries: Act<DescribeSnatTableEntriesRequest, DescribeSnatTableEntriesResponseBody>;
    readonly DescribeVpcs: Act<DescribeVpcsRequest, DescribeVpcsResponseBody>;
    readonly DescribeVSwitches: Act<DescribeVSwitchesRequest, DescribeVSwitchesResponseBody>;
    readonly DescribeZones: Act<DescribeVpcZonesRequest, DescribeVpcZonesResponseBody>;
  };
  readonly VpcPeer: {
    readonly ListVpcPeerConnections: Act<ListVpcPeerConnectionsRequest, VpcPeerConnections>;
  };
  readonly Slb: {
    readonly DescribeAccessControlListAttribute: Act<
      DescribeAccessControlListAttributeRequest,
      AccessControlListAttribute
    >;
    readonly DescribeHealthStatus: Act<DescribeHealthStatusRequest, HealthStatus>;
    readonly DescribeLoadBalancerAttribute: Act<DescribeLoadBalancerAttributeRequest, LoadBalancerAttribute>;
    readonly DescribeLoadBalancerListeners: Act<DescribeLoadBalancerListenersRequest, LoadBalancerListeners>;
    readonly DescribeLoadBalancers: Act<DescribeLoadBalancersRequest, LoadBalancers>;
    readonly DescribeRules: Act<DescribeRulesRequest, ForwardingRules>;
    readonly DescribeVServerGroupAttribute: Act<DescribeVServerGroupAttributeRequest, VServerGroup>;
  };
  readonly Ram: {
    readonly GetRole: Act<GetRoleRequest, RoleAnswer>;
  };
  readonly Alidns: {
    readonly AddDomainRecord: Act<AddDomainRecordRequest, DomainRecordAnswer>;
    readonly DeleteDomainRecord: Act<DomainRecordAnswer>;
    readonly DescribeSubDomainRecords: Act<DescribeSubDomainRecordsRequest, DomainRecords>;
    readonly SetDNSSLBStatus: Act<SetDnsSlbStatusRequest>;
    readonly SetDomainRecordStatus: Act<DomainRecordAnswer & { status: string }>;
    readonly UpdateDNSSLBWeight: Act<DomainRecordAnswer & { weight: number }>;
    readonly UpdateDomainRecord: Act<UpdateDomainRecordRequest>;
  };
  readonly Cms: {
    readonly DescribeMetricList: Act<DescribeMetricListRequest, MetricList>;
  };
  /** In the ROA style: `apig.ts` has its operations. */
  readonly APIG: None;
  readonly Sts: {
    readonly GetCallerIdentity: Act<None, CallerIdentity>;
  };
}

/** The parameters of an action. */
export type Query<P extends Product, N extends keyof Actions[P]> = Actions[P][N] extends { readonly query: infer Q }
  ? Q
  : never;

/** What an action answers. */
export type Answer<P extends Product, N extends keyof Actions[P]> = Actions[P][N] extends { readonly answer: infer A }
  ? A
  : never;

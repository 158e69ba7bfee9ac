import type * as CloudApiModels from '@alicloud/cloudapi20160714';
import type * as EcsModels from '@alicloud/ecs20140526';
import type * as VpcModels from '@alicloud/vpc20160428';
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

type Model<Package, Name extends string> = Name extends keyof Package
  ? Package[Name] extends abstract new (...given: never[]) => infer M
    ? M
    : never
  : never;

/** Actions of a product by their names, with the models of its package. */
type Acts<Package, Names extends string> = {
  readonly [Name in Names]: Act<Model<Package, `${Name}Request`>, Model<Package, `${Name}ResponseBody`>>;
};

/** Every action that is called, by product. The models are types only: nothing of their packages is loaded or published. */
export interface Actions {
  readonly CloudAPI: Acts<
    typeof CloudApiModels,
    | 'AbolishApi'
    | 'CreateApi'
    | 'CreateInstance'
    | 'DeleteApi'
    | 'DeleteApiGroup'
    | 'DeleteDomain'
    | 'DeleteInstance'
    | 'DeployApi'
    | 'DescribeApi'
    | 'DescribeApiGroup'
    | 'DescribeApiGroups'
    | 'DescribeApiHistory'
    | 'DescribeApiIpControls'
    | 'DescribeApiQpsData'
    | 'DescribeApiSignatures'
    | 'DescribeApiTrafficControls'
    | 'DescribeApis'
    | 'DescribeApisByBackend'
    | 'DescribeApisByVpcAccess'
    | 'DescribeAppAttributes'
    | 'DescribeAppSecurity'
    | 'DescribeAuthorizedApps'
    | 'DescribeBackendInfo'
    | 'DescribeBackendList'
    | 'DescribeDeployedApi'
    | 'DescribeDeployedApis'
    | 'DescribeGroupQps'
    | 'DescribeHistoryApis'
    | 'DescribeInstanceNewConnections'
    | 'DescribeInstanceQps'
    | 'DescribeInstances'
    | 'DescribeIpControlPolicyItems'
    | 'DescribeIpControls'
    | 'DescribeLogConfig'
    | 'DescribePluginApis'
    | 'DescribePluginGroups'
    | 'DescribePlugins'
    | 'DescribeTrafficControls'
    | 'DescribeUpdateVpcInfoTask'
    | 'DescribeVpcAccesses'
    | 'DescribeZones'
    | 'ListPrivateDNS'
    | 'ModifyApi'
    | 'ModifyApiGroupInstance'
    | 'ModifyApiGroupNetworkPolicy'
    | 'ModifyVpcAccessAndUpdateApis'
    | 'RemoveVpcAccess'
    | 'SetVpcAccess'
    | 'TagResources'
    | 'UntagResources'
    | 'ValidateVpcConnectivity'
  > & {
    readonly ModifyInstanceAttribute: {
      /** On the wire the block is a JSON text. */
      readonly query: Omit<Wire<CloudApiModels.ModifyInstanceAttributeRequest>, 'ToConnectVpcIpBlock'> & {
        readonly ToConnectVpcIpBlock?: string | undefined;
      };
      readonly answer: object;
    };
  };
  readonly Ecs: Acts<
    typeof EcsModels,
    | 'AuthorizeSecurityGroup'
    | 'AuthorizeSecurityGroupEgress'
    | 'DescribeInstances'
    | 'DescribeNetworkInterfaces'
    | 'DescribePrefixListAttributes'
    | 'DescribeSecurityGroupAttribute'
    | 'DescribeSecurityGroups'
    | 'RevokeSecurityGroup'
    | 'RevokeSecurityGroupEgress'
  >;
  readonly Vpc: Acts<
    typeof VpcModels,
    | 'DescribeNatGateways'
    | 'DescribeNetworkAcls'
    | 'DescribeRouteEntryList'
    | 'DescribeRouteTableList'
    | 'DescribeSnatTableEntries'
    | 'DescribeVSwitches'
    | 'DescribeVpcs'
    | 'DescribeZones'
  >;
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

export type Answer<P extends Product, N extends keyof Actions[P]> = Actions[P][N] extends { readonly answer: infer A }
  ? A
  : never;

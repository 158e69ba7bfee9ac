import type { AlibabaTagRow } from '../vpc/state.js';

// Rows hold what the cloud shows in its names, and other members in small letters: see `shown`.

/** State of CLB in one region. */
export const newState = () => ({
  loadBalancers: new Map<string, LoadBalancerRow>(),
  accessControlLists: new Map<string, AccessControlListRow>(),
  serverGroups: new Map<string, ServerGroupRow>(),
  serverCertificates: new Map<string, ServerCertificateRow>(),
});

export type SlbState = Readonly<ReturnType<typeof newState>>;

/** A load balancer as DescribeLoadBalancers shows it, with what a new one has. */
export const LOAD_BALANCER = {
  Address: '',
  AddressIPVersion: 'ipv4',
  AddressType: 'intranet' as 'internet' | 'intranet',
  CreateTime: '',
  CreateTimeStamp: 0,
  DeleteProtection: 'off' as 'on' | 'off',
  InternetChargeType: '' as '' | 'paybytraffic',
  LoadBalancerId: '',
  LoadBalancerName: '',
  LoadBalancerSpec: 'slb.s1.small',
  LoadBalancerStatus: 'active' as 'active' | 'inactive' | 'locked',
  MasterZoneId: '',
  NetworkType: 'vpc' as 'vpc' | 'classic',
  PayType: 'PayOnDemand',
  RegionId: '',
  ResourceGroupId: '',
  SlaveZoneId: '',
  Tags: {},
  /** Empty for one that is not in a VPC, as `VpcId` is. */
  VSwitchId: '',
  VpcId: '',
};

export interface LoadBalancerRow extends Omit<typeof LOAD_BALANCER, 'Tags'> {
  backendServers: BackendServerRow[];
  /** By `<protocol>:<port>`: a UDP listener may have the port of another. */
  readonly listeners: Map<string, ListenerRow>;
  tags: AlibabaTagRow;
}

export interface BackendServerRow {
  /** An ECS instance, an interface or an address. */
  readonly ServerId: string;
  /** Its port, which each server of a vServer group has for itself. Other servers have the port of the listener. */
  readonly Port?: number | undefined;
  readonly Type: 'ecs' | 'eni' | 'eip';
  readonly Weight: number;
  readonly Description: string;
  /** The address at which it is called: that of an interface where it has several. */
  readonly serverIp: string;
  /** The listeners that send to it, by `<protocol>:<port>`; all of them where it is missing. */
  readonly only?: readonly string[] | undefined;
  /**
   * The health for a listener, where it was observed and differs from the server's state. The simulator does
   * not know what runs on the server.
   */
  readonly health?: Readonly<Record<string, 'normal' | 'abnormal' | 'unavailable'>> | undefined;
}

export interface ServerGroupRow {
  /** `rsp-…` */
  readonly VServerGroupId: string;
  readonly VServerGroupName: string;
  readonly LoadBalancerId: string;
  readonly CreateTime: string;
  servers: readonly BackendServerRow[];
}

export type ListenerProtocol = 'tcp' | 'udp' | 'http' | 'https';

export interface ListenerRow {
  readonly protocol: ListenerProtocol;
  readonly ListenerPort: number;
  /** The port of backend servers; missing where a vServer group has the ports. */
  readonly BackendServerPort?: number | undefined;
  /** The vServer group that it sends to; the load balancer's own servers where it is missing. */
  readonly VServerGroupId?: string | undefined;
  Status: 'starting' | 'configuring' | 'running' | 'stopping' | 'stopped';
  Description: string;
  /** Kept while it is off, and shown only while it is on. */
  acl: {
    readonly AclStatus: 'on' | 'off';
    /** Only those in the list get in, or all but those. */
    readonly AclType?: 'white' | 'black' | undefined;
    readonly AclIds: readonly string[];
  };
  /** Of layer 7: which calls go to a vServer group of their own. */
  rules?: readonly ListenerRuleRow[] | undefined;
  /** Everything else that its protocol has, as it was set: scheduler, bandwidth, health check, … */
  settings: Record<string, string | number>;
}

/** Calls of a domain and below a path go to a vServer group. */
export interface ListenerRuleRow {
  /** `rule-…` */
  readonly RuleId: string;
  readonly RuleName: string;
  /** `www.example.com`, `*.example.com`; empty: any. */
  readonly Domain: string;
  /** How paths begin; empty: any. */
  readonly Url: string;
  readonly VServerGroupId: string;
  readonly ListenerSync: 'on';
}

/** A certificate. Its private key is compared with it once, and is not kept. */
export interface ServerCertificateRow {
  readonly ServerCertificateId: string;
  readonly ServerCertificateName: string;
  readonly Fingerprint: string;
  readonly CommonName: string;
  readonly SubjectAlternativeNames: { readonly SubjectAlternativeName: readonly string[] };
  readonly ExpireTime: string;
  readonly ExpireTimeStamp: number;
  readonly CreateTime: string;
  readonly CreateTimeStamp: number;
  readonly IsAliCloudCertificate: 0;
  readonly RegionId: string;
  readonly ResourceGroupId: '';
}

export interface AccessControlListRow {
  /** `acl-…` */
  readonly AclId: string;
  readonly AclName: string;
  readonly AddressIPVersion: 'ipv4' | 'ipv6';
  readonly CreateTime: string;
  readonly ResourceGroupId: '';
  entries: AccessControlEntryRow[];
  tags: AlibabaTagRow;
}

export interface AccessControlEntryRow {
  /** A block: `10.0.0.0/24`; a single address is written with `/32`. */
  readonly AclEntryIP: string;
  readonly AclEntryComment: string;
}

import type { AlibabaTagRow } from '../vpc/state.js';

/** State of CLB in one region. */
export interface SlbState {
  readonly loadBalancers: Map<string, LoadBalancerRow>;
  readonly accessControlLists: Map<string, AccessControlListRow>;
  readonly serverGroups: Map<string, ServerGroupRow>;
  readonly serverCertificates: Map<string, ServerCertificateRow>;
}

export interface LoadBalancerRow {
  readonly id: string;
  name: string;
  readonly addressType: 'internet' | 'intranet';
  readonly networkType: 'vpc' | 'classic';
  readonly address: string;
  /** Empty for one that is not in a VPC; so are the vSwitch's. */
  readonly vpcId: string;
  readonly vSwitchId: string;
  readonly masterZoneId: string;
  readonly slaveZoneId: string;
  readonly spec: string;
  readonly payType: 'PayOnDemand' | 'PrePay';
  status: 'active' | 'inactive' | 'locked';
  deleteProtection: 'on' | 'off';
  backendServers: BackendServerRow[];
  /** By `<protocol>:<port>`: a UDP listener may have the port of another. */
  readonly listeners: Map<string, ListenerRow>;
  readonly createdAt: number;
  tags: AlibabaTagRow;
}

export interface BackendServerRow {
  /** An ECS instance, an interface or an address. */
  readonly serverId: string;
  readonly type: 'ecs' | 'eni' | 'eip';
  weight: number;
  description: string;
  /** The address at which it is called: that of an interface where it has several. */
  readonly serverIp: string;
  /**
   * Its port, which each server of a vServer group has for itself. Other servers have the port of the
   * listener.
   */
  readonly port?: number | undefined;
  /** The listeners that send to it, by `<protocol>:<port>`; all of them where it is missing. */
  readonly only?: readonly string[] | undefined;
  /**
   * The health for a listener, where it was observed and differs from the server's state. The simulator does
   * not know what runs on the server.
   */
  readonly health?: Readonly<Record<string, 'normal' | 'abnormal' | 'unavailable'>> | undefined;
}

/** A vServer group. */
export interface ServerGroupRow {
  /** `rsp-…` */
  readonly id: string;
  name: string;
  readonly loadBalancerId: string;
  servers: readonly BackendServerRow[];
  readonly createdAt: number;
}

export type ListenerProtocol = 'tcp' | 'udp' | 'http' | 'https';

export interface ListenerRow {
  readonly protocol: ListenerProtocol;
  readonly port: number;
  /** The port of backend servers; undefined where a vServer group has the ports. */
  backendServerPort: number | undefined;
  /** The vServer group that it sends to; the load balancer's own servers where it is missing. */
  readonly serverGroupId?: string | undefined;
  status: 'starting' | 'configuring' | 'running' | 'stopping' | 'stopped';
  description: string;
  aclStatus: 'on' | 'off';
  /** Only those in the list get in, or all but those. */
  aclType: 'white' | 'black' | undefined;
  aclIds: string[];
  /** Of layer 7: which calls go to a vServer group of their own. */
  rules?: readonly ListenerRuleRow[] | undefined;
  /** Everything else that its protocol has, as it was set: scheduler, bandwidth, health check, … */
  settings: Record<string, string | number>;
}

/** Calls of a domain and below a path go to a vServer group. */
export interface ListenerRuleRow {
  /** `rule-…` */
  readonly id: string;
  readonly name: string;
  /** `www.example.com`, `*.example.com`; empty: any. */
  readonly domain: string;
  /** How paths begin; empty: any. */
  readonly url: string;
  readonly serverGroupId: string;
}

/** A certificate. Its private key is compared with it once, and is not kept. */
export interface ServerCertificateRow {
  readonly id: string;
  name: string;
  readonly fingerprint: string;
  readonly commonName: string;
  readonly names: readonly string[];
  readonly expiresAt: number;
  readonly createdAt: number;
}

export interface AccessControlListRow {
  /** `acl-…` */
  readonly id: string;
  name: string;
  readonly addressIpVersion: 'ipv4' | 'ipv6';
  entries: AccessControlEntryRow[];
  readonly createdAt: number;
  tags: AlibabaTagRow;
}

export interface AccessControlEntryRow {
  /** A block: `10.0.0.0/24`; a single address is written with `/32`. */
  readonly entryIP: string;
  readonly entryComment: string;
}

/** A network (VPC). */
export interface Network {
  readonly id: string;
  readonly name?: string | undefined;
  /** Primary block first. */
  readonly cidrBlocks: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly raw: unknown;
}

export interface Subnet {
  readonly id: string;
  readonly name?: string | undefined;
  readonly networkId: string;
  readonly cidrBlock: string;
  /** The zone's id (`euw1-az1`), which means the same in every account. */
  readonly zone: string;
  readonly freeAddresses?: number | undefined;
  /** The account that owns it; another than the caller's where it is shared. */
  readonly account?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly raw: unknown;
}

export interface SecurityGroupRule {
  readonly id?: string | undefined;
  readonly direction: 'in' | 'out';
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly cidrBlock?: string | undefined;
  readonly prefixListId?: string | undefined;
  readonly securityGroupId?: string | undefined;
  readonly description?: string | undefined;
}

export interface SecurityGroup {
  readonly id: string;
  readonly name: string;
  readonly networkId: string;
  readonly rules: readonly SecurityGroupRule[];
  readonly tags: Readonly<Record<string, string>>;
  readonly raw: unknown;
}

export interface LoadBalancer {
  readonly id: string;
  readonly name: string;
  readonly kind: 'application' | 'network' | 'gateway' | 'classic';
  readonly networkId?: string | undefined;
  readonly scheme?: 'internal' | 'internet-facing' | undefined;
  readonly state?: string | undefined;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly raw: unknown;
}

export interface Listener {
  readonly id: string;
  readonly loadBalancerId: string;
  readonly port: number;
  readonly protocol: string;
  readonly raw: unknown;
}

export interface NetworkInterface {
  readonly id: string;
  readonly networkId: string;
  readonly subnetId: string;
  readonly addresses: readonly string[];
  readonly securityGroupIds: readonly string[];
  /** The link that it serves, where that is known. */
  readonly linkId?: string | undefined;
  readonly raw: unknown;
}

import type { ReservedByCloud } from '../../../cidr/reserved-ranges.js';

/** The behavior of the networks and load balancers of a cloud, for all kinds of link that call into them. */
export interface CloudTraits {
  /** The format of an account's number, an example of one, and the message for another text. */
  readonly account: {
    readonly form: RegExp;
    readonly example: string;
    readonly fault: string;
    readonly remedy: string;
  };
  /**
   * Whether entries of a network ACL have numbers that begin with 1; otherwise they are a list.
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
   */
  readonly aclEntriesAreNumbered: boolean;
  /**
   * Whether load balancers send calls to unhealthy targets where too few are healthy.
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html
   */
  readonly loadBalancersFailOpen: boolean;
  /** The permission that reads the health of a load balancer's targets. */
  readonly readsTargetHealth: string;
  /**
   * Whether clients' addresses reach targets in the load balancer's network and in peered ones of its region only.
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
   */
  readonly clientAddressesStayNear: boolean;
  /**
   * Whether a rule of a security group can name a group of a network that is peered within the region.
   * @see https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html
   */
  readonly groupsReachPeers: boolean;
  /** Whether every address that is in use in a network is that of a network interface which the user can list. */
  readonly addressesAreInterfaces: boolean;
  /** Whether connections to other networks have lists of their own; otherwise only routes name them. */
  readonly routersAreListed: boolean;
  /**
   * Whether a NAT gateway may have private addresses of its own, for which it forwards to others (DNAT). No list that is read
   * shows them.
   * @see https://www.alibabacloud.com/help/en/nat-gateway/user-guide/create-and-manage-a-vpc-nat-gateway
   */
  readonly natHasDestinations: boolean;
  /**
   * Whether a security group may be used in networks other than its own, which no snapshot shows; then what is documented of it and how
   * to list such uses: `the cloud documents …`, `` `a command` lists associations ``.
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html
   */
  readonly groupsMayServeOtherNetworks: false | { readonly documented: string; readonly listed: string };
  /** Whether rules of a security group have priorities that begin with 1; otherwise all of them count. */
  readonly groupRulesHavePriorities: boolean;
  /**
   * Whether the address of a load balancer in a zone without healthy targets is removed from its DNS name, where a zone sends calls only to
   * its own targets. Whether links use the name is then not known.
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health.html
   */
  readonly emptyZonesLeaveDns: boolean;
  /** Whether a load balancer of the internet is in no network of the user. */
  readonly publicBalancersStandOutside: boolean;
  /** What the cloud calls one subnet and several: `['segment', 'segments']`. By default as here. */
  readonly subnetNouns?: readonly [one: string, many: string] | undefined;
  /** Ranges and addresses that the cloud reserves. Undefined: not known; checks then use those of the internet's registries alone. */
  readonly reserved?: ReservedByCloud | undefined;
}

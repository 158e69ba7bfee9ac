import type { ReservedByCloud } from '../../../cidr/reserved-ranges.js';

/** The format of an account's number, an example of one, and the message for another text. */
export interface AccountForm {
  readonly form: RegExp;
  readonly example: string;
  readonly fault: string;
  readonly remedy: string;
}

/**
 * The behavior of the networks and load balancers of a cloud, for all kinds of link that call into them. A cloud answers what differs from
 * {@link NETWORK_DEFAULTS}. Where it matters for a verdict, the default is not a guess: the verdict is then unknown.
 */
export interface CloudTraits {
  /** Default: any text is the number of an account. */
  readonly account: AccountForm;
  /**
   * Whether entries of a network ACL have numbers that begin with 1; otherwise they are a list. Default: `false`, so that remedies name
   * the position of an entry, and no number.
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
   */
  readonly aclEntriesAreNumbered: boolean;
  /**
   * Whether load balancers send calls to unhealthy targets where too few are healthy. Default: not known, so that the path through a group
   * with healthy and unhealthy targets is unknown.
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html
   */
  readonly loadBalancersFailOpen: boolean | undefined;
  /** The permission that reads the health of a load balancer's targets. Default: words for it, so that remedies name no permission. */
  readonly readsTargetHealth: string;
  /**
   * Whether clients' addresses reach targets in the load balancer's network and in peered ones of its region only. Default: not known, so
   * that calls which keep the address of the client, to targets farther away, are unknown.
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
   */
  readonly clientAddressesStayNear: boolean | undefined;
  /**
   * Whether a rule of a security group can name a group of a network that is peered within the region. Default: not known, so that calls
   * which only such a rule allows are unknown.
   * @see https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html
   */
  readonly groupsReachPeers: boolean | undefined;
  /**
   * Whether every address that is in use in a network is that of a network interface which the user can list. Default: `false`, so that an
   * address without an interface is unknown, and not unused.
   */
  readonly addressesAreInterfaces: boolean;
  /**
   * Whether connections to other networks have lists of their own; otherwise only routes name them. Default: `true`, so that an address
   * outside of the network is unknown until peerings, transit and virtual gateways were read.
   */
  readonly routersAreListed: boolean;
  /**
   * Whether a NAT gateway may have private addresses of its own, for which it forwards to others (DNAT). No list that is read
   * shows them. Default: `true`, so that a route to a NAT gateway, other than the default route, is unknown.
   * @see https://www.alibabacloud.com/help/en/nat-gateway/user-guide/create-and-manage-a-vpc-nat-gateway
   */
  readonly natHasDestinations: boolean;
  /**
   * Whether a security group may be used in networks other than its own, which no snapshot shows; then what is documented of it and how
   * to list such uses: `the cloud documents …`, `` `a command` lists associations ``. Default: it may, so that a group of another
   * network is unknown, and no error.
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html
   */
  readonly groupsMayServeOtherNetworks: false | { readonly documented: string; readonly listed: string };
  /** Whether rules of a security group have priorities that begin with 1; otherwise all of them count. Default: `false`, so that remedies name none. */
  readonly groupRulesHavePriorities: boolean;
  /**
   * Whether the address of a load balancer in a zone without healthy targets is removed from its DNS name, where a zone sends calls only to
   * its own targets. Whether links use the name is then not known. Default: `true`, so that such a zone is unknown.
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health.html
   */
  readonly emptyZonesLeaveDns: boolean;
  /**
   * Whether targets get calls only in zones that their load balancer has a subnet in. Default: `false`.
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
   */
  readonly targetsNeedZone: boolean;
  /**
   * Whether a load balancer of the internet is in no network of the user. Default: `true`, so that the network of a load balancer is unknown
   * until it was read whether callers of the internet reach it.
   */
  readonly publicBalancersStandOutside: boolean;
  /** What the cloud calls one subnet and several: `['segment', 'segments']`. Default: as here. */
  readonly subnetNouns?: readonly [one: string, many: string] | undefined;
  /** Ranges and addresses that the cloud reserves. Default: not known, so that checks use those of the internet's registries alone. */
  readonly reserved?: ReservedByCloud | undefined;
}

/** What a cloud answers of {@link CloudTraits}: what differs from the defaults. */
export type NetworkAnswers = { readonly [Name in keyof CloudTraits]?: CloudTraits[Name] | undefined };

/** How the networks of a cloud behave that answers nothing, or that a set lacks. */
export const NETWORK_DEFAULTS: CloudTraits = Object.freeze({
  account: Object.freeze({ form: /^.+$/, example: '…', fault: 'expected an account', remedy: 'Write the account.' }),
  aclEntriesAreNumbered: false,
  loadBalancersFailOpen: undefined,
  readsTargetHealth: 'the permission to read the health of targets',
  clientAddressesStayNear: undefined,
  groupsReachPeers: undefined,
  addressesAreInterfaces: false,
  routersAreListed: true,
  natHasDestinations: true,
  groupsMayServeOtherNetworks: Object.freeze({
    documented: 'it is not known whether the cloud has such associations',
    listed: 'look it up in the documentation of the cloud',
  }),
  groupRulesHavePriorities: false,
  emptyZonesLeaveDns: true,
  targetsNeedZone: false,
  publicBalancersStandOutside: true,
});

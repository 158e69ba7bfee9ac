import type { GroupTarget } from '../../../do/model/load-balancer.js';

/** The facts of reasons at load balancers and target groups. A `Cause` is the reason of another hop. */
export interface BalancerFacts<Cause> {
  readonly BALANCER_NOT_ACTIVE: { readonly balancer: string; readonly state?: string | undefined };
  readonly BALANCER_PUBLIC: { readonly balancer: string };
  readonly NO_LISTENER: { readonly balancer: string; readonly port: number } & ListenerLack;
  /** `isLogin`: it redirects or refuses callers without a login. */
  readonly LISTENER_ANSWERS: { readonly does: string; readonly isLogin: boolean };
  readonly RULE_ANSWERS: {
    readonly call: string;
    readonly rule?: string | undefined;
    readonly answer: string;
    readonly does: string;
    readonly isLogin: boolean;
  };
  /** `stop`: what stops the calls that it forwards. `host`: where the spec can give the host of the calls. */
  readonly RULE_MAY_STOP: {
    readonly call: string;
    readonly rule?: string | undefined;
    readonly answer: string;
    readonly does: string;
    readonly stop?: Cause | undefined;
    readonly host?: string | undefined;
  };
  /** `open`: whether the rules allow the port from some addresses, or from none. */
  readonly PRIVATE_LINK_ENFORCED: {
    readonly balancer: string;
    readonly port: number;
    readonly open: 'some' | 'none';
  };
  /** `own`: the load balancers that calls of the link go to, where they are known. */
  readonly OTHER_BALANCER: { readonly link: string; readonly called: string; readonly own: readonly string[] };
  readonly CLIENT_ADDRESS_TOO_FAR: { readonly target: string };
  readonly CLIENT_ADDRESS_LOST: { readonly target: string; readonly interfaceOf: string };
  readonly HTTP1_REFUSED: { readonly group: string; readonly version?: string | undefined };
  readonly WEIGHTS_ZERO: { readonly groups: readonly string[] };
  /** `part`: the share of the calls that the group receives: `90 %`. */
  readonly GROUP_EMPTY: { readonly group: string; readonly part?: string | undefined };
  readonly NO_HEALTHY_TARGET: {
    readonly group: string;
    readonly targets: string;
    readonly isOpen: boolean;
    readonly balancer: string;
    readonly part?: string | undefined;
    /** What blocks health checks. */
    readonly cause?: Cause | undefined;
    readonly states: readonly GroupTarget[];
  };
  readonly TARGETS_STOPPED: { readonly targets: readonly string[]; readonly group: string; readonly sent: number };
  readonly BELOW_MINIMUM: {
    readonly group: string;
    readonly healthy: number;
    readonly sent: number;
    readonly minimum: readonly string[];
    readonly silent: readonly string[];
  };
  readonly SERVICE_UNHEALTHY: {
    readonly service: string;
    readonly empty: boolean;
    readonly query?: string | undefined;
  };
  /** `crossZone`: the group's own setting. */
  readonly ZONE_WITHOUT_TARGET: {
    readonly group: string;
    readonly zone?: string | undefined;
    readonly balancer: string;
    readonly crossZone?: boolean | undefined;
    readonly isOpen: boolean;
    readonly part?: string | undefined;
  };
  /** `stop`: what stops calls that still come to the zone. */
  readonly ZONE_LEAVES_DNS: {
    readonly group: string;
    readonly zone: string;
    readonly healthy: number;
    readonly of: number;
    readonly minimum: readonly string[];
    readonly balancer: string;
    readonly stop?: Cause | undefined;
  };
}

/** What the listener on a port lacks: the listeners that there are, or what is wrong with this one. */
export type ListenerLack =
  | { readonly has: string }
  | { readonly listener: string; readonly listenerPort: number }
  | { readonly protocol: string }
  | { readonly state: string };

import { hostHint, remedyForLogin } from './link.js';
import { becauseOf, paramsUnder, reason, reasons, type HopText, type PathRule } from './reason.js';
import type { Missing } from '../../../do/world/views.js';
import { missingParams } from '../../../do/findings/say.js';

/** The texts of `path/load-balancer`. */
export const pathLoadBalancer = {
  id: 'path/load-balancer',
  title: 'The load balancer forwards the calls to a healthy target that it can reach',
  about:
    'Checks the state of the load balancer, the listener on the port, its access control list and the health ' +
    'of its targets (per zone where cross-zone load balancing is off). Also checks security groups, network ' +
    'ACLs and routes between the load balancer and its targets. Each target group with a weight above 0, and ' +
    'each of its healthy targets, has to be reachable, because it receives a part of the calls. Network ACLs ' +
    'that deny the answers to up to 1 % of the source ports are a warning, as in path/return. If no target is ' +
    'healthy, the finding names as the cause what blocks the health checks. Where that blocks health checks of some targets ' +
    'only, it is a warning. Where a target is healthy although its way seems closed, the verdict is unknown.',
} as const satisfies PathRule;

/** Why no listener takes the call: the listeners that exist, or the fault of the listener on the port. */
export type ListenerLack =
  | { readonly has: string }
  | { readonly listener: string; readonly listenerPort: number }
  | { readonly protocol: string }
  | { readonly state: string };

const PRESERVED = "the target group preserves the client's address, and";

/** The sentences of hops at load balancers and their listeners. */
export const loadBalancerReasons = reasons({
  BALANCER_NOT_ACTIVE: reason('{balancer} is {state|not active}', 'Restore {balancer} to the state active.'),
  BALANCER_PUBLIC: reason(
    '{balancer} has a public address only',
    'Declare an internal load balancer instead of {balancer}.',
  ),
  /** With a {@link ListenerLack}. */
  NO_LISTENER: reason(
    [
      '{balancer}: no listener on port {port}; it has {has}',
      '{balancer}: {listener} listens on port {listenerPort}, not {port}',
      '{balancer}: the protocol of the listener on port {port} is {protocol}, which does not carry HTTP',
      '{balancer}: the listener on port {port} is stopped',
    ],
    [
      'if has: Add a listener on port {port} to {balancer}, or declare a port that it listens on.',
      'Declare port {listenerPort}.',
      'if protocol: Add a listener for HTTP, HTTPS, TCP or TLS to {balancer}.',
      'Start the listener on port {port} of {balancer}.',
    ],
  ),
  /** `isLogin`: it redirects or refuses callers without a login. `hasRules`: rules of the listener forward other calls. */
  LISTENER_ANSWERS: reason(
    [
      'the listener answers the calls itself ({does}): its rules forward calls from {sources} only, not from {from}',
      'the listener answers the calls itself ({does}) and does not forward them',
    ],
    [
      `if isLogin: ${remedyForLogin('the listener')}`,
      'if sources: Add {from} to the source addresses of a rule that forwards these calls.',
      'if hasRules: Add a rule to the listener that matches these calls and forwards them to a target group.',
      'Declare a listener that forwards to a target group.',
    ],
    { hidden: ['isLogin', 'hasRules'] },
  ),
  RULE_ANSWERS: reason(
    '{call}: {answer} answers the calls itself ({does})',
    [
      `if isLogin: ${remedyForLogin('{answer}')}`,
      'Change {answer} to forward to a target group, or add a rule before it that forwards {call}.',
    ],
    { hidden: ['isLogin'], also: ['rule'] },
  ),
  /**
   * `stop`: what stops the calls that it forwards. `host`: where the spec can give the host of the calls. `compared`: what the gateway
   * writes and rules compare with an unknown value.
   */
  RULE_MAY_STOP: ({
    call,
    rule,
    answer,
    does,
    stop,
    host,
    compared,
  }: {
    readonly call: string;
    readonly rule?: string | undefined;
    readonly answer: string;
    readonly does: string;
    readonly stop?: HopText | undefined;
    readonly host?: string | undefined;
    readonly compared?: string | undefined;
  }) => {
    const hosts = hostHint(host);
    return {
      because: `cannot determine whether ${answer} matches ${call}: it ${stop === undefined ? `answers the calls itself (${does})` : `forwards them, and ${becauseOf(stop)}`}`,
      remedy:
        compared === undefined
          ? (stop?.remedy ?? `Add a rule before it that forwards all calls of ${call} by their path.${hosts}`)
          : `Compare the value of ${compared} in the rule with the one that the gateway writes: values of conditions are not stored.`,
      params: {
        call,
        rule,
        answer,
        does: stop === undefined ? does : undefined,
        stop: undefined,
        compared,
        ...paramsUnder('stop', stop),
        hosts,
      },
    };
  },
  ACCESS_LIST_REFUSES: reason(
    '{lists} of the listener on port {port} [if listKind=allow: does not allow|denies] {partly?a part of :}{from}',
    [
      'if listKind=allow: Add {block} to {list|the list}.',
      'Remove the entries that contain {block} from {list|the list}.',
    ],
    { words: ({ lists }: { readonly lists: readonly string[] }) => ({ list: lists[0] }) },
  ),
  /** `open`: whether the rules allow the port from some addresses, or from none. */
  PRIVATE_LINK_ENFORCED: reason(
    [
      'if open=none: no inbound rule of {balancer} allows port {port} from an address of the gateway service',
      'the rules of {balancer} filter source addresses of the gateway service, which are not known',
    ],
    'Disable the enforcement of inbound rules on PrivateLink traffic of {balancer}.',
  ),
  /** `own`: the load balancers that calls of the link go to, where they are known. */
  OTHER_BALANCER: reason(
    'calls of link {link} go to {own|its own load balancer}, not to {called}',
    'Declare a listener of {own|the load balancer of the link}, or use a link to {called}.',
  ),
  CLIENT_ADDRESS_TOO_FAR: reason(
    `${PRESERVED} {target} is neither in the network of the load balancer nor in a peered network of the same region: the cloud does not support that`,
    'Allow the load balancer in the security groups of {target}, then disable client IP preservation of the target group.',
  ),
  CLIENT_ADDRESS_LOST: reason(
    `${PRESERVED} {target} is an interface of {interfaceOf}: the cloud does not support that, and calls are lost`,
    'Allow the load balancer in the security groups of {target}, then disable client IP preservation of the target group (preserve_client_ip.enabled).',
  ),
});

/** The texts of `path/endpoint`. */
export const pathEndpoint = {
  id: 'path/endpoint',
  title: 'The endpoint on the path is accepted, and its service answers in its zone',
  about:
    'The address of a target may be an endpoint: its calls go to a load balancer of an endpoint service, also in another account. The ' +
    'owner of the service may have to accept the endpoint. The service needs a node in the zone of the interface; zones are compared by ' +
    'ID, because names differ between accounts. If the snapshot does not show the account of the service, the path behind the endpoint ' +
    'is unknown: `postern check --with` adds a snapshot of that account.',
} as const satisfies PathRule;

/** The sentences of hops at endpoints and their services. */
export const endpointReasons = reasons({
  ENDPOINT_STATE: reason(
    'the endpoint {endpoint} for {service} is {nativeState}',
    [
      'if state=waiting: Accept {endpoint} in the account of the service.',
      'if state=refused: Accept {endpoint} in the account of the service, or register the addresses of another endpoint for {service}.',
      'if state=pending: Wait until {endpoint} is available.',
      'Create another endpoint for {service}, and register its addresses.',
    ],
    { also: ['state'] },
  ),
  SERVICE_STATE: reason('the endpoint service {service} is {nativeState}', 'Create an endpoint for another service.'),
  NAME_NOT_VERIFIED: reason(
    'the private DNS name {name} of {service} is not verified: it does not lead to {endpoint}, whose addresses answer',
    'Verify the domain of {name} in the account of {service}.',
  ),
  NO_NODE_IN_ZONE: reason(
    '{service} has no node in {zone}, the zone of an interface of {endpoint}; it has nodes in {zones}',
    'Add a subnet in {zone} to the load balancer of {service}, or remove the subnet in {zone} from {endpoint}.',
  ),
});

/** The sentences of hops at the resource that is called. */
export const calledTargetReasons = reasons({
  /** A name of the spec that was not resolved: its error code, and the message of that error. */
  TARGET_NOT_KNOWN: ({
    error,
    path,
    missing,
    message,
    remedy,
  }: {
    readonly error: string;
    readonly path: string;
    readonly missing?: Missing | undefined;
    readonly message: string;
    readonly remedy?: string | undefined;
  }) => ({
    because: message,
    remedy,
    params: { error, path, ...(missing === undefined ? {} : { missing: missingParams(missing) }) },
  }),
  TARGET_NOT_RUNNING: reason('{instance} is {state}', 'Start {instance}.'),
  INSTANCE_ABSENT: reason('instance {instance} does not exist', 'Declare an instance that exists.'),
  /** `isRegistered`: it is a target of a load balancer. */
  ADDRESS_UNUSED: reason(
    'no resource in {network} has the address {address}',
    [
      'if isRegistered: Register an address that is in use.',
      'Declare an address of a network interface in {network} as the target.',
    ],
    { hidden: ['isRegistered'] },
  ),
  INTERFACE_UNATTACHED: reason(
    'network interface {interface} has {address} and is not attached to an instance: calls to it are not answered',
    'Attach {interface} to the instance that serves {address}, or declare an address that is in use as the target.',
  ),
  /** `attribute`: that of a registration that gives what it lacks. */
  REGISTRATION_INCOMPLETE: reason(
    'instance {instance} is registered without [if lacks=address: an address|a port]',
    'Register instance {instance} with [{attribute}|if lacks=address: an address|a port].',
    { hidden: ['attribute'] },
  ),
});

/** What stops the packet under an assumption about a fact that is not known. */
export interface Aside {
  /** Where the fact is a setting: as which it is assumed. */
  readonly setting?: 'on' | 'off' | undefined;
  readonly stop: HopText;
}

/** What is missing, and what stops the packet under an assumption about it. */
export function missingText({ what }: Missing, aside: Aside | undefined): string {
  if (aside === undefined) return what;

  const { setting, stop } = aside;
  return `${what} (${setting === undefined ? '' : `if ${setting}: `}${becauseOf(stop)})`;
}

/** Where a fact is missing, whatever the check. */
export const unreadReasons = reasons({
  NOT_READ: ({ missing, aside }: { readonly missing: Missing; readonly aside?: Aside | undefined }) => {
    const what = missingText(missing, aside);
    return {
      because: `${what} could not be read`,
      remedy: missing.remedy,
      params: { missing: missingParams({ ...missing, what }) },
    };
  },
});

import type { Evidence } from '../../../do/findings/finding.js';
import type { Link } from '../../../do/model/link.js';
import type { Missing } from '../../../do/world/views.js';
import type { AclFacts } from './acl-facts.js';
import type { BalancerFacts } from './balancer-facts.js';
import type { GroupFacts } from './group-facts.js';
import type { PathCode } from './path-codes.js';
import type { RouteFacts } from './route-facts.js';

/**
 * The facts of each reason why a hop stops a packet, or why that is not known. Its sentences are made of
 * them where a hop or a finding is taken for output (`checks/path/words/`). That decides, too, which of them
 * are published. A member that is a {@link Described} is the reason of another hop.
 */
export interface ReasonFacts extends GroupFacts, AclFacts, RouteFacts<Described>, BalancerFacts<Described> {
  /** `aside`: what stops the packet if the fact is as assumed; a setting may be `on` or `off`. */
  readonly NOT_READ: { readonly missing: Missing; readonly aside?: Aside | undefined };
  readonly LINK_STATE: {
    readonly link: string;
    readonly state: Link['state'];
    readonly nativeState: string;
    readonly reason?: string | undefined;
  };
  /** The interfaces of the link, of which none has an IPv6 address. */
  readonly LINK_WITHOUT_IPV6: { readonly interfaces: readonly string[] };
  /** A name of the spec that was not resolved: its error code, and the message of that error. */
  readonly TARGET_NOT_KNOWN: {
    readonly error: string;
    readonly path: string;
    readonly missing?: Missing | undefined;
    readonly message: string;
    readonly remedy?: string | undefined;
  };
  readonly TARGET_NOT_RUNNING: { readonly instance: string; readonly state: string };
  readonly INSTANCE_ABSENT: { readonly instance: string };
  /** `isRegistered`: it is a target of a load balancer. */
  readonly ADDRESS_UNUSED: { readonly address: string; readonly network: string; readonly isRegistered: boolean };
  readonly INTERFACE_UNATTACHED: { readonly interface: string; readonly address: string };
  readonly REGISTRATION_INCOMPLETE: { readonly instance: string; readonly lacks: 'address' | 'port' };
}

/** What stops the packet under an assumption about a fact that is not known. */
export interface Aside {
  /** Where the fact is a setting: as which it is assumed. */
  readonly setting?: 'on' | 'off' | undefined;
  readonly described: Described;
}

/** The codes that have a reason. */
export type PathReasonCode = Exclude<PathCode, 'PASSED' | 'STOPPED'>;

/** Why a hop stops a packet, or why that is not known, as data. */
export type PathReason = {
  readonly [C in PathReasonCode]: { readonly code: C; readonly params: ReasonFacts[C] };
}[PathReasonCode];

/** What a reason is part of, or what follows from it at this hop; in the order in which sentences name it. */
export type Around =
  /** It is on the return path. */
  | { readonly is: 'answer' }
  /** The addresses that are in use now are allowed. */
  | { readonly is: 'today'; readonly addresses: readonly string[] }
  /** Rules that name groups do not apply on this path. */
  | { readonly is: 'references lost' }
  /** The load balancer preserves the client's address, and it is not documented whether groups filter it. */
  | { readonly is: 'client preserved' }
  /** Of several targets that receive calls, so many are not reachable. */
  | { readonly is: 'one of several'; readonly lost: number; readonly sent: number };

/** What decides at a hop, and why it stops the packet or is not known: without sentences. */
export interface Described extends Pick<Evidence, 'kind' | 'id' | 'text' | 'code'> {
  readonly why?: PathReason | undefined;
  readonly around?: readonly Around[] | undefined;
}

/** The same as a part of something else, or with what follows from it. */
export function within(described: Described, one: Around): Described {
  return { ...described, around: [...(described.around ?? []), one] };
}

import type { CallContext } from '../../ground/calls/call-context.js';
import { UnsupportedError } from '../../ground/errors.js';
import type { Journal, OpenMovesIn } from '../apply/journal.js';
import { afterLateWrites } from '../apply/late-writes.js';
import type { LinkWatches } from '../apply/link-watch.js';
import { lanes } from '../apply/run.js';
import { sessionLock, type SessionLock } from '../apply/turns.js';
import type { Drivers } from '../context.js';
import type { Driver } from '../driver.js';
import type { Clouds } from '../kinds/cloud/clouds.js';
import { gatewaySpec } from '../kinds/cloud/gateway-kinds.js';
import type { GatewaySpec } from '../model/gateway.js';
import { linkRef, type LinkRef } from '../model/reference.js';
import type { Judge } from '../plan/judge.js';
import type { Spec } from '../spec.js';
import type { CallOptions } from './call-options.js';
import { OwnWrites } from './own-writes.js';
import type { RequestPlace } from './request-forms.js';
import type { LinkOrId, LinkTarget } from './requests.js';

/** What a session is made of. */
type SessionParts = Pick<
  Session,
  'driver' | 'drivers' | 'clouds' | 'project' | 'spec' | 'context' | 'journal' | 'judge' | 'openMovesIn'
>;

/** What the calls of one `PrivateIntegrations` share: for whom they are made, their turns, and what they have made sure of. */
export class Session {
  readonly driver: Driver;
  readonly drivers: Drivers & { readonly clouds: Clouds };
  /** The set of the cloud of its driver. */
  readonly clouds: Clouds;
  readonly project: string;
  readonly spec: string;
  readonly context: CallContext;
  readonly journal: Journal;
  readonly judge: Judge | undefined;
  readonly openMovesIn: OpenMovesIn | undefined;
  /** The targets that were ensured here, by link. */
  readonly targets = new Map<string, LinkTarget[]>();
  /** The IDs of the links that routes of this session use: others may have made them. */
  readonly usedLinks = new Set<string>();
  /** What its calls have written. */
  readonly own: OwnWrites;
  /** Made with the first call that waits for links. */
  watches: LinkWatches | undefined;
  readonly #locked: SessionLock;
  readonly #gateways = lanes();

  constructor({ driver, drivers, clouds, project, spec, context, journal, judge, openMovesIn }: SessionParts) {
    this.driver = driver;
    this.drivers = drivers;
    this.clouds = clouds;
    this.project = project;
    this.spec = spec;
    this.context = context;
    this.journal = journal;
    this.judge = judge;
    this.openMovesIn = openMovesIn;
    this.own = new OwnWrites(context.clock);
    this.#locked = sessionLock(afterLateWrites(journal, { context, hear: () => driver.identity(context) }));
  }

  /** Where its requests are for, by which their forms are. */
  get requestPlace(): RequestPlace {
    const { provider, region, serves } = this.driver;
    return { provider, region, serves, clouds: this.clouds };
  }

  ctx({ signal }: CallOptions): CallContext {
    return signal === undefined ? this.context : { ...this.context, signal };
  }

  /** Of a spec that it writes: what is its own. */
  claim(): Pick<Spec, 'project' | 'spec'> {
    return { project: this.project, spec: this.spec };
  }

  /** An ID alone means a link of the kind that the adapter creates. */
  refOf(link: LinkOrId): LinkRef {
    return typeof link === 'string' ? { kind: only(this.driver.serves.links, 'link'), id: link } : linkRef(link);
  }

  gatewayRef(gateway: string | GatewaySpec): GatewaySpec {
    if (typeof gateway !== 'string') return gateway;

    return gatewaySpec(this.clouds, { kind: only(this.driver.serves.gateways, 'gateway'), id: gateway });
  }

  /**
   * Works as a writer of the journal. Writes to one gateway run one at a time, and the second plan must see the result of the first.
   * @param gateways their IDs, in one order for all calls
   */
  holding<R>({ signal }: CallOptions, gateways: readonly string[], work: () => Promise<R>): Promise<R> {
    const onGateways = ([id, ...others]: readonly string[]): Promise<R> =>
      id === undefined ? work() : this.#gateways.run(id, () => onGateways(others));
    return this.#locked.shared(() => onGateways(gateways), signal);
  }

  /** Works when no other call of the session does. */
  alone<R>({ signal }: CallOptions, work: () => Promise<R>): Promise<R> {
    return this.#locked.alone(work, signal);
  }
}

/** Regions are known from links: a spec without one gets an external link of the driver's region, so that the region is read. */
export function inRegion(spec: Spec, { provider, region }: Pick<Driver, 'provider' | 'region'>): Spec {
  if (Object.keys(spec.links).length > 0) return spec;

  return { ...spec, links: { [`region ${region}`]: { provider, region, owner: 'external', tags: {} } } };
}

/** The first of the kinds that an adapter serves: the kind of an ID without a kind. */
function only<K>([kind]: readonly K[], what: string): K {
  if (kind !== undefined) return kind;

  throw new UnsupportedError(`the adapter serves no kind of ${what}`);
}

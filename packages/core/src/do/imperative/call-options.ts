import type { RunEvent } from '../apply/events.js';
import { journalForm, type OpenMovesIn } from '../apply/journal.js';
import { contextOptions, type ContextOptions } from '../context.js';
import { list, optional, strict, type Infer } from '../forms/form.js';
import { SPEC_ID_RULE } from '../forms/text-rules.js';
import { callback, name, ruled, withFunctions } from '../forms/values.js';
import { driverForm } from '../input/argument-forms.js';
import type { ApplyOptions } from '../apply/apply.js';
import type { CheckOptions } from '../findings/check.js';
import type { ExplainOptions } from '../findings/explanation.js';
import type { ObserveOptions } from '../observe/read-places.js';
import type { PlanOptions } from '../plan/plan.js';
import type { ProbeOptions } from '../probe/probe-options.js';
import type { RunProbe } from '../probe/run-probe.js';
import type { RouteSettings } from '../model/route.js';
import type { Judge } from '../plan/judge.js';
import { CloudError } from '../../ground/errors.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import type { Driver } from '../driver.js';
import type { Link } from '../model/link.js';
import type { LinkRef } from '../model/reference.js';
import type { LinkOrId } from './requests.js';

const { signal: _ofEachCall, ...ofContext } = contextOptions;

const ownOptions = {
  /** The owner of everything that is created. It is written to the cloud. */
  project: name,
  /**
   * The identity of this program among the specs of the project: `orders-7f3k2q`. Part of every mark. By default made
   * from `project`. Two programs of a project that change and delete their own resources only need two identities.
   */
  spec: optional(ruled(SPEC_ID_RULE)),
  /**
   * Drivers of other regions and clouds: specs of `plan`, `apply`, `check`, `explain`, `probe`, `destroy` and `forgetSpec` may name these, too.
   * Calls that take no spec stay in the region of the first driver.
   */
  others: optional(list(driverForm)),
  /** Default: one in memory. Sessions that share it take turns. */
  journal: optional(journalForm),
  /** `judge` of `@postern/core/check`: required by `check`, `probe`, `plan`, and by `apply` of a plan that changes something. */
  judge: optional(withFunctions<Judge>('the judge of @postern/core/check', 'check')),
  /** `openMovesIn` of `@postern/core/moves`: a plan then names moves that are open in the journal and whose links it changes. */
  openMovesIn: optional(callback<OpenMovesIn>()),
};

/** The owner of the integrations, and the context of calls. */
export interface PrivateIntegrationsOptions extends Omit<ContextOptions, 'signal'>, Infer<typeof ownOptions> {}

export const construction = strict<PrivateIntegrationsOptions>()({ ...ownOptions, ...ofContext });

/** Options of every call. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Options of calls that change something in several steps. */
export interface EventOptions extends CallOptions {
  /** Called with each event of its run: the steps, as they begin, wait and end. */
  readonly onEvent?: ((event: RunEvent) => void) | undefined;
}

/** Options of `ensure` and `ensureLink`. */
export interface EnsureOptions extends EventOptions {
  /** Whether a link may be bought, on a cloud where they cost money. */
  readonly allowPurchase?: boolean | undefined;
  /**
   * Called with each note of its plan, such as on an instance that was bought twice: it is billed until it is deleted. By default notes
   * are logged (`ContextOptions.log`).
   */
  readonly onNote?: ((note: string) => void) | undefined;
  /** How long to wait for a new link, in milliseconds; by default as long as the adapter says. Then `WAIT_TIMEOUT`. */
  readonly timeoutMs?: number | undefined;
}

/** Options of `release`. */
export interface ReleaseOptions extends EventOptions, Pick<PlanOptions, 'deleteInstances'> {
  /**
   * Links of others that routes of this program use: those that it gave to `ensure` by their IDs. A session knows its own; after a new
   * start, routes on others are kept with a note unless they are named here.
   */
  readonly links?: readonly LinkOrId[] | undefined;
}

/** Options of `ensureRoute`. */
export interface EnsureRouteOptions extends EventOptions {
  readonly settings?: RouteSettings | undefined;
}

/** Options of `deleteLink`. */
export interface DeleteLinkOptions extends EventOptions {
  /** Whether a link is deleted, too, that would have to be bought again. */
  readonly deleteInstance?: boolean | undefined;
}

/** Options of `allow`. */
export interface AllowOptions extends CallOptions {
  /** Default: the ports of the targets that were ensured for the link. */
  readonly ports?: readonly number[] | 'all' | undefined;
}

/** Options of `revoke`. */
export interface RevokeOptions extends CallOptions {
  /** Whether blocks are removed that are known to be needed, or that a larger block keeps allowed. */
  readonly force?: boolean | undefined;
}

/** Options of `PrivateIntegrations.observe`. */
export interface ObserveCallOptions extends CallOptions, Pick<ObserveOptions, 'checks' | 'domains' | 'flowLogs'> {}

/** Options of `PrivateIntegrations.check`. */
export interface CheckCallOptions extends CallOptions, CheckOptions {}

/** Options of `PrivateIntegrations.explain`. */
export interface ExplainCallOptions extends CallOptions, Omit<ExplainOptions, 'live'> {}

/** Options of `PrivateIntegrations.probe`. */
export interface ProbeCallOptions
  extends CallOptions, ProbeOptions, Pick<RunProbe, 'callGateway' | 'timeoutMs' | 'maxParallel' | 'onResult'> {}

/** Options of `PrivateIntegrations.plan`. */
export interface PlanCallOptions extends CallOptions, PlanOptions, Pick<ApplyOptions, 'ignoreFindings'> {}

/** Options of `PrivateIntegrations.apply`: its driver, context, journal and judge are those of the object. */
export interface ApplyCallOptions
  extends
    CallOptions,
    Pick<
      ApplyOptions,
      'spec' | 'allowPurchase' | 'deleteAllRoutes' | 'maxDeletes' | 'ignoreFindings' | 'drain' | 'probe' | 'callGateway'
    > {}

/** Options of `PrivateIntegrations.destroy`. */
export interface DestroyCallOptions extends CallOptions, Pick<PlanOptions, 'deleteInstances' | 'prune'> {}

/** Options of `PrivateIntegrations.forgetSpec`. */
export interface ForgetCallOptions extends CallOptions, Pick<PlanOptions, 'names'> {}

/** The error for a link that does not exist. */
export function noLink(id: string, operation: string): CloudError {
  const remedy = 'Pass the ID of a link, not its name, or a link that `links()` or `ensureLink` returned.';
  return new CloudError('NOT_FOUND', `link ${id} does not exist`, { operation, remedy });
}

/** The link that a reference means. @throws {CloudError} `NOT_FOUND` */
export async function requireLink(
  { links }: Pick<Driver, 'links'>,
  ref: LinkRef,
  operation: string,
  ctx: CallContext,
): Promise<Link> {
  const link = await links.find(ref, ctx);
  if (link === undefined) throw noLink(ref.id, operation);

  return link;
}

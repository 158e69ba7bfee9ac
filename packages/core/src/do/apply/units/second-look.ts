import type { CallContext } from '../../../ground/calls/call-context.js';
import { isPosternError } from '../../../ground/errors.js';
import type { Link } from '../../model/link.js';
import type { Owner } from '../../model/owner.js';
import type { LinkRef } from '../../model/reference.js';
import { requireComplete } from '../../world/resolve/problems.js';
import { byAge } from '../../world/link-facts.js';
import { isMarkOfLink } from '../../world/resolve/link-identity.js';
import type { Step } from '../../plan/plan.js';
import { pause } from '../outcome.js';
import { FailedStep, failing, outcomeOf, valueOf } from '../step.js';
import { act, type UnitTools } from './unit-tools.js';
import { inputOf } from '../../plan/step-input.js';
import { PLAN_AGAIN } from '../plan-again.js';
import { untilSeen } from '../unseen.js';
import { markUnused } from './gateway-unit.js';

/** A link that this run created, or that it waits for because another run did. */
export interface AwaitedTwin {
  readonly link: LinkRef;
  /** Its mark, with the hash. */
  readonly owner: Owner;
  /** Whether this run created it: then it is deleted where an older one stays. */
  readonly created: boolean;
  /** For how long it has been there at least, in milliseconds. */
  readonly watchedMs: number;
  /** Whether it failed, or is gone: then any other one is kept. */
  readonly hasFailed?: boolean | undefined;
  /** Links with the same mark that the plan replaces. */
  readonly except: readonly string[];
}

/** The links with one mark: which stays, and the others, the oldest first. */
type Twins = { readonly stays: string; readonly others: readonly string[] };

/** How often a look is tried whose call failed for minutes: without it, two links may stay. */
const LOOKS = 3;

/** How often a deletion is tried whose rate the cloud limits: AWS takes one `DeleteVpcLink` in 30 seconds. */
const DELETE_TRIES = 10;

/**
 * Several runs on several machines may create one link each, because the list that each read first did not show the
 * others' links yet. So a run reads again once lists must show every older link. The oldest link is kept, of
 * equally old ones the one with the smaller ID: all runs make the same choice, those that wait for another run's link,
 * too. A link that failed is kept only if it is the only one. A run deletes the link that it created itself. Those of other
 * runs it deletes where they are still there after twice the time that lists may lag: the run that created one may have ended before
 * this look. None is deleted that a route uses. Returns the link that is kept.
 */
export async function oldestLink(step: Step, tools: UnitTools, awaited: AwaitedTwin): Promise<LinkRef> {
  const { run, driver } = tools;
  const { link, hasFailed = false, created } = awaited;
  const { kind, id: linkId } = link;
  const { stalenessMs, pollMs } = driver.traits(kind);
  const bound = { boundMs: stalenessMs + pollMs, passedMs: awaited.watchedMs };
  valueOf(await untilSeen(run, `${step.id}: lists`, bound));
  const { stays, others } = await look(`${step.id}: look again`, awaited, tools);
  if (created && stays !== linkId) {
    const which = hasFailed ? 'failed and is deleted' : 'is deleted';
    const first = `another run created link ${stays}${hasFailed ? '' : ' first'}`;
    const message = `${first}: link ${linkId}, which this run created, ${which}`;
    await deleteTwin(step, tools, link, message);
  }
  if (others.some((id) => id !== linkId)) await deleteOthers(step, tools, awaited, stays);
  return { kind, id: stays };
}

/** Deletes links of other runs beside the one that stays. Where that fails, the next plan deletes them. */
async function deleteOthers(step: Step, tools: UnitTools, awaited: AwaitedTwin, stays: string): Promise<void> {
  const { run, driver, report } = tools;
  const { kind, id: linkId } = awaited.link;
  const { stalenessMs, linksCostMoney } = driver.traits(kind);
  // What costs money is deleted with consent only, or by the run that bought it.
  if (linksCostMoney) return;

  const given = await untilSeen(run, `${step.id}: other runs`, { boundMs: 2 * stalenessMs });
  if (!given.ok) return;

  const again = { ...awaited, hasFailed: stays !== linkId };
  const seen = await outcomeOf(look(`${step.id}: look at others`, again, tools));
  if (!seen.ok || seen.value.stays !== stays) return;

  for (const id of seen.value.others.filter((other) => other !== linkId)) {
    const message = `link ${id}, which another run created after link ${stays}, is deleted`;
    const deleted = await outcomeOf(deleteTwin(step, tools, { kind, id }, message));
    if (!deleted.ok) report(step).waiting(`link ${id} is kept: ${deleted.error.message}`, 0);
  }
}

async function look(id: string, awaited: AwaitedTwin, tools: UnitTools): Promise<Twins> {
  const { run, driver } = tools;
  const { stalenessMs } = driver.traits(awaited.link.kind);
  for (let attempt = 1; ; attempt += 1) {
    const seen = await outcomeOf(lookOnce(attempt === 1 ? id : `${id} ${attempt}`, awaited, tools));
    // The call was tried for minutes already.
    if (seen.ok || seen.error.exhausted !== true || attempt === LOOKS) return valueOf(seen);

    valueOf(await pause(run, `${id}: sleep ${attempt}`, stalenessMs));
  }
}

function lookOnce(id: string, awaited: AwaitedTwin, tools: UnitTools): Promise<Twins> {
  const { link, owner, hasFailed = false } = awaited;
  return act(tools, id, async (ctx) => {
    const scope = { project: owner.project, spec: owner.spec, linkKinds: [link.kind] };
    const region = await tools.driver.observe(scope, ctx);
    requireComplete(region, 'links');
    const links = region.links.filter((one) => one.kind === link.kind && (one.id === link.id || isAlike(one, awaited)));
    const sorted = links.toSorted(byAge).map((one) => one.id);
    const usable = sorted.filter((one) => one !== link.id || !hasFailed);
    // Lists that do not show the link itself may not show older ones either.
    const isShown = hasFailed || sorted.includes(link.id);
    const stays = (isShown ? usable[0] : undefined) ?? link.id;
    return { stays, others: isShown ? sorted.filter((one) => one !== stays) : [] };
  });
}

/** Deletes a link beside which another one stays, and waits for its turn. One that a third run uses is kept. */
async function deleteTwin(step: Step, tools: UnitTools, link: LinkRef, message: string): Promise<void> {
  const { run, driver, report } = tools;
  report(step).waiting(message, 0);
  const remove = (ctx: CallContext): Promise<void> =>
    driver.links.delete(link, ctx).catch((error: unknown) => {
      // A third run has found it and uses it: the next plan deletes it after its routes have left.
      if (!isPosternError(error, 'STILL_REFERENCED')) throw error;

      report(step).waiting(`link ${link.id} is kept: ${error.message}`, 0);
    });
  for (let attempt = 1; ; attempt += 1) {
    const id = `${step.id}: delete ${link.id}${attempt === 1 ? '' : ` ${attempt}`}`;
    const deleted = await outcomeOf(act(tools, id, remove));
    if (deleted.ok) return;
    if (deleted.error.code !== 'THROTTLED' || attempt === DELETE_TRIES) throw new FailedStep(deleted.error);

    report(step).retried({ message: deleted.error.message, attempt: attempt + 1 });
    valueOf(await pause(run, `${step.id}: turn of ${link.id} ${attempt}`, driver.traits(link.kind).stalenessMs));
  }
}

function isAlike(link: Link, awaited: AwaitedTwin): boolean {
  const { id, owner, state } = link;
  return (
    isMarkOfLink(owner, awaited.owner, link) &&
    !awaited.except.includes(id) &&
    state !== 'failed' &&
    state !== 'deleting'
  );
}

/**
 * Looks whether a step is still planned (`StillPlanned`). Lists may show for a while what this
 * run has changed: it looks twice. Where callers came back, the mark of a link without callers goes, which a later run would believe.
 */
export async function stillWanted(step: Step, tools: UnitTools): Promise<void> {
  const { run, driver, stillPlanned } = tools;
  if (stillPlanned === undefined) return;

  const input = inputOf(step, 'delete link', 'revoke allowlist', 'delete target');
  const { stalenessMs } = driver.traits('linkRef' in input ? input.linkRef.kind : input.linkKind);
  const ask = (times: number) =>
    outcomeOf(act(tools, `${step.id}: look again ${times}`, (ctx) => stillPlanned(step, ctx)));
  let asked = await ask(1);
  if (asked.ok && asked.value === 'not yet') {
    valueOf(await untilSeen(run, `${step.id}: lists`, { boundMs: stalenessMs }));
    asked = await ask(2);
  }
  if (asked.ok && asked.value === 'yes') return;

  if ('linkRef' in input && (asked.ok || asked.error.code === 'STILL_REFERENCED'))
    await markUnused(step, tools, { linkRef: input.linkRef, isUsed: true });
  if (!asked.ok) throw new FailedStep(asked.error);

  const { type, id = '' } = step.resource;
  throw failing('STILL_REFERENCED', `routes have to change before ${type} ${id} can go`, PLAN_AGAIN);
}

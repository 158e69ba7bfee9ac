import { isPosternError, PosternError } from '../../../ground/errors.js';
import type { Link } from '../../model/link.js';
import type { Owner } from '../../model/owner.js';
import type { LinkRef } from '../../model/reference.js';
import { requireComplete } from '../../world/resolve/problems.js';
import { isMarkOfLink } from '../../world/resolve/link-identity.js';
import type { Step } from '../../plan/plan.js';
import { pause, settle, stepError } from '../outcome.js';
import type { StepOutcome } from '../run.js';
import type { UnitTools } from './unit-tools.js';
import type { CallContext } from '../../../ground/calls/call-context.js';
import { inputOf } from '../../plan/step-input.js';
import { readUntil } from '../repeat.js';
import { PLAN_AGAIN } from '../plan-again.js';
import { markUnused } from './mark-unused.js';

/** A link that this very run created. */
export interface CreatedLink {
  readonly link: LinkRef;
  /** Its mark, with the hash. */
  readonly owner: Owner;
  /** For how long it has been there at least, in milliseconds. */
  readonly watchedMs: number;
  /** Whether it failed: then any other one is kept. */
  readonly hasFailed?: boolean | undefined;
  /** Links with the same mark that the plan replaces. */
  readonly except: readonly string[];
}

/**
 * Two runs on two machines may create one link each, because the list that each read first did not show the
 * other's link yet. So the run reads again once lists must show every older link. The oldest link is kept, of
 * equally old ones the one with the smaller ID: all runs make the same choice. A link that failed is kept only if it is the
 * only one. A run deletes only the link that it created itself, and not one that a route uses. Returns the link that is kept.
 */
export async function oldestLink(step: Step, tools: UnitTools, created: CreatedLink): Promise<StepOutcome<LinkRef>> {
  const { run, driver, report } = tools;
  const { link, owner, hasFailed = false } = created;
  const { kind, id: linkId } = link;
  const { stalenessMs, pollMs } = driver.traits(kind);
  const slept = await pause(run, `${step.id}: lists`, stalenessMs + pollMs - created.watchedMs);
  if (!slept.ok) return slept;
  const oldest = await run.step<StepOutcome<string>>(`${step.id}: look again`, (ctx) =>
    settle(async () => {
      const region = await driver.observe({ project: owner.project, spec: owner.spec, linkKinds: [kind] }, ctx);
      requireComplete(region, 'links');
      const links = region.links.filter((one) => one.kind === kind && (one.id === linkId || isAlike(one, created)));
      if (!links.some(({ id }) => id === linkId)) return linkId;
      const usable = links.filter(({ id }) => id !== linkId || !hasFailed);
      return usable.toSorted(byAge)[0]?.id ?? linkId;
    }),
  );
  if (!oldest.ok) return oldest;
  const stays = { kind, id: oldest.value };
  if (stays.id === linkId) return { ok: true, value: stays };
  const which = hasFailed ? 'failed and is deleted' : 'is deleted';
  const message = `another run created link ${oldest.value}${hasFailed ? '' : ' first'}: link ${linkId}, which this run created, ${which}`;
  report.waiting(step, { message, elapsedMs: 0 });
  const deleted = await run.step<StepOutcome<null>>(`${step.id}: delete ${linkId}`, (ctx) =>
    settle(async () => {
      await driver.links.delete(link, ctx).catch((error: unknown) => {
        // A third run has found it and uses it: the next plan deletes it after its routes have left.
        if (!isPosternError(error, 'STILL_REFERENCED')) throw error;
        report.waiting(step, { message: `link ${linkId} is kept: ${error.message}`, elapsedMs: 0 });
      });
      return null;
    }),
  );
  return deleted.ok ? { ok: true, value: stays } : deleted;
}

function isAlike(link: Link, created: CreatedLink): boolean {
  const { id, owner, state } = link;
  return (
    isMarkOfLink(owner, created.owner, link) &&
    !created.except.includes(id) &&
    state !== 'failed' &&
    state !== 'deleting'
  );
}

function byAge(a: Link, b: Link): number {
  const key = ({ createdAt = '', id }: Link): string => `${createdAt} ${id}`;
  return key(a) < key(b) ? -1 : 1;
}

/**
 * Looks whether a step is still planned (`StillPlanned`). Lists may show for a while what this
 * run has changed: it looks twice. Where callers came back, the mark of a link without callers goes, which a later run would believe.
 */
export async function stillWanted(step: Step, tools: UnitTools): Promise<StepOutcome<null>> {
  const { run, driver, stillPlanned } = tools;
  if (stillPlanned === undefined) return { ok: true, value: null };
  const { linkRef } = inputOf(step, 'delete link', 'revoke allowlist', 'delete target');
  const { stalenessMs } = driver.traits(linkRef.kind);
  const ask = (times: number) =>
    run.step(`${step.id}: look again ${times}`, (ctx) =>
      settle(() => stillPlanned(step, ctx).catch((error: unknown) => unlessDeleted(step, tools, error, ctx))),
    );
  let asked = await ask(1);
  if (asked.ok && asked.value === 'not yet') {
    const waited = await pause(run, `${step.id}: lists`, stalenessMs);
    if (!waited.ok) return waited;
    asked = await ask(2);
  }
  if (asked.ok && asked.value === 'yes') return { ok: true, value: null };
  if (step.resource.type !== 'target' && (asked.ok || asked.error.code === 'STILL_REFERENCED')) {
    const unmarked = await markUnused(step, tools, { linkRef, isUsed: true });
    if (!unmarked.ok) return unmarked;
  }
  return asked.ok ? { ok: false, error: stepError(changedSince(step)) } : asked;
}

/**
 * Another run of the spec has deleted the link, or is about to: then a plan does not have the step, and it has nothing to do but to
 * wait. Reads may show the link longer than those that the plan was made from.
 */
async function unlessDeleted(step: Step, { driver }: UnitTools, error: unknown, ctx: CallContext): Promise<'yes'> {
  const { kind, resource } = step;
  if (kind !== 'delete' || resource.type !== 'link' || !isPosternError(error, 'WORLD_MOVED')) throw error;
  const { linkRef } = inputOf(step, 'delete link');
  const isGone = (link: Link | undefined): boolean => link === undefined || link.state === 'deleting';
  const { stalenessMs } = driver.traits(linkRef.kind);
  if (!isGone(await readUntil(() => driver.links.find(linkRef, ctx), isGone, stalenessMs, ctx))) throw error;
  return 'yes';
}

function changedSince({ resource: { type, id = '' } }: Step): PosternError {
  return new PosternError('STILL_REFERENCED', `routes have to change before ${type} ${id} can go`, {
    remedy: PLAN_AGAIN,
  });
}

import { abilityOf } from '../../abilities.js';
import { CloudError } from '../../../ground/errors.js';
import type { Json } from '../../../ground/json.js';
import type { Link } from '../../model/link.js';
import { isSameRef, type LinkRef } from '../../model/reference.js';
import { isMarkOf, mayChange, ownerTags } from '../../model/marks.js';
import { isOurs, linkHash } from '../../world/resolve/link-identity.js';
import type { Step, Unit } from '../../plan/plan.js';
import { inputOf, type AwaitLinkInput, type GiveUpLinkInput, type ReleaseInput } from '../../plan/step-input.js';
import { createInSteps } from '../create-in-steps.js';
import type { LinkWait, LinkWaitResult, StepOutcome, StepCounts, UnitLinks } from '../run.js';
import { pause, settle } from '../outcome.js';
import { repeat } from '../repeat.js';
import { drained } from './drain.js';
import { markUnused } from './mark-unused.js';
import { oldestLink, type AwaitedTwin } from './second-look.js';
import { HOPELESS, lookFirst, runSteps, type UnitTools } from './unit-tools.js';

/** Network interfaces may outlive their link for a moment, and the group cannot go before them. */
const RELEASE_TRIES = 10;

const NOTHING = { ok: true, value: null } as const;

/** The steps of one link: each needs those before it. */
export async function linkUnit(unit: Unit, tools: UnitTools): Promise<StepCounts & { readonly links: UnitLinks }> {
  const links: [string, LinkRef][] = [];
  const made: OnMade = (name, link) => void links.push([name, link]);
  return { ...(await runSteps(unit.steps, tools, (step) => perform(step, tools, made))), links };
}

/** Called with the name of a link that was created. */
type OnMade = (name: string, link: LinkRef) => void;

async function perform(step: Step, tools: UnitTools, made: OnMade): Promise<StepOutcome> {
  const { run, driver } = tools;
  const { kind, resource } = step;
  if (kind === 'create' || kind === 'replace') return make(step, tools, made);
  if (kind === 'delete')
    return resource.type === 'link' ? remove(step, tools) : release(step, tools, inputOf(step, 'delete allowlist'));
  if (kind === 'rename') {
    const { linkRef, name } = inputOf(step, 'rename link');
    return run.step(step.id, (ctx) =>
      settle(() => nothing(abilityOf(driver, 'linkChanges').rename(linkRef, name, ctx))),
    );
  }
  if (kind === 'allow' || kind === 'revoke') {
    const { linkRef, entries } = inputOf(step, 'allow allowlist', 'revoke allowlist');
    const idle = kind === 'revoke' ? await drained(step, tools) : NOTHING;
    if (!idle.ok) return idle;

    return run.step(step.id, (ctx) =>
      settle(() => nothing(abilityOf(driver, 'allowlist')[kind](linkRef, entries, ctx))),
    );
  }

  const input = inputOf(step, 'adopt link', 'tag link', 'tag allowlist');
  if ('untag' in input) return giveUp(step, tools, input);
  if ('isUsed' in input) return markUnused(step, tools, input);
  if (!('tags' in input)) return readiness(step, tools, input, made);

  const { linkRef, tags, owner } = input;
  return run.step(step.id, (ctx) =>
    settle(async () => {
      // First what holds the allowlist: it names both owners then, and is the link's whichever marks that carries.
      if (owner !== undefined) await driver.allowlistGroups?.mark(linkRef, owner, ctx);
      return nothing(abilityOf(driver, 'linkChanges').tag(linkRef, tags, ctx));
    }),
  );
}

/** A link that an earlier run created, or another one a moment ago: then an older one may stay in its place. */
async function readiness(
  step: Step,
  tools: UnitTools,
  { linkRef, timeoutMs, twin }: AwaitLinkInput,
  onMade: OnMade,
): Promise<StepOutcome> {
  if (twin === undefined) {
    return shown(linkRef, await awaitLink(step, tools, step.id, { link: linkRef, goal: 'ready', timeoutMs }));
  }

  const used = await onlyOne(step, tools, step.id, { link: linkRef, ...twin, created: false }, timeoutMs);
  if (!used.ok) return used;

  const { link, state } = used.value;
  if (!isSameRef(link, linkRef)) onMade(twin.owner.integration, link);
  return { ok: true, value: { linkId: link.id, state } };
}

async function giveUp(
  step: Step,
  { run, driver }: UnitTools,
  { linkRef, owner, untag }: GiveUpLinkInput,
): Promise<StepOutcome> {
  return run.step(step.id, (ctx) =>
    settle(async () => {
      const link = await driver.links.find(linkRef, ctx);
      // Deleted, or without its marks after a call whose answer was lost: nothing remains to be done.
      if (link?.owner === undefined) return null;
      if (!isMarkOf(link.owner, owner)) throw notOursAnyMore(linkRef.id);

      // In the order of `forgetLink`, and for its reason.
      await driver.allowlistGroups?.mark(linkRef, undefined, ctx);
      await abilityOf(driver, 'linkChanges').untag(linkRef, untag, ctx);
      return null;
    }),
  );
}

async function make(step: Step, tools: UnitTools, onMade: OnMade): Promise<StepOutcome> {
  const { run, driver, report } = tools;
  const input = inputOf(step, 'create link', 'replace link');
  const { linkKind: kind, name, owner, subnetIds, loadBalancerId, networkId, entries, except } = input;
  const traits = driver.traits(kind);
  let securityGroupIds = input.securityGroupIds;
  if (entries !== undefined && networkId !== undefined && traits.allowlistNeedsCreation) {
    const request = { networkId, owner, name, entries, tags: { ...input.tags, ...ownerTags(owner) } };
    const prepared = await repeat(
      run,
      `${step.id}: prepare allowlist`,
      async (ctx) => [...(await abilityOf(driver, 'allowlistGroups').prepare(kind, request, ctx)).securityGroupIds],
      { onRetry: (retry) => report(step).retried(retry) },
    );
    if (!prepared.ok) return prepared;

    securityGroupIds = [...new Set([...securityGroupIds, ...prepared.value])];
  }
  const marked = {
    ...owner,
    specHash: linkHash(owner, {
      subnetIds,
      securityGroupIds,
      ...(loadBalancerId && { loadBalancerIds: [loadBalancerId] }),
    }),
  };
  const tags = { ...input.tags, ...ownerTags(marked) };
  const made = await createInSteps<{ readonly linkId: string; readonly created: boolean }>(run, step.id, {
    what: `link ${owner.integration}`,
    find: async (ctx) => {
      const found = await driver.links.find({ kind, owner: marked }, ctx);
      return found === undefined || isPast(found, except) ? undefined : { linkId: found.id, created: false };
    },
    create: async (ctx) => {
      const request = { name, owner: marked, subnetIds, securityGroupIds, loadBalancerId, tags, native: input.native };
      const { id } = await driver.links.create(kind, request, ctx);
      return { linkId: id, created: true };
    },
    ...lookFirst(step, tools, kind, traits.linksCostMoney),
  });
  if (!made.ok) return made;

  const { linkId, created } = made.value;
  const twin = { link: { kind, id: linkId }, owner: marked, created, except };
  const used = await onlyOne(step, tools, `${step.id}: ready`, twin, input.timeoutMs);
  if (!used.ok) return used;

  const { link } = used.value;
  if (entries !== undefined && entries.length > 0 && !traits.allowlistNeedsCreation) {
    const allowed = await run.step(`${step.id}: allow`, (ctx) =>
      settle(() => nothing(abilityOf(driver, 'allowlist').allow(link, entries, ctx))),
    );
    if (!allowed.ok) return isSameRef(link, twin.link) ? withCreated(allowed, twin) : allowed;
  }
  onMade(owner.integration, link);
  return { ok: true, value: { linkId: link.id, state: used.value.state } };
}

/** Waits until a link is ready, and until it is the only one with its mark. Returns the one that stays, which is ready. */
async function onlyOne(
  step: Step,
  tools: UnitTools,
  id: string,
  twin: Omit<AwaitedTwin, 'watchedMs' | 'hasFailed'>,
  timeoutMs: number | undefined,
): Promise<StepOutcome<{ readonly link: LinkRef; readonly state: string }>> {
  const { link } = twin;
  const ready = await awaitLink(step, tools, id, { link, goal: 'ready', timeoutMs });
  if (!ready.ok && HOPELESS.has(ready.error.code)) return withCreated(ready, twin);

  // A load balancer is in one link only, so that of another run may be why this one failed. Another run may have deleted it, too.
  const hasFailed = !ready.ok && ready.error.code === 'WAIT_FAILED';
  const isTimeout = !ready.ok && ready.error.code === 'WAIT_TIMEOUT';
  const watchedMs = ready.ok ? ready.value.watchedMs : isTimeout ? (timeoutMs ?? Number.POSITIVE_INFINITY) : 0;
  const stays = await oldestLink(step, tools, { ...twin, watchedMs, hasFailed });
  if (!stays.ok) return withCreated(ready.ok ? stays : ready, twin);
  if (isSameRef(stays.value, link)) {
    return ready.ok ? { ok: true, value: { link, state: ready.value.state } } : withCreated(ready, twin);
  }

  const other = await awaitLink(step, tools, `${step.id}: other ready`, {
    link: stays.value,
    goal: 'ready',
    timeoutMs,
  });
  return other.ok ? { ok: true, value: { link: stays.value, state: other.value.state } } : other;
}

/** A failure after a creation says what was created: that stays, and the next run goes on with it. */
function withCreated(
  { ok, error }: Extract<StepOutcome, { readonly ok: false }>,
  { link, created }: Pick<AwaitedTwin, 'link' | 'created'>,
): StepOutcome<never> {
  if (!created || error.message.includes(link.id)) return { ok, error };

  const { message, remedy = 'Run again.' } = error;
  return {
    ok,
    error: {
      ...error,
      message: `${message}; this run created link ${link.id}, which the next run goes on with`,
      remedy,
    },
  };
}

/** A link that the plan knows under another ID, or that is being deleted. */
function isPast({ id, state }: Link, except: readonly string[]): boolean {
  return except.includes(id) || state === 'deleting';
}

/** The goal of the wait; its default duration is the longest for a link. */
type Wanted = Pick<LinkWait, 'link' | 'goal'> & { readonly timeoutMs?: number | undefined };

async function awaitLink(
  step: Step,
  { run, report, driver }: UnitTools,
  id: string,
  { link, goal, timeoutMs = driver.traits(link.kind).linkTimeoutMs }: Wanted,
): Promise<StepOutcome<LinkWaitResult>> {
  return run.until(id, {
    link,
    goal,
    timeoutMs,
    onWait: ({ state, elapsedMs }) => report(step).waiting(`link ${link.id} is ${state}`, elapsedMs, state),
  });
}

/** The answer of a step that waited. */
function shown({ id }: LinkRef, waited: StepOutcome<LinkWaitResult>): StepOutcome {
  return waited.ok ? { ok: true, value: { linkId: id, state: waited.value.state } } : waited;
}

async function remove(step: Step, tools: UnitTools): Promise<StepOutcome> {
  const { run, driver } = tools;
  const input = inputOf(step, 'delete link');
  const { linkRef, timeoutMs, unusedMs } = input;
  if (input.going !== true) {
    if (unusedMs !== undefined && tools.drainMs(step) > 0)
      await markUnused(step, tools, { linkRef, isUsed: false, unusedMs });
    const idle = await drained(step, tools);
    if (!idle.ok) return idle;

    const deleted = await run.step(step.id, (ctx) =>
      settle(async () => {
        // Minutes may have passed since the plan: a link whose mark was removed meanwhile is not managed any
        // more. The plan knows the owner of one that lost its identity.
        const link = await driver.links.find(linkRef, ctx);
        if (link === undefined) return null;

        const mark = link.owner && { spec: input.owner.spec, ...link.owner };
        if (!isOurs(link, input.owner.project) || !mayChange(mark, input.owner)) throw notOursAnyMore(linkRef.id);

        await driver.links.delete(linkRef, ctx);
        return null;
      }),
    );
    if (!deleted.ok) return deleted;
  }
  const gone = await awaitLink(step, tools, `${step.id}: gone`, { link: linkRef, goal: 'gone', timeoutMs });
  if (!gone.ok || input.release === undefined) return shown(linkRef, gone);

  return release(step, tools, { linkKind: linkRef.kind, owner: input.owner, networkId: input.release.networkId });
}

function notOursAnyMore(linkId: string): CloudError {
  return new CloudError('NOT_OURS', `link ${linkId} no longer carries the mark of this project`, {
    operation: 'delete link',
    remedy: 'Plan again: the mark was removed, so the link is not deleted.',
  });
}

async function release(
  step: Step,
  { run, driver, report }: UnitTools,
  { linkKind, owner, networkId }: ReleaseInput,
): Promise<StepOutcome> {
  for (let attempt = 1; ; attempt += 1) {
    const released = await run.step(`${step.id}: release allowlist ${attempt}`, (ctx) =>
      settle(() =>
        nothing(
          abilityOf(driver, 'allowlistGroups').release(
            linkKind,
            owner,
            ctx,
            networkId === undefined ? {} : { networkId },
          ),
        ),
      ),
    );
    if (released.ok || released.error.code !== 'STILL_REFERENCED' || attempt === RELEASE_TRIES) return released;

    report(step).retried({ message: released.error.message, attempt: attempt + 1 });
    const slept = await pause(run, `${step.id}: interfaces ${attempt}`, driver.traits(linkKind).pollMs);
    if (!slept.ok) return slept;
  }
}

async function nothing(work: Promise<void>): Promise<Json> {
  await work;
  return null;
}

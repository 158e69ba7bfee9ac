import { abilityOf } from '../../abilities.js';
import type { CallContext } from '../../../ground/calls/call-context.js';
import { defined } from '../../../ground/defined.js';
import { CloudError } from '../../../ground/errors.js';
import type { Json } from '../../../ground/json.js';
import type { Link } from '../../model/link.js';
import { isSameRef, type LinkRef } from '../../model/reference.js';
import { isMarkOf, mayChange, ownerTags } from '../../model/marks.js';
import { isOurs, linkHash } from '../../world/resolve/link-identity.js';
import type { Step, Unit } from '../../plan/plan.js';
import { inputOf, type AwaitLinkInput, type GiveUpLinkInput, type ReleaseInput } from '../../plan/step-input.js';
import { createInSteps } from '../create-in-steps.js';
import type { LinkWait, LinkWaitResult, StepError, StepCounts, UnitLinks } from '../run.js';
import { pause } from '../outcome.js';
import { FailedStep, outcomeOf, valueOf } from '../step.js';
import { markUnused } from './gateway-unit.js';
import { oldestLink, type AwaitedTwin, stillWanted } from './second-look.js';
import { act, actAgain, HOPELESS, lookFirst, runSteps, type UnitTools } from './unit-tools.js';
import { lengthOfTime } from '../../../ground/text/quantities.js';

/** Network interfaces may outlive their link for a moment, and the group cannot go before them. */
const RELEASE_TRIES = 10;

/** The steps of one link: each needs those before it. */
export async function linkUnit(unit: Unit, tools: UnitTools): Promise<StepCounts & { readonly links: UnitLinks }> {
  const links: [string, LinkRef][] = [];
  const made: OnMade = (name, link) => void links.push([name, link]);
  return { ...(await runSteps(unit.steps, tools, (step) => perform(step, tools, made))), links };
}

/** Called with the name of a link that was created. */
type OnMade = (name: string, link: LinkRef) => void;

async function perform(step: Step, tools: UnitTools, made: OnMade): Promise<Json | void> {
  const { driver } = tools;
  const { kind, resource } = step;
  if (kind === 'create' || kind === 'replace') return make(step, tools, made);
  if (kind === 'delete')
    return resource.type === 'link' ? remove(step, tools) : release(step, tools, inputOf(step, 'delete allowlist'));
  if (kind === 'rename') {
    const { linkRef, name } = inputOf(step, 'rename link');
    return act(tools, step.id, (ctx) => abilityOf(driver, 'linkChanges').rename(linkRef, name, ctx));
  }
  if (kind === 'allow' || kind === 'revoke') {
    const { linkRef, entries } = inputOf(step, 'allow allowlist', 'revoke allowlist');
    if (kind === 'revoke') await drained(step, tools);
    return act(tools, step.id, (ctx) => abilityOf(driver, 'allowlist')[kind](linkRef, entries, ctx));
  }

  const input = inputOf(step, 'adopt link', 'tag link', 'tag allowlist');
  if ('untag' in input) return giveUp(step, tools, input);
  if ('isUsed' in input) return markUnused(step, tools, input);
  if (!('tags' in input)) return readiness(step, tools, input, made);

  const { linkRef, tags, owner } = input;
  return act(tools, step.id, async (ctx) => {
    // First what holds the allowlist: it names both owners then, and is the link's whichever marks that carries.
    if (owner !== undefined) await driver.allowlistGroups?.mark(linkRef, owner, ctx);
    await abilityOf(driver, 'linkChanges').tag(linkRef, tags, ctx);
  });
}

/** A link that an earlier run created, or another one a moment ago: then an older one may stay in its place. */
async function readiness(
  step: Step,
  tools: UnitTools,
  { linkRef, timeoutMs, twin }: AwaitLinkInput,
  onMade: OnMade,
): Promise<Json> {
  if (twin === undefined) {
    return shown(linkRef, await awaitLink(step, tools, step.id, { link: linkRef, goal: 'ready', timeoutMs }));
  }

  const { link, state } = await onlyOne(step, tools, step.id, { link: linkRef, ...twin, created: false }, timeoutMs);
  if (!isSameRef(link, linkRef)) onMade(twin.owner.integration, link);
  return { linkId: link.id, state };
}

function giveUp(step: Step, tools: UnitTools, { linkRef, owner, untag }: GiveUpLinkInput): Promise<void> {
  const { driver } = tools;
  return act(tools, step.id, async (ctx) => {
    const link = await driver.links.find(linkRef, ctx);
    // Deleted, or without its marks after a call whose answer was lost: nothing remains to be done.
    if (link?.owner === undefined) return;
    if (!isMarkOf(link.owner, owner)) throw notOursAnyMore(linkRef.id);

    // In the order of `forgetLink`, and for its reason.
    await driver.allowlistGroups?.mark(linkRef, undefined, ctx);
    await abilityOf(driver, 'linkChanges').untag(linkRef, untag, ctx);
  });
}

async function make(step: Step, tools: UnitTools, onMade: OnMade): Promise<Json> {
  const { run, driver } = tools;
  const input = inputOf(step, 'create link', 'replace link');
  const { linkKind: kind, name, owner, subnetIds, loadBalancerId, networkId, entries, except } = input;
  const traits = driver.traits(kind);
  let securityGroupIds = input.securityGroupIds;
  if (entries !== undefined && networkId !== undefined && traits.allowlistNeedsCreation) {
    const request = { networkId, owner, name, entries, tags: { ...input.tags, ...ownerTags(owner) } };
    const prepare = async (ctx: CallContext): Promise<readonly string[]> =>
      (await abilityOf(driver, 'allowlistGroups').prepare(kind, request, ctx)).securityGroupIds;
    const prepared = await actAgain(step, tools, `${step.id}: prepare allowlist`, prepare);
    securityGroupIds = [...new Set([...securityGroupIds, ...prepared])];
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
  const { linkId, created } = valueOf(made);
  const twin = { link: { kind, id: linkId }, owner: marked, created, except };
  const { link, state } = await onlyOne(step, tools, `${step.id}: ready`, twin, input.timeoutMs);
  if (entries !== undefined && entries.length > 0 && !traits.allowlistNeedsCreation) {
    const allow = (ctx: CallContext): Promise<void> => abilityOf(driver, 'allowlist').allow(link, entries, ctx);
    const allowed = await outcomeOf(act(tools, `${step.id}: allow`, allow));
    if (!allowed.ok)
      throw isSameRef(link, twin.link) ? withCreated(allowed.error, twin) : new FailedStep(allowed.error);
  }
  onMade(owner.integration, link);
  return { linkId: link.id, state };
}

/** Waits until a link is ready, and until it is the only one with its mark. Returns the one that stays, which is ready. */
async function onlyOne(
  step: Step,
  tools: UnitTools,
  id: string,
  twin: Omit<AwaitedTwin, 'watchedMs' | 'hasFailed'>,
  timeoutMs: number | undefined,
): Promise<{ readonly link: LinkRef; readonly state: string }> {
  const { link } = twin;
  const ready = await outcomeOf(awaitLink(step, tools, id, { link, goal: 'ready', timeoutMs }));
  if (!ready.ok && HOPELESS.has(ready.error.code)) throw withCreated(ready.error, twin);

  // A load balancer is in one link only, so that of another run may be why this one failed. Another run may have deleted it, too.
  const hasFailed = !ready.ok && ready.error.code === 'WAIT_FAILED';
  const isTimeout = !ready.ok && ready.error.code === 'WAIT_TIMEOUT';
  const watchedMs = ready.ok ? ready.value.watchedMs : isTimeout ? (timeoutMs ?? Number.POSITIVE_INFINITY) : 0;
  const stays = await outcomeOf(oldestLink(step, tools, { ...twin, watchedMs, hasFailed }));
  if (!stays.ok) throw withCreated(ready.ok ? stays.error : ready.error, twin);
  if (isSameRef(stays.value, link)) {
    if (!ready.ok) throw withCreated(ready.error, twin);

    return { link, state: ready.value.state };
  }

  const wanted = { link: stays.value, goal: 'ready', timeoutMs } as const;
  const { state } = await awaitLink(step, tools, `${step.id}: other ready`, wanted);
  return { link: stays.value, state };
}

/** A failure after a creation says what was created: that stays, and the next run goes on with it. */
function withCreated(error: StepError, { link, created }: Pick<AwaitedTwin, 'link' | 'created'>): FailedStep {
  if (!created || error.message.includes(link.id)) return new FailedStep(error);

  const message = `${error.message}; this run created link ${link.id}, which the next run goes on with`;
  return new FailedStep({ ...error, message, remedy: error.remedy ?? 'Run again.' });
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
): Promise<LinkWaitResult> {
  const onWait: LinkWait['onWait'] = ({ state, elapsedMs }) =>
    report(step).waiting(`link ${link.id} is ${state}`, elapsedMs, state);
  return valueOf(await run.until(id, { link, goal, timeoutMs, onWait }));
}

/** The answer of a step that waited. */
function shown({ id }: LinkRef, { state }: LinkWaitResult): Json {
  return { linkId: id, state };
}

async function remove(step: Step, tools: UnitTools): Promise<Json | void> {
  const { driver } = tools;
  const input = inputOf(step, 'delete link');
  const { linkRef, timeoutMs, unusedMs } = input;
  if (input.going !== true) {
    if (unusedMs !== undefined && tools.drainMs(step) > 0)
      await outcomeOf(markUnused(step, tools, { linkRef, isUsed: false, unusedMs }));
    await drained(step, tools);
    await act(tools, step.id, async (ctx) => {
      // Minutes may have passed since the plan: a link whose mark was removed meanwhile is not managed any
      // more. The plan knows the owner of one that lost its identity.
      const link = await driver.links.find(linkRef, ctx);
      if (link === undefined) return;

      const mark = link.owner && { spec: input.owner.spec, ...link.owner };
      if (!isOurs(link, input.owner.project) || !mayChange(mark, input.owner)) throw notOursAnyMore(linkRef.id);

      await driver.links.delete(linkRef, ctx);
    });
  }
  const gone = await awaitLink(step, tools, `${step.id}: gone`, { link: linkRef, goal: 'gone', timeoutMs });
  if (input.release === undefined) return shown(linkRef, gone);

  return release(step, tools, { linkKind: linkRef.kind, owner: input.owner, networkId: input.release.networkId });
}

function notOursAnyMore(linkId: string): CloudError {
  return new CloudError('NOT_OURS', `link ${linkId} no longer carries the mark of this project`, {
    operation: 'delete link',
    remedy: 'Plan again: the mark was removed, so the link is not deleted.',
  });
}

async function release(step: Step, tools: UnitTools, { linkKind, owner, networkId }: ReleaseInput): Promise<void> {
  const { run, driver, report } = tools;
  const effect = (ctx: CallContext): Promise<void> =>
    abilityOf(driver, 'allowlistGroups').release(linkKind, owner, ctx, defined({ networkId }));
  for (let attempt = 1; ; attempt += 1) {
    const released = await outcomeOf(act(tools, `${step.id}: release allowlist ${attempt}`, effect));
    if (released.ok) return;
    if (released.error.code !== 'STILL_REFERENCED' || attempt === RELEASE_TRIES) throw new FailedStep(released.error);

    report(step).retried({ message: released.error.message, attempt: attempt + 1 });
    valueOf(await pause(run, `${step.id}: interfaces ${attempt}`, driver.traits(linkKind).pollMs));
  }
}

/** Between two reports of a wait. */
const REPORT_MS = 60_000;

/**
 * Waits for calls in flight before a step deletes or narrows what may have carried them, and looks then whether callers came. The
 * journal shows when the wait begins, events how much is left.
 */
export async function drained(step: Step, tools: UnitTools): Promise<void> {
  await calmed(step, tools);
  await stillWanted(step, tools);
}

async function calmed(step: Step, { run, report, drainMs }: UnitTools): Promise<void> {
  const waitMs = drainMs(step);
  if (waitMs === 0) return;

  await run.step(`${step.id}: drain`, () => Promise.resolve({ waitMs }));
  for (let waitedMs = 0; waitedMs < waitMs; waitedMs += REPORT_MS) {
    const leftMs = waitMs - waitedMs;
    const left = waitedMs === 0 ? '' : `, ${lengthOfTime(leftMs)} are left`;
    report(step).waiting(`waits ${lengthOfTime(waitMs)} for calls in flight${left}`, waitedMs);
    const id = `${step.id}: calls in flight${waitedMs === 0 ? '' : ` ${waitedMs}`}`;
    valueOf(await pause(run, id, Math.min(leftMs, REPORT_MS)));
  }
}

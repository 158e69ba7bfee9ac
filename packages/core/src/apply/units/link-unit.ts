import { CloudError, UnsupportedError } from '../../errors.js';
import type { Json } from '../../json.js';
import type { Link } from '../../model/link.js';
import { isMarkOf, mayChange, ownerTags } from '../../model/marks.js';
import { isOurs, linkHash } from '../../world/resolve/link-identity.js';
import type { Step, Unit } from '../../plan/plan.js';
import {
  inputOf,
  type AwaitLinkInput,
  type DeleteLinkInput,
  type EntriesInput,
  type GiveUpLinkInput,
  type MakeLinkInput,
  type ReleaseInput,
  type RenameLinkInput,
  type TagLinkInput,
} from '../../plan/step-input.js';
import { createInSteps } from '../create-in-steps.js';
import type { LinkWait, LinkWaitResult } from '../link-watch.js';
import { pause, settle, type StepOutcome } from '../outcome.js';
import { repeat } from '../repeat.js';
import { lookAgain } from './second-look.js';
import { lookFirst, runSteps, type Links, type StepCounts, type UnitTools } from './unit-tools.js';

/** Network interfaces may outlive their link for a moment, and the group cannot go before them. */
const RELEASE_TRIES = 10;

/** The steps of one link: each needs those before it. */
export async function linkUnit(unit: Unit, tools: UnitTools): Promise<StepCounts & { readonly links: Links }> {
  const links: [string, string][] = [];
  const made: OnMade = (name, linkId) => void links.push([name, linkId]);
  return { ...(await runSteps(unit.steps, tools, (step) => perform(step, tools, made))), links };
}

/** Called with the name and the ID of a link that was created. */
type OnMade = (name: string, linkId: string) => void;

async function perform(step: Step, tools: UnitTools, made: OnMade): Promise<StepOutcome> {
  const { run, driver } = tools;
  const { kind, resource } = step;
  if (kind === 'create' || kind === 'replace') return make(step, tools, made);
  if (kind === 'delete') return resource.type === 'link' ? remove(step, tools) : release(step, tools, inputOf(step));
  if (kind === 'rename') {
    const { linkId, name } = inputOf<RenameLinkInput>(step);
    return run.step(step.id, (ctx) => settle(() => nothing(driver.links.rename(linkId, name, ctx))));
  }
  if (kind === 'allow' || kind === 'revoke') {
    const { linkId, entries } = inputOf<EntriesInput>(step);
    return run.step(step.id, (ctx) => settle(() => nothing(driver.allowlist[kind](linkId, entries, ctx))));
  }
  const input = inputOf<AwaitLinkInput | TagLinkInput | GiveUpLinkInput>(step);
  if ('untag' in input) return giveUp(step, tools, input);
  if (!('tags' in input)) return shown(await awaitLink(step, tools, step.id, { ...input, goal: 'ready' }));
  const { linkId, tags, owner } = input;
  return run.step(step.id, (ctx) =>
    settle(async () => {
      // First what holds the allowlist: it names both owners then, and is the link's whichever marks that carries.
      if (owner !== undefined) await driver.allowlist.mark?.(linkId, owner, ctx);
      return nothing(driver.links.tag(linkId, tags, ctx));
    }),
  );
}

async function giveUp(
  step: Step,
  { run, driver }: UnitTools,
  { linkId, owner, untag }: GiveUpLinkInput,
): Promise<StepOutcome> {
  return run.step(step.id, (ctx) =>
    settle(async () => {
      const link = await driver.links.find({ id: linkId }, ctx);
      // Gone, or without its marks after a call whose answer was lost: nothing is left to do.
      if (link?.owner === undefined) return null;
      if (!isMarkOf(link.owner, owner)) throw notOursAnyMore(linkId);
      if (driver.links.untag === undefined) {
        throw new UnsupportedError(`${driver.provider}: the adapter cannot remove the marks of link ${linkId}`);
      }
      // In the order of `forgetLink`, and for its reason.
      await driver.allowlist.mark?.(linkId, undefined, ctx);
      await driver.links.untag(linkId, untag, ctx);
      return null;
    }),
  );
}

async function make(step: Step, tools: UnitTools, onMade: OnMade): Promise<StepOutcome> {
  const { run, driver, tell } = tools;
  const input = inputOf<MakeLinkInput>(step);
  const { name, owner, subnetIds, networkId, entries, except } = input;
  let securityGroupIds = input.securityGroupIds;
  if (entries !== undefined && networkId !== undefined && driver.traits.allowlistNeedsCreation) {
    const request = { networkId, owner, name, entries, tags: { ...input.tags, ...ownerTags(owner) } };
    const prepared = await repeat(
      run,
      `${step.id}: prepare allowlist`,
      async (ctx) => [...(await driver.allowlist.prepare(request, ctx)).securityGroupIds],
      { onRetry: (retry) => tell.retried(step, retry) },
    );
    if (!prepared.ok) return prepared;
    securityGroupIds = [...new Set([...securityGroupIds, ...prepared.value])];
  }
  const marked = { ...owner, specHash: linkHash(owner, { subnetIds, securityGroupIds }) };
  const tags = { ...input.tags, ...ownerTags(marked) };
  const made = await createInSteps<{ readonly linkId: string; readonly created: boolean }>(run, step.id, {
    what: `link ${owner.integration}`,
    find: async (ctx) => {
      const found = await driver.links.find({ owner: marked }, ctx);
      return found === undefined || isPast(found, except) ? undefined : { linkId: found.id, created: false };
    },
    create: async (ctx) => {
      const request = { name, owner: marked, subnetIds, securityGroupIds, tags, native: input.native };
      const { id } = await driver.links.create(request, ctx);
      return { linkId: id, created: true };
    },
    ...lookFirst(step, tools, driver.traits.linksCostMoney),
  });
  if (!made.ok) return made;
  const { created } = made.value;
  const { timeoutMs } = input;
  let { linkId } = made.value;
  let ready = await awaitLink(step, tools, `${step.id}: ready`, { linkId, goal: 'ready', timeoutMs });
  if (!ready.ok) return ready;
  if (created) {
    const { watchedMs } = ready.value;
    const stays = await lookAgain(step, tools, { linkId, owner: marked, watchedMs, except });
    if (!stays.ok) return stays;
    if (stays.value !== linkId) {
      linkId = stays.value;
      ready = await awaitLink(step, tools, `${step.id}: other ready`, { linkId, goal: 'ready', timeoutMs });
      if (!ready.ok) return ready;
    }
  }
  if (entries !== undefined && entries.length > 0 && !driver.traits.allowlistNeedsCreation) {
    const allowed = await run.step(`${step.id}: allow`, (ctx) =>
      settle(() => nothing(driver.allowlist.allow(linkId, entries, ctx))),
    );
    if (!allowed.ok) return allowed;
  }
  onMade(owner.integration, linkId);
  return shown(ready);
}

/** One that the plan knows as another, or that is on its way out. */
function isPast({ id, state }: Link, except: readonly string[]): boolean {
  return except.includes(id) || state === 'deleting';
}

/** What is waited for; by default for as long as a link may take. */
type Wanted = Pick<LinkWait, 'linkId' | 'goal'> & { readonly timeoutMs?: number | undefined };

async function awaitLink(
  step: Step,
  { run, tell, driver }: UnitTools,
  id: string,
  { linkId, goal, timeoutMs = driver.traits.linkTimeoutMs }: Wanted,
): Promise<StepOutcome<LinkWaitResult>> {
  return run.until(id, {
    linkId,
    goal,
    timeoutMs,
    onWait: ({ state, elapsedMs }) => tell.waiting(step, { message: `link ${linkId} is ${state}`, state, elapsedMs }),
  });
}

/** What a step that waited answers with. */
function shown(waited: StepOutcome<LinkWaitResult>): StepOutcome {
  return waited.ok ? { ok: true, value: { linkId: waited.value.linkId, state: waited.value.state } } : waited;
}

async function remove(step: Step, tools: UnitTools): Promise<StepOutcome> {
  const { run, driver } = tools;
  const input = inputOf<DeleteLinkInput>(step);
  const { linkId, timeoutMs } = input;
  if (input.going !== true) {
    const deleted = await run.step(step.id, (ctx) =>
      settle(async () => {
        // Minutes may have passed since the plan: a link whose mark is gone meanwhile is not ours any more.
        const link = await driver.links.find({ id: linkId }, ctx);
        if (link === undefined) return null;
        if (!isOurs(link, input.owner.project) || !mayChange(link.owner, input.owner)) throw notOursAnyMore(linkId);
        await driver.links.delete(linkId, ctx);
        return null;
      }),
    );
    if (!deleted.ok) return deleted;
  }
  const gone = await awaitLink(step, tools, `${step.id}: gone`, { linkId, goal: 'gone', timeoutMs });
  if (!gone.ok || input.release === undefined) return shown(gone);
  return release(step, tools, { owner: input.owner, networkId: input.release.networkId });
}

function notOursAnyMore(linkId: string): CloudError {
  return new CloudError('NOT_OURS', `link ${linkId} does not carry our mark any more`, {
    operation: 'delete link',
    remedy: 'Somebody removed its mark: it is left alone. Plan again.',
  });
}

async function release(
  step: Step,
  { run, driver, tell }: UnitTools,
  { owner, networkId }: ReleaseInput,
): Promise<StepOutcome> {
  for (let attempt = 1; ; attempt += 1) {
    const released = await run.step(`${step.id}: release allowlist ${attempt}`, (ctx) =>
      settle(() => nothing(driver.allowlist.release(owner, ctx, networkId === undefined ? {} : { networkId }))),
    );
    if (released.ok || released.error.code !== 'STILL_REFERENCED' || attempt === RELEASE_TRIES) return released;
    tell.retried(step, { message: released.error.message, attempt: attempt + 1 });
    const slept = await pause(run, `${step.id}: interfaces ${attempt}`, driver.traits.pollMs);
    if (!slept.ok) return slept;
  }
}

async function nothing(work: Promise<void>): Promise<Json> {
  await work;
  return null;
}

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
import { createOnce } from '../create-once.js';
import { settle, type Outcome } from '../outcome.js';
import { repeat } from '../repeat.js';
import type { WaitGoal } from './poll-unit.js';
import { lookAgain } from './second-look.js';
import { lookFirst, runSteps, type UnitResult, type UnitTools } from './unit-tools.js';

/** Network interfaces may outlive their link for a moment, and the group cannot go before them. */
const RELEASE_TRIES = 10;

/** The steps of one link: each needs those before it. */
export function linkUnit(unit: Unit, tools: UnitTools): Promise<UnitResult> {
  return runSteps(unit.steps, tools, perform);
}

async function perform(step: Step, tools: UnitTools): Promise<Outcome> {
  const { run, driver } = tools;
  const { kind, resource } = step;
  if (kind === 'create' || kind === 'replace') return make(step, tools);
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
  if (!('tags' in input)) return awaitLink(step, tools, input.linkId, 'ready', input.timeoutMs);
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
): Promise<Outcome> {
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

async function make(step: Step, tools: UnitTools): Promise<Outcome> {
  const { run, driver, tell } = tools;
  const input = inputOf<MakeLinkInput>(step);
  const { name, owner, subnetIds, networkId, entries, except } = input;
  let securityGroupIds = input.securityGroupIds;
  if (entries !== undefined && networkId !== undefined && driver.traits.allowlistNeedsCreation) {
    const prepared = await run.step(`${step.id}: prepare allowlist`, (ctx) =>
      settle(async () => {
        const tags = { ...input.tags, ...ownerTags(owner) };
        const request = { networkId, owner, name, entries, tags };
        const ids = await repeat(
          ctx,
          () => driver.allowlist.prepare(request, ctx),
          (retry) => tell.retried(step, retry),
        );
        return [...ids.securityGroupIds];
      }),
    );
    if (!prepared.ok) return prepared;
    securityGroupIds = [...new Set([...securityGroupIds, ...prepared.value])];
  }
  const marked = { ...owner, specHash: linkHash(owner, { subnetIds, securityGroupIds }) };
  const tags = { ...input.tags, ...ownerTags(marked) };
  const made = await run.step<Outcome<{ readonly linkId: string; readonly createdMs: number | null }>>(step.id, (ctx) =>
    settle(async () => {
      let createdMs: number | null = null;
      const { id } = await createOnce<{ readonly id: string }>({
        what: `link ${owner.integration}`,
        find: async () => {
          const found = await driver.links.find({ owner: marked }, ctx);
          return found === undefined || isPast(found, except) ? undefined : found;
        },
        create: async () => {
          const request = { name, owner: marked, subnetIds, securityGroupIds, tags, native: input.native };
          const created = await driver.links.create(request, ctx);
          createdMs = ctx.clock.monotonicMs();
          return created;
        },
        ...lookFirst(step, tools, driver.traits.linksCostMoney),
        ctx,
      });
      return { linkId: id, createdMs };
    }),
  );
  if (!made.ok) return made;
  const { createdMs } = made.value;
  let { linkId } = made.value;
  let ready = await awaitLink(step, tools, linkId, 'ready', input.timeoutMs);
  if (!ready.ok) return ready;
  if (createdMs !== null) {
    const stays = await lookAgain(step, tools, { linkId, owner: marked, createdMs, except });
    if (!stays.ok) return stays;
    if (stays.value !== linkId) {
      linkId = stays.value;
      ready = await awaitLink(step, tools, linkId, 'ready', input.timeoutMs);
      if (!ready.ok) return ready;
    }
  }
  if (entries !== undefined && entries.length > 0 && !driver.traits.allowlistNeedsCreation) {
    const allowed = await run.step(`${step.id}: allow`, (ctx) =>
      settle(() => nothing(driver.allowlist.allow(linkId, entries, ctx))),
    );
    if (!allowed.ok) return allowed;
  }
  tools.links.set(owner.integration, linkId);
  return ready;
}

/** One that the plan knows as another, or that is on its way out. */
function isPast({ id, state }: Link, except: readonly string[]): boolean {
  return except.includes(id) || state === 'deleting';
}

async function awaitLink(
  step: Step,
  { waits, tell, driver }: UnitTools,
  linkId: string,
  goal: WaitGoal,
  timeoutMs: number = driver.traits.linkTimeoutMs,
): Promise<Outcome> {
  return waits.until({
    linkId,
    goal,
    timeoutMs,
    onWait: ({ state, elapsedMs }) => tell.waiting(step, { message: `link ${linkId} is ${state}`, state, elapsedMs }),
  });
}

async function remove(step: Step, tools: UnitTools): Promise<Outcome> {
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
  const gone = await awaitLink(step, tools, linkId, 'gone', timeoutMs);
  if (!gone.ok || input.release === undefined) return gone;
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
): Promise<Outcome> {
  for (let attempt = 1; ; attempt += 1) {
    const released = await run.step(`${step.id}: release allowlist ${attempt}`, (ctx) =>
      settle(() => nothing(driver.allowlist.release(owner, ctx, networkId === undefined ? {} : { networkId }))),
    );
    if (released.ok || released.error.code !== 'STILL_REFERENCED' || attempt === RELEASE_TRIES) return released;
    tell.retried(step, { message: released.error.message, attempt: attempt + 1 });
    const slept = await settle(() => nothing(run.sleep(`${step.id}: interfaces ${attempt}`, driver.traits.pollMs)));
    if (!slept.ok) return slept;
  }
}

async function nothing(work: Promise<void>): Promise<Json> {
  await work;
  return null;
}

import { asStep, outcomeOf, valueOf } from '../../do/apply/step.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import { abilityOf } from '../../do/abilities.js';
import type { Driver } from '../../do/driver.js';
import type { MovePlan, WidenEntry } from '../plan/move-plan.js';
import { WHOLE, type MoveHistory } from '../record/history.js';
import { act, once, untilShown, type MoveTools } from './tools.js';

/** Adds what the plan names. What was there before is recorded first: it is never removed. */
export async function widen(tools: MoveTools): Promise<void> {
  const { plan, driver, history } = tools;
  for (const entry of plan.widen) {
    const step = { unit: WHOLE, step: entry.id, kind: 'allow', resource: resourceOf(entry) };
    if (history.last(WHOLE, `add ${entry.id}`) !== undefined) continue;

    await asStep(tools, step, async (report) => {
      const there = await once(tools, WHOLE, `look for ${entry.id}`, (ctx) => isThere(driver, entry, ctx));
      if (!there) await act(tools, WHOLE, `add ${entry.id}`, (ctx) => add(driver, entry, plan, ctx), { report });
    });
  }
}

/** The entries that a move added: those that did not exist before, and whose addition was begun. */
export function widenedEntries(plan: MovePlan, history: MoveHistory): readonly WidenEntry[] {
  return plan.widen.filter(
    ({ id }) =>
      history.first(WHOLE, `look for ${id}`) === false &&
      history.begun(WHOLE, `add ${id}`) &&
      history.last(WHOLE, `remove ${id}`) === undefined,
  );
}

/** Removes entries; the last one that was added first. */
export async function narrow(tools: MoveTools, entries: readonly WidenEntry[]): Promise<void> {
  for (const entry of entries.toReversed()) {
    const title = `remove: ${entry.id}`;
    const step = { unit: WHOLE, step: title, kind: 'revoke', resource: resourceOf(entry) };
    await asStep(tools, step, async (report) => {
      await endAddition(tools, entry);
      const take = (ctx: CallContext): Promise<void> => remove(tools.driver, entry, ctx);
      const gone = await outcomeOf(act(tools, WHOLE, `remove ${entry.id}`, take, { report }));
      if (gone.ok) tools.removed.push(entry.id);
      else if (gone.error.code === 'STILL_REFERENCED') {
        // Other gateways came to need it since: it stays, and is not this move's any more.
        tools.notes.push(`kept: ${entry.id}: ${gone.error.message}`);
        report.progress(`kept: ${gone.error.message}`);
      } else if (gone.error.code !== 'NOT_FOUND') valueOf(gone); // gone with the link or the group that had it
    });
  }
}

/**
 * An addition that was sent, and whose end was not seen, may take effect later than its removal. So it is made again, which waits
 * for it; and a removal removes only what reads show. Where it is refused, nothing comes.
 */
async function endAddition(tools: MoveTools, entry: WidenEntry): Promise<void> {
  const { plan, history, driver } = tools;
  const id = `add ${entry.id}`;
  if (!history.begun(WHOLE, id) || history.last(WHOLE, id) !== undefined) return;

  const added = await outcomeOf(act(tools, WHOLE, id, (ctx) => add(driver, entry, plan, ctx)));
  if (!added.ok && REFUSALS.has(added.error.code)) return;

  valueOf(added);
  await untilShown(tools, entry.id);
}

const REFUSALS: ReadonlySet<string> = new Set([
  'CLOUD_REFUSED',
  'INVALID_INPUT',
  'NOT_FOUND',
  'PERMISSION_DENIED',
  'QUOTA_EXCEEDED',
  'UNSUPPORTED',
]);

/**
 * The entries that a move added, and removed, and that are there all the same: a change that was late has added them again. Of a rule
 * its description shows that.
 */
export async function widenedAgain(
  { history }: Pick<MoveTools, 'history'>,
  driver: Driver,
  ctx: CallContext,
): Promise<readonly WidenEntry[]> {
  const { plan } = history;
  const found: WidenEntry[] = [];
  for (const entry of plan.widen) {
    const wasRemoved = history.last(WHOLE, `remove ${entry.id}`) !== undefined;
    if (wasRemoved && (await isThere(driver, entry, ctx, markOf(plan)))) found.push(entry);
  }
  return found;
}

/** What is written on rules that a move adds. */
const markOf = ({ move }: MovePlan): string => `postern move ${move}`;

async function isThere(driver: Driver, entry: WidenEntry, ctx: CallContext, mark?: string): Promise<boolean> {
  if (entry.kind === 'group-rule')
    return driver.groupRules === undefined ? false : driver.groupRules.has(entry.rule, ctx, mark);

  const { entries } = await abilityOf(driver, 'allowlist').read(entry.link, ctx);
  return entries.some(({ cidrBlock }) => cidrBlock === entry.entry.cidrBlock);
}

async function add(driver: Driver, entry: WidenEntry, plan: MovePlan, ctx: CallContext): Promise<void> {
  if (entry.kind === 'allowlist') await abilityOf(driver, 'allowlist').allow(entry.link, [entry.entry], ctx);
  else await abilityOf(driver, 'groupRules').allow(entry.rule, markOf(plan), ctx);
}

async function remove(driver: Driver, entry: WidenEntry, ctx: CallContext): Promise<void> {
  if (entry.kind === 'allowlist') await abilityOf(driver, 'allowlist').revoke(entry.link, [entry.entry], ctx);
  else await abilityOf(driver, 'groupRules').revoke(entry.rule, ctx);
}

function resourceOf(entry: WidenEntry): { readonly type: string; readonly name: string } {
  return entry.kind === 'allowlist'
    ? { type: 'allowlist', name: entry.link.id }
    : { type: 'security-group', name: entry.rule.groupId };
}

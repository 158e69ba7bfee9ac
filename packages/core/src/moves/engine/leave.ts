import { FailedStep, failing, outcomeOf, valueOf, type StepProgress } from '../../do/apply/step.js';
import { sharedLink } from '../../do/kinds/cloud/link-kinds.js';
import type { MovePosition } from '../../do/move-driver.js';
import { type LinkRef, isSameRef } from '../../do/model/reference.js';
import { commandsOf, isShift, type PlannedUnit } from '../plan/move-plan.js';
import { recordedState, WHOLE } from '../record/history.js';
import { look } from './arrive.js';
import { act, type MoveTools } from './tools.js';
import { untilSeen } from '../../do/apply/unseen.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import { usesOfLink } from '../../do/imperative/link-uses.js';

/**
 * Leaves a unit as it is, because something else deleted it or moved it: it is recorded and named once, and the command goes
 * on for the others.
 */
export async function leave(
  tools: MoveTools,
  { unit, name }: PlannedUnit,
  found: MovePosition,
  report?: StepProgress,
): Promise<void> {
  const because = found.found ?? 'something else changed it';
  const text =
    found.exists === false
      ? `${name} is left out: ${because}.`
      : `${name} is on neither ${unit.shift === undefined ? 'link' : 'target as this shift left it'}, and stays as it is: ${because}.`;
  if (tools.left.has(unit.id)) return;

  tools.left.set(unit.id, text);
  report?.progress(text);
  await act(tools, unit.id, LEFT, () => Promise.resolve(found));
}

/** The step that records where a unit was when it was left. */
const LEFT = 'look: left';

/**
 * What a step returns, or undefined where the step failed because something else deleted or moved its unit meanwhile: then the unit is left
 * as it is.
 */
export async function orLeft<T>(
  tools: MoveTools,
  planned: PlannedUnit,
  work: Promise<T>,
  report?: StepProgress,
): Promise<T | undefined> {
  const outcome = await outcomeOf(work);
  if (outcome.ok) return outcome.value;

  const found = outcome.error.code === 'ABORTED' ? undefined : await placeAfter(tools, planned);
  if (found?.at !== 'elsewhere') throw new FailedStep(outcome.error);

  await leave(tools, planned, found, report);
  return undefined;
}

/** Where a unit is after a step of it failed. Before its state is recorded, the reading of it shows that. */
async function placeAfter(tools: MoveTools, { unit }: PlannedUnit): Promise<MovePosition | undefined> {
  const state = recordedState(tools, unit);
  if (state !== undefined) {
    const seen = await outcomeOf(look(tools, unit, state));
    return seen.ok ? seen.value : undefined;
  }

  const read = await outcomeOf(act(tools, unit.id, 'read again', (ctx) => tools.driver.moves.capture(unit, ctx)));
  if (read.ok) return undefined;

  const { code, message } = read.error;
  if (code === 'NOT_FOUND') return { at: 'elsewhere', found: message, exists: false };

  return code === 'WORLD_MOVED' ? { at: 'elsewhere', found: message } : undefined;
}

/** Whether an end of a move is a link of the account. A shared one is in no account, and the ends of a shift are targets. */
export function isReadLink({ driver, clouds }: Pick<MoveTools, 'driver' | 'clouds'>, { kind, id }: LinkRef): boolean {
  return driver.serves.links.includes(kind) && sharedLink(clouds, id) === undefined;
}

/** Fails where a link does not exist any more, or is being deleted: no unit is sent to it. */
export async function requireLink(tools: MoveTools, link: LinkRef): Promise<void> {
  if (!isReadLink(tools, link)) return;

  const found = await act(tools, WHOLE, `find link ${link.id}`, async (ctx) => {
    const { state } = (await tools.driver.links.find(link, ctx)) ?? { state: 'absent' as const };
    return state;
  });
  if (found === 'absent' || found === 'deleting') throw withoutLink(tools, link);
}

/** The error for a link that does not exist any more. */
export function withoutLink({ plan, history }: Pick<MoveTools, 'plan' | 'history'>, link: LinkRef): FailedStep {
  const { rollback, abort, finish, leave: asItIs } = commandsOf(plan);
  const back = isSameRef(link, plan.from) ? '' : `\`postern ${rollback} ${history.id}\` returns. `;
  const stay = `\`postern ${abort} ${history.id}\` and then \`postern ${finish} ${history.id}\` keep what has moved; `;
  const remedy = `${back}${stay}\`postern ${asItIs} ${history.id}\` ends it as it is.`;
  return failing('WORLD_MOVED', `link ${link.id} does not exist any more, so no unit is sent to it`, remedy);
}

/** What uses a link that a move left, one text each. A read right after the deletion of an integration may still show it: then again later. */
export async function remainingUsers(tools: MoveTools, link: LinkRef): Promise<readonly string[]> {
  if (isShift(tools.plan.request)) return [];

  const which = isSameRef(link, tools.plan.from) ? 'old' : 'new';
  let users = await usersOf(tools, link, `users of the ${which} link`);
  if (users.some(({ hasRoutes }) => !hasRoutes)) {
    valueOf(await untilSeen(tools.run(WHOLE), 'wait for deleted integrations'));
    users = await usersOf(tools, link, `users of the ${which} link, later`);
  }
  return [...new Set(users.map(({ text }) => text))].toSorted();
}

type LinkUser = { readonly text: string; readonly hasRoutes: boolean };

function usersOf(tools: MoveTools, link: LinkRef, step: string): Promise<readonly LinkUser[]> {
  const read = async (ctx: CallContext): Promise<readonly LinkUser[]> => {
    // A shared instance is not read: it is in no account.
    const links = sharedLink(tools.clouds, link.id) === undefined ? [link.id] : [];
    const region = await tools.driver.observe({ allGateways: true, links, linkKinds: [link.kind] }, ctx);
    const whole = region.gateways.filter(({ linkId }) => linkId === link.id); // a group without APIs, too
    const uses = usesOfLink(tools.clouds, region, link);
    return [
      ...whole.map((gateway) => ({ gateway, hasRoutes: true })),
      ...uses.map(({ gateway, routeKeys }) => ({ gateway, hasRoutes: routeKeys.length > 0 })),
    ].map(({ gateway: { kind, name, id }, hasRoutes }) => ({
      text: `${kind} ${name === '' ? id : `${name} (${id})`}`,
      hasRoutes,
    }));
  };
  return act(tools, WHOLE, step, read, { reads: true });
}

import type { HandoverPlan } from '../plan/fingerprint.js';
import { readStage, type StageNow } from '../switch/handover-status.js';
import { PosternError } from '@postern/core/adapter';
import type { ClassicGroup, HandoverFinishDriver } from '../switch/witness.js';
import type { FinishItem, FinishRemoval, FinishHandoverOptions } from './finish-events.js';
import { itemsOf } from './items.js';

/** What is there when the end of a hand-over begins. */
export interface Left {
  readonly stages: readonly StageNow[];
  readonly group: ClassicGroup | undefined;
  readonly items: readonly FinishItem[];
}

/** Reads both sides. */
export async function readLeft(
  plan: HandoverPlan,
  driver: HandoverFinishDriver,
  { context, journal, resolve }: FinishHandoverOptions,
): Promise<Left> {
  const records = await journal.read();
  const stages: StageNow[] = [];
  for (const stage of plan.stages) stages.push(await readStage(plan, stage, driver, { context, records, resolve }));
  const group = await driver.classic.group(plan.group.id, context);
  const names = stages.flatMap((stage) => stage.names);
  return { stages, group, items: itemsOf(plan, group, names) };
}

/** Refuses names that do not lead to the target. @throws {PosternError} `FINDINGS_FAILED` */
export function requireSwitched({ stages: planned }: HandoverPlan, { stages }: Left): void {
  const names = stages.flatMap((stage) => stage.names);
  const open = names.filter(({ share }) => share !== 100);
  if (open.length === 0 && names.length > 0) return;
  const shown = open.map(({ name, share }) => `${name} ${share === null ? 'unknown' : `${share} %`}`).join(', ');
  const [first] = planned;
  throw new PosternError(
    'FINDINGS_FAILED',
    names.length === 0
      ? `${first?.stage ?? 'the plan'}: no name was switched, so that callers still come to the classic group`
      : `callers still come to the classic group: ${shown} to the target`,
    { remedy: 'Switch first: `postern handover switch`. A name in the DNS of another provider needs a resolver.' },
  );
}

/** Refuses to delete a group that has what stays. @throws {PosternError} `STILL_REFERENCED` */
export function requireRemovable({ items }: Left, consents: ReadonlySet<FinishRemoval>): void {
  const group = items.find(({ kind }) => kind === 'group');
  if (!consents.has('group') || group === undefined) return;
  const api = items.find(({ kind }) => kind === 'api');
  if (group.state === 'removable' && (api === undefined || consents.has('apis'))) return;
  throw new PosternError(
    'STILL_REFERENCED',
    `group ${group.name} is not deleted: ${group.reason ?? `it has the API ${api?.name}`}`,
    {
      remedy:
        consents.has('apis') || api === undefined
          ? 'Remove that first, or leave the group.'
          : 'Delete its APIs, too (--delete-apis), or leave the group.',
    },
  );
}

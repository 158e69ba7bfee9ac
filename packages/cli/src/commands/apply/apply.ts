import { InvalidInputError, type Plan } from '@postern/core/internal/library';
import { parseIgnoredFindings } from '@postern/core/internal/check';
import { displayText } from '@postern/core/internal/report';
import { confirmAndApply } from '../../apply/confirmation.js';
import { requireAnswer } from '../../apply/confirm.js';
import { requireFreeJournal } from '../../apply/journal.js';
import { planNow } from '../../apply/plan.js';
import type * as grammar from './grammar.js';
import type { CallOf, OptionsOf } from '../../grammar/options.js';
import { besideShifts, notingMoves } from '../../migrate/with-open-moves.js';
import type { Io } from '../../process/io.js';
import { readPlanText } from '../../process/read-file.js';
import { openSession } from '../../session/open-session.js';
import { checkedCloudsOf } from '../../spec/brought-clouds.js';
import { loadSpec } from '../../spec/load-spec.js';
import { mistakenFile } from '../../spec/mistaken-file.js';

/** `postern apply`: applies the spec; with `--plan`, exactly the saved plan or nothing. */
export async function run({ io, args: [file], options }: CallOf<typeof grammar.apply>): Promise<number> {
  const { fleet } = options;
  if (fleet !== undefined) {
    const { applyOnFleet } = await import('../../fleet/apply-on-fleet.js');
    return applyOnFleet(io, file, { ...options, fleet });
  }

  refuseChoices(options);
  parseIgnoredFindings(options.ignoreFindings ?? [], await checkedCloudsOf(io));
  const saved = options.plan === undefined ? undefined : await readPlan(options.plan, io);
  const loaded = await loadSpec(file, io, options);
  const { spec, folder } = loaded;
  requireAnswer(io, options);
  await requireFreeJournal(folder, spec.project);
  const session = await openSession(io, { ...options, spec });
  const { context } = session;
  const where = { io, folder, context };
  const again = async (): Promise<Plan> => besideShifts(await planNow(io, { ...loaded, session }, options), where);
  const work = { io, spec, folder, session, options, verb: 'Apply' } as const;
  if (saved !== undefined)
    return confirmAndApply({ ...work, plan: await notingMoves(await besideShifts(saved, where), where) });

  return confirmAndApply({ ...work, plan: await again(), planNow: again });
}

/** Refuses options that decide the content of a plan: a saved plan is applied unchanged. */
function refuseChoices({
  plan,
  only,
  all,
  replaceFailed,
  deleteInstances,
  prune,
}: OptionsOf<typeof grammar.apply>): void {
  if (plan === undefined) return;

  const given = [
    only && `--only ${displayText(only.join(' '))}`,
    all && '--all',
    replaceFailed && '--replace-failed',
    deleteInstances && '--delete-instances',
    prune && '--prune',
  ];
  const [first] = given.filter((flag) => typeof flag === 'string');
  if (first === undefined) return;

  throw new InvalidInputError('INVALID_INPUT', `${first} is not allowed with a saved plan`, {
    remedy: `Save a plan that was computed with it: \`postern plan ${first} -o ${displayText(plan)}\`.`,
  });
}

async function readPlan(file: string, io: Io): Promise<Plan> {
  const { decodePlan } = await import('@postern/core/internal/decode');
  const text = await readPlanText(io, file);
  try {
    return decodePlan(text, { file });
  } catch (error) {
    throw mistakenFile(text, file, 'a plan of changes') ?? error;
  }
}

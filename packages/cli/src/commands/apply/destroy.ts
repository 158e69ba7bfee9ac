import { observeSpec, planDestroy, type Plan } from '@postern/core/internal/plan';
import { confirmAndApply } from '../../apply/confirmation.js';
import { requireAnswer } from '../../apply/confirm.js';
import { elsewhereOf } from '../../apply/elsewhere.js';
import { requireFreeJournal, untilJournalShows } from '../../apply/journal.js';
import type * as grammar from './grammar.js';
import type { CallOf } from '../../grammar/options.js';
import { notingMoves } from '../../migrate/with-open-moves.js';
import { openSession } from '../../session/open-session.js';
import { loadSpec } from '../../spec/load-spec.js';
import { noteRegions } from '../../spec/region-option.js';

/** `postern destroy`: removes what carries the mark of this spec, and nothing else. */
export async function run({ io, args: [file], options }: CallOf<typeof grammar.destroy>): Promise<number> {
  const loaded = await loadSpec(file, io, options);
  requireAnswer(io, options, 'Read the spec, then add --yes: destroy deletes what this spec owns.');
  const { clouds, folder } = loaded;
  await requireFreeJournal(folder, loaded.spec.project);
  const { spec } = loaded;
  const elsewhere = await elsewhereOf(loaded, options);
  const session = await openSession(io, { ...options, spec });
  const { deleteInstances, prune } = options;
  const { context } = session;
  const planNow = async (): Promise<Plan> => {
    const snapshot = await observeSpec(spec, session.drivers, context, { all: true, elsewhere });
    noteRegions(io, snapshot);
    return notingMoves(planDestroy(snapshot, spec, { clouds, deleteInstances, prune }), { io, folder, context });
  };
  await untilJournalShows(folder, spec.project, context);
  const plan = await planNow();
  return confirmAndApply({ io, plan, planNow, spec, folder, session, options, verb: 'Destroy' });
}

import path from 'node:path';
import { InvalidInputError, type Plan } from '@postern/core/internal/library';
import { parseIgnoredFindings } from '@postern/core/internal/check';
import { observeSpec, planDestroy } from '@postern/core/internal/plan';
import { jsonText } from '@postern/core/internal/report';
import { elsewhereOf } from '../../apply/elsewhere.js';
import { planNow } from '../../apply/plan.js';
import { printUnreadParts } from '../../errors/print-error.js';
import type * as grammar from './grammar.js';
import type { CallOf } from '../../grammar/options.js';
import { notingMoves } from '../../migrate/with-open-moves.js';
import { showPlan } from '../../output/show-plan.js';
import { note, printJson } from '../../output/print.js';
import { openSession } from '../../session/open-session.js';
import { loadSpec } from '../../spec/load-spec.js';
import { noteRegions } from '../../spec/region-option.js';

/** `postern plan`: what apply, or destroy, would do, with the findings of checks about that. Exit status 1 where a region could not be read. */
export async function run({ io, args: [file], options }: CallOf<typeof grammar.plan>): Promise<number> {
  if (options.destroy === true && options.only !== undefined) refuseOnly();
  const loaded = await loadSpec(file, io, options);
  const { spec, clouds, folder } = loaded;
  parseIgnoredFindings(options.ignoreFindings ?? [], clouds);
  const session = await openSession(io, { ...options, spec });
  const toDestroy = async (): Promise<Plan> => {
    const { context, drivers } = session;
    const { only, replaceFailed, deleteInstances, prune } = options;
    const how = { only, replaceFailed, deleteInstances, prune };
    const snapshot = await observeSpec(spec, drivers, context, {
      all: true,
      checks: false,
      plan: how,
      elsewhere: await elsewhereOf(loaded, options),
    });
    noteRegions(io, snapshot);
    return notingMoves(planDestroy(snapshot, spec, { clouds, deleteInstances, prune }), { io, folder, context });
  };
  const plan = await (options.destroy === true ? toDestroy() : planNow(io, { spec, clouds, folder, session }, options));
  if (options.output !== undefined) {
    const { writeTextFile } = await import('@postern/core/internal/node');
    await writeTextFile(path.resolve(io.cwd, options.output), `${jsonText(plan, 2)}\n`, { signal: io.signal });
    note(io, `the plan is in ${options.output}; \`postern apply --plan ${options.output}\` carries it out`);
  }
  if (options.json === true) printJson(io, plan);
  else showPlan(io, plan, options.full);
  const { unread = [] } = plan;
  printUnreadParts(io, unread, spec);
  if (unread.some(({ links }) => links.length > 0)) return 1;

  // In a place that the spec names no more, something of it is known to be left.
  const isDifferent = unread.length > 0 || plan.units.some((unit) => unit.steps.length > 0);
  return options.detailedExitcode === true && isDifferent ? 2 : 0;
}

function refuseOnly(): never {
  throw new InvalidInputError('INVALID_INPUT', '--only is not allowed with --destroy', {
    remedy: 'Leave one of them out: destroy always deletes all that the spec owns.',
  });
}

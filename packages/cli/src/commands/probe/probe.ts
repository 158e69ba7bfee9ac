import type { Spec } from '@postern/core/internal/library';
import { check } from '@postern/core/internal/check';
import { observeSpec } from '@postern/core/internal/plan';
import {
  changingRoutes,
  checkProbeOptions,
  probeRoutes,
  runProbe,
  SAFE_METHODS,
  type ProbeOptions,
  type ProbeResult,
  type ProbeRoute,
} from '@postern/core/internal/probe';
import { counted, displayText, probeJson, probeText } from '@postern/core/internal/report';
import { confirm, requireAnswer } from '../../apply/confirm.js';
import type * as grammar from './grammar.js';
import type { CallOf, OptionsOf } from '../../grammar/options.js';
import { painter } from '../../output/colors.js';
import { note, printLines } from '../../output/print.js';
import { probeOptions, probeProgress } from './probe-options.js';
import type { Io } from '../../process/io.js';
import { secretTexts } from '../../process/secrets.js';
import { openSession } from '../../session/open-session.js';
import { headingOf } from '../../snapshot/take-snapshot.js';
import { loadSpec } from '../../spec/load-spec.js';

/**
 * `postern probe`: calls each declared route, and explains failures with the findings of one observation. The exit
 * status is 3 where a route failed, and 1 where a cloud or a gateway could not be asked.
 */
export async function run({ io, args: [file], options }: CallOf<typeof grammar.probe>): Promise<number> {
  const { timeout, maxParallel, failOn, json } = options;
  const how = probeOptions({ ...options, header: await secretTexts(io, '--header', options.header) });
  const { spec, clouds } = await loadSpec(file, io, options);
  checkProbeOptions(spec, how);
  if (mayChange(how)) requireAnswer(io, options, 'Add --yes: the methods may change something.');
  const { context, drivers, callGateway } = await openSession(io, { ...options, spec, notesWaits: true });
  const snapshot = await observeSpec(spec, drivers, context, { checks: true });
  const routes = probeRoutes(snapshot, spec, { ...how, clouds });
  if (options.yes !== true && !(await agreed(changingRoutes(routes, clouds)))) {
    printLines(io, 'Nothing was called.');
    return 1;
  }

  const progress = probeProgress(io);
  const results = await runProbe(routes, {
    spec,
    clouds,
    report: check(snapshot, spec, { clouds, passes: false, live: true }),
    drivers,
    context,
    callGateway,
    maxParallel,
    ...(timeout === undefined ? {} : { timeoutMs: timeout * 1000 }),
    onResult: (_, done, all) => progress.show(done, all),
  }).finally(progress.end);
  const heading = headingOf({ snapshot });
  if (json === true) {
    note(io, heading);
    io.stdout.write(probeJson(results));
  } else {
    io.stdout.write(`${heading}\n\n${probeText(results, { paint: painter(io), width: io.stdout.columns })}`);
  }
  noteOtherSubnets(io, results, spec);
  return statusOf(io, results, failOn);
}

/** A call leaves through the interfaces of one subnet: the others are not proven by it. */
function noteOtherSubnets(io: Io, results: readonly ProbeResult[], { integrations, links }: Spec): void {
  const working = results.filter(({ verdict }) => verdict === 'works');
  for (const name of new Set(working.map(({ integration }) => integrations[integration]?.link ?? ''))) {
    const subnets = links[name]?.subnets?.length ?? 0;
    if (subnets > 1)
      note(
        io,
        `link ${name} has ${subnets} subnets: a call proves the path from one of them; postern check judges all`,
      );
  }
}

/** Whether a method may be sent that changes something. */
function mayChange({ methods = [] }: ProbeOptions): boolean {
  return methods === 'all' || methods.some((method) => !SAFE_METHODS.includes(method));
}

/** Asks before calls that may change something. */
async function agreed(routes: readonly ProbeRoute[]): Promise<boolean> {
  if (routes.length === 0) return true;

  const some = routes.slice(0, 5).map(({ method, route }) => `${method} for ${route}`);
  const more = routes.length > some.length ? ` and ${routes.length - some.length} more` : '';
  return confirm(
    displayText(`Send ${counted(routes.length, 'call')} that may change something: ${some.join(', ')}${more}?`),
  );
}

function statusOf(io: Io, results: readonly ProbeResult[], failOn: OptionsOf<typeof grammar.probe>['failOn']): number {
  if (results.some(({ verdict }) => verdict === 'failed')) return 3;

  const unproven = results.filter(({ verdict }) => verdict !== 'works').length;
  if (failOn === 'unproven' && unproven > 0) return 3;

  if (unproven > 0)
    note(io, `${counted(unproven, 'route')} not proven to work; --fail-on unproven makes this a failure`);
  return results.some(({ error }) => error !== undefined) ? 1 : 0;
}

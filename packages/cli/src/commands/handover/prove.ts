import { InvalidInputError } from '@postern/core/internal/library';
import {
  createCallPinned,
  proveHandover,
  type HandoverProof,
  type ProvenRoute,
} from '@postern/alibaba/internal/handover';
import { counted, displayText, jsonText } from '@postern/core/internal/report';
import { openPlan } from '../../handover/options.js';
import type * as grammar from './grammar.js';
import type { CallOf } from '../../grammar/options.js';
import { note, printJson, printLines } from '../../output/print.js';
import { writeOutput } from '../../output/files.js';

/** `postern handover prove`: the exit status is 3 where a route is not proven and not accepted. */
export async function run({ io, args, options }: CallOf<typeof grammar.prove>): Promise<number> {
  const samples = samplesOf(options.call);
  const { plan, driver, context, simulator } = await openPlan(io, args, options);
  const { accept, output, json } = options;
  const proof = await proveHandover(plan, driver, {
    context,
    call: createCallPinned(simulator),
    samples,
    accept,
    // Gateways verify the machine's own time, also those of a simulator.
    now: () => Date.now(),
    ...(json === true ? {} : { onRoute: (stage, route) => printLines(io, displayText(lineOf(stage, route))) }),
  });
  if (output !== undefined) {
    await writeOutput(io, output, `${jsonText(proof, 2)}\n`);
    note(io, `the proof is in ${output}`);
  }
  if (json === true) printJson(io, proof);
  else printLines(io, ...[...summary(proof)].map((text) => displayText(text)));
  return proof.ready ? 0 : 3;
}

/** `orders=/orders/7`, repeated. @throws {InvalidInputError} `INVALID_INPUT` */
function samplesOf(given: readonly string[] = []): Readonly<Record<string, string>> {
  return Object.fromEntries(
    given.map((text) => {
      const [, route, path] = /^([^=]+)=(\/[!-~]*)$/.exec(text) ?? [];
      if (route === undefined || path === undefined) {
        throw new InvalidInputError('INVALID_INPUT', '--call expects ROUTE=PATH', {
          remedy: 'Write it as in --call orders=/orders/7.',
        });
      }

      return [route, path];
    }),
  );
}

function lineOf(stage: string, { key, verdict, code, message, target, classic }: ProvenRoute): string {
  const times =
    target === undefined || classic === undefined
      ? ''
      : ` (${Math.round(target.latencyMs)} ms, before ${Math.round(classic.latencyMs)} ms)`;
  return `${stage} ${key}: ${verdict}${verdict === 'proven' ? '' : ` ${code}`}: ${message}${times}`;
}

function* summary({ ready, stages }: HandoverProof): Iterable<string> {
  for (const { stage, missing, services } of stages) {
    for (const text of missing) yield `${stage}: missing, or not as planned: ${text}`;
    for (const { name, health } of services) yield `${stage}: the target reports service ${name}: ${health}`;
  }
  const routes = stages.flatMap((stage) => stage.routes);
  const proven = routes.filter(({ verdict }) => verdict === 'proven').length;
  yield `${proven} of ${counted(routes.length, 'route')} proven. ${ready ? 'DNS can be changed.' : 'DNS must not be changed yet.'}`;
}

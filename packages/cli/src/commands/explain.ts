import { InvalidInputError } from '@postern/core';
import { explain } from '@postern/core/check';
import { explainText, jsonText } from '@postern/core/report';
import type { PictureFormat } from '../graph/draw.js';
import type { Invocation } from '../invocation.js';
import { painter } from '../output/colors.js';
import { note } from '../output/print.js';
import { headingOf, takeSnapshot } from '../snapshot/take-snapshot.js';
import { loadSpec } from '../spec/load-spec.js';

interface Options {
  readonly spec?: string;
  readonly region?: string;
  readonly snapshot?: string;
  readonly full?: boolean;
  readonly format?: PictureFormat;
  readonly output?: string;
}

/** The version of what `explain --json` prints. */
const EXPLANATIONS_VERSION = 1;

/**
 * `postern explain`: the path of an integration's calls to its targets, hop by hop. The exit status is 3
 * where a call certainly does not arrive.
 */
export async function run({ io, args: [integration = '', route], options }: Invocation<Options>): Promise<number> {
  const { spec } = await loadSpec(options.spec, io, options);
  if (integration === '') throw noIntegration(Object.keys(spec.integrations));
  const taken = await takeSnapshot(io, spec, options);
  const explanations = explain(taken.snapshot, spec, { integration, route, live: taken.file === undefined });
  if (options.format !== undefined) {
    const { drawExplanations } = await import('../graph/draw-explanations.js');
    await drawExplanations(io, explanations, { format: options.format, output: options.output });
  } else if (options.json === true) {
    note(io, headingOf(taken));
    io.stdout.write(`${jsonText({ version: EXPLANATIONS_VERSION, explanations }, 2)}\n`);
  } else {
    const text = explainText(explanations, { paint: painter(io), width: io.stdout.columns, all: options.full });
    io.stdout.write(`${headingOf(taken)}\n\n${text}`);
  }
  return explanations.some(({ verdict }) => verdict === 'fail') ? 3 : 0;
}

function noIntegration(names: readonly string[]): InvalidInputError {
  return new InvalidInputError('INVALID_INPUT', 'no integration given', {
    remedy: names.length === 0 ? 'The spec has none.' : `Write one of: ${names.join(', ')}.`,
  });
}

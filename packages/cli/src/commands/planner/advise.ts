import { InvalidInputError, type Snapshot, type Clouds } from '@postern/core/internal/library';
import {
  advise,
  adviceJson,
  adviceMarkdown,
  adviceReport,
  adviceRules,
  adviceText,
  needsOfSnapshot,
  needsOfSpec,
  type Advice,
  type CloudPlanner,
  type Needs,
} from '@postern/core/internal/planner';
import type * as grammar from './grammar.js';
import type { CallOf, OptionsOf } from '../../grammar/options.js';
import { jsonText } from '@postern/core/internal/report';
import { painter } from '../../output/colors.js';
import { note, printJson } from '../../output/print.js';
import type { Io } from '../../process/io.js';
import { readFile } from '../../process/read-file.js';
import { readSnapshot } from '../../snapshot/read-snapshot.js';
import { momentOf } from '../../report/finding-options.js';
import { machineReport, formatOf, writeReport, type PrintedFormat } from '../../report/write-report.js';
import { cloudsOf, plannersOf } from '../../spec/brought-clouds.js';
import { loadSpec } from '../../spec/load-spec.js';
import { refusePlaceBesideFile } from '../../spec/region-option.js';

/**
 * `postern advise`: the options for the needs of a file, or for those that a spec or a snapshot shows. No cloud is
 * called. The exit status is 3 where no option certainly fits.
 */
export async function run({ io, args: [file], options }: CallOf<typeof grammar.advise>): Promise<number> {
  formatOf(options);
  const planners = await plannersOf(io);
  if (options.example === true) {
    await printExample(io, planners, options.json === true);
    return 0;
  }

  const clouds = await cloudsOf(io);
  const snapshot = options.snapshot === undefined ? undefined : await readSnapshot(io, options.snapshot, options);
  const needs = await needsFor(io, file, { clouds, snapshot }, options);
  const now = options.now === undefined ? undefined : momentOf('--now', options.now);
  const moment = now ?? (snapshot === undefined ? Date.now() : undefined);
  const advice = advise(needs, { clouds, planners, snapshot, now: moment });
  if (options.fragment !== undefined) {
    io.stdout.write(await specText(advice, options.fragment));
    return 0;
  }

  const of = { report: adviceReport(advice), rules: adviceRules(advice), file: file ?? options.snapshot, cwd: io.cwd };
  const render: Readonly<Record<PrintedFormat, () => Promise<string> | string>> = {
    text: () => adviceText(advice),
    json: () => `${jsonText(adviceJson(advice), 2)}\n`,
    md: () => adviceMarkdown(advice),
    sarif: () => machineReport('sarif', of),
    junit: () => machineReport('junit', of, { failOn: 'unknown', name: 'postern advise' }),
  };
  const painted = (): string => adviceText(advice, { paint: painter(io), width: io.stdout.columns });
  await writeReport(io, { render: (one) => render[one](), painted }, options);
  return advice.options.some(({ fits }) => fits === 'yes') ? 0 : 3;
}

/** Needs to start from: those of the first cloud that has some. */
async function printExample(io: Io, planners: readonly CloudPlanner[], isJson: boolean): Promise<void> {
  const [example] = planners.flatMap((one) => one.example ?? []);
  if (example === undefined) return;

  if (isJson) printJson(io, example);
  else {
    const { exampleNeedsYaml } = await import('@postern/core/internal/spec');
    io.stdout.write(exampleNeedsYaml(example));
  }
}

const EXAMPLE_REMEDY = 'Write `postern advise --example > needs.yaml`, then `postern advise needs.yaml`.';

/** The needs of a file; or those of a spec, or of a snapshot where no file is named. */
async function needsFor(
  io: Io,
  file: string | undefined,
  { clouds, snapshot }: { readonly clouds: Clouds; readonly snapshot: Snapshot | undefined },
  { region, provider }: OptionsOf<typeof grammar.advise>,
): Promise<Needs> {
  const place = { region, provider };
  if (file === undefined && snapshot !== undefined) {
    note(io, 'the needs are those of the routes in the snapshot; write a file of needs to add traffic and teams');
    return needsOfSnapshot(snapshot, { clouds, ...place });
  }
  if (file === undefined) {
    throw new InvalidInputError('INVALID_INPUT', 'no file of needs, spec or snapshot was given', {
      remedy: EXAMPLE_REMEDY,
    });
  }

  if (!/\.[cm]?[jt]s$/.test(file)) {
    const { parseNeedsOrSpec } = await import('@postern/core/internal/spec');
    const text = await readFile(io, file, { remedy: EXAMPLE_REMEDY });
    const parsed = parseNeedsOrSpec(text, { clouds, file, json: file.endsWith('.json') });
    if ('needs' in parsed) {
      refusePlaceBesideFile(file, [parsed.needs], place);
      return parsed.needs;
    }
  }
  note(io, 'the needs are those of the routes in the spec; write a file of needs to add traffic and teams');
  return needsOfSpec((await loadSpec(file, io, place)).spec, { clouds, ...place });
}

/** @throws {InvalidInputError} `INVALID_INPUT` for an option that does not exist, or that has no spec. */
async function specText({ options }: Advice, id: string): Promise<string> {
  const known = options.map((one) => one.id).join(', ');
  const option = options.find((one) => one.id === id);
  if (option === undefined) {
    throw new InvalidInputError('INVALID_INPUT', `--fragment: ${JSON.stringify(id)} is not an option here`, {
      remedy: `Write one of ${known}.`,
    });
  }

  const { optionSpecYaml } = await import('@postern/core/internal/spec');
  const text = optionSpecYaml(option);
  if (text !== undefined) return text;

  throw new InvalidInputError('INVALID_INPUT', `--fragment: ${id} has no spec: ${option.reasons[1]?.message ?? ''}`, {
    remedy: 'Choose an option that fits: `postern advise` lists them.',
  });
}

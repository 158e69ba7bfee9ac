import { InvalidInputError, type Snapshot } from '@postern/core/internal/library';
import { rulesOf } from '@postern/core/internal/check';
import {
  judgementMarkdown,
  judgementText,
  PLAN_RULES,
  type AskedPlan,
  type PlanJudgement,
} from '@postern/core/internal/overlay';
import { counted, displayText, failsAt, jsonText } from '@postern/core/internal/report';
import { SNAPSHOT_VERSION } from '@postern/core/internal/snapshot';
import { painter } from '../../output/colors.js';
import { note } from '../../output/print.js';
import type { CommonOptions } from '../../invocation.js';
import type { Io } from '../../process/io.js';
import { MAX_PLAN_BYTES, MAX_TEMPLATE_BYTES, readFile } from '../../process/read-file.js';
import { readPlanFile } from '../../terraform/plan-file.js';
import { headingOf, type Taken } from '../../snapshot/take-snapshot.js';
import type { CheckCommandOptions as Options } from '../../report/finding-options.js';
import { machineReport, writeReport } from '../../report/write-report.js';
import { checkedCloudsOf, cloudsOf, plansOf } from '../../spec/brought-clouds.js';
import { mistakenFile } from '../../spec/mistaken-file.js';
import { stackFiles } from './stack-files.js';
import { planOption, SOURCES, type PlanOption, type ReadPlan } from './plan-sources.js';

/** Options that are about a spec, or about what is there before the plan. */
const OF_SPEC = [
  'checks',
  'flowLogs',
  'needs',
  'only',
  'skip',
  'baseline',
  'writeBaseline',
  'summary',
  'with',
] as const;

/**
 * `postern check --terraform`, `--change-set` or `--pulumi`: each private integration before and after a plan. The exit
 * status is 3 where one does not work after it; with `--fail-on unknown` also where that cannot be determined, with
 * `--fail-on warning` also at warnings.
 */
export async function checkPlan(
  io: Io,
  spec: string | undefined,
  options: Options & CommonOptions & { readonly moment: number | undefined },
): Promise<number> {
  const option = planOption(options);
  if (option === undefined && options.source !== undefined)
    throw new InvalidInputError('INVALID_INPUT', '--source needs --terraform', {
      remedy: 'Give the plan with --terraform: a configuration alone does not say what changes.',
    });
  if (option === undefined)
    throw new InvalidInputError('INVALID_INPUT', '--stack and --parameters need --template', {
      remedy: 'Give the template, or the folder cdk.out, with --template.',
    });

  refuseOthers(option, spec, options);
  const file = options[option] ?? '';
  const { judged, title } = await judgePlanFile(io, option, file, options);
  await write(io, judged, { file, title }, options);
  return statusOf(io, judged, options);
}

async function write(
  io: Io,
  judged: PlanJudgement,
  { file, title }: { readonly file: string; readonly title: string },
  options: Options & CommonOptions,
): Promise<void> {
  const { report, spec, ...data } = judged;
  const rules = [...rulesOf(await checkedCloudsOf(io)), ...PLAN_RULES];
  await writeReport(
    io,
    {
      heading: title,
      render: (form) => {
        if (form === 'text') return judgementText(judged, title);
        if (form === 'json') return `${jsonText(data, 2)}\n`;
        if (form === 'md') return judgementMarkdown(judged);

        return machineReport(form, { report, rules, spec, file, cwd: io.cwd }, { failOn: options.failOn });
      },
      painted: () => judgementText(judged, title, { paint: painter(io), width: io.stdout.columns }),
    },
    options,
  );
}

/** What a plan is judged with. */
type JudgePlanOptions = CommonOptions &
  Partial<Pick<Options, 'snapshot' | 'region' | 'template' | 'stack' | 'parameters' | 'source'>> & {
    /** Milliseconds since 1970, for comparisons with dates. */
    readonly moment?: number | undefined;
  };

/** The integrations of a plan's file, before and after it. `title`: what it was laid over. */
export async function judgePlanFile(
  io: Io,
  option: PlanOption,
  file: string,
  options: JudgePlanOptions,
): Promise<{ readonly judged: PlanJudgement; readonly title: string }> {
  const { template, source } = options;
  const stacks = option === 'template' ? await stackFiles(io, file, options) : undefined;
  const read = (name: string, maxBytes = MAX_PLAN_BYTES): Promise<string> => readFile(io, name, { maxBytes });
  const { text, sources, notes } = isOfTerraform(option)
    ? await readPlanFile(io, file, source)
    : {
        text:
          stacks?.read === undefined ? await read(file, option === 'template' ? MAX_TEMPLATE_BYTES : undefined) : '',
        sources: undefined,
        notes: [],
      };
  const isBeside = template !== undefined && stacks === undefined;
  const declared = isBeside ? { file: template, text: await read(template, MAX_TEMPLATE_BYTES) } : undefined;
  const clouds = await plansOf(io);
  const beside = { template: declared, sources, stacks };
  const plan = unlessMistaken(text, file, () => SOURCES[option](text, file, clouds, beside));
  const base = await baseOf(io, plan, option, options);
  const { region, moment } = options;
  const ask = base === undefined ? undefined : await askedOf(plan, base.snapshot, options);
  const judged = plan.judge(base?.snapshot, {
    region,
    ask,
    now: moment,
    live: option !== 'state' && base?.file === undefined,
  });
  const alone = option === 'state' ? 'From the state alone' : 'Without the network';
  const heading = base === undefined ? alone : headingOf(base);
  return { judged: { ...judged, notes: [...judged.notes, ...notes] }, title: `${heading}; then ${displayText(file)}` };
}

function unlessMistaken(text: string, file: string, plan: () => ReadPlan): ReadPlan {
  try {
    return plan();
  } catch (error) {
    throw mistakenFile(text, file, 'a plan of another tool') ?? error;
  }
}

/** Carries the plan out on simulated clouds. A cloud that is not simulated refuses nothing. */
async function askedOf(plan: ReadPlan, base: Snapshot, { region }: JudgePlanOptions): Promise<AskedPlan> {
  const { planTwins } = await import('@postern/simulator');
  return plan.ask(base, { region, twin: planTwins() });
}

function isOfTerraform(option: PlanOption): boolean {
  return option === 'terraform' || option === 'state';
}

/** An option as users write it. */
function flagOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function refuseOthers(option: PlanOption, spec: string | undefined, options: Options): void {
  const refuse = (what: string, remedy: string): InvalidInputError =>
    new InvalidInputError('INVALID_INPUT', `${what} is not allowed with ${flagOf(option)}`, { remedy });
  for (const one of Object.keys(SOURCES) as PlanOption[])
    if (one !== 'template' && one !== option && options[one] !== undefined)
      throw refuse(flagOf(one), 'Give one of them.');
  if (options.template !== undefined && option !== 'changeSet' && option !== 'template')
    throw refuse('--template', 'Leave --template out: it is the template of a change set, or judged alone.');
  for (const one of ['stack', 'parameters'] as const)
    if (options[one] !== undefined && option !== 'template')
      throw refuse(flagOf(one), `Leave ${flagOf(one)} out: it is of a template without a change set.`);
  if (options.source !== undefined && option !== 'terraform')
    throw refuse('--source', 'Leave --source out: it is the configuration of a plan of Terraform.');
  if (spec !== undefined)
    throw refuse(`the spec ${spec}`, 'Leave it out: integrations are those of the plan and of the network.');

  for (const one of OF_SPEC) if (options[one] !== undefined) throw refuse(flagOf(one), `Leave ${flagOf(one)} out.`);
}

/** What the plan is laid over: a snapshot, the live network, or nothing: for a state, and where the plan has nothing that is judged. */
async function baseOf(
  io: Io,
  { places }: ReadPlan,
  option: PlanOption,
  { snapshot: file, region, debug }: JudgePlanOptions,
): Promise<Taken | undefined> {
  if (file !== undefined) {
    const { readSnapshot } = await import('../../snapshot/read-snapshot.js');
    return { snapshot: await readSnapshot(io, file, { region }), file };
  }
  if (option === 'state') return undefined;

  const { observeRegions } = await import('../../snapshot/observe-cloud.js');
  const found = places(region);
  const read: Snapshot[] = [];
  for (const { name: provider } of (await cloudsOf(io)).all) {
    const regions = found.filter((one) => one.provider === provider).map((one) => one.region);
    if (regions.length > 0) read.push(await observeRegions(io, { provider, region: regions, debug }));
  }
  const [first] = read;
  // Nothing of the plan is judged, wherever it is.
  if (first === undefined && places(region ?? 'any').length === 0) return undefined;
  if (first === undefined) {
    throw new InvalidInputError('REGION_MISSING', 'the plan has no resource of a region that can be read', {
      remedy: 'Give --region, or --snapshot.',
    });
  }

  return { snapshot: { ...first, version: SNAPSHOT_VERSION, regions: read.flatMap(({ regions }) => regions) } };
}

function statusOf(io: Io, { integrations, findings }: PlanJudgement, { failOn }: Options): number {
  // A link that the cloud would refuse to create fails without a route, too.
  const fails = findings.some((one) => failsAt(one, failOn ?? 'error'));
  if (fails || integrations.some(({ after }) => after === 'fail')) return 3;

  const unknown = integrations.filter(({ after }) => after === 'unknown').length;
  if (unknown === 0) return 0;
  if (failOn === 'unknown') return 3;

  note(io, `${counted(unknown, 'integration')} could not be decided; --fail-on unknown makes this a failure`);
  return 0;
}

import { handoverPlanText, planHandover } from '@postern/alibaba/internal/handover';
import { jsonText } from '@postern/core/internal/report';
import { certificatesOf, nowOf, waiversOf, takeSource } from '../../handover/options.js';
import type * as grammar from './grammar.js';
import type { CallOf } from '../../grammar/options.js';
import { note, printJson, printLines } from '../../output/print.js';
import { writeOutput } from '../../output/files.js';

/** `postern handover plan`: the exit status is 3 where something is blocked or unknown, and not waived. */
export async function run({ io, args, options }: CallOf<typeof grammar.plan>): Promise<number> {
  const [waivers, now, certificates] = [waiversOf(options), nowOf(options), certificatesOf(options.certificate)];
  const { vswitch, type, prepaid, output } = options;
  const { source, targets, vSwitches } = await takeSource(io, args, options);
  const plan = planHandover(source, {
    targets,
    waivers,
    now,
    certificates,
    ...(vswitch === undefined
      ? {}
      : {
          purchase: {
            vSwitchIds: vswitch,
            vSwitches,
            spec: type,
            chargeType: prepaid === true ? 'PREPAY' : 'POSTPAY',
          },
        }),
  });
  if (output !== undefined) {
    await writeOutput(io, output, `${jsonText(plan, 2)}\n`);
    note(io, `the plan is in ${output}`);
  }
  if (options.json === true) printJson(io, plan);
  else printLines(io, ...handoverPlanText(plan, { width: io.stdout.columns }).trimEnd().split('\n'));
  return 0;
}

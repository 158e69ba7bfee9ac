import { handoverPlanText, planHandover } from '@postern/alibaba/handover';
import { jsonText } from '@postern/core/report';
import { certificatesOf, nowOf, waiversOf, type HandoverOptions } from '../../handover/options.js';
import { takeSource } from '../../handover/take-source.js';
import type { Invocation } from '../../invocation.js';
import { note, printJson, printLines } from '../../output/print.js';
import { writeOutput } from '../../output/files.js';

interface PlanOptions extends HandoverOptions {
  readonly vswitch?: readonly string[] | undefined;
  readonly type?: string | undefined;
  readonly prepaid?: boolean | undefined;
  readonly certificate?: readonly string[] | undefined;
  readonly output?: string | undefined;
}

/** `postern handover plan`: the exit status is 3 where something is blocked or unknown, and not waived. */
export async function run({ io, args, options }: Invocation<PlanOptions>): Promise<number> {
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
  else printLines(io, ...handoverPlanText(plan).trimEnd().split('\n'));
  return 0;
}

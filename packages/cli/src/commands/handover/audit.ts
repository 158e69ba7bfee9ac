import { InvalidInputError } from '@postern/core/internal/library';
import { audit, auditText } from '@postern/alibaba/internal/handover';
import { jsonText } from '@postern/core/internal/report';
import { gatewaysOf, openReader } from '../../handover/options.js';
import type * as grammar from './grammar.js';
import type { CallOf } from '../../grammar/options.js';
import { note } from '../../output/print.js';
import { writeOutput } from '../../output/files.js';

/** `postern handover audit`: the exit status is 3 where something is missing on the target, or differs. */
export async function run({ io, args, options }: CallOf<typeof grammar.audit>): Promise<number> {
  const [groupId = ''] = args;
  const { stage: stages = ['RELEASE'], output } = options;
  const gateways = gatewaysOf(options);
  const [stage, ...more] = stages;
  const [target, ...others] = gateways;
  if (target === undefined || stage === undefined || more.length + others.length > 0) {
    throw new InvalidInputError('INVALID_INPUT', 'an audit compares one stage with one gateway', {
      remedy: 'Name the target: --gateway gw-…, and at most one --stage.',
    });
  }

  const { reader, context } = await openReader(io, options);
  const source = await reader.read({ groupId, stages: [stage] }, context);
  const appNames = source.apps.map(({ name }) => name);
  const found = audit(source, stage, await reader.targetState({ gatewayId: target.id, appNames }, context));
  const text = options.json === true ? `${jsonText(found, 2)}\n` : auditText(found);
  if (output === undefined) io.stdout.write(text);
  else {
    await writeOutput(io, output, text);
    note(io, `the report is in ${output}`);
  }
  return found.complete ? 0 : 3;
}

import { plans } from '@postern/aws/plans';
import {
  askChangeSet,
  askPulumi,
  askTerraform,
  judgeChangeSet,
  judgePulumi,
  judgeTerraform,
  readChangeSet,
  readPulumi,
  readTemplate,
  readTerraform,
  type PlanJudgement,
} from '@postern/core/internal/overlay';
import { planTwins } from '@postern/simulator';
import { describe, expect, it } from 'vitest';
import { asCloudFormation } from './as-cloudformation.js';
import { asPulumi, TOKENS, written, type RecordedDocument } from './as-pulumi.js';
import { TYPES } from './cloudformation-types.js';
import { recordedPlans } from './recorded.js';

/** Updates of a REST API whose methods are resources. First plans and documents have tests of their own. */
const rows = recordedPlans().filter(({ name }) => /^rest: (?!body|create)/.test(name));

const outcomes = ({ integrations }: PlanJudgement): readonly string[] =>
  integrations.map(({ route, before, after }) => `${route} ${before} ${after}`).toSorted();

describe('an update of a REST API', () => {
  it('is recorded in several forms', () => {
    expect(rows.map(({ name }) => name.slice('rest: '.length))).toEqual([
      'listener-port',
      'uri-port',
      'uri-port-not-deployed',
      'rule-removed',
      'method-added',
    ]);
  });

  it.each(rows.map((row) => [row.name, row] as const))(
    'is judged the same of each tool: %s',
    async (name, { text, base }) => {
      const options = { plans: [plans], region: 'eu-west-1' };
      const asking = { ...options, twin: planTwins() };
      const ofTerraform = async (plan: RecordedDocument): Promise<readonly string[]> => {
        const document = readTerraform(JSON.stringify(plan));
        const ask = await askTerraform(document, base, asking);
        return outcomes(judgeTerraform(document, base, { ...options, ask }));
      };
      const stack = written(text, TYPES);
      const made = asCloudFormation(stack.resource_changes, stack.configuration.root_module);
      const wanted = await ofTerraform(stack);
      expect(wanted.length).toBeGreaterThan(0);
      const [changeSet, template] = [readChangeSet(made.changeSet), readTemplate(made.template)];
      const ofSet = await askChangeSet(changeSet, template, base, asking);
      // The converted documents do not say what an added method comes after, and what comes after it.
      const isOrdered = !name.endsWith('method-added');
      const asked = isOrdered ? { ...options, ask: ofSet } : options;
      expect(outcomes(judgeChangeSet(changeSet, template, base, asked))).toEqual(wanted);
      const program = written(text, TOKENS);
      const preview = readPulumi(asPulumi(program.resource_changes, program.configuration.root_module));
      const ask = await askPulumi(preview, base, asking);
      const found = outcomes(judgePulumi(preview, base, { ...options, ...(isOrdered && { ask }) }));
      expect(found).toEqual(await ofTerraform(program));
    },
  );
});
